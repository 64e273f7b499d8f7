//! Brings a place of the page into sight.

use std::time::Duration;

use leptos::prelude::*;
use wasm_bindgen::JsCast as _;
use web_sys::HtmlElement;

use crate::session::Place;

/// The parts above a place are made one after the other, and move it until they stand.
const AGAIN_AFTER: [Duration; 3] = [
    Duration::ZERO,
    Duration::from_millis(400),
    Duration::from_millis(1200),
];

/// Scrolls to a place and moves the focus to its question, or to the top of the page.
pub(super) fn show(place: Option<Place>) {
    let Some(place) = place else {
        window().scroll_to_with_x_and_y(0.0, 0.0);
        return;
    };
    for delay in AGAIN_AFTER {
        set_timeout(move || bring_into_view(place), delay);
    }
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
