//! The mark around what a lesson points at; all else is dimmed, and works as always.

use std::time::Duration;

use leptos::ev;
use leptos::html;
use leptos::prelude::*;

use super::find::{Found, find};
use crate::page::effect::effect;
use crate::page::memo::Memo;

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
/// What stays at the top of the window may take so much of it.
const ROOM_AT_TOP: f64 = 96.0;

/// What a lesson points at, and where it is.
#[derive(Clone, Copy)]
pub(super) struct Pointer {
    found: StoredValue<Option<Found>, LocalStorage>,
    n_ticks: StoredValue<u32>,
    place: RwSignal<Option<Place>>,
    /// Whether there is no such element.
    pub(super) is_missing: RwSignal<bool>,
    /// Whether there is such an element.
    pub(super) is_found: RwSignal<bool>,
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
            card: NodeRef::new(),
        };
        effect(move || {
            // Read, since merely tracking a memo would never compute it.
            let _new = (page.get(), point.get());
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
        let is_seen = place.top >= ROOM_AT_TOP && place.top + place.height <= free - MARGIN;
        if !is_seen {
            // What is higher than the room begins at its top.
            let wanted = ((free - place.height) / 2.0).max(ROOM_AT_TOP);
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

    /// Height of the window above the card.
    fn free_height(self) -> f64 {
        let window = window().inner_height().ok();
        let window = window.and_then(|height| height.as_f64()).unwrap_or(0.0);
        let card = self.card.get_untracked();
        window - card.map_or(0.0, |card| card.get_bounding_client_rect().height())
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
