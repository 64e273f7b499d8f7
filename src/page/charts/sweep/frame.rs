//! Axes, ticks and the line of the threshold.

use leptos::prelude::*;

use super::top_of;
use crate::anomaly::{LogScale, format_error};
use crate::page::memo::Memo;

/// What is changed along a curve, and how.
#[derive(Clone, Copy)]
pub(crate) struct SweepAxis {
    /// Makes names of parts unique on the page.
    pub(crate) id: &'static str,
    /// What the chart is called.
    pub(crate) name: &'static str,
    /// What the point is called for those who do not see it.
    pub(crate) point_name: &'static str,
    /// What stands below the axis.
    pub(crate) title: &'static str,
    pub(crate) low: f32,
    pub(crate) high: f32,
    /// How far an arrow key moves, and the grid that the pointer is caught by.
    pub(crate) step: f32,
    /// How far a page key moves.
    pub(crate) page_step: f32,
    pub(crate) ticks: [f32; 5],
    /// Writes a value with its unit.
    pub(crate) in_words: fn(f32) -> String,
    /// Writes a value below the axis, where there is little room.
    pub(crate) in_short: fn(f32) -> String,
}

impl SweepAxis {
    /// Where a value is, 0…1.
    pub(super) fn share(self, value: f32) -> f32 {
        ((value - self.low) / (self.high - self.low)).clamp(0.0, 1.0)
    }

    /// The value at a place, on the grid of steps.
    pub(super) fn value_at(self, share: f32) -> f32 {
        let value = self.low + share.clamp(0.0, 1.0) * (self.high - self.low);
        self.on_grid(value)
    }

    /// Where a key moves a value; `None` for other keys.
    pub(super) fn moved_by_key(self, key: &str, value: f32) -> Option<f32> {
        let next = match key {
            "ArrowLeft" | "ArrowDown" => value - self.step,
            "ArrowRight" | "ArrowUp" => value + self.step,
            "PageDown" => value - self.page_step,
            "PageUp" => value + self.page_step,
            "Home" => self.low,
            "End" => self.high,
            _ => return None,
        };
        Some(self.on_grid(next.clamp(self.low, self.high)))
    }

    fn on_grid(self, value: f32) -> f32 {
        if self.step > 1.0 {
            return self.low + ((value - self.low) / self.step).round() * self.step;
        }
        // So that 0.3 is the number that is written like that.
        let steps_per_unit = (1.0 / self.step).round();
        (value * steps_per_unit).round() / steps_per_unit
    }
}

/// The errors at the left edge: powers of ten and their fives.
pub(super) fn error_ticks(scale: Memo<LogScale>) -> impl IntoView {
    let ticks = move || {
        let scale = scale.get();
        let is_power_of_ten = |error: &f32| {
            error
                .to_string()
                .trim_end_matches('0')
                .trim_end_matches('.')
                .ends_with('1')
        };
        let ticks = scale.ticks().into_iter().filter(is_power_of_ten);
        let tick = |error: f32| {
            view! { <span style:top=top_of(scale, error)>{error.to_string()}</span> }
        };
        ticks.map(tick).collect_view()
    };
    view! { <div class="sweep-errors" aria-hidden="true">{move || ticks()}</div> }
}

/// The values below the frame.
pub(super) fn ticks(axis: SweepAxis) -> impl IntoView {
    let tick = |value: f32| {
        let left = format!("{:.2}%", axis.share(value) * 100.0);
        view! { <span style:left=left>{(axis.in_short)(value)}</span> }
    };
    view! {
        <div class="sweep-values" aria-hidden="true">
            {axis.ticks.map(tick).collect_view()}
        </div>
        <p class="sweep-title" aria-hidden="true">
            {axis.title}
        </p>
    }
}

/// The threshold, with its figure.
pub(super) fn threshold_line(scale: Memo<LogScale>, threshold: Memo<Option<f32>>) -> impl IntoView {
    let top = move || {
        threshold
            .get()
            .map(|threshold| top_of(scale.get(), threshold))
    };
    view! {
        <div class="sweep-threshold" aria-hidden="true" hidden=move || top().is_none() style:top=top>
            <span>"threshold " <b>{move || threshold.get().map(format_error)}</b></span>
        </div>
    }
}
