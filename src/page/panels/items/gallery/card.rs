//! One item: three pictures, what it is, and on which side of the threshold it lies.

use leptos::{html, prelude::*};

use super::Gallery;
use crate::page::{
    store::Store,
    surface::paint_compared,
    theme::palette,
    widgets::{Icon, icon},
};
use crate::session::{Message, view::GalleryCard};

type Shown = Memo<Option<GalleryCard>>;

/// The element of the card at a place of the list.
pub(super) fn id_of(place: usize) -> String {
    format!("gallery-card-{place}")
}

/// The card at a place of the list; it shows whichever item has come there.
pub(super) fn card(store: Store, gallery: Gallery, place: usize) -> impl IntoView {
    let card: Shown = Memo::new(move |_| {
        gallery.cards.with(|cards| {
            let idx = cards.binary_search_by_key(&place, |card| card.place).ok()?;
            cards.get(idx).cloned()
        })
    });
    let is_active = Memo::new(move |_| {
        let last = gallery.grid.get().n_cards.saturating_sub(1);
        gallery.active.get().min(last) == place
    });
    let is_anomaly = Memo::new(move |_| is_so(card, |card| card.is_anomaly));
    let is_shown = Memo::new(move |_| is_so(card, |card| card.is_shown));
    let error = Memo::new(move |_| {
        let n_decimals = gallery.n_decimals.get();
        text(card, |card| format!("{:.n_decimals$}", card.error))
    });
    let show = move |_| {
        if let Some(card) = card.get_untracked() {
            store.send(Message::ShowItem(card.index));
        }
    };
    let take_focus = move |_| {
        gallery.active.set(place);
        gallery.has_focus.set(true);
    };
    view! {
        <li
            class="gallery-cell"
            style:left=move || pixels(gallery.grid.get().corner(place).0)
            style:top=move || pixels(gallery.grid.get().corner(place).1)
            style:width=move || pixels(gallery.grid.get().card_width)
            style:height=move || pixels(gallery.grid.get().card_height)
            aria-posinset=(place + 1).to_string()
            aria-setsize=move || gallery.grid.get().n_cards.to_string()
        >
            <button
                type="button"
                id=id_of(place)
                class="item-card"
                class:is-anomaly=move || is_anomaly.get()
                class:is-shown=move || is_shown.get()
                tabindex=move || if is_active.get() { "0" } else { "-1" }
                aria-label=move || text(card, |card| in_words(card, &error.get()))
                aria-current=move || is_shown.get().then_some("true")
                on:click=show
                on:focus=take_focus
            >
                <span class="item-card-line">
                    <b>{move || text(card, label)}</b>
                    <span class="item-card-index">{move || text(card, |card| format!("#{}", card.index))}</span>
                </span>
                {pictures(store, card)}
                <span class="item-card-line">
                    <span class="item-error">{error}</span>
                    {verdict(is_anomaly)}
                </span>
            </button>
        </li>
    }
}

/// "Item 486, a 7, error 0.1352, anomaly".
fn in_words(card: &GalleryCard, error: &str) -> String {
    let label = card
        .label
        .map_or_else(String::new, |label| format!(", a {label}"));
    let verdict = word(card.is_anomaly);
    format!("Item {}{label}, error {error}, {verdict}", card.index)
}

fn label(card: &GalleryCard) -> String {
    card.label
        .map_or_else(String::new, |label| label.to_string())
}

/// Input, reconstruction and error map on one canvas.
fn pictures(store: Store, card: Shown) -> impl IntoView {
    let canvas = NodeRef::<html::Canvas>::new();
    let palette = palette();
    let painted =
        Memo::new(move |_| card.with(|card| card.as_ref().map(|card| (card.index, card.rebuilt))));
    Effect::new(move |_| {
        let (Some(canvas), Some((index, _)), palette) =
            (canvas.get(), painted.get(), palette.get())
        else {
            return;
        };
        store.peek(|session| {
            let Some(ink) = session.dataset().and_then(|dataset| dataset.item(index)) else {
                return;
            };
            let width = session.bench().size().0;
            paint_compared(
                &canvas,
                width,
                &ink,
                session.reconstruction_of(index),
                &palette,
            );
        });
    });
    view! { <canvas class="item-card-pictures" node_ref=canvas aria-hidden="true"></canvas> }
}

/// Word, shape and colour say the same.
fn verdict(is_anomaly: Memo<bool>) -> impl IntoView {
    move || {
        let (class, shape) = if is_anomaly.get() {
            ("item-verdict is-anomaly", Icon::Anomaly)
        } else {
            ("item-verdict is-normal", Icon::Normal)
        };
        view! { <span class=class>{icon(shape)} <span>{word(is_anomaly.get())}</span></span> }
    }
}

fn word(is_anomaly: bool) -> &'static str {
    if is_anomaly { "anomaly" } else { "normal" }
}

fn is_so(card: Shown, read: impl Fn(&GalleryCard) -> bool) -> bool {
    card.with(|card| card.as_ref().is_some_and(read))
}

fn text(card: Shown, read: impl Fn(&GalleryCard) -> String) -> String {
    card.with(|card| card.as_ref().map_or_else(String::new, read))
}

fn pixels(length: f64) -> String {
    format!("{length:.2}px")
}
