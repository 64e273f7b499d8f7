//! Curves of one rate against another, both from 0 to 1, in a square.

use crate::page::memo::Memo;
use leptos::prelude::*;

/// Marks on both axes, and how they are written.
const TICKS: [(f32, &str); 3] = [(0.0, "0"), (0.5, "0.5"), (1.0, "1")];

/// What stands at the axes and where a detector that knows nothing would run.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct RateFrame {
    /// What lies to the right.
    pub(crate) across: &'static str,
    /// What lies upwards.
    pub(crate) up: &'static str,
    /// Both ends of the line of pure chance.
    pub(crate) chance: [(f32, f32); 2],
}

/// One curve.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct RateCurve {
    /// Its class in the style sheet, which gives it colour and dash.
    pub(crate) class: &'static str,
    /// Points as (across, up), 0…1, in the order in which they are joined.
    pub(crate) points: Vec<(f32, f32)>,
}

/// All curves in one square, with one point that stands out; `description` says in words what they show.
pub(crate) fn rate_curves(
    frame: Memo<RateFrame>,
    curves: Memo<Vec<RateCurve>>,
    point: Memo<Option<(f32, f32)>>,
    description: impl Fn() -> String + Send + 'static,
) -> impl IntoView {
    // The first curve is the one that matters, so it is drawn over the others.
    let lines = move || curves.with(|curves| curves.iter().rev().map(line).collect_view());
    let chance = move || {
        frame.with(|frame| {
            let [(x1, y1), (x2, y2)] = frame.chance.map(on_square);
            view! { <line class="chance" x1=x1 y1=y1 x2=x2 y2=y2 /> }
        })
    };
    let place = |axis: fn((f32, f32)) -> f32| {
        move || {
            let at = on_square(point.get().unwrap_or_default());
            format!("{:.2}%", axis(at) / 10.0)
        }
    };
    let (left, top) = (place(|(x, _)| x), place(|(_, y)| y));
    view! {
        <div class="rates">
            <p class="rates-up" aria-hidden="true">{move || frame.with(|frame| frame.up)}</p>
            <div class="rates-ticks is-up" aria-hidden="true">{ticks("top", |share| 1.0 - share)}</div>
            <div class="rates-plot">
                <svg viewBox="0 0 1000 1000" preserveAspectRatio="none" role="img" aria-label=description>
                    {move || chance()} {move || lines()}
                </svg>
                <span
                    class="rates-point"
                    style:left=left
                    style:top=top
                    hidden=move || point.get().is_none()
                    aria-hidden="true"
                ></span>
            </div>
            <div class="rates-ticks is-across" aria-hidden="true">{ticks("left", |share| share)}</div>
            <p class="rates-across" aria-hidden="true">{move || frame.with(|frame| frame.across)}</p>
        </div>
    }
}

/// The dash and the colour of a curve, for a legend.
pub(crate) fn curve_sample(class: &'static str) -> impl IntoView {
    view! {
        <svg class="curve-sample" viewBox="0 0 40 10" aria-hidden="true">
            <line class=format!("rate-curve {class}") x1="1" y1="5" x2="39" y2="5" />
        </svg>
    }
}

fn line(curve: &RateCurve) -> impl IntoView + use<> {
    let points = curve.points.iter().map(|&point| {
        let (x, y) = on_square(point);
        format!("{x:.1},{y:.1}")
    });
    let points: Vec<String> = points.collect();
    view! { <polyline class=format!("rate-curve {}", curve.class) points=points.join(" ") /> }
}

/// The square is 1000 wide, and its vertical axis points upwards.
fn on_square((across, up): (f32, f32)) -> (f32, f32) {
    let along = |share: f32| share.clamp(0.0, 1.0) * 1000.0;
    (along(across), along(1.0 - up))
}

fn ticks(side: &'static str, position: fn(f32) -> f32) -> impl IntoView {
    let ticks = TICKS.into_iter().map(|(share, written)| {
        let place = format!("{:.1}%", position(share) * 100.0);
        view! { <span style=(side, place)>{written}</span> }
    });
    ticks.collect_view()
}
