//! What one may change of the network, and what it learns from.

use leptos::prelude::*;

use super::network_editor::network_editor;
use super::normality::normality;
use super::settings::settings;
use super::training_history::learned;
use super::variation::variation;
use crate::page::store::Store;

/// The layers, the settings, the classes that count as normal, and what training left behind.
pub(crate) fn workshop(store: Store) -> impl IntoView {
    view! {
        {store.later(network_editor)} {store.later(variation)}
        <div class="workshop">{store.later(settings)} {store.later(normality)}</div>
        {store.later(learned)}
    }
}
