//! The errors of normal items, the threshold as a handle and as a number, the drawing as a pin.

use leptos::prelude::*;

use crate::anomaly::{DEFAULT_ALPHA, Histogram, ThresholdRule, format_error};
use crate::page::memo::Memo;
use crate::page::{
    charts::{N_BINS, Pin, error_histogram},
    store::Store,
};
use crate::session::{
    Message, Session, ThresholdMessage,
    view::{BenchKind, Finding},
};

/// The histogram, with a handle that moves the threshold and a pin for what lies on the bench.
pub(super) fn histogram(store: Store) -> impl IntoView {
    let axis = store.view(Session::error_axis);
    let bins = store.view(|session| {
        session
            .calibration()
            .map(|calibration| {
                Histogram::new(calibration.errors(), session.error_axis(), N_BINS)
                    .counts()
                    .to_vec()
            })
            .unwrap_or_default()
    });
    let threshold = store.view(Session::threshold);
    let pin = store.view(|session| match session.finding() {
        Finding::Verdict { verdict, .. } => Some(Pin {
            error: verdict.error,
            is_anomaly: verdict.is_anomaly,
        }),
        Finding::None { .. } => None,
    });
    let set = move |threshold| store.send(Message::Threshold(ThresholdMessage::Set(threshold)));
    error_histogram(axis, bins, threshold, pin, store.view(words), set)
}

/// The threshold as a number, and what it promises.
pub(crate) fn threshold_panel(store: Store) -> impl IntoView {
    let promise = store.view(promise);
    let calibration = store.view(|session| {
        let (_, several) = session.nouns();
        format!(
            "Calibration {several} are normal ones that are set aside: the network never learns from them, so that their \
             errors are like those of new ones."
        )
    });
    view! {
        <section class="panel is-threshold" aria-labelledby="promise-title">
            <h3 id="promise-title">"The threshold at hand"</h3>
            {threshold_line(store, store.view(Session::threshold))}
            <div class="promise">
                <p>{move || promise.get()}</p>
                <p class="hint">{move || calibration.get()}</p>
            </div>
        </section>
    }
}

/// What the histogram calls several items, and what lies on the bench.
pub(super) fn words(session: &Session) -> (&'static str, &'static str) {
    let on_bench = match session.kind().bench() {
        BenchKind::Drawing => "your drawing",
        BenchKind::Form => "your row",
        BenchKind::Curve => "your curve",
    };
    (session.nouns().1, on_bench)
}

/// The threshold as a number, and the way back to the rule.
fn threshold_line(store: Store, threshold: Memo<Option<f32>>) -> impl IntoView {
    let is_default = store.view(|session| session.threshold_rule() == ThresholdRule::default());
    let shown = move || {
        threshold
            .get()
            .map(|threshold| format!("{threshold:.5}"))
            .unwrap_or_default()
    };
    view! {
        <div class="threshold-line">
            <div class="number">
                <label for="threshold-value">"Threshold value"</label>
                <input
                    type="number"
                    id="threshold-value"
                    min="0"
                    step="0.0005"
                    inputmode="decimal"
                    prop:value=shown
                    on:change:target=move |event| {
                        if let Ok(threshold) = event.target().value().parse() {
                            store.send(Message::Threshold(ThresholdMessage::Set(threshold)));
                        }
                        event.target().set_value(&untrack(shown));
                    }
                />
            </div>
            <button
                type="button"
                class="button"
                disabled=move || is_default.get()
                on:click=move |_| store.send(Message::Threshold(ThresholdMessage::FollowCalibration))
            >
                {format!("Back to {:.0} % false alarms", DEFAULT_ALPHA * 100.0)}
            </button>
        </div>
    }
}

/// What the threshold promises, and what it does to the calibration items.
fn promise(session: &Session) -> String {
    let (_, several) = session.nouns();
    let (Some(calibration), Some(threshold)) = (session.calibration(), session.threshold()) else {
        let waiting = format!("Waiting for the errors of the calibration {several}…");
        return session.why_no_threshold().unwrap_or(waiting);
    };
    let n_items = calibration.n_items();
    let n_flagged = calibration.count_larger(threshold);
    let rate = calibration.false_alarm_rate(threshold);
    let promise = place_of_line(session.threshold_rule(), several);
    let held_out = if session.is_calibrated_on_training_items() {
        "all of which were trained on, so that this says nothing of new ones"
    } else {
        "none of which was trained on"
    };
    format!(
        "{promise} It flags {n_flagged} of the {n_items} calibration {several} ({:.1} %), {held_out}.",
        rate * 100.0
    )
}

/// Where a rule has put the line.
fn place_of_line(rule: ThresholdRule, several: &str) -> String {
    match rule {
        ThresholdRule::Conformal { alpha } => format!(
            "The threshold follows the model: at most {:.0} % of new normal {several} should be flagged.",
            alpha * 100.0
        ),
        ThresholdRule::BatchLosses { .. } => {
            "The threshold stands at mean plus deviation of the calibration batches.".to_owned()
        }
        ThresholdRule::MinMax { theta } => {
            format!("The threshold stands at β = {theta:.2} of the training errors.")
        }
        ThresholdRule::Percentile { percent } => {
            format!("The threshold stands at percentile {percent} of the calibration errors.")
        }
        ThresholdRule::MeanDeviation { k } => {
            format!(
                "The threshold stands {k} standard deviations above the mean calibration error."
            )
        }
        ThresholdRule::MedianDeviation { k } => format!(
            "The threshold stands {k} scaled median absolute deviations above the median calibration error."
        ),
        ThresholdRule::InterquartileRange { k } => {
            format!("The threshold stands {k} interquartile ranges above the third quartile.")
        }
        ThresholdRule::TrainingMaximum => {
            "The threshold stands at the largest training error.".to_owned()
        }
        ThresholdRule::BestF1 => {
            format!("The threshold stands where F1 is best on labelled {several}.")
        }
        ThresholdRule::Manual(line) => format!("You set the threshold at {}.", format_error(line)),
    }
}
