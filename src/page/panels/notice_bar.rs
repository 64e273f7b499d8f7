//! One sentence about something unexpected, and what can be done.

use leptos::prelude::*;

use super::new_version::new_version;
use crate::page::store::Store;
use crate::session::{Message, Notice};

/// The newest notice, and that there is a newer version; empty most of the time.
pub(crate) fn notice_bar(store: Store) -> impl IntoView {
    let notice = store.view(|session| session.notice().cloned());
    view! {
        <div class="notice-bar">
            {new_version(store)}
            <div role="status" aria-label="Notice" aria-atomic="false">
                {move || notice.get().map(|notice| notice_view(store, notice))}
            </div>
        </div>
    }
}

fn notice_view(store: Store, Notice { text, offer }: Notice) -> impl IntoView {
    let offer = offer.map(|offer| {
        let follow = move |_| {
            store.send(Message::DismissNotice);
            for message in &offer.messages {
                store.send(message.clone());
            }
        };
        view! { <button type="button" class="button is-quiet" on:click=follow>{offer.label}</button> }
    });
    view! {
        <div class="notice">
            <p>{text}</p>
            {offer}
            <button
                type="button"
                class="button is-quiet"
                on:click=move |_| store.send(Message::DismissNotice)
            >
                "Dismiss"
            </button>
        </div>
    }
}
