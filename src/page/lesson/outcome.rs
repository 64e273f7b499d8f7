//! What is to be done on a page of a lesson, and what came of it.

use leptos::prelude::*;

use super::card::{Shown, paragraphs, part};
use crate::page::widgets::{Icon, icon};

/// What the learner is to do, each with a mark and a word once it is done.
pub(super) fn tasks(view: Shown) -> impl IntoView {
    let tasks = part(view, |view| view.tasks.clone());
    let is_done = part(view, |view| view.is_done && !view.tasks.is_empty());
    let entries = move || {
        let tasks = tasks.get().unwrap_or_default().into_iter();
        let entries = tasks.map(|(words, is_done)| {
            let (shape, state) = if is_done {
                (Icon::Normal, "Done: ")
            } else {
                (Icon::Waiting, "To do: ")
            };
            view! {
                <li class:is-done=is_done>
                    {icon(shape)} <span><span class="lesson-state">{state}</span> {words}</span>
                </li>
            }
        });
        entries.collect_view()
    };
    let is_empty = move || tasks.with(|tasks| tasks.as_ref().is_none_or(Vec::is_empty));
    view! {
        <ul class="lesson-tasks" aria-label="What to do" hidden=is_empty>{move || entries()}</ul>
        <div class="visually-hidden" role="status" aria-label="Lesson progress" aria-atomic="false">
            <p>{move || if is_done.get() == Some(true) { "Done. The lesson says what happened." } else { "" }}</p>
        </div>
    }
}

/// What was predicted and what happened, side by side.
pub(super) fn outcome(view: Shown) -> impl IntoView {
    let predicted = part(view, |view| {
        let (_, choices) = view.question.as_ref()?;
        choices.get(view.predicted?).cloned()
    });
    let reveal = part(view, |view| view.reveal.clone());
    let is_empty = move || reveal.with(|reveal| reveal.as_ref().is_none_or(Vec::is_empty));
    let has_predicted = move || predicted.get().flatten().is_some();
    view! {
        <div class="lesson-outcome" hidden=is_empty>
            <div class="lesson-predicted" hidden=move || !has_predicted()>
                <h3>"You expected"</h3>
                <p>{move || predicted.get().flatten()}</p>
            </div>
            <div>
                <h3>"What happened"</h3>
                {paragraphs("lesson-happened", reveal)}
            </div>
        </div>
    }
}
