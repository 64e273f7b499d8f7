//! The list as pictures: each item with its reconstruction and its error map, only those in sight on the page.

mod card;
mod keys;
mod style;

use std::ops::Range;
use std::time::Duration;

use leptos::{ev, html, prelude::*};

use crate::anomaly::decimals_for;
use crate::page::effect::effect;
use crate::page::memo::Memo;
use crate::page::{
    observe::{is_in_view, size_of},
    store::Store,
    widgets::each,
};
use crate::picture::gap_between;
use crate::session::{
    ListChange, Message, Session,
    view::{BenchKind, CardGrid, GalleryCard},
};

use style::card_style;

/// How long the gallery waits before it says what is in sight, so that scrolling is not held up by it.
const REST: Duration = Duration::from_millis(100);

/// What stands in the frame, and where.
#[derive(Clone, Copy)]
struct Gallery {
    frame: NodeRef<html::Div>,
    /// How far the frame is scrolled down and how tall it is, in pixels of the style sheet.
    top: RwSignal<f64>,
    height: Memo<f64>,
    grid: Memo<CardGrid>,
    /// The place of the card that Tab leads to.
    active: RwSignal<usize>,
    /// Whether one of the cards has the focus.
    has_focus: RwSignal<bool>,
}

/// A card and where it stands. Cards hang on nothing else, for hundreds of cards come and go in a second of scrolling.
#[derive(Clone, Debug, PartialEq)]
struct Slot {
    card: GalleryCard,
    /// The error in figures.
    error: String,
    /// From the left and from the top, in pixels of the style sheet.
    corner: (f64, f64),
    /// Cards in all.
    n_cards: usize,
    /// Whether Tab leads to it.
    is_active: bool,
}

impl Gallery {
    fn new(store: Store) -> Self {
        let frame = NodeRef::new();
        let size = size_of(frame);
        let strip_ratio = store.view(strip_ratio);
        let n_listed = store.view(Session::n_listed);
        Self {
            frame,
            top: RwSignal::new(0.0),
            height: Memo::new(move |_| size.get().1),
            grid: Memo::new(move |_| {
                let (width, _) = size.get();
                CardGrid::new(n_listed.get(), width, strip_ratio.get(), card_style(width))
            }),
            active: RwSignal::new(0),
            has_focus: RwSignal::new(false),
        }
    }

    /// The cards that are on the page.
    fn slots(self, store: Store, in_sight: Memo<Range<usize>>) -> Memo<Vec<Slot>> {
        let active = Memo::new(move |_| {
            let last = self.grid.get().n_cards.saturating_sub(1);
            self.active.get().min(last)
        });
        let cards = store.view_with_signals(move |session| {
            let (places, active) = (in_sight.get(), active.get());
            let mut cards = session.gallery_cards(places.clone());
            // The card that Tab leads to stays on the page wherever the others are.
            if active < places.start {
                cards.splice(0..0, session.gallery_cards(active..active + 1));
            } else if active >= places.end {
                cards.extend(session.gallery_cards(active..active + 1));
            }
            cards
        });
        let n_decimals = store.view(n_decimals);
        Memo::new(move |_| {
            let (grid, active, n_decimals) = (self.grid.get(), active.get(), n_decimals.get());
            let slot = |card: GalleryCard| Slot {
                error: format!("{:.n_decimals$}", card.error),
                corner: grid.corner(card.place),
                n_cards: grid.n_cards,
                is_active: card.place == active,
                card,
            };
            cards.get().into_iter().map(slot).collect()
        })
    }

    /// Has the items in sight reconstructed, while the gallery itself is on the screen.
    fn watch(self, store: Store, in_sight: Memo<Range<usize>>) {
        let is_in_view = is_in_view(self.frame);
        let watched = Memo::new(move |_| {
            if is_in_view.get() {
                in_sight.get()
            } else {
                0..0
            }
        });
        let is_resting = StoredValue::new(false);
        let tell = move || {
            if is_resting.try_set_value(false).is_none()
                && let Some(places) = watched.try_get_untracked()
            {
                store.send(Message::List(ListChange::Watch(places)));
            }
        };
        effect(move || {
            watched.track();
            if !is_resting.get_value() {
                is_resting.set_value(true);
                set_timeout(tell, REST);
            }
        });
        on_cleanup(move || store.send(Message::List(ListChange::Watch(0..0))));
    }

