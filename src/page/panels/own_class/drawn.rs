//! All drawings of the class at hand, in small.

use leptos::prelude::*;

use super::{Drawn, tell};
use crate::data::Drawing;
use crate::page::memo::Memo;
use crate::page::store::Store;
use crate::page::widgets::picture_strip;
use crate::session::OwnClassMessage;

/// Pixels in a row of what a network sees of a drawing.
const SIDE: usize = 28;

/// How many there are, the drawings themselves, and the way back from the last change.
pub(super) fn drawn(store: Store, drawn: Drawn) -> impl IntoView {
    let counter = Memo::new(move |_| drawn.with(|drawn| drawn.counter.clone()));
    let drawings = Memo::new(move |_| drawn.with(|drawn| drawn.drawings.clone()));
    let can_undo = Memo::new(move |_| drawn.with(|drawn| drawn.can_undo));
    view! {
        <div class="own-class-count">
            <p role="status" aria-label="Number of drawings">
                {move || counter.get()}
            </p>
            <button
                type="button"
                class="button"
                disabled=move || !can_undo.get()
                on:click=move |_| tell(store, OwnClassMessage::Undo)
            >
                "Undo"
            </button>
        </div>
        <ol class="own-class-drawings" aria-label="Drawings">
            {move || drawings.with(|drawings| {
                let small = drawings.iter().enumerate();
                small.map(|(idx, drawing)| small_drawing(store, idx, drawing)).collect_view()
            })}
        </ol>
    }
}

fn small_drawing(store: Store, idx: usize, drawing: &Drawing) -> AnyView {
    let name = format!("Drawing {}", idx + 1);
    view! {
        <li>
            {picture_strip(SIDE, &[drawing.seen()], name)}
            <button
                type="button"
                class="own-class-remove"
                aria-label=format!("Remove drawing {}", idx + 1)
                title="Remove"
                on:click=move |_| tell(store, OwnClassMessage::Remove(idx))
            >
                "×"
            </button>
        </li>
    }
    .into_any()
}
