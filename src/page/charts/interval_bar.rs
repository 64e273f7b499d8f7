//! A small share with its interval, beside what was promised.

use leptos::prelude::*;

use super::placed::{AT, place};
use crate::page::memo::Memo;

/// Ticks of the axis.
const TICKS: [(f64, &str); 4] = [(0.01, "1"), (0.05, "5"), (0.2, "20"), (0.5, "50 %")];

/// A measured share, 0…1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct IntervalBar {
    /// What was measured.
    pub(crate) share: f64,
    /// Both ends of its interval.
    pub(crate) interval: (f64, f64),
    /// Whether the interval fits the promise; `None` where nothing was promised.
    pub(crate) fits: Option<bool>,
}

/// Where a share lies on the axis, 0…1: a root, so that a few per cent can be told apart and all of 100 fit.
fn share_position(share: f64) -> f64 {
    share.clamp(0.0, 1.0).sqrt()
}

/// The bar, with the promised share as a mark; figures beside it say the same in words.
pub(crate) fn interval_bar(
    bar: Memo<Option<IntervalBar>>,
    promised: Memo<Option<f64>>,
) -> impl IntoView {
    let is_missing = move || bar.get().is_none();
    let tone = move |of: &'static str| match bar.get().and_then(|bar| bar.fits) {
        Some(true) => format!("{of} is-kept"),
        Some(false) => format!("{of} is-broken"),
        None => of.to_owned(),
    };
    let at = move |of: fn(&IntervalBar) -> f64| Some(place(of(&bar.get()?) as f32));
    let left = |bar: &IntervalBar| share_position(bar.interval.0);
    let width = |bar: &IntervalBar| share_position(bar.interval.1) - share_position(bar.interval.0);
    let promise = move || Some(percent(share_position(promised.get()?)));
    view! {
        <span class="interval-bar" aria-hidden="true">
            <span class="interval-promise" hidden=move || promised.get().is_none() style:width=promise></span>
            <span
                class=move || tone("interval-range")
                hidden=is_missing
                style=(AT, move || at(left))
                style:width=move || Some(percent(width(&bar.get()?)))
            ></span>
            <span
                class=move || tone("interval-dot")
                hidden=is_missing
                style=(AT, move || at(|bar| share_position(bar.share)))
            ></span>
        </span>
    }
}

/// The axis that several bars share.
pub(crate) fn interval_axis() -> impl IntoView {
    let ticks = TICKS.into_iter().map(|(share, name)| {
        view! { <span style:left=percent(share_position(share))>{name}</span> }
    });
    view! { <span class="interval-axis">{ticks.collect_view()}</span> }
}

fn percent(place: f64) -> String {
    format!("{:.2}%", place * 100.0)
}
