//! The verdict: word, shape, colour, figure and reason.

use leptos::prelude::*;

use super::spoken_verdict::spoken_verdict;
use crate::anomaly::format_error;
use crate::page::{
    charts::{AT, place},
    store::Store,
    widgets::{Icon, icon},
};
use crate::session::{Session, view::Finding};

/// The last stage.
pub(crate) fn verdict_panel(store: Store) -> impl IntoView {
    let finding = store.view(Session::finding);
    let kind = move || match finding.get() {
        Finding::None { .. } => "is-waiting",
        Finding::Verdict { verdict, .. } if verdict.is_anomaly => "is-anomaly",
        Finding::Verdict { .. } => "is-normal",
    };
    let label_note = move || match finding.get() {
        Finding::Verdict { label_note, .. } => label_note,
        Finding::None { .. } => None,
    };
    view! {
        <div class=move || format!("stage is-verdict {}", kind())>
            <h2>"Verdict"</h2>
            // What it says changes with every epoch; a screen reader is told apart from it, and less often.
            <div class="verdict" role="status" aria-label="Verdict" aria-live="off">
                {move || finding_view(finding.get())}
            </div>
            {spoken_verdict(store)}
            {error_meter(store)}
            <p class="hint label-note" hidden=move || label_note().is_none()>{label_note}</p>
        </div>
    }
}

fn finding_view(finding: Finding) -> impl IntoView {
    let (shape, word, sentence) = match finding {
        Finding::None { sentence } => (Icon::Waiting, "No verdict yet", sentence),
        Finding::Verdict {
            verdict, sentence, ..
        } if verdict.is_anomaly => (Icon::Anomaly, "Anomaly", sentence),
        Finding::Verdict { sentence, .. } => (Icon::Normal, "Normal", sentence),
    };
    view! {
        <p class="verdict-word">{icon(shape)} <strong>{word}</strong></p>
        <p class="verdict-sentence">{sentence}</p>
    }
}

/// The error on the axis of the histogram, with the threshold as a mark.
fn error_meter(store: Store) -> impl IntoView {
    let error = store.view(|session| session.judgement().map(|judgement| judgement.error));
    let threshold = store.view(Session::threshold);
    let axis = store.view(Session::error_axis);
    let percent = move |error: f32| format!("{:.2}%", axis.get().position(error) * 100.0);
    view! {
        <div class="meter-frame">
            <div
                class="meter"
                role="meter"
                aria-label="Reconstruction error"
                aria-valuemin="0"
                aria-valuemax=move || axis.get().high().max(error.get().unwrap_or(0.0)).to_string()
                aria-valuenow=move || error.get().unwrap_or(0.0).to_string()
                aria-valuetext=move || error.get().map_or_else(|| "none yet".to_owned(), format_error)
            >
                <span
                    class="meter-fill"
                    style:width=move || error.get().map_or_else(|| "0%".to_owned(), percent)
                ></span>
                <span
                    class="meter-mark"
                    hidden=move || threshold.get().is_none()
                    style=(AT, move || Some(place(axis.get().position(threshold.get()?))))
                ></span>
            </div>
            <p class="meter-figures" aria-hidden="true">
                <span>"error " <b>{move || error.get().map_or_else(|| "–".to_owned(), format_error)}</b></span>
                <span>"threshold " <b>{move || threshold.get().map_or_else(|| "–".to_owned(), format_error)}</b></span>
            </p>
        </div>
    }
}
