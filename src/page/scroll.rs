//! Brings a place of the page into sight.

use std::cell::Cell;
use std::rc::Rc;
use std::time::Duration;

use leptos::prelude::*;
use wasm_bindgen::JsCast as _;
use web_sys::HtmlElement;

use crate::session::Place;

/// The parts above a place are made one after the other, and what comes near the screen takes another room than was
/// thought: so a place is looked for again, until the reader takes over.
const AGAIN_AFTER: [Duration; 5] = [
    Duration::ZERO,
    Duration::from_millis(300),
    Duration::from_millis(800),
    Duration::from_millis(1600),
    Duration::from_millis(2800),
];

/// What tells that the reader moves the page.
const TAKES_OVER: [&str; 4] = ["wheel", "touchstart", "pointerdown", "keydown"];

/// Scrolls to a place and moves the focus to its question, or to the top of the page.
pub(super) fn show(place: Option<Place>) {
    let Some(place) = place else {
        window().scroll_to_with_x_and_y(0.0, 0.0);
        return;
    };
    let is_taken_over = Rc::new(Cell::new(false));
    let listeners = TAKES_OVER.map(|name| {
        let is_taken_over = is_taken_over.clone();
        window_event_listener_untyped(name, move |_| is_taken_over.set(true))
    });
    for delay in AGAIN_AFTER {
        let is_taken_over = is_taken_over.clone();
        let look = move || {
            if !is_taken_over.get() {
                bring_into_view(place);
            }
        };
        set_timeout(look, delay);
    }
    let last = AGAIN_AFTER.into_iter().max().unwrap_or_default();
    set_timeout(
        move || listeners.into_iter().for_each(WindowListenerHandle::remove),
        last,
    );
}

fn bring_into_view(place: Place) {
    let Some(element) = document().get_element_by_id(place.slug()) else {
        return;
    };
    element.scroll_into_view_with_bool(true);
    let question = element.query_selector("h2").ok().flatten();
    if let Some(question) = question.and_then(|question| question.dyn_into::<HtmlElement>().ok()) {
        // A place that cannot take the focus can still be looked at.
        drop(question.focus());
    }
}
