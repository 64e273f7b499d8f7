//! Another file for the network at hand to judge, and which of two tables is to be learned from.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::page::files::{self, ChosenFile};
use crate::page::memo::Memo;
use crate::page::store::Store;
use crate::session::{DataMessage, Message, NextFileMessage, Place, Session};

/// The strip under the bar; nothing before there is anything to judge by, and nothing to judge.
pub(crate) fn next_file(store: Store) -> impl IntoView {
    let two = store.view(Session::two_tables);
    let can_judge = store.view(Session::can_judge_another);
    let standing = store.view(|session| {
        let next = session.next_file()?;
        Some(format!("{}: {}", next.name, next.standing))
    });
    let is_absent = Memo::new(move |_| {
        !can_judge.get() && two.with(Option::is_none) && standing.with(Option::is_none)
    });
    view! {
        <section class="next-file" aria-label="Another file" hidden=move || is_absent.get()>
            {move || two.get().map(|names| question(store, names))}
            <div class="next-file-line" hidden=move || two.with(Option::is_some)>
                <span hidden=move || !can_judge.get()>{opener(store)}</span> {line(store, standing)}
            </div>
        </section>
    }
}

fn question(store: Store, names: [String; 2]) -> impl IntoView {
    let mut idx = 0;
    let buttons = names.map(|name| {
        let learn = Message::NextFile(NextFileMessage::LearnFrom(idx));
        idx += 1;
        view! {
            <button type="button" class="button" on:click=move |_| store.send(learn.clone())>
                {name}
            </button>
        }
    });
    let neither = move |_| store.send(Message::NextFile(NextFileMessage::OpenNeither));
    view! {
        <div class="next-file-question" role="group" aria-label="Which one is normal?">
            <p>
                <strong>"Two tables: which one is normal?"</strong>
                " The network learns from that one, and judges the rows of the other."
            </p>
            {buttons.into_iter().collect_view()}
            <button type="button" class="button is-quiet" on:click=neither>
                "Open neither"
            </button>
        </div>
    }
}

/// The native input, so that it works with keyboard and screen reader; the label looks like a button.
fn opener(store: Store) -> impl IntoView {
    view! {
        <span class="opener">
            <input
                type="file"
                id="judge-file"
                class="visually-hidden"
                multiple=true
                on:change:target=move |event| {
                    judge(store, files::listed(event.target().files()));
                    event.target().set_value("");
                }
            />
            <label class="button" for="judge-file">
                "Judge another file by this network"
            </label>
        </span>
    }
}

fn judge(store: Store, chosen: Vec<ChosenFile>) {
    if chosen.is_empty() {
        return;
    }
    spawn_local(async move {
        let message = match files::read(chosen).await {
            Message::Data(DataMessage::FilesOpened(files)) => {
                Message::NextFile(NextFileMessage::Judge(files))
            }
            refused => refused,
        };
        store.send(message);
    });
}

/// How the file is judged, and the way to its rows.
fn line(store: Store, standing: Memo<Option<String>>) -> impl IntoView {
    let show = move |_| store.send(Message::GoTo(Some(Place::Items)));
    view! {
        <span class="next-file-standing" hidden=move || standing.with(Option::is_none)>
            <span>{move || standing.get()}</span>
            <button type="button" class="button is-link" on:click=show>
                "Show its rows"
            </button>
        </span>
    }
}
