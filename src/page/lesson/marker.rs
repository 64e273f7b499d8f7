//! The mark around what a lesson points at; all else is dimmed, and works as always.

use std::time::Duration;

use leptos::ev;
use leptos::html;
use leptos::prelude::*;

use super::find::{Found, find};

/// How often the mark is put where its element is by now, in milliseconds.
const FOLLOWED_EVERY: u64 = 200;
/// So often it is scrolled to, since what comes into sight takes another room than was thought.
const N_SCROLLS: u32 = 4;
/// So often it is looked for before the card says that it is not there.
const N_TRIES: u32 = 15;
/// What stays free around an element, in pixels.
const MARGIN: f64 = 8.0;
/// Above the mark is room for its word, else it stands below.
const ROOM_FOR_WORD: f64 = 40.0;
/// A card that takes more of the width than this lies below everything.
const MOST_OF_WIDTH: f64 = 0.6;

/// What a lesson points at, where it is, and where the card must not be.
#[derive(Clone, Copy)]
pub(super) struct Pointer {
    found: StoredValue<Option<Found>, LocalStorage>,
    n_ticks: StoredValue<u32>,
    place: RwSignal<Option<Place>>,
    /// Whether there is no such element.
    pub(super) is_missing: RwSignal<bool>,
    /// Whether there is such an element.
    pub(super) is_found: RwSignal<bool>,
    /// Whether the card would lie on it at the right.
    pub(super) is_at_right: RwSignal<bool>,
    /// The card.
    pub(super) card: NodeRef<html::Section>,
}

/// Where an element is on the screen, in pixels.
#[derive(Clone, Copy, PartialEq)]
struct Place {
    left: f64,
    top: f64,
    width: f64,
    height: f64,
}

impl Pointer {
    /// Follows what has the name `point`; a new `page` is looked at anew.
    pub(super) fn follow(point: Memo<Option<String>>, page: Memo<Option<usize>>) -> Self {
        let pointer = Self {
            found: StoredValue::new_local(None),
            n_ticks: StoredValue::new(0),
            place: RwSignal::new(None),
            is_missing: RwSignal::new(false),
            is_found: RwSignal::new(false),
            is_at_right: RwSignal::new(false),
            card: NodeRef::new(),
        };
        Effect::new(move |_| {
            page.track();
            point.track();
            pointer.found.set_value(None);
            pointer.n_ticks.set_value(0);
            pointer.is_missing.set(false);
            pointer.is_found.set(false);
            // After the page has been changed by the same message.
            set_timeout(move || pointer.tick(point), Duration::ZERO);
        });
        let every = Duration::from_millis(FOLLOWED_EVERY);
        let ticking = set_interval_with_handle(move || pointer.tick(point), every);
        let listeners = [
            window_event_listener(ev::scroll, move |_| pointer.put()),
            window_event_listener(ev::resize, move |_| pointer.put()),
        ];
        on_cleanup(move || {
            if let Ok(ticking) = ticking {
                ticking.clear();
            }
            for listener in listeners {
                listener.remove();
            }
        });
        pointer
    }

    /// Moves the focus to what is pointed at.
    pub(super) fn focus(self) {
        self.found.with_value(|found| {
            if let Some(found) = found {
                found.focus();
            }
        });
    }

    fn tick(self, point: Memo<Option<String>>) {
        let Some(name) = point.try_get_untracked() else {
            return;
        };
        let Some(name) = name else {
            self.place.set(None);
            return;
        };
        let is_shown = self
            .found
            .with_value(|found| found.as_ref().is_some_and(Found::is_shown));
        if !is_shown {
            let found = find(&name);
            if let Some(found) = &found {
                found.unfold();
            }
            self.found.set_value(found);
        }
        let n_ticks = self.n_ticks.get_value();
        self.n_ticks.set_value(n_ticks.saturating_add(1));
        let is_found = self.found.with_value(Option::is_some);
        if self.is_found.get_untracked() != is_found {
            self.is_found.set(is_found);
        }
        if self.is_missing.get_untracked() == is_found || n_ticks == N_TRIES {
            self.is_missing.set(!is_found && n_ticks >= N_TRIES);
        }
        if n_ticks < N_SCROLLS {
            self.scroll();
        }
        self.put();
    }