    /// Back to the first card whenever something else is listed.
    fn follow_filter(self, store: Store) {
        let listed = store.view(Session::filter_and_order);
        let mut was_listed = None;
        effect(move || {
            let listed = Some(listed.get());
            if was_listed.is_some()
                && was_listed != listed
                && let Some(frame) = self.frame.get_untracked()
            {
                frame.set_scroll_top(0);
                self.active.set(0);
            }
            was_listed = listed;
        });
    }

    /// The focus stays in the gallery when the card that has it is listed no more.
    fn keep_focus(self) {
        let n_cards = Memo::new(move |_| self.grid.get().n_cards);
        effect(move || {
            let last = n_cards.get().checked_sub(1);
            if let Some(last) = last.filter(|&last| last < self.active.get_untracked()) {
                self.active.set(last);
                if self.has_focus.get_untracked() {
                    keys::focus_on(self, last);
                }
            }
        });
    }

    fn on_scroll(self) {
        let Some(frame) = self.frame.get_untracked() else {
            return;
        };
        let top = f64::from(frame.scroll_top());
        self.top.set(top);
        if !self.has_focus.get_untracked() {
            self.active
                .set(self.grid.get_untracked().first_in_sight(top));
        }
    }
}

/// The gallery of the items that are listed.
pub(super) fn gallery(store: Store) -> impl IntoView {
    let gallery = Gallery::new(store);
    let (grid, top, height) = (gallery.grid, gallery.top, gallery.height);
    let in_sight = Memo::new(move |_| grid.get().in_sight(top.get(), height.get()));
    let slots = gallery.slots(store, in_sight);
    gallery.watch(store, in_sight);
    gallery.follow_filter(store);
    gallery.keep_focus();
    let places = move || {
        let place = |slot: &Slot| slot.card.place;
        slots.with(|slots| slots.iter().map(place).collect::<Vec<_>>())
    };
    view! {
        {legend(store)}
        <div
            class="gallery"
            node_ref=gallery.frame
            on:scroll=move |_| gallery.on_scroll()
            on:keydown=move |event: ev::KeyboardEvent| keys::on_key(&event, gallery)
            on:focusout=move |_| gallery.has_focus.set(false)
        >
            <ul
                class="gallery-cards"
                role="list"
                aria-label="Gallery"
                aria-describedby="gallery-help"
                style:height=move || pixels(grid.get().height())
                style:--card-width=move || pixels(grid.get().card_width)
                style:--card-height=move || pixels(grid.get().card_height)
            >
                {each(places, move |place| card::card(store, gallery, slots, place))}
            </ul>
        </div>
        <p id="gallery-help" class="visually-hidden">
            "Arrow keys go from card to card, Enter puts the item on the bench at the top of the page."
        </p>
    }
}

fn pixels(length: f64) -> String {
    format!("{length:.2}px")
}

/// What the three pictures of each card are.
fn legend(store: Store) -> impl IntoView {
    let nouns = store.view(Session::nouns);
    let is_curve = store.view(|session| session.kind().bench() == BenchKind::Curve);
    let pictures = move || {
        let (one, _) = nouns.get();
        if is_curve.get() {
            format!("Each {one}, and its reconstruction in dashes over it.")
        } else {
            format!("Each {one}, its reconstruction, its error map:")
        }
    };
    view! {
        <p class="legend" hidden=move || !is_curve.get()>
            {move || pictures()}
        </p>
        <p class="legend" hidden=move || is_curve.get()>
            <span>{move || pictures()}</span>
            <span class="key is-unexpected">"unexpected ink"</span>
            <span class="key is-missing">"missing ink"</span>
        </p>
    }
}

/// Height of three pictures side by side, or of a curve, as a part of their width.
fn strip_ratio(session: &Session) -> f64 {
    match session.kind().bench() {
        BenchKind::Drawing | BenchKind::Form => {
            let (width, height) = session.picture_size();
            height as f64 / (3 * width + 2 * gap_between(width)).max(1) as f64
        }
        BenchKind::Curve => CURVE_RATIO,
    }
}

/// The style sheet draws small curves by this.
const CURVE_RATIO: f64 = 0.4;

/// As many as the largest error of all needs, so that figures do not change their length while one scrolls.
fn n_decimals(session: &Session) -> usize {
    decimals_for(session.largest_error().into_iter())
}
