//! Curves of other items, kept to compare.

use leptos::prelude::*;

use crate::page::memo::Memo;
use crate::page::panels::series::{compared_with, small_curve};
use crate::page::{
    store::Store,
    widgets::{Shown, picture_view},
};
use crate::session::{
    MOST_GHOSTS, Message, Session, SweepsMessage,
    view::{BenchKind, GhostView},
};

/// The button that keeps the present curves, and the list of those that were kept.
pub(super) fn ghosts(store: Store) -> impl IntoView {
    let can_keep = store.view(Session::can_keep_ghost);
    let width = store.view(|session| session.picture_size().0);
    let ghosts = store.view(Session::ghosts);
    let list = move || {
        let ghosts = ghosts.get().into_iter();
        ghosts.map(|ghost| item(store, width, ghost)).collect_view()
    };
    let hint = move || match ghosts.with(Vec::len) {
        MOST_GHOSTS => "That is all there is room for: remove one to keep another.",
        0 => "The curves stay as thin lines while you try another one.",
        _ => "",
    };
    view! {
        <div class="ghosts">
            <button
                type="button"
                class="button"
                disabled=move || !can_keep.get()
                on:click=move |_| store.send(Message::Sweeps(SweepsMessage::KeepGhost))
            >
                "Keep as ghost"
            </button>
            <ul class="ghost-list" aria-label="Ghosts" hidden=move || ghosts.with(Vec::is_empty)>
                {move || list()}
            </ul>
            <p class="hint">{move || hint()}</p>
        </div>
    }
}

fn item(store: Store, width: Memo<usize>, ghost: GhostView) -> impl IntoView {
    let GhostView {
        number,
        name,
        is_old,
        seen,
        ..
    } = ghost;
    let description = format!("Ghost {number}: {name}");
    let shown = match store.peek(|session| session.kind().bench()) {
        BenchKind::Curve => {
            let curve = store.peek(|session| compared_with(session, seen, None));
            let curve = Memo::new(move |_| curve.clone());
            small_curve(curve, move || description.clone()).into_any()
        }
        BenchKind::Drawing | BenchKind::Form => {
            let shown = Memo::new(move |_| Shown::Ink(seen.clone()));
            picture_view(width, shown, move || description.clone()).into_any()
        }
    };
    let age = is_old.then(|| view! { <span class="ghost-age">"earlier weights"</span> });
    view! {
        <li class="ghost">
            {shown}
            <span class="ghost-words">
                <svg class="ghost-sample" viewBox="0 0 40 8" aria-hidden="true">
                    <line class=format!("ghost-line is-{number}") x1="0" y1="4" x2="40" y2="4" />
                </svg>
                <b>{number}</b>
                <span>{name}</span>
                {age}
            </span>
            <button
                type="button"
                class="button is-small"
                aria-label=format!("Remove ghost {number}")
                on:click=move |_| store.send(Message::Sweeps(SweepsMessage::RemoveGhost(number)))
            >
                "Remove"
            </button>
        </li>
    }
}
