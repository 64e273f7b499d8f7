//! One setting over a list: what is to be tried, and what came of it.

mod form;
mod outcome;

use leptos::prelude::*;

use crate::page::store::Store;

/// The order of a list, how far it is, and its charts.
pub(crate) fn variation(store: Store) -> impl IntoView {
    view! {
        <section class="panel variation" aria-labelledby="variation-title">
            <h3 id="variation-title">"One setting over a list"</h3>
            <p class="hint">
                "Each value is trained from fresh weights with all other settings as they are, and measured on items that it has not seen. What you do meanwhile goes on as it is."
            </p>
            {form::form(store)} {outcome::outcome(store)}
        </section>
    }
}
