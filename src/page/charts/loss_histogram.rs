//! A small histogram on a linear axis, with the mean and the median as lines.

use leptos::prelude::*;

use crate::anomaly::LinearScale;

const N_BINS: usize = 24;

/// A line's word stands beside it on the side where there is room.
const FLIPPED_FROM: f32 = 0.7;

/// Values and what they come to.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct LossSummary {
    /// The values themselves.
    pub(crate) values: Vec<f32>,
    /// Their mean.
    pub(crate) mean: f32,
    /// The value in the middle.
    pub(crate) median: f32,
}

/// The histogram; several can share a `scale`. `description` says in words what it shows.
pub(crate) fn loss_histogram(
    class: &'static str,
    scale: LinearScale,
    summary: &LossSummary,
    description: String,
) -> impl IntoView + use<> {
    let counts = scale.counts(&summary.values, N_BINS);
    let tallest = counts.iter().copied().max().unwrap_or(0).max(1) as f32;
    let bars = counts.into_iter().enumerate().map(|(idx, count)| {
        let height = count as f32 / tallest * 100.0;
        let left = idx as f32 / N_BINS as f32 * 1000.0;
        let width = 1000.0 / N_BINS as f32 - 4.0;
        view! { <rect x=left + 2.0 y=100.0 - height width=width height=height /> }
    });
    let (ticks, decimals) = scale.ticks();
    let ticks = ticks.into_iter().map(|value| {
        let left = format!("{:.2}%", scale.position(value) * 100.0);
        view! { <span style:left=left>{format!("{value:.decimals$}")}</span> }
    });
    view! {
        <div class=format!("loss-histogram {class}") role="img" aria-label=description>
            <div class="loss-histogram-plot">
                <svg viewBox="0 0 1000 100" preserveAspectRatio="none" aria-hidden="true">
                    {bars.collect_view()}
                </svg>
                {line("mean", scale.position(summary.mean))} {line("median", scale.position(summary.median))}
            </div>
            <div class="ticks" aria-hidden="true">
                {ticks.collect_view()}
            </div>
        </div>
    }
}

fn line(name: &'static str, position: f32) -> impl IntoView {
    let side = if position > FLIPPED_FROM {
        "is-flipped"
    } else {
        ""
    };
    view! {
        <span
            class=format!("loss-line is-{name} {side}")
            style:left=format!("{:.2}%", position * 100.0)
            aria-hidden="true"
        >
            <span>{name}</span>
        </span>
    }
}
