//! The verdict: word, shape, colour, figure and reason, and the histogram that is its picture.

use leptos::prelude::*;

use super::spoken_verdict::spoken_verdict;
use super::threshold_panel::histogram;
use crate::anomaly::format_error;
use crate::page::{
    store::Store,
    widgets::{Icon, icon},
};
use crate::session::{Session, view::Finding};

/// The last stage.
pub(crate) fn verdict_panel(store: Store) -> impl IntoView {
    let finding = store.view(Session::finding);
    let kind = store.view(|session| tone_of(&session.finding()));
    let label_note = move || match finding.get() {
        Finding::Verdict { label_note, .. } => label_note,
        Finding::None { .. } => None,
    };
    view! {
        <div class=move || format!("stage is-verdict {}", kind.get())>
            <h2 class="visually-hidden">"Verdict"</h2>
            // What it says changes with every epoch; a screen reader is told apart from it, and less often.
            <div class="verdict" role="status" aria-label="Verdict" aria-live="off">
                {move || finding_view(finding.get())}
                <p class="hint label-note" hidden=move || label_note().is_none()>{move || label_note()}</p>
            </div>
            {spoken_verdict(store)} {error_meter(store)} {store.later(errors_of_normal_items)}
        </div>
    }
}

/// The class that gives a verdict its colour, and a close one its dashes.
pub(super) fn tone_of(finding: &Finding) -> &'static str {
    match finding {
        Finding::None { .. } => "is-waiting",
        Finding::Verdict { verdict, .. } => match (verdict.is_anomaly, verdict.is_close()) {
            (true, false) => "is-anomaly",
            (true, true) => "is-anomaly is-close",
            (false, false) => "is-normal",
            (false, true) => "is-normal is-close",
        },
    }
}

/// What a verdict is called, and its picture.
pub(super) fn word_of(finding: &Finding) -> (Icon, &'static str) {
    match finding {
        Finding::None { .. } => (Icon::Waiting, "No verdict yet"),
        Finding::Verdict { verdict, .. } if verdict.is_anomaly => (Icon::Anomaly, "Anomaly"),
        Finding::Verdict { .. } => (Icon::Normal, "Normal"),
    }
}

fn finding_view(finding: Finding) -> impl IntoView {
    let (shape, word) = word_of(&finding);
    let is_close = matches!(&finding, Finding::Verdict { verdict, .. } if verdict.is_close());
    let (Finding::None { sentence } | Finding::Verdict { sentence, .. }) = finding;
    view! {
        <p class="verdict-word">
            {icon(shape)} <strong>{word}</strong>
            {is_close.then(|| view! { " "<span class="verdict-close">"but close"</span> })}
        </p>
        <p class="verdict-sentence">{sentence}</p>
    }
}

/// The picture of the verdict: the errors of normal items, with the threshold to be moved and the pin.
fn errors_of_normal_items(store: Store) -> impl IntoView {
    let nouns = store.view(Session::nouns);
    view! {
        <section class="verdict-errors" aria-labelledby="threshold-title">
            <h3 id="threshold-title">{move || format!("Errors of normal {}", nouns.get().1)}</h3>
            {histogram(store)}
        </section>
    }
}

/// The error for those who do not see the histogram.
fn error_meter(store: Store) -> impl IntoView {
    let error = store.view(|session| session.judgement().map(|judgement| judgement.error));
    let axis = store.view(Session::error_axis);
    view! {
        <div
            class="visually-hidden"
            role="meter"
            aria-label="Reconstruction error"
            aria-valuemin="0"
            aria-valuemax=move || axis.get().high().max(error.get().unwrap_or(0.0)).to_string()
            aria-valuenow=move || error.get().unwrap_or(0.0).to_string()
            aria-valuetext=move || error.get().map_or_else(|| "none yet".to_owned(), format_error)
        ></div>
    }
}
