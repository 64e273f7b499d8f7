//! Below the diagram: training on the left, the errors of normal items on the right, and the rules that set the line.

use leptos::prelude::*;

use super::against_mean::honest;
use super::normality::normality;
use super::threshold_rules::threshold_rules;
use super::transport::transport;
use super::{loss_panel::loss_panel, settings::settings, threshold_panel::threshold_panel};
use crate::page::store::Store;
use crate::session::Session;

/// Training and its worth on the left, the threshold on the right, the ways to find it below.
pub(crate) fn workshop(store: Store) -> impl IntoView {
    let nouns = store.view(Session::nouns);
    view! {
        <div class="workshop">
            <div class="workshop-stack">
                <section class="panel is-training" aria-labelledby="training-title">
                    <h2 id="training-title">"Train"</h2>
                    {store.later(transport)} {store.later(normality)} {store.later(loss_panel)} {store.later(settings)}
                </section>
                {store.later(honest)}
            </div>
            <section class="panel is-threshold" aria-labelledby="threshold-title">
                <h2 id="threshold-title">{move || format!("Errors of normal {}", nouns.get().1)}</h2>
                {store.later(threshold_panel)}
            </section>
            {store.later(threshold_rules)}
        </div>
    }
}
