//! Fool the detector: pictures that it may get wrong, a score, and the reasons.

mod card;
mod ink_chart;

use leptos::prelude::*;

use crate::page::memo::Memo;
use crate::page::store::Store;
use crate::session::{ChallengeMessage, Message, Session, Trick, view::ChallengeView};

/// The panel; tables have no pictures to fool with.
pub(crate) fn challenge(store: Store) -> impl IntoView {
    let view = store.view(Session::challenge_view);
    let chosen = RwSignal::new(Trick::Stroke);
    let cards = Trick::ALL.map(|trick| card::card(store, view, trick, chosen));
    let is_hidden = store.view(|session| !session.has_challenge());
    let nouns = store.view(Session::nouns);
    let is_known = Memo::new(move |_| {
        view.with(|view| view.cards.iter().any(|card| card.trick == chosen.get()))
    });
    view! {
        <section
            class="panel is-challenge"
            aria-labelledby="challenge-title"
            hidden=move || is_hidden.get()
        >
            <h3 id="challenge-title" class="visually-hidden">"Fool the detector"</h3>
            <div class="challenge-head">
                <p class="hint">{move || rules_of_the_game(nouns.get().0)}</p>
                {score(store, view)}
            </div>
            <ul class="tricks">{cards.into_iter().collect_view()}</ul>
            {store.rare(is_known, move |store| rare_explanation(store, view, chosen))}
        </section>
    }
}

fn rules_of_the_game(one: &str) -> String {
    format!(
        "Blank, dot and stroke are no {one}: calling them normal is a mistake. The thick {one} still is one: calling \
         it an anomaly is a mistake, too. Then draw something of your own that is no {one} and passes."
    )
}

/// How many pictures fooled the detector; before it was asked, the button that asks it.
fn score(store: Store, view: Memo<ChallengeView>) -> impl IntoView {
    let is_awaited = store.view(Session::is_challenge_awaited);
    let has_outcome = Memo::new(move |_| view.with(|view| !view.cards.is_empty()));
    let sentence = move || view.with(in_words);
    view! {
        <div class="challenge-score">
            <button
                type="button"
                class="button is-primary"
                hidden=move || has_outcome.get()
                disabled=move || is_awaited.get()
                on:click=move |_| store.send(Message::Challenge(ChallengeMessage::Take))
            >
                "Show them to the detector"
            </button>
            <p class="score" role="status" aria-label="Score" aria-atomic="false">
                {sentence}
            </p>
        </div>
    }
}

fn in_words(view: &ChallengeView) -> Option<String> {
    if view.cards.is_empty() {
        return None;
    }
    let best = if view.best > 0 {
        format!(" Your best drawing: {} points.", view.best)
    } else {
        String::new()
    };
    Some(format!(
        "Fooled by {} of {}.{best}",
        view.n_fooled,
        view.cards.len()
    ))
}

/// Why the detector said what it said of the chosen picture.
#[inline(never)]
fn rare_explanation(store: Store, view: Memo<ChallengeView>, chosen: RwSignal<Trick>) -> AnyView {
    let reasons = move || {
        view.with(|view| {
            let card = view.cards.iter().find(|card| card.trick == chosen.get());
            let reasons = card.map(|card| card.reasons.clone()).unwrap_or_default();
            let reasons = reasons.into_iter();
            reasons
                .map(|reason| view! { <li>{reason}</li> })
                .collect_view()
        })
    };
    let lay = move |_| {
        store.send(Message::Challenge(ChallengeMessage::Lay(
            chosen.get_untracked(),
        )));
    };
    view! {
        <div class="trick-explanation">
            <div aria-live="polite">
                <h4>{move || format!("Why? {}", chosen.get().title())}</h4>
                <ul class="trick-reasons">{reasons}</ul>
                <button
                    type="button"
                    class="button"
                    hidden=move || chosen.get() == Trick::Blank
                    on:click=lay
                >
                    "Lay it on the bench"
                </button>
            </div>
            {ink_chart::ink_chart(store, view, chosen)}
        </div>
    }
    .into_any()
}
