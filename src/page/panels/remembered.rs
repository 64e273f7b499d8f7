//! What the browser keeps across visits: to go on with it, or to have it forgotten.

use leptos::prelude::*;

use crate::page::store::Store;
use crate::page::when::in_words;
use crate::session::{Message, RememberingMessage, Session};

/// A sentence, a button for each work of an earlier visit, and one to forget everything.
pub(super) fn remembered(store: Store) -> impl IntoView {
    let view = store.view(Session::remembering_view);
    let button = move |label: String, message: RememberingMessage, is_disabled: bool| {
        view! {
            <button
                type="button"
                class="button is-link"
                disabled=is_disabled
                on:click=move |_| store.send(Message::Remembering(message.clone()))
            >
                {label}
            </button>
        }
    };
    let content = move || {
        let view = view.get();
        let works = view.works.into_iter().map(|work| {
            let label = format!("Go on with {}, {}", work.title, in_words(work.written_ms));
            let go_on = RememberingMessage::GoOn(work.id);
            view! { <li>{button(label, go_on, view.is_opening)}</li> }
        });
        let works = works.collect_view();
        let forget = view.can_forget.then(|| {
            let label = "Forget everything stored here".to_owned();
            button(label, RememberingMessage::ForgetEverything, false)
        });
        view! {
            <p>{view.sentence} " " {forget}</p>
            <ul class="remembered">{works}</ul>
        }
    };
    view! { <section aria-label="What this browser keeps">{content}</section> }
}
