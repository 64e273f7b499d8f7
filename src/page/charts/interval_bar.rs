//! A small share with its interval, beside what was promised.

use leptos::prelude::*;

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
    let measured = move || {
        let IntervalBar {
            share,
            interval: (low, high),
            fits,
        } = bar.get()?;
        let tone = match fits {
            Some(true) => "is-kept",
            Some(false) => "is-broken",
            None => "",
        };
        let (left, right) = (share_position(low), share_position(high));
        Some(view! {
            <span class=format!("interval-range {tone}") style:left=percent(left) style:width=percent(right - left)></span>
            <span class=format!("interval-dot {tone}") style:left=percent(share_position(share))></span>
        })
    };
    let promise = move || {
        let place = percent(share_position(promised.get()?));
        Some(view! { <span class="interval-promise" style:width=place></span> })
    };
    view! {
        <span class="interval-bar" aria-hidden="true">
            {promise} {measured}
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
