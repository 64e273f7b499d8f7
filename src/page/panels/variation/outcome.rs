//! What came of a list: two charts, a dot a run.

use leptos::prelude::*;

use crate::anomaly::{LogScale, format_error};
use crate::page::memo::Memo;
use crate::page::{
    charts::{DotColumn, DotFrame, ListDot, dots},
    store::Store,
};
use crate::session::view::{MeanAndSpan, RunDot, ValueGroup, VariationView};
use crate::session::{Message, Session, VariationMessage};

/// Nothing before the first list.
pub(super) fn outcome(store: Store) -> impl IntoView {
    let view = store.view(Session::variation_view);
    let is_there = Memo::new(move |_| view.with(Option::is_some));
    store.rare(is_there, move |store| rare_charts(store, view))
}

#[inline(never)]
fn rare_charts(store: Store, view: Memo<Option<VariationView>>) -> AnyView {
    let read = move |part: fn(&VariationView) -> String| {
        move || view.with(|view| view.as_ref().map(part).unwrap_or_default())
    };
    let is_locked = Memo::new(move |_| {
        view.with(|view| view.as_ref().is_none_or(|view| !view.can_bring_to_front))
    });
    let pick = move |run_idx: usize| {
        store.send(Message::Variation(VariationMessage::BringToFront {
            run_idx,
        }));
    };
    let frame = move |figure: Measured| {
        Memo::new(move |_| {
            view.with(|view| {
                view.as_ref()
                    .map(|view| figure.frame(&view.groups))
                    .unwrap_or_default()
            })
        })
    };
    let chart = move |figure: Measured, title: &'static str| {
        let description = move || {
            let means = view.with(|view| view.as_ref().map(|view| figure.in_words(view)));
            format!("{title}: {}", means.unwrap_or_default())
        };
        view! {
            <figure class="variation-chart">
                <figcaption><span>{title}</span></figcaption>
                {dots(frame(figure), is_locked, description, pick)}
                <p class="variation-axis" aria-hidden="true">{read(|view| view.setting.to_owned())}</p>
            </figure>
        }
    };
    view! {
        <p class="variation-title">{read(|view| view.title.clone())}</p>
        <div class="variation-charts">
            {chart(Measured::Error, "Calibration error")}
            {chart(Measured::Detection, "Detection, area under the ROC curve")}
        </div>
        <div role="status" aria-label="The list so far" aria-atomic="false">
            <p>{read(|view| format!("{} {}", view.standing, view.finding))}</p>
        </div>
        <p class="hint">{move || if is_locked.get() { ELSEWHERE } else { TO_FRONT }}</p>
        <p class="variation-failures">{read(|view| view.failures.join(" "))}</p>
    }
    .into_any()
}

const TO_FRONT: &str = "A dot is a run, the line their mean over the seeds, the bar how far they spread. Press a dot to bring its run to the front.";
const ELSEWHERE: &str = "A dot is a run, the line their mean over the seeds, the bar how far they spread. This list was made with another recipe or other data: go back to those to bring a run to the front.";

/// What is drawn of a run.
#[derive(Clone, Copy, PartialEq)]
enum Measured {
    Error,
    Detection,
}

impl Measured {
    fn of(self, run: &RunDot) -> Option<f64> {
        match self {
            Self::Error => Some(run.error),
            Self::Detection => run.detection,
        }
    }

    fn span(self, group: &ValueGroup) -> Option<MeanAndSpan> {
        match self {
            Self::Error => group.error,
            Self::Detection => group.detection,
        }
    }

    fn written(self, value: f64) -> String {
        match self {
            Self::Error => format_error(value as f32),
            Self::Detection => format!("{value:.3}"),
        }
    }

    /// "1: 0.0310, 2: 0.0250".
    fn in_words(self, view: &VariationView) -> String {
        let means = view.groups.iter().filter_map(|group| {
            let mean = self.span(group)?.mean;
            Some(format!("{}: {}", group.value, self.written(mean)))
        });
        means.collect::<Vec<_>>().join(", ")
    }

    fn frame(self, groups: &[ValueGroup]) -> DotFrame {
        let values = || {
            let runs = groups.iter().flat_map(|group| &group.runs);
            runs.filter_map(|run| self.of(run))
        };
        let low = values().fold(f64::INFINITY, f64::min);
        let high = values().fold(0.0, f64::max);
        let axis = Axis::of(self, low, high);
        let column = |group: &ValueGroup| DotColumn {
            name: group.value.clone(),
            dots: group
                .runs
                .iter()
                .filter_map(|run| {
                    let value = self.of(run)?;
                    Some(ListDot {
                        key: run.run_idx,
                        at: axis.position(value),
                        name: format!("{}: {}", run.name, self.written(value)),
                        is_marked: run.is_in_front,
                    })
                })
                .collect(),
            span: self
                .span(group)
                .map(|span| [span.mean, span.low, span.high].map(|it| axis.position(it))),
        };
        DotFrame {
            columns: groups.iter().map(column).collect(),
            ticks: axis.ticks(),
        }
    }
}

/// From values to places: errors by their logarithm, areas as they are.
#[derive(Clone, Copy)]
enum Axis {
    Logarithmic(LogScale),
    Linear { low: f64 },
}

impl Axis {
    fn of(figure: Measured, low: f64, high: f64) -> Self {
        match figure {
            Measured::Error if low.is_finite() => {
                Self::Logarithmic(LogScale::new(low as f32 * 0.8, high as f32 * 1.25))
            }
            Measured::Error => Self::Logarithmic(LogScale::new(0.01, 0.1)),
            // Chance is at ½; what is worse than chance makes room below.
            Measured::Detection => Self::Linear {
                low: (low.min(0.5) * 10.0).floor() / 10.0,
            },
        }
    }

    fn position(self, value: f64) -> f64 {
        match self {
            Self::Logarithmic(scale) => f64::from(scale.position(value as f32)),
            Self::Linear { low } => ((value - low) / (1.0 - low)).clamp(0.0, 1.0),
        }
    }

    fn ticks(self) -> Vec<(f64, String)> {
        match self {
            Self::Logarithmic(scale) => {
                let ticks = scale.ticks().into_iter();
                ticks
                    .map(|value| (f64::from(scale.position(value)), value.to_string()))
                    .collect()
            }
            Self::Linear { low } => {
                let middle = f64::midpoint(low, 1.0);
                [low, middle, 1.0]
                    .map(|value| (self.position(value), format!("{value:.2}")))
                    .to_vec()
            }
        }
    }
}
