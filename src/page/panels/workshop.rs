//! What one may change of the network, and what it learns from.

use leptos::prelude::*;

use super::normality::normality;
use super::settings::settings;
use super::training_history::learned;
use crate::page::store::Store;

/// The settings, the classes that count as normal, and what training left behind.
pub(crate) fn workshop(store: Store) -> impl IntoView {
    view! {
        <div class="workshop">{store.later(settings)} {store.later(normality)}</div>
        {store.later(learned)}
    }
}
