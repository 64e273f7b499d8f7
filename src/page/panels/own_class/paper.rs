//! The sheet on which the next drawing is made.

use leptos::prelude::*;
use web_sys::KeyboardEvent;

use super::tell;
use crate::page::panels::drawing::{eraser, surface};
use crate::page::panels::sheet::Sheet;
use crate::page::store::Store;
use crate::page::widgets::{Icon, icon};
use crate::session::{Change, Message, OwnClassMessage, PictureBench, Session};

const PAPER: Sheet = Sheet {
    name: "Next drawing",
    help_id: "own-class-help",
    extra_help: "Enter adds the drawing, and the sheet is empty for the next one.",
    drawn: |session| Some(session.own_sheet()),
    invitation: |session| format!("Draw {} here", session.own_thing()),
    message: |change| Message::OwnClass(OwnClassMessage::Draw(change)),
};

/// The sheet with its tools, and the button that adds what lies there.
pub(super) fn paper(store: Store) -> impl IntoView {
    let is_erasing = RwSignal::new(false);
    let is_blank = store.view(|session: &Session| PAPER.is_blank(session));
    let add = move || {
        tell(store, OwnClassMessage::Add);
        is_erasing.set(false);
    };
    let on_key = move |event: KeyboardEvent| {
        if event.key() == "Enter" && !event.repeat() {
            event.prevent_default();
            add();
        }
    };
    view! {
        <div class="own-class-paper">
            <div on:keydown=on_key>{surface(store, PAPER, is_erasing)}</div>
            <button
                type="button"
                class="button is-main"
                disabled=move || is_blank.get()
                on:click=move |_| add()
            >
                "Add this drawing"
            </button>
            {tools(store, is_erasing)}
        </div>
    }
}

fn tools(store: Store, is_erasing: RwSignal<bool>) -> impl IntoView {
    let can_undo = store.view(|session| PictureBench::can_undo(session.own_sheet()));
    let change = move |change| tell(store, OwnClassMessage::Draw(change));
    view! {
        <div class="tools">
            <button type="button" class="button" on:click=move |_| change(Change::Clear)>
                "Clear the sheet"
            </button>
            {eraser(is_erasing)}
            <button
                type="button"
                class="button is-icon"
                aria-label="Undo the stroke"
                title="Undo the stroke"
                disabled=move || !can_undo.get()
                on:click=move |_| change(Change::Undo)
            >
                {icon(Icon::Undo)}
            </button>
        </div>
    }
}
