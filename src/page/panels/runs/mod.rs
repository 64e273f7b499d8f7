//! Runs that were kept, and one of them beside the present one.

mod beside;
mod shelf;

use leptos::prelude::*;

use crate::page::store::Store;

/// The shelf, and the comparison under it.
pub(crate) fn runs(store: Store) -> impl IntoView {
    view! {
        <div class="runs">{store.later(shelf::shelf)} {store.later(beside::beside)}</div>
    }
}
