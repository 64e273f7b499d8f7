//! Below the diagram: training on the left, the errors of normal digits on the right.

use leptos::prelude::*;

use super::transport::transport;
use super::{loss_panel::loss_panel, settings::settings, threshold_panel::threshold_panel};
use crate::page::store::Store;

/// Training and threshold side by side.
pub(crate) fn workshop(store: Store) -> impl IntoView {
    view! {
        <div class="workshop">
            <section class="panel is-training" aria-labelledby="training-title">
                <h2 id="training-title">"Train"</h2>
                {transport(store)} {loss_panel(store)} {settings(store)}
            </section>
            <section class="panel is-threshold" aria-labelledby="threshold-title">
                <h2 id="threshold-title">"Errors of normal digits"</h2>
                {threshold_panel(store)}
            </section>
        </div>
    }
}
