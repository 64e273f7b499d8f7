//! Curves over epochs on a logarithmic axis.

use leptos::prelude::*;

use super::placed::{AT, place};
use crate::anomaly::LogScale;
use crate::page::memo::Memo;

/// One curve.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Curve {
    /// Its class in the style sheet, which gives it colour and dash.
    pub(crate) class: &'static str,
    /// Points as (epoch, value), by epoch.
    pub(crate) points: Vec<(f64, f64)>,
}

/// All curves in one frame; the axis of values fits them, the other one ends at `last`. What is shown elsewhere is of the
/// epoch `shown`, where it is not the newest.
pub(crate) fn curves(
    curves: Memo<Vec<Curve>>,
    last: Memo<f64>,
    shown: Memo<Option<usize>>,
    description: impl Fn() -> String + Send + 'static,
) -> impl IntoView {
    let scale = Memo::new(move |_| curves.with(|curves| scale_of(curves)));
    let lines = move || {
        let (scale, last) = (scale.get(), last.get());
        curves.with(|curves| {
            curves
                .iter()
                .map(|curve| line(curve, scale, last))
                .collect_view()
        })
    };
    let mark = move || {
        shown.get().map(|epoch| {
            let x = epoch as f64 / last.get().max(1.0) * 1000.0;
            view! { <line class="curve is-shown" x1=x x2=x y1="0" y2="1000" /> }
        })
    };
    let ticks = move || {
        let scale = scale.get();
        let marks = scale.ticks().into_iter().map(move |value| {
            let at = place(1.0 - scale.position(value));
            view! { <span style=(AT, at)>{value.to_string()}</span> }
        });
        marks.collect_view()
    };
    view! {
        <div class="curves">
            <div class="curves-ticks" aria-hidden="true">
                {move || ticks()}
            </div>
            <svg viewBox="0 0 1000 1000" preserveAspectRatio="none" role="img" aria-label=description>
                {move || lines()} {move || mark()}
            </svg>
        </div>
    }
}

fn line(curve: &Curve, scale: LogScale, last: f64) -> impl IntoView + use<> {
    let points = curve.points.iter().map(|&(epoch, value)| {
        let x = epoch / last.max(1.0) * 1000.0;
        let y = (1.0 - scale.position(value as f32)) * 1000.0;
        format!("{x:.1},{y:.1}")
    });
    let points: Vec<String> = points.collect();
    view! { <polyline class=format!("curve {}", curve.class) points=points.join(" ") /> }
}

/// A scale with some room above and below all values.
fn scale_of(curves: &[Curve]) -> LogScale {
    let values = || {
        curves
            .iter()
            .flat_map(|curve| curve.points.iter().map(|&(_, value)| value as f32))
    };
    let low = values().fold(f32::INFINITY, f32::min);
    let high = values().fold(0.0, f32::max);
    if low.is_finite() && low > 0.0 {
        LogScale::new(low * 0.8, high * 1.25)
    } else {
        LogScale::new(0.01, 0.1)
    }
}
