//! Another file for the network at hand to judge.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::page::files::{self, ChosenFile};
use crate::page::memo::Memo;
use crate::page::store::Store;
use crate::session::{DataMessage, Message, NextFileMessage, Place, Session};

/// The strip under the bar; nothing before there is anything to judge by, and nothing to judge.
pub(crate) fn next_file(store: Store) -> impl IntoView {
    let can_judge = store.view(Session::can_judge_another);
    let standing = store.view(|session| {
        let next = session.next_file()?;
        Some(format!("{}: {}", next.name, next.standing))
    });
    let is_absent = Memo::new(move |_| !can_judge.get() && standing.with(Option::is_none));
    view! {
        <section class="next-file" aria-label="Another file" hidden=move || is_absent.get()>
            <div class="next-file-line">
                <span hidden=move || !can_judge.get()>{opener(store)}</span> {line(store, standing)}
            </div>
        </section>
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
        let message = match files::read_or_hand_over(store, chosen).await {
            Message::Data(DataMessage::FilesOpened(files)) => {
                Message::NextFile(NextFileMessage::Judge(files))
            }
            Message::Data(DataMessage::LargeFilesHanded { names, .. }) => {
                Message::Data(DataMessage::LargeFilesHanded {
                    names,
                    are_to_be_judged: true,
                })
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
