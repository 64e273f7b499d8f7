//! A small histogram on a linear axis, with the mean and the median as lines.

use leptos::prelude::*;

use super::bars::{VIEW_BOX, bars};
use super::placed::{AT, place};
use crate::anomaly::LinearScale;
use crate::page::memo::Memo;

const N_BINS: usize = 24;

/// What stays free between two bars, in units of the box.
const GAP: f32 = 4.0;

/// A line's word stands beside it on the side where there is room.
const FLIPPED_FROM: f32 = 0.7;

/// Values and what they come to.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct LossSummary {
    /// The axis; several histograms can share it.
    pub(crate) scale: LinearScale,
    /// The values themselves.
    pub(crate) values: Vec<f32>,
    /// Their mean.
    pub(crate) mean: f32,
    /// The value in the middle.
    pub(crate) median: f32,
}

/// The histogram, empty without values. `description` says in words what it shows.
pub(crate) fn loss_histogram(
    class: &'static str,
    summary: Memo<Option<LossSummary>>,
    description: impl Fn() -> Option<String> + Send + 'static,
) -> impl IntoView {
    let shape = move || {
        summary.with(|summary| {
            let LossSummary { scale, values, .. } = summary.as_ref()?;
            Some(bars(&scale.counts(values, N_BINS), GAP, |_| true))
        })
    };
    let ticks = move || {
        let scale = summary.with(|summary| Some(summary.as_ref()?.scale))?;
        let (ticks, decimals) = scale.ticks();
        let ticks = ticks.into_iter().map(|value| {
            let at = place(scale.position(value));
            view! { <span style=(AT, at)>{format!("{value:.decimals$}")}</span> }
        });
        Some(ticks.collect_view())
    };
    view! {
        <div class=format!("loss-histogram {class}") role="img" aria-label=description>
            <div class="loss-histogram-plot">
                <svg viewBox=VIEW_BOX preserveAspectRatio="none" aria-hidden="true">
                    <path d=shape />
                </svg>
                {line("mean", summary, |summary| summary.mean)}
                {line("median", summary, |summary| summary.median)}
            </div>
            <div class="ticks" aria-hidden="true">
                {move || ticks()}
            </div>
        </div>
    }
}

fn line(
    name: &'static str,
    summary: Memo<Option<LossSummary>>,
    value: fn(&LossSummary) -> f32,
) -> impl IntoView {
    let position = move || {
        summary.with(|summary| {
            let summary = summary.as_ref();
            summary.map_or(0.0, |summary| summary.scale.position(value(summary)))
        })
    };
    let is_flipped = move || position() > FLIPPED_FROM;
    view! {
        <span
            class=format!("loss-line is-{name}")
            class:is-flipped=is_flipped
            style=(AT, move || place(position()))
            aria-hidden="true"
        >
            <span>{name}</span>
        </span>
    }
}
