//! Which data the page works on, and the way to open one's own.

mod columns;
mod drop_zone;
mod next_file;
mod pictures;
mod windows;

pub(crate) use columns::columns;
pub(crate) use next_file::next_file;
pub(crate) use pictures::pictures;

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::page::files::{self, ChosenFile};
use crate::page::memo::Memo;
use crate::page::{store::Store, widgets::choice};
use crate::session::{DataMessage, Hideable, Message, Session, view::DataView};

/// What is learned from, and the button that opens a file.
pub(crate) fn data(store: Store) -> impl IntoView {
    let is_hidden = store.view(|session| session.is_hidden(Hideable::Data));
    view! {
        <section class="data" aria-label="Data" hidden=move || is_hidden.get()>
            {title(store)} <div class="data-buttons">{opener(store)} {back(store)} {help()}</div>
            {drop_zone::drop_zone(store)}
        </section>
    }
}

/// Reads files and hands them to the session.
fn open(store: Store, files: Vec<ChosenFile>) {
    if !files.is_empty() {
        spawn_local(async move { store.send(files::read_or_hand_over(store, files).await) });
    }
}

fn title(store: Store) -> impl IntoView {
    let data = store.view(Session::data_view);
    let part = move |part: fn(DataView) -> String| move || data.get().map(part).unwrap_or_default();
    let waiting = move || data.get().and_then(|data| data.waiting);
    view! {
        <p class="data-title">
            <strong>{part(|data| format!("{} ", data.title))}</strong>
            <span class="hint">{part(|data| data.description)}</span>
        </p>
        <p class="hint data-waiting" hidden=move || waiting().is_none()>
            {move || waiting()}
        </p>
    }
}

/// The native input, so that it works with keyboard and screen reader; the label looks like a button.
fn opener(store: Store) -> impl IntoView {
    view! {
        <span class="opener">
            <input
                type="file"
                id="open-file"
                class="visually-hidden"
                multiple=true
                accept=".csv,.txt,.tsv,.data,.tra,.tes,.arff,.gz,.zip,.idx,.bin,.png,.jpg,.jpeg,.webp,*/*"
                aria-describedby="open-file-help"
                on:change:target=move |event| {
                    open(store, files::listed(event.target().files()));
                    // So that the same file can be opened again after it was corrected.
                    event.target().set_value("");
                }
            />
            <label class="button" for="open-file">
                "Open a data file"
            </label>
        </span>
    }
}

/// How the reader's recording or curves are read; nothing for anything else.
pub(crate) fn curves(store: Store) -> impl IntoView {
    view! {
        {windows::windows(store)}
        {normalisation(store)}
    }
}

/// The same as the opener for a folder of pictures; it stands where there is room for it.
pub(crate) fn folder_opener(store: Store) -> impl IntoView {
    view! {
        <span class="opener">
            <input
                type="file"
                id="open-folder"
                class="visually-hidden"
                prop:webkitdirectory=true
                on:change:target=move |event| {
                    open(store, files::listed(event.target().files()));
                    event.target().set_value("");
                }
            />
            <label class="button" for="open-folder">
                "Open a folder of pictures"
            </label>
        </span>
    }
}

/// How the reader's curves are made one scale; nothing for anything else.
fn normalisation(store: Store) -> impl IntoView {
    let by_themselves = store.view(|session| {
        session
            .data_view()
            .and_then(|data| data.curves_by_themselves)
    });
    let selected = Memo::new(move |_| usize::from(by_themselves.get() == Some(true)));
    let choose = move |idx: usize| {
        let by_themselves = idx == 1;
        store.send(Message::Data(DataMessage::NormaliseCurves {
            by_themselves,
        }));
    };
    let names = vec![
        "All alike: heights count",
        "Each by itself: its form alone counts",
    ];
    view! {
        <div hidden=move || by_themselves.get().is_none()>
            {choice("normalise-curves", "Scale of the curves", names, selected, choose)}
        </div>
    }
}

fn help() -> impl IntoView {
    view! {
        <p id="open-file-help" class="visually-hidden">
            "A table (CSV), curves (on each row a class and its samples), pictures (PNG, JPEG, WebP, or IDX with their \
             labels), or a zip of them. It stays on your machine; drop it anywhere."
        </p>
    }
}

/// The way back from the reader's file.
fn back(store: Store) -> impl IntoView {
    let is_own = store.view(|session| session.data_view().is_some_and(|data| data.is_own));
    let brought = store.view(|session| session.recipe_name().data().title());
    view! {
        <button
            type="button"
            class="button"
            hidden=move || !is_own.get()
            on:click=move |_| store.send(Message::Data(DataMessage::CloseFile))
        >
            "Back" <span class="back-to">{move || format!(" to the {}", brought.get())}</span>
        </button>
    }
}
