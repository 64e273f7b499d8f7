//! The lessons to choose from.

use leptos::prelude::*;
use wasm_bindgen::JsCast as _;
use web_sys::HtmlDialogElement;

use super::card::in_minutes;
use crate::page::store::Store;
use crate::session::{LessonMessage, Message, Session, view::LessonEntry};

const ID: &str = "lessons";

fn dialog() -> Option<HtmlDialogElement> {
    document().get_element_by_id(ID)?.dyn_into().ok()
}

/// Shows the list.
pub(super) fn open() {
    if let Some(dialog) = dialog().filter(|dialog| !dialog.open()) {
        // It can be shown while it stands on the page, which it does.
        drop(dialog.show_modal());
    }
}

fn close() {
    if let Some(dialog) = dialog() {
        dialog.close();
    }
}

/// The button that shows the list, and the list.
pub(crate) fn lessons(store: Store) -> impl IntoView {
    let entries = store.view(Session::lesson_entries);
    let cards = move || {
        let entries = entries.get().into_iter().enumerate();
        entries
            .map(|(idx, entry)| card(store, idx, entry))
            .collect_view()
    };
    view! {
        <button type="button" class="button" aria-haspopup="dialog" on:click=move |_| open()>
            "Lessons"
        </button>
        <dialog id=ID class="dialog lessons" aria-labelledby="lessons-title">
            <div class="dialog-head">
                <h2 id="lessons-title">"Lessons"</h2>
                <button type="button" class="button" on:click=move |_| close()>
                    "Close"
                </button>
            </div>
            <p class="hint">
                "Each takes a few minutes and works by itself. You predict, do, and see. What is on the page now comes back when you leave."
            </p>
            <ol class="lessons-list">{move || cards()}</ol>
            <p class="hint">
                "A teacher can write one: it is a text file, dropped on the page like any other. "
                <a href="./lessons/README.md">"How to write a lesson"</a>
            </p>
        </dialog>
    }
}

fn card(
    store: Store,
    idx: usize,
    LessonEntry {
        lesson,
        goes_on_at,
        is_finished,
    }: LessonEntry,
) -> impl IntoView {
    let begin = move |_| {
        close();
        store.send(Message::Lesson(LessonMessage::Open(lesson.slug.to_owned())));
    };
    let goes_on = goes_on_at.map(|page| format!(" · go on at page {page}"));
    let finished = is_finished.then_some(" · finished before");
    let costs = format!("{} · needs {}", in_minutes(lesson.minutes), lesson.needs);
    view! {
        <li>
            <button type="button" class="lessons-card" on:click=begin>
                <b>{format!("{} ", idx + 1)} {lesson.title}</b>
                <span>{lesson.idea}</span>
                <span class="lessons-costs">{costs} {finished} {goes_on}</span>
            </button>
        </li>
    }
}
