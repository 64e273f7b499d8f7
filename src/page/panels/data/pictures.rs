//! How the reader's pictures are read: their size, what is seen of them, what is ink, and which way is up.

use leptos::prelude::*;

use crate::data::{Framing, LARGEST_SIDE, PhotoReading, SMALLEST_SIDE, Turn};
use crate::page::memo::Memo;
use crate::page::store::Store;
use crate::page::widgets::{choice, number, picture_strip, switch};
use crate::session::{DataMessage, Message, Session};

/// The choices, and some of the pictures as they come out; nothing for anything but the reader's pictures.
pub(crate) fn pictures(store: Store) -> impl IntoView {
    let can_turn = store.view(|session| session.data_view().is_some_and(|data| data.can_turn));
    let are_photos = store.view(|session| {
        session
            .data_view()
            .is_some_and(|data| data.photos.is_some())
    });
    store.rare(can_turn, move |store| rare_reading(store, are_photos))
}

#[inline(never)]
fn rare_reading(store: Store, are_photos: Memo<bool>) -> AnyView {
    view! {
        <details class="pictures-read" open=true>
            <summary>"How the pictures are read"</summary>
            {preview(store)} {move || are_photos.get().then(|| reading(store))} {turning(store)}
        </details>
    }
    .into_any()
}

/// Some of the pictures.
fn preview(store: Store) -> impl IntoView {
    let width = store.view(|session| session.picture_size().0);
    let shown = store.view(Session::previewed);
    move || {
        shown.with(|shown| {
            let description = format!("{} of the pictures, as they are read", shown.len());
            picture_strip(width.get(), shown, description)
        })
    }
}

/// What can be chosen where each picture was a file of its own.
fn reading(store: Store) -> impl IntoView {
    let now = store.view(|session| session.data_view().and_then(|data| data.photos));
    let side = Memo::new(move |_| now.get().map_or(0.0, |reading| f64::from(reading.side)));
    let framing = Memo::new(move |_| {
        let is_cropped = now.get().is_some_and(|it| it.framing == Framing::Crop);
        usize::from(is_cropped)
    });
    let is_inverted = Memo::new(move |_| now.get().is_some_and(|reading| reading.is_inverted));
    let is_never = Memo::new(|_| false);
    let change = move |change: &dyn Fn(PhotoReading) -> PhotoReading| {
        if let Some(reading) = now.get_untracked() {
            store.send(Message::Data(DataMessage::ReadPhotos(change(reading))));
        }
    };
    let resize = move |side: f64| {
        let side = side
            .clamp(SMALLEST_SIDE.into(), LARGEST_SIDE.into())
            .round() as u8;
        change(&|reading| PhotoReading { side, ..reading });
    };
    let frame = move |idx: usize| {
        let framing = if idx == 0 {
            Framing::Fit
        } else {
            Framing::Crop
        };
        change(&|reading| PhotoReading { framing, ..reading });
    };
    let invert = move |is_inverted: bool| {
        change(&|reading| PhotoReading {
            is_inverted,
            ..reading
        });
    };
    view! {
        <div class="pictures-choices">
            {number("photo-side", format!("Pixels a side, {SMALLEST_SIDE} to {LARGEST_SIDE}"), side, resize)}
            {choice("photo-framing", "What is no square", vec!["is seen whole", "is cut to its middle"], framing, frame)}
            {switch("What is dark is ink", is_inverted, is_never, invert)}
        </div>
    }
}

/// Turns the whole set.
fn turning(store: Store) -> impl IntoView {
    let button = move |name: &'static str, turn: Turn| {
        let turn_all = move |_| store.send(Message::Data(DataMessage::TurnPictures(turn)));
        view! {
            <button type="button" class="button" on:click=turn_all>
                {name}
            </button>
        }
    };
    let transpose = Turn::RIGHT.then(Turn::MIRROR);
    view! {
        <div class="pictures-turning" role="group" aria-label="Turn all pictures">
            <span class="hint">"Turn all pictures"</span>
            {button("by 90° clockwise", Turn::RIGHT)}
            {button("by 90° anticlockwise", Turn::RIGHT.then(Turn::RIGHT).then(Turn::RIGHT))}
            {button("left to right", Turn::MIRROR)} {button("rows to columns", transpose)}
        </div>
    }
}
