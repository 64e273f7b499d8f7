//! What the page has to say or to ask where everybody sees it: a sentence, and what can be done about it.

use leptos::prelude::*;

use crate::page::store::Store;
use crate::page::when::in_words;
use crate::page::widgets::long_work;
use crate::session::{
    DataMessage, Message, NewVersionMessage, NewVersionView, NextFileMessage, Notice,
    RememberingMessage, Session,
};

/// A button, and what it does in this order.
type Button = (String, Vec<Message>);

/// The newest notice, that there is a newer version, and the offer to go on with earlier work; empty most of the time.
pub(crate) fn notice_bar(store: Store) -> impl IntoView {
    let earlier = store.view(|session| {
        let work = session.offered_work()?;
        Some((work.clone(), session.remembering_view().is_opening))
    });
    let version = store.view(Session::new_version_view);
    let two_tables = store.view(Session::two_tables);
    let notice = store.view(|session| session.notice().cloned());
    let reading = store.view(Session::reading_progress);
    view! {
        <div class="notice-bar">
            <div role="status" aria-label="Earlier work" aria-atomic="false">
                {move || earlier.get().map(|(work, is_opening)| {
                    let text = format!("Last time: {}, on {}.", work.title, in_words(work.written_ms));
                    let go_on = Message::Remembering(RememberingMessage::GoOn(work.id));
                    let decline = Message::Remembering(RememberingMessage::Decline);
                    let buttons = vec![
                        ("Go on where you were".to_owned(), vec![go_on]),
                        ("Not now".to_owned(), vec![decline]),
                    ];
                    with_buttons(store, text, is_opening, buttons)
                })}
            </div>
            <div role="status" aria-label="New version" aria-atomic="false">
                {move || version.get().map(|NewVersionView { text, is_underway }| {
                    let buttons = [("Update", NewVersionMessage::Take), ("Later", NewVersionMessage::Postpone)];
                    let buttons = buttons.map(|(label, message)| (label.to_owned(), vec![Message::NewVersion(message)]));
                    with_buttons(store, text.to_owned(), is_underway, buttons.into())
                })}
            </div>
            <div role="status" aria-label="Which one is normal?" aria-atomic="false">
                {move || two_tables.get().map(|names| with_buttons(
                    store, WHICH_IS_NORMAL.to_owned(), false, which_is_normal(names),
                ))}
            </div>
            {long_work("Reading the file", "Stop", reading, move || {
                store.send(Message::Data(DataMessage::StopReading));
            })}
            <div role="status" aria-label="Notice" aria-atomic="false">
                {move || notice.get().map(|Notice { text, offer }| {
                    let dismiss = Message::DismissNotice;
                    let offer = offer.map(|offer| {
                        (offer.label, [vec![dismiss.clone()], offer.messages].concat())
                    });
                    let dismissal = ("Dismiss".to_owned(), vec![dismiss.clone()]);
                    with_buttons(store, text, false, offer.into_iter().chain([dismissal]).collect())
                })}
            </div>
        </div>
    }
}

const WHICH_IS_NORMAL: &str = "Two tables: which one is normal? The network learns from that one, and judges the rows of the other.";

fn which_is_normal(names: [String; 2]) -> Vec<Button> {
    let learn = names.into_iter().enumerate().map(|(idx, name)| {
        let message = Message::NextFile(NextFileMessage::LearnFrom(idx));
        (format!("Learn from {name}"), vec![message])
    });
    let neither = Message::NextFile(NextFileMessage::OpenNeither);
    learn
        .chain([("Open neither".to_owned(), vec![neither])])
        .collect()
}

/// A sentence with buttons, which do nothing more once what they are about is under way.
fn with_buttons(store: Store, text: String, is_underway: bool, buttons: Vec<Button>) -> AnyView {
    let button = |(label, messages): Button| {
        let follow = move |_| {
            for message in &messages {
                store.send(message.clone());
            }
        };
        view! {
            <button type="button" class="button is-quiet" disabled=is_underway on:click=follow>
                {label}
            </button>
        }
    };
    let buttons = buttons.into_iter().map(button).collect_view();
    view! {
        <div class="notice">
            <p>{text}</p>
            {buttons}
        </div>
    }
    .into_any()
}
