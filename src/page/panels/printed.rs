//! What stands above the pictures on paper, and on paper only: on the page it is all to be seen elsewhere.

use leptos::prelude::*;

use crate::page::{link, store::Store};
use crate::session::Session;

/// The experiment, and the address that leads back to it.
pub(crate) fn printed(store: Store) -> impl IntoView {
    let experiment = store.view(Session::printed_view);
    let fragment = RwSignal::new(store.peek(Session::link_fragment));
    link::after_changes(store, move || {
        let newest = store.peek(Session::link_fragment);
        if fragment.get_untracked() != newest {
            fragment.set(newest);
        }
    });
    let address = move || {
        let location = window().location();
        let href = location.href().unwrap_or_default();
        let page = href.split('#').next().unwrap_or_default();
        let fragment = fragment.get();
        let mark = if fragment.is_empty() { "" } else { "#" };
        format!("{page}{mark}{fragment}")
    };
    view! {
        <section class="printed" aria-label="Experiment on paper">
            <h2>{move || experiment.with(|experiment| experiment.recipe)}</h2>
            <dl>
                <dt>"Data"</dt>
                <dd>{move || experiment.with(|experiment| experiment.data.clone())}</dd>
                <dt>"Training"</dt>
                <dd>{move || experiment.with(|experiment| experiment.training.clone())}</dd>
                <dt>"Address"</dt>
                <dd>{move || address()}</dd>
            </dl>
        </section>
    }
}
