//! What the run at hand shows, each with a button that shows it.

use leptos::prelude::*;

use crate::page::store::Store;
use crate::session::view::{Lesson, LessonPlace};

/// The lessons of one part of the page; nothing where there are none.
pub(crate) fn lessons(store: Store, place: LessonPlace) -> impl IntoView {
    let newest = store.view(move |session| session.lessons(place));
    let is_busy = store.view(|session| session.phase().is_busy());
    // While the network learns they come and go: until it rests they keep their room, and say nothing.
    let lessons = Memo::new(move |shown: Option<&Vec<Lesson>>| match shown {
        Some(shown) if is_busy.get() => shown.clone(),
        _ => newest.get(),
    });
    move || {
        let lessons = lessons.get();
        (!lessons.is_empty()).then(|| {
            let entries = lessons.into_iter().map(|lesson| entry(store, lesson));
            view! {
                <ul class="lessons" class:is-waiting=move || is_busy.get()>
                    {entries.collect_view()}
                </ul>
            }
        })
    }
}

fn entry(store: Store, lesson: Lesson) -> impl IntoView {
    let show = move |_| {
        for message in lesson.show.clone() {
            store.send(message);
        }
    };
    view! {
        <li class="lesson">
            <p>{lesson.sentence}</p>
            <button type="button" class="button" on:click=show>
                {format!("Show me: {}", lesson.sight)}
            </button>
        </li>
    }
}
