//! "Make your own": draw a few of anything, give it a name, and teach a network about it.

mod classes;
mod drawn;
mod paper;

use leptos::ev::MouseEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast as _;
use web_sys::{Element, HtmlDialogElement};

use crate::page::memo::Memo;
use crate::page::{files, store::Store, widgets::dialog};
use crate::session::{
    DataMessage, Hideable, Message, OwnClassMessage, Session, view::OwnClassView,
};

/// What has been drawn, as the session has it.
type Drawn = Memo<OwnClassView>;

/// The button, and the dialog that it opens.
pub(crate) fn own_class(store: Store) -> impl IntoView {
    let is_hidden = store.view(|session| session.is_hidden(Hideable::Data));
    view! {
        <div class="own-class-opener" hidden=move || is_hidden.get()>
            {dialog("Make your own", "Make your own", "own-class-title", move || store.rare_now(rare_contents))}
        </div>
    }
}

fn tell(store: Store, message: OwnClassMessage) {
    store.send(Message::OwnClass(message));
}

#[inline(never)]
fn rare_contents(store: Store) -> AnyView {
    let drawn = store.view(Session::own_class_view);
    view! {
        <div class="own-class">
            {paper::paper(store)}
            <div class="own-class-made">
                {classes::name(store, drawn)} {drawn::drawn(store, drawn)} {classes::others(store, drawn)}
            </div>
            {actions(store, drawn)}
        </div>
    }
    .into_any()
}

/// What is done with the drawings.
fn actions(store: Store, drawn: Drawn) -> impl IntoView {
    let obstacle = Memo::new(move |_| drawn.with(|drawn| drawn.obstacle.clone()));
    let cannot_save = Memo::new(move |_| drawn.with(|drawn| drawn.save_obstacle.is_some()));
    let word = Memo::new(move |_| drawn.with(|drawn| drawn.word.clone()));
    // The first choice is all of them.
    let chosen = RwSignal::new(0_usize);
    let train = move |event: MouseEvent| {
        let normal = chosen.get_untracked().checked_sub(1);
        tell(store, OwnClassMessage::Train { normal });
        close(&event);
    };
    view! {
        <div class="own-class-actions">
            {classes::normal(drawn, chosen)}
            <button
                type="button"
                class="button is-main"
                aria-describedby="own-class-obstacle"
                disabled=move || obstacle.with(Option::is_some)
                on:click=train
            >
                "Train on these"
            </button>
            <button
                type="button"
                class="button"
                disabled=move || cannot_save.get()
                on:click=move |_| tell(store, OwnClassMessage::Save)
            >
                "Save as a file"
            </button>
            {from_file(store)}
            <p id="own-class-obstacle" class="hint">
                {move || obstacle.get()}
            </p>
            <p class="own-class-word" role="status" aria-label="What happened">
                {move || word.get()}
            </p>
        </div>
    }
}

/// Closes the dialog in which something was clicked.
fn close(event: &MouseEvent) {
    let clicked = event.target().and_then(|it| it.dyn_into::<Element>().ok());
    let dialog = clicked.and_then(|it| it.closest("dialog").ok().flatten());
    if let Some(dialog) = dialog.and_then(|it| it.dyn_into::<HtmlDialogElement>().ok()) {
        dialog.close();
    }
}

/// The native input, so that it works with keyboard and screen reader; the label looks like a button.
fn from_file(store: Store) -> impl IntoView {
    let open = move |chosen| {
        spawn_local(async move {
            store.send(match files::read(chosen).await {
                Message::Data(DataMessage::FilesOpened(files)) => {
                    Message::OwnClass(OwnClassMessage::Open(files))
                }
                refused => refused,
            });
        });
    };
    view! {
        <span class="opener">
            <input
                type="file"
                id="own-class-file"
                class="visually-hidden"
                multiple=true
                accept=".drawings,.png,.jpg,.jpeg,.webp,*/*"
                aria-describedby="own-class-file-help"
                on:change:target=move |event| {
                    open(files::listed(event.target().files()));
                    event.target().set_value("");
                }
            />
            <label class="button" for="own-class-file">
                "Add from a file"
            </label>
            <span id="own-class-file-help" class="visually-hidden">
                "Drawings that were saved here, by you or by somebody else, or pictures of the thing (PNG, JPEG, WebP)."
            </span>
        </span>
    }
}
