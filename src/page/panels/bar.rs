//! The one bar at the top: experiment, data and engine.

use leptos::prelude::*;

use super::controls::controls;
use super::data::{columns, curves, data, next_file, pictures};
use super::own_class::own_class;
use crate::page::{lesson::lessons, share::share, store::Store, take_away::take_away};

/// The bar, and under it what needs more room than it has.
pub(crate) fn bar(store: Store) -> impl IntoView {
    view! {
        <div class="bar">
            {store.later(controls)} {store.later(data)} {store.later(own_class)}
            <div class="bar-actions">{store.later(lessons)} {store.later(take_away)} {store.later(share)}</div>
        </div>
        {store.later(next_file)} {store.later(columns)} {store.later(curves)} {store.later(pictures)}
    }
}
