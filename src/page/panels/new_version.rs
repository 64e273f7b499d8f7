//! That a newer build of the page is ready, and the way to it.

use leptos::prelude::*;

use crate::page::store::Store;
use crate::session::{Message, NewVersionMessage, NewVersionView, Session};

/// Empty most of the time.
pub(crate) fn new_version(store: Store) -> impl IntoView {
    let view = store.view(Session::new_version_view);
    view! {
        <div role="status" aria-label="New version" aria-atomic="false">
            {move || view.get().map(|view| offer(store, &view))}
        </div>
    }
}

fn offer(store: Store, view: &NewVersionView) -> impl IntoView + use<> {
    let is_underway = view.is_underway;
    let button = move |label: &'static str, message: Message| {
        view! {
            <button
                type="button"
                class="button is-quiet"
                disabled=is_underway
                on:click=move |_| store.send(message.clone())
            >
                {label}
            </button>
        }
    };
    view! {
        <div class="notice">
            <p>{view.text}</p>
            {button("Update", Message::NewVersion(NewVersionMessage::Take))}
            {button("Later", Message::NewVersion(NewVersionMessage::Postpone))}
        </div>
    }
}
