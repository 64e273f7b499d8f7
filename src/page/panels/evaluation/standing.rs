//! Running the evaluation: the button, how far it is, and what came of it.

use leptos::prelude::*;

use crate::data::Parts;
use crate::page::memo::Memo;
use crate::page::{store::Store, widgets::long_work};
use crate::protocol::LongWork;
use crate::session::{Knob, Message, RecipeMessage, Session};

/// The button, the bar and a sentence.
pub(super) fn standing(store: Store) -> impl IntoView {
    let standing = store.view(Session::evaluation_standing);
    let underway = Memo::new(move |_| standing.with(|standing| standing.underway));
    let is_running = Memo::new(move |_| underway.get().is_some());
    let remedy = Memo::new(move |_| standing.with(|standing| standing.remedy));
    let sentence = Memo::new(move |_| standing.with(|standing| standing.sentence.clone()));
    let is_disabled = Memo::new(move |_| {
        standing.with(|standing| standing.underway.is_some() || !standing.can_evaluate)
    });
    view! {
        <div class="evidence-controls">
            <button
                type="button"
                class="button"
                disabled=move || is_disabled.get()
                on:click=move |_| store.send(Message::Evaluate)
            >
                "Evaluate"
            </button>
            {long_work(
                "Evaluation progress",
                "Stop evaluating",
                Memo::new(move |_| underway.get().map(f64::from)),
                move || store.send(Message::Stop(LongWork::Evaluating)),
            )}
            <div class="evidence-outcome" hidden=move || is_running.get()>
                <p class="evidence-sentence" role="status" aria-label="Evaluation" aria-atomic="false">
                    {move || sentence.get()}
                </p>
                {move || remedy.get().map(|parts| hold_out(store, parts))}
            </div>
        </div>
    }
}

/// A way out where everything is trained on.
fn hold_out(store: Store, parts: Parts) -> impl IntoView {
    view! {
        <button
            type="button"
            class="button"
            on:click=move |_| store.send(Message::Recipe(RecipeMessage::Tune(Knob::Parts(parts))))
        >
            "Hold two fifths out"
        </button>
    }
}
