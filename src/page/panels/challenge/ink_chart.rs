//! Error against ink: the items in groups as a line, the challenge's pictures as points.

use leptos::prelude::*;

use crate::anomaly::{LogScale, format_error};
use crate::page::memo::Memo;
use crate::page::store::Store;
use crate::session::{
    Session, Trick,
    view::{ChallengeView, TrickView},
};

/// The axis of the ink reaches at least to twice the mean of the items.
const LEAST_HIGH: f32 = 2.0;

/// Where a point lies, in hundredths of the plot.
#[derive(Clone, Copy, PartialEq)]
struct Axes {
    highest_ink: f32,
    error: LogScale,
}

impl Axes {
    fn across(self, ink: f32) -> f32 {
        (ink / self.highest_ink).clamp(0.0, 1.0) * 100.0
    }

    fn up(self, error: f32) -> f32 {
        self.error.position(error) * 100.0
    }
}

/// The chart; the chosen picture is marked.
pub(super) fn ink_chart(
    store: Store,
    view: Memo<ChallengeView>,
    chosen: RwSignal<Trick>,
) -> impl IntoView {
    let error = store.view(Session::error_axis);
    let threshold = store.view(Session::threshold);
    let nouns = store.view(Session::nouns);
    let axes = Memo::new(move |_| Axes {
        highest_ink: view.with(highest_ink),
        error: error.get(),
    });
    let line = move || view.with(|view| line(view, axes.get()));
    let points = move || view.with(|view| points(view, axes.get(), chosen.get()));
    let bottom = move || {
        let threshold = threshold.get();
        threshold.map(|threshold| format!("{:.2}%", axes.get().up(threshold)))
    };
    view! {
        <figure class="ink-chart">
            <figcaption>{move || format!("Error against ink. The line: all {}.", nouns.get().1)}</figcaption>
            <div
                class="ink-plot"
                role="img"
                aria-label=move || view.with(|view| in_words(view, nouns.get().1))
            >
                <svg viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">
                    <polyline points=line vector-effect="non-scaling-stroke" />
                </svg>
                <span class="ink-threshold" hidden=move || threshold.get().is_none() style:bottom=bottom>
                    "threshold"
                </span>
                {move || points()}
            </div>
            <div class="ink-axis" aria-hidden="true">
                <span>"no ink"</span>
                <span style:left=move || format!("{:.2}%", axes.get().across(1.0))>"average"</span>
                <span>{move || format!("{:.1} ×", axes.get().highest_ink)}</span>
            </div>
        </figure>
    }
}

fn highest_ink(view: &ChallengeView) -> f32 {
    let of_cards = view.cards.iter().map(|card| card.ink);
    let of_groups = view.ink_groups.iter().map(|group| group.ink);
    of_cards.chain(of_groups).fold(LEAST_HIGH, f32::max)
}

fn line(view: &ChallengeView, axes: Axes) -> String {
    let groups = view.ink_groups.iter();
    let corners = groups.map(|group| {
        let (x, y) = (axes.across(group.ink), 100.0 - axes.up(group.error));
        format!("{x:.2},{y:.2}")
    });
    corners.collect::<Vec<_>>().join(" ")
}

fn points(view: &ChallengeView, axes: Axes, chosen: Trick) -> impl IntoView + use<> {
    let point = |card: &TrickView| {
        let kind = if card.is_anomaly {
            "is-anomaly"
        } else {
            "is-normal"
        };
        let left = axes.across(card.ink);
        let side = if left > 60.0 { "is-flipped" } else { "" };
        view! {
            <span
                class=format!("ink-point {kind} {side}")
                class:is-chosen=card.trick == chosen
                style:left=format!("{left:.2}%")
                style:bottom=format!("{:.2}%", axes.up(card.error))
            >
                {card.trick.title()}
            </span>
        }
    };
    view.cards.iter().map(point).collect_view()
}

fn in_words(view: &ChallengeView, several: &str) -> String {
    let cards = view.cards.iter().map(|card| {
        format!(
            "{}: {:.0} % of the average ink, error {}",
            card.trick.title(),
            card.ink * 100.0,
            format_error(card.error)
        )
    });
    let groups = view.ink_groups.iter().map(|group| {
        let ink = group.ink * 100.0;
        format!("{ink:.0} %: {}", format_error(group.error))
    });
    format!(
        "Error against ink. {}. Mean errors of the {several} by their ink: {}.",
        cards.collect::<Vec<_>>().join("; "),
        groups.collect::<Vec<_>>().join(", ")
    )
}