    /// Scrolls what is pointed at to the middle of what is free, unless it can be seen.
    fn scroll(self) {
        let Some(place) = self.measured() else {
            return;
        };
        let free = self.free_height();
        let is_seen = place.top >= MARGIN && place.top + place.height <= free - MARGIN;
        if !is_seen {
            // What is higher than the room begins at its top.
            let wanted = ((free - place.height) / 2.0).max(ROOM_FOR_WORD);
            window().scroll_by_with_x_and_y(0.0, place.top - wanted);
        }
    }

    /// Puts the mark where the element is.
    fn put(self) {
        let place = self.measured();
        if self.place.try_get_untracked() == Some(place) {
            return;
        }
        let _is_gone = self.place.try_set(place);
        let is_at_right = place.is_some_and(|place| self.would_be_covered(place));
        let _is_gone = self.is_at_right.try_set(is_at_right);
    }

    fn measured(self) -> Option<Place> {
        let rect = self.found.try_with_value(|found| {
            let found = found.as_ref().filter(|found| found.is_shown())?;
            Some(found.frame.get_bounding_client_rect())
        });
        let rect = rect.flatten()?;
        Some(Place {
            left: rect.left() - MARGIN,
            top: rect.top() - MARGIN,
            width: rect.width() + 2.0 * MARGIN,
            height: rect.height() + 2.0 * MARGIN,
        })
    }

    /// Width and height of window and card.
    fn sizes(self) -> Option<((f64, f64), (f64, f64))> {
        let size = |value: Result<wasm_bindgen::JsValue, _>| value.ok()?.as_f64();
        let window = (
            size(window().inner_width())?,
            size(window().inner_height())?,
        );
        let rect = self.card.get_untracked()?.get_bounding_client_rect();
        Some((window, (rect.width(), rect.height())))
    }

    /// Height of the window above a card that lies at the bottom.
    fn free_height(self) -> f64 {
        let Some((window, card)) = self.sizes() else {
            return 0.0;
        };
        if card.0 > window.0 * MOST_OF_WIDTH {
            window.1 - card.1
        } else {
            window.1
        }
    }

    /// Whether a card at the right would cover a place that one at the left would not.
    fn would_be_covered(self, place: Place) -> bool {
        let Some((window, card)) = self.sizes() else {
            return false;
        };
        let is_as_low = place.top + place.height > window.1 - card.1 - 2.0 * MARGIN;
        let is_right = place.left + place.width > window.0 - card.0 - 2.0 * MARGIN;
        let is_left = place.left < card.0 + 2.0 * MARGIN;
        is_as_low && is_right && !is_left
    }
}

/// A thick frame with an arrow and a word, which need neither colour nor motion.
pub(super) fn marker(pointer: Pointer) -> impl IntoView {
    let place = pointer.place;
    let pixels =
        move |of: fn(Place) -> f64| move || place.get().map(|place| format!("{:.1}px", of(place)));
    let is_word_below = move || place.get().is_some_and(|place| place.top < ROOM_FOR_WORD);
    view! {
        <div
            class="lesson-marker"
            class:is-below=is_word_below
            aria-hidden="true"
            hidden=move || place.get().is_none()
            style:left=pixels(|place| place.left)
            style:top=pixels(|place| place.top)
            style:width=pixels(|place| place.width)
            style:height=pixels(|place| place.height)
        >
            <span class="lesson-here">{move || if is_word_below() { "▲ Here" } else { "▼ Here" }}</span>
        </div>
    }
}
