//! The bar of contents: a link to each place, and the verdict in small once the first screen is out of sight.

use leptos::html;
use leptos::prelude::*;

use super::verdict_panel::{tone_of, word_of};
use crate::anomaly::format_error;
use crate::page::{observe::is_in_view, store::Store, widgets::icon};
use crate::session::{Message, Place, Session, view::Finding};

/// The bar, which stays at the top of the window; before it a mark that tells whether the first screen is in sight.
pub(crate) fn contents(store: Store) -> impl IntoView {
    let end_of_screen = NodeRef::<html::Div>::new();
    let is_first_in_view = is_in_view(end_of_screen);
    let links = Place::ALL.map(|place| link(store, place));
    view! {
        <div class="first-screen-mark" node_ref=end_of_screen aria-hidden="true"></div>
        <nav class="contents" class:is-alone=move || is_first_in_view.get() aria-label="Contents">
            {small_verdict(store)} <ul>{links.into_iter().collect_view()}</ul>
        </nav>
    }
}

fn link(store: Store, place: Place) -> impl IntoView {
    let is_absent = store.view(move |session| !session.has_place(place));
    let is_current = store.view(move |session| session.place() == Some(place));
    let question = store.view(move |session| session.question(place));
    let title = store.view(move |session| session.place_title(place).to_owned());
    view! {
        <li hidden=move || is_absent.get()>
            <a
                href=format!("#at={}", place.slug())
                title=move || question.get()
                aria-current=move || is_current.get().then_some("location")
                on:click=move |event| {
                    event.prevent_default();
                    store.send(Message::GoTo(Some(place)));
                }
            >
                {move || title.get()}
            </a>
        </li>
    }
}

/// The way back up: what the first screen says, in a word and a figure.
fn small_verdict(store: Store) -> impl IntoView {
    let finding = store.view(Session::finding);
    let class = move || finding.with(|finding| format!("small-verdict {}", tone_of(finding)));
    let says = move || {
        finding.with(|finding| {
            let (shape, word) = word_of(finding);
            let error = match finding {
                Finding::Verdict { verdict, .. } => Some(format_error(verdict.error)),
                Finding::None { .. } => None,
            };
            view! { {icon(shape)} <strong>{word}</strong> <span class="small-error">{error}</span> }
        })
    };
    view! {
        <button
            type="button"
            class=class
            title="Back to the first screen"
            on:click=move |_| store.send(Message::GoTo(None))
        >
            {move || says()}
        </button>
    }
}
