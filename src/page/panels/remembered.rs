//! What the browser keeps across visits, and the way to have it forget everything.

use leptos::prelude::*;

use crate::page::store::Store;
use crate::session::{Message, RememberingMessage, Session};

/// A sentence and a button.
pub(super) fn remembered(store: Store) -> impl IntoView {
    let view = store.view(Session::remembering_view);
    view! {
        <p>
            {move || view.with(|view| view.sentence.clone())} " "
            <button
                type="button"
                class="button is-link"
                hidden=move || !view.with(|view| view.can_forget)
                on:click=move |_| {
                    store.send(Message::Remembering(RememberingMessage::ForgetEverything));
                }
            >
                "Forget everything kept here"
            </button>
        </p>
    }
}
