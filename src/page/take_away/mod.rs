//! Files to keep of what the page shows: the model, its script, tables, the whole study, and pictures of the charts.

mod chart_pictures;
mod tracer;

use leptos::prelude::*;

use super::store::Store;
use super::widgets::dialog;
use crate::session::{Message, Takeaway};

/// The button, and the dialog that it opens.
pub(super) fn take_away(store: Store) -> impl IntoView {
    dialog("Save", "Files to keep", "take-away-title", move || {
        store.rare_now(rare_contents)
    })
}

#[inline(never)]
fn rare_contents(store: Store) -> AnyView {
    let word = store.view(|session| session.takeaway_word().to_owned());
    let rows = Takeaway::ALL.map(|takeaway| row(store, takeaway));
    view! {
        <p class="hint">"Everything is made here, in your browser. “Open a data file” opens a model or a study again; so does dropping it on the page."</p>
        <ul class="takeaways">{rows.into_iter().collect_view()}</ul>
        {chart_pictures::chart_pictures()}
        <p class="hint" role="status" aria-label="File" aria-atomic="false">
            {move || word.get()}
        </p>
    }
    .into_any()
}

/// A button, and what its file holds; or why there is none.
fn row(store: Store, takeaway: Takeaway) -> AnyView {
    let obstacle = store.view(move |session| session.takeaway_obstacle(takeaway));
    let id = format!("takeaway-{takeaway:?}");
    let described_by = id.clone();
    let words = move || obstacle.get().unwrap_or(takeaway.summary());
    view! {
        <li>
            <button
                type="button"
                class="button"
                aria-describedby=described_by
                disabled=move || obstacle.get().is_some()
                on:click=move |_| store.send(Message::TakeAway(takeaway))
            >
                {takeaway.title()}
            </button>
            <p class="hint" id=id>{words}</p>
        </li>
    }
    .into_any()
}
