//! Rates of several groups as bars, each with the interval in which the true rate lies.

use leptos::prelude::*;

/// The rate of one group.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct RateBar {
    /// What the group is called: "7".
    pub(crate) name: String,
    /// 0…1.
    pub(crate) rate: f32,
    /// Both ends of its interval, 0…1.
    pub(crate) interval: (f32, f32),
    /// What stands at its end: "3 of 36".
    pub(crate) written: String,
    /// All of it in words, for those who hear the page.
    pub(crate) description: String,
}

/// Bars and the axis that they share.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct RateBars {
    /// From top to bottom.
    pub(crate) bars: Vec<RateBar>,
    /// The rate at the right end, 0…1.
    pub(crate) end: f32,
    /// A rate that they are compared with, 0…1, and what it is called.
    pub(crate) line: Option<(f32, &'static str)>,
}

/// The bars as a list; each says in words what it shows.
pub(crate) fn rate_bars(bars: &RateBars) -> impl IntoView + use<> {
    let end = bars.end.max(f32::MIN_POSITIVE);
    let share = move |rate: f32| format!("{:.2}%", (rate / end).clamp(0.0, 1.0) * 100.0);
    let rows: Vec<_> = bars
        .bars
        .iter()
        .map(|bar| {
            let (low, high) = bar.interval;
            view! {
                <li>
                    <span class="visually-hidden">{bar.description.clone()}</span>
                    <span class="rate-bar-name" aria-hidden="true">{bar.name.clone()}</span>
                    <span class="rate-bar-track" aria-hidden="true">
                        <span class="rate-bar-fill" style:width=share(bar.rate)></span>
                        <span
                            class="rate-bar-interval"
                            style:left=share(low)
                            style:width=share(high - low)
                        ></span>
                    </span>
                    <span class="rate-bar-figure" aria-hidden="true">{bar.written.clone()}</span>
                </li>
            }
        })
        .collect();
    let line = bars.line.map(|(rate, name)| {
        view! {
            <span class="rate-bars-line" style:left=share(rate) aria-hidden="true">
                <span>{name}</span>
            </span>
        }
    });
    view! {
        <div class="rate-bars">
            <div class="rate-bars-lines">{line}</div>
            <ul>{rows}</ul>
            <div class="rate-bars-axis" aria-hidden="true">
                <span>"0 %"</span>
                <span>{format!("{:.0} %", end * 100.0)}</span>
            </div>
        </div>
    }
}
