//! The list as pictures: each item with its reconstruction and its error map, only those in sight on the page.

mod card;
mod keys;

use leptos::{ev, html, prelude::*};

use crate::anomaly::decimals_for;
use crate::page::{
    observe::{is_in_view, size_of},
    store::Store,
};
use crate::picture::gap_between;
use crate::session::{
    ListChange, Message, Session,
    view::{CardGrid, GalleryCard},
};

/// What every card needs.
#[derive(Clone, Copy)]
struct Gallery {
    frame: NodeRef<html::Div>,
    /// How far the frame is scrolled down and how tall it is, in pixels of the style sheet.
    top: RwSignal<f64>,
    height: Memo<f64>,
    grid: Memo<CardGrid>,
    /// Those that are on the page.
    cards: Memo<Vec<GalleryCard>>,
    /// The place of the card that Tab leads to.
    active: RwSignal<usize>,
    /// Whether one of the cards has the focus.
    has_focus: RwSignal<bool>,
    n_decimals: Memo<usize>,
}

impl Gallery {
    fn new(store: Store) -> Self {
        let frame = NodeRef::new();
        let size = size_of(frame);
        let top = RwSignal::new(0.0);
        let height = Memo::new(move |_| size.get().1);
        let strip_ratio = store.view(strip_ratio);
        let n_listed = store.view(Session::n_listed);
        let grid =
            Memo::new(move |_| CardGrid::new(n_listed.get(), size.get().0, strip_ratio.get()));
        let in_sight = Memo::new(move |_| grid.get().in_sight(top.get(), height.get()));
        let active = RwSignal::new(0);
        let cards = store.view(move |session| {
            let places = in_sight.get();
            let active = active.get().min(grid.get().n_cards.saturating_sub(1));
            let mut cards = session.gallery_cards(places.clone());
            // The card that Tab leads to stays on the page wherever the others are.
            if active < places.start {
                cards.splice(0..0, session.gallery_cards(active..active + 1));
            } else if active >= places.end {
                cards.extend(session.gallery_cards(active..active + 1));
            }
            cards
        });
        let is_in_view = is_in_view(frame);
        Effect::new(move |_| {
            let places = if is_in_view.get() {
                in_sight.get()
            } else {
                0..0
            };
            store.send(Message::List(ListChange::Watch(places)));
        });
        on_cleanup(move || store.send(Message::List(ListChange::Watch(0..0))));
        Self {
            frame,
            top,
            height,
            grid,
            cards,
            active,
            has_focus: RwSignal::new(false),
            n_decimals: store.view(n_decimals),
        }
    }

    /// Back to the first card whenever something else is listed.
    fn follow_filter(self, store: Store) {
        let listed = store.view(Session::filter_and_order);
        Effect::new(move |was_listed: Option<_>| {
            let listed = listed.get();
            if was_listed.is_some_and(|was_listed| was_listed != listed)
                && let Some(frame) = self.frame.get_untracked()
            {
                frame.set_scroll_top(0);
                self.active.set(0);
            }
            listed
        });
    }

    /// The focus stays in the gallery when the card that has it is listed no more.
    fn keep_focus(self) {
        let n_cards = Memo::new(move |_| self.grid.get().n_cards);
        Effect::new(move |_| {
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
    gallery.follow_filter(store);
    gallery.keep_focus();
    let places = move || {
        gallery
            .cards
            .with(|cards| cards.iter().map(|card| card.place).collect::<Vec<_>>())
    };
    let height = move || format!("{}px", gallery.grid.get().height());
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
                style:height=height
            >
                <For each=places key=|place| *place let:place>
                    {card::card(store, gallery, place)}
                </For>
            </ul>
        </div>
        <p id="gallery-help" class="visually-hidden">
            "Arrow keys go from card to card, Enter puts the item on the bench at the top of the page."
        </p>
    }
}

/// What the three pictures of each card are.
fn legend(store: Store) -> impl IntoView {
    let nouns = store.view(Session::nouns);
    let pictures = move || format!("Each {}, its reconstruction, its error map:", nouns.get().0);
    view! {
        <p class="legend">
            <span>{pictures}</span>
            <span class="key is-unexpected">"unexpected ink"</span>
            <span class="key is-missing">"missing ink"</span>
        </p>
    }
}

/// Height of three pictures side by side, as a part of their width.
fn strip_ratio(session: &Session) -> f64 {
    let (width, height) = session.bench().size();
    height as f64 / (3 * width + 2 * gap_between(width)).max(1) as f64
}

/// As many as the largest error of all needs, so that figures do not change their length while one scrolls.
fn n_decimals(session: &Session) -> usize {
    decimals_for(session.largest_error().into_iter())
}
