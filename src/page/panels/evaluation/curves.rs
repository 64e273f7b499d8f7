//! The curves of one kind of anomaly, and the figures of every detector beside its dash.

use leptos::prelude::*;

use super::{Reading, class_of, examples::Examples};
use crate::page::charts::{RateCurve, RateFrame, curve_sample, rate_curves};
use crate::page::memo::Memo;
use crate::session::view::{CurveKind, DetectorFigure, DetectorRow, EvaluationView, Outcomes};

/// Both charts and the table that names their lines.
pub(super) fn curves(reading: Reading, examples: Examples) -> impl IntoView {
    let title = reading.kind_title();
    let rivals = reading.read(EvaluationView::rivals_in_words);
    view! {
        <div class="evidence-part">
            <h4 class="told-apart">
                {examples.normal()} "Normal, or " {examples.of(move || reading.kind_idx.get(), || "Example".to_owned())}
                <span>{move || format!("{}?", in_sentence(&title.get()))}</span>
            </h4>
            <div class="rate-charts">
                {chart(reading, CurveKind::Roc, "ROC")}
                {chart(reading, CurveKind::PrecisionRecall, "Precision and recall")}
            </div>
            {legend(reading)}
            <p class="hint">
                "The dot is the autoencoder at the present threshold. Below each figure is its 95 % interval. "
                {move || rivals.get()}
            </p>
        </div>
    }
}

fn chart(reading: Reading, kind: CurveKind, name: &'static str) -> impl IntoView {
    let curves = Memo::new(move |_| {
        let kind_idx = reading.kind_idx.get();
        let curves = reading
            .report
            .with(|report| Some(report.as_ref()?.curves(kind_idx, kind)));
        let curves = curves.unwrap_or_default().into_iter();
        let curve = |(detector, points)| RateCurve {
            class: class_of(detector),
            points,
        };
        curves.map(curve).collect::<Vec<_>>()
    });
    let outcomes = outcomes_of(reading);
    let frame = Memo::new(move |_| frame_of(kind, outcomes.get()));
    let point = Memo::new(move |_| outcomes.get()?.on_curve(kind));
    let title = reading.kind_title();
    let in_words = move || format!("{name}: normal or {}", in_sentence(&title.get()));
    view! {
        <figure>
            <figcaption>{name}</figcaption>
            {rate_curves(frame, curves, point, in_words)}
        </figure>
    }
}

/// A title in the middle of a sentence: "turned by 90°".
fn in_sentence(title: &str) -> String {
    let mut characters = title.chars();
    let first = characters.next().map(|first| first.to_ascii_lowercase());
    first.into_iter().chain(characters).collect()
}

/// Right and wrong at the present threshold, for the kind of anomaly that is looked at.
pub(super) fn outcomes_of(reading: Reading) -> Memo<Option<Outcomes>> {
    Memo::new(move |_| {
        let (kind_idx, threshold) = (reading.kind_idx.get(), reading.threshold.get()?);
        reading
            .report
            .with(|report| report.as_ref()?.outcomes(kind_idx, threshold))
    })
}

/// By chance alone as many normal items as anomalies are flagged, and precision is the part of anomalies in all.
fn frame_of(kind: CurveKind, outcomes: Option<Outcomes>) -> RateFrame {
    match kind {
        CurveKind::Roc => RateFrame {
            across: "false alarms",
            up: "anomalies found",
            chance: [(0.0, 0.0), (1.0, 1.0)],
        },
        CurveKind::PrecisionRecall => {
            let prevalence = outcomes.map_or(0.5, Outcomes::prevalence);
            RateFrame {
                across: "anomalies found",
                up: "alarms that are right",
                chance: [(0.0, prevalence), (1.0, prevalence)],
            }
        }
    }
}

fn legend(reading: Reading) -> impl IntoView {
    let rows = Memo::new(move |_| {
        let kind_idx = reading.kind_idx.get();
        let rows = reading
            .report
            .with(|report| Some(report.as_ref()?.detector_rows(kind_idx)));
        rows.unwrap_or_default()
    });
    let body = move || rows.with(|rows| rows.iter().map(legend_row).collect_view());
    view! {
        <div class="curves-legend-frame" tabindex="0" role="group" aria-label="Figures of the detectors">
            <table class="curves-legend">
                <caption class="visually-hidden">"Detectors"</caption>
                <thead>
                    <tr>
                        <th scope="col">"detector"</th>
                        <th scope="col">"area under ROC"</th>
                        <th scope="col">"average precision"</th>
                        <th scope="col">"precision at n"</th>
                        <th scope="col">"found at 1 % false alarms"</th>
                        <th scope="col">"found at 5 % false alarms"</th>
                    </tr>
                </thead>
                <tbody>{move || body()}</tbody>
            </table>
        </div>
    }
}

fn legend_row(row: &DetectorRow) -> impl IntoView + use<> {
    let figure = |figure: &DetectorFigure| {
        view! { <td>{figure.value.clone()} <br /> <small>{figure.interval.clone()}</small></td> }
    };
    view! {
        <tr>
            <th scope="row">
                <span>{curve_sample(class_of(row.detector))} {row.detector.title()}</span>
            </th>
            {figure(&row.area)} {figure(&row.average_precision)} {figure(&row.precision_at_n)}
            {figure(&row.detection_at_1)} {figure(&row.detection_at_5)}
        </tr>
    }
}
