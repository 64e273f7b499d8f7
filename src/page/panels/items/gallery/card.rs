//! One item: three pictures, what it is, and on which side of the threshold it lies.

use leptos::{html, prelude::*};

use super::{Gallery, Slot, pixels};
use crate::page::effect::effect;
use crate::page::memo::Memo;
use crate::page::panels::series::{compared_with, small_curve};
use crate::page::{
    store::Store,
    surface::paint_compared,
    theme::palette,
    widgets::{Icon, icon},
};
use crate::session::{
    ItemChoice, Message,
    view::{BenchKind, GalleryCard},
};

type Shown = Memo<Option<Slot>>;

/// The element of the card at a place of the list.
pub(super) fn id_of(place: usize) -> String {
    format!("gallery-card-{place}")
}

/// The card at a place of the list; it shows whichever item has come there.
pub(super) fn card(
    store: Store,
    gallery: Gallery,
    slots: Memo<Vec<Slot>>,
    place: usize,
) -> impl IntoView {
    let slot: Shown = Memo::new(move |_| {
        slots.with(|slots| {
            let idx = slots.binary_search_by_key(&place, |slot| slot.card.place);
            slots.get(idx.ok()?).cloned()
        })
    });
    let is_shown = move || is_so(slot, |slot| slot.card.is_shown);
    let show = move |_| {
        if let Some(slot) = slot.get_untracked() {
            store.send(Message::Lay(ItemChoice::Item(slot.card.index)));
        }
    };
    let take_focus = move |_| {
        gallery.active.set(place);
        gallery.has_focus.set(true);
    };
    view! {
        <li
            class="gallery-cell"
            style:left=move || text(slot, |slot| pixels(slot.corner.0))
            style:top=move || text(slot, |slot| pixels(slot.corner.1))
            aria-posinset=(place + 1).to_string()
            aria-setsize=move || text(slot, |slot| slot.n_cards.to_string())
        >
            <button
                type="button"
                id=id_of(place)
                class="item-card"
                class:is-anomaly=move || is_so(slot, |slot| slot.card.is_anomaly)
                class:is-shown=is_shown
                tabindex=move || if is_so(slot, |slot| slot.is_active) { "0" } else { "-1" }
                aria-current=move || is_shown().then_some("true")
                on:click=show
                on:focus=take_focus
            >
                {face(store, slot)}
            </button>
        </li>
    }
}

/// What stands on a card: a sentence for those who hear it, pictures and figures for those who see it.
fn face(store: Store, slot: Shown) -> impl IntoView {
    let is_curve = store.view(|session| session.kind().bench() == BenchKind::Curve);
    view! {
        <span class="visually-hidden">{move || text(slot, |slot| in_words(store, &slot.card, &slot.error))}</span>
        <span class="item-card-line" aria-hidden="true">
            <b>{move || text(slot, |slot| label(store, &slot.card))}</b>
            <span class="item-card-index">{move || text(slot, |slot| format!("#{}", slot.card.index))}</span>
        </span>
        {move || if is_curve.get() { curves(store, slot).into_any() } else { pictures(store, slot).into_any() }}
        <span class="item-card-line" aria-hidden="true">
            <span class="item-error">{move || text(slot, |slot| slot.error.clone())}</span>
            {verdict(slot)}
        </span>
    }
}

/// "Item 486, a 7, error 0.1352, anomaly".
fn in_words(store: Store, card: &GalleryCard, error: &str) -> String {
    let label = card.label.map_or_else(String::new, |label| {
        let label = store.peek(|session| session.label_in_words(label));
        format!(", {label}")
    });
    let verdict = word(card.is_anomaly);
    format!("Item {}{label}, error {error}, {verdict}", card.index)
}

fn label(store: Store, card: &GalleryCard) -> String {
    card.label.map_or_else(String::new, |label| {
        store.peek(|session| session.class_in_words(label))
    })
}

/// A curve with its reconstruction over it.
fn curves(store: Store, slot: Shown) -> impl IntoView {
    let painted = painted(slot);
    let shown = Memo::new(move |_| {
        let painted = painted.get();
        let shown = painted.and_then(|(index, _)| {
            store.peek(|session| {
                let values = session.dataset()?.item(index)?;
                let reconstruction = session.reconstruction_of(index);
                Some(compared_with(session, values, reconstruction))
            })
        });
        shown.unwrap_or_default()
    });
    view! { <span class="item-card-curve" aria-hidden="true">{small_curve(shown, String::new)}</span> }
}

/// What the pictures of a card hang on: the item, and when it was reconstructed last.
fn painted(slot: Shown) -> Memo<Option<(usize, Option<u32>)>> {
    Memo::new(move |_| {
        slot.with(|slot| {
            let card = &slot.as_ref()?.card;
            Some((card.index, card.reconstructed))
        })
    })
}

/// Input, reconstruction and error map on one canvas.
fn pictures(store: Store, slot: Shown) -> impl IntoView {
    let canvas = NodeRef::<html::Canvas>::new();
    let palette = palette();
    let painted = painted(slot);
    effect(move || {
        let (Some(canvas), Some((index, _)), palette) =
            (canvas.get(), painted.get(), palette.get())
        else {
            return;
        };
        store.peek(|session| {
            let Some(ink) = session.dataset().and_then(|dataset| dataset.item(index)) else {
                return;
            };
            let width = session.picture_size().0;
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
fn verdict(slot: Shown) -> impl IntoView {
    let is_anomaly = Memo::new(move |_| is_so(slot, |slot| slot.card.is_anomaly));
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

fn is_so(slot: Shown, read: impl Fn(&Slot) -> bool) -> bool {
    slot.with(|slot| slot.as_ref().is_some_and(read))
}

fn text(slot: Shown, read: impl Fn(&Slot) -> String) -> String {
    slot.with(|slot| slot.as_ref().map_or_else(String::new, read))
}
