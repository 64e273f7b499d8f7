//! How the drawing was prepared: each step with a small picture after it, and a switch.

use leptos::prelude::*;

use crate::page::memo::Memo;
use crate::page::{
    store::Store,
    widgets::{Shown, picture_view, switch},
};
use crate::picture::PreparationStep;
use crate::session::view::StageView;
use crate::session::{Change, Message, Session};

/// The steps, folded until the reader asks.
pub(crate) fn preparation(store: Store) -> impl IntoView {
    let summary = store.view(Session::preparation_in_words);
    let steps = PreparationStep::ALL.map(|step| stage(store, step));
    view! {
        <details class="preparation" aria-label="Preparation">
            <summary>{move || summary.get()}</summary>
            <ol>{steps}</ol>
        </details>
    }
}

fn stage(store: Store, step: PreparationStep) -> impl IntoView {
    let stage = store.view(move |session| session.stage(step));
    let of = move |part: fn(&StageView) -> bool| {
        Memo::new(move |_| stage.with(|stage| stage.as_ref().is_some_and(part)))
    };
    let shown = Memo::new(move |_| {
        let ink = stage.with(|stage| stage.as_ref().and_then(|stage| stage.ink.clone()));
        ink.map_or(Shown::Nothing, Shown::Ink)
    });
    let width = store.view(|session| session.picture_size().0);
    let outcome = move || {
        stage.with(|stage| {
            let outcome = stage.as_ref().map(|stage| stage.outcome.clone());
            outcome.unwrap_or_default()
        })
    };
    let is_offered = of(|_| true);
    let switch = switch(
        step.title(),
        of(|stage| stage.is_taken),
        Memo::new(|_| false),
        move |is_taken| store.send(Message::Bench(Change::Prepare { step, is_taken })),
    );
    view! {
        <li hidden=move || !is_offered.get()>
            {picture_view(width, shown, move || format!("After “{}”", step.title()))}
            <div>{switch} <p class="hint">{move || outcome()}</p></div>
        </li>
    }
}
