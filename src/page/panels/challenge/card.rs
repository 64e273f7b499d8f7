//! One of the pictures: what the network saw, what it made of it, and whether that fooled the detector.

use leptos::prelude::*;

use crate::anomaly::format_error;
use crate::page::memo::Memo;
use crate::page::{
    store::Store,
    widgets::{Icon, Shown, icon, picture_view},
};
use crate::session::{
    ChallengeMessage, Message, Trick,
    view::{ChallengeView, TrickOutcome, TrickView},
};

/// The card; a click on it asks for the reasons.
pub(super) fn card(
    store: Store,
    view: Memo<ChallengeView>,
    trick: Trick,
    chosen: RwSignal<Trick>,
) -> impl IntoView {
    let card = Memo::new(move |_| {
        view.with(|view| view.cards.iter().find(|card| card.trick == trick).cloned())
    });
    let is_fooled = move || {
        let outcome = card.with(|card| card.as_ref().map(|card| card.outcome));
        outcome == Some(TrickOutcome::Fooled)
    };
    let name = move || {
        let outcome = card.with(|card| card.as_ref().map(outcome_in_words));
        let outcome = outcome.unwrap_or_else(|| "not tried yet".to_owned());
        format!("{}: {outcome}", trick.title())
    };
    view! {
        <li class="trick" class:is-fooled=is_fooled class:is-chosen=move || chosen.get() == trick>
            <button
                type="button"
                class="trick-choice"
                aria-label=name
                aria-pressed=move || (chosen.get() == trick).to_string()
                disabled=move || card.with(Option::is_none)
                on:click=move |_| chosen.set(trick)
            >
                <b>{trick.title()}</b>
                {pictures(view, card, trick)}
                {move || card.with(|card| card.as_ref().map(verdict))}
            </button>
            {(trick == Trick::Own).then(|| hand_in(store, chosen))}
        </li>
    }
}

fn pictures(
    view: Memo<ChallengeView>,
    card: Memo<Option<TrickView>>,
    trick: Trick,
) -> impl IntoView {
    let width = Memo::new(move |_| view.with(|view| view.width));
    let shown = move |of: fn(&TrickView) -> &Vec<f32>| {
        Memo::new(move |_| {
            card.with(|card| {
                let card = card.as_ref();
                card.map_or(Shown::Nothing, |card| Shown::Ink(of(card).clone()))
            })
        })
    };
    let title = trick.title();
    view! {
        <span class="trick-pictures">
            {picture_view(width, shown(|card| &card.values), move || format!("{title}, as the network sees it"))}
            <span class="trick-arrow" aria-hidden="true">
                "→"
            </span>
            {picture_view(width, shown(|card| &card.reconstruction), move || format!("{title}, reconstructed"))}
        </span>
    }
}

/// Word, shape and colour, the figure, and whether the detector was fooled.
fn verdict(card: &TrickView) -> impl IntoView + use<> {
    let (shape, word, class) = if card.is_anomaly {
        (Icon::Anomaly, "Anomaly", "is-anomaly")
    } else {
        (Icon::Normal, "Normal", "is-normal")
    };
    let error = format_error(card.error);
    let points = card.points.map(|points| format!(" · {points} points"));
    view! {
        <span class=format!("trick-verdict {class}")>{icon(shape)} <b>{word}</b> <span>{error}</span></span>
        <span class="trick-mark">{card.outcome.title()} {points}</span>
    }
}

fn outcome_in_words(card: &TrickView) -> String {
    let verdict = if card.is_anomaly { "anomaly" } else { "normal" };
    let points = card.points.map(|points| format!(", {points} points"));
    format!(
        "error {}, {verdict}, {}{}",
        format_error(card.error),
        card.outcome.title(),
        points.unwrap_or_default()
    )
}

fn hand_in(store: Store, chosen: RwSignal<Trick>) -> impl IntoView {
    let hand_in = move |_| {
        store.send(Message::Challenge(ChallengeMessage::HandIn));
        chosen.set(Trick::Own);
    };
    view! {
        <button type="button" class="button" on:click=hand_in>
            "Show my drawing to the detector"
        </button>
    }
}
