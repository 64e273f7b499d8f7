//! The arrow keys in the gallery: one card has the focus, and the list moves with it.

use leptos::prelude::*;
use wasm_bindgen::JsCast as _;
use web_sys::{HtmlElement, KeyboardEvent};

use super::{Gallery, card::id_of};
use crate::session::view::{CardGrid, Step};

/// Follows a key that leads to another card.
pub(super) fn on_key(event: &KeyboardEvent, gallery: Gallery) {
    if event.ctrl_key() || event.alt_key() || event.meta_key() {
        return;
    }
    let grid = gallery.grid.get_untracked();
    let Some(step) = step_of(&event.key(), &grid, gallery.height.get_untracked()) else {
        return;
    };
    event.prevent_default();
    focus_on(gallery, grid.after(gallery.active.get_untracked(), step));
}

/// Brings a card into sight and gives it the focus.
pub(super) fn focus_on(gallery: Gallery, place: usize) {
    gallery.active.set(place);
    let (grid, height) = (gallery.grid.get_untracked(), gallery.height.get_untracked());
    let top = gallery.top.get_untracked();
    let goal = grid.top_to_show(place, top, height);
    if let Some(frame) = gallery.frame.get_untracked() {
        frame.set_scroll_top(goal.round() as i32);
    }
    // The card may not stand on the page before the next frame.
    request_animation_frame(move || {
        let card = document().get_element_by_id(&id_of(place));
        if let Some(card) = card.and_then(|card| card.dyn_into::<HtmlElement>().ok())
            && card.focus().is_err()
        {
            leptos::logging::warn!("a card could not be focused");
        }
    });
}

fn step_of(key: &str, grid: &CardGrid, height: f64) -> Option<Step> {
    let n_rows_in_sight = (height / grid.row_height()).floor().max(1.0) as isize;
    Some(match key {
        "ArrowRight" => Step::Cards(1),
        "ArrowLeft" => Step::Cards(-1),
        "ArrowDown" => Step::Rows(1),
        "ArrowUp" => Step::Rows(-1),
        "PageDown" => Step::Rows(n_rows_in_sight),
        "PageUp" => Step::Rows(-n_rows_in_sight),
        "Home" => Step::First,
        "End" => Step::Last,
        _ => return None,
    })
}
