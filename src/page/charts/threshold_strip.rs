//! Where the line of one rule stands among other errors, as a strip one line high.

use leptos::prelude::*;

use super::placed::{AT, place};
use crate::page::memo::Memo;

/// Places on the axis, 0…1.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Strip {
    /// From the smallest to the largest error.
    pub(crate) range: Option<(f32, f32)>,
    /// The middle half of the errors.
    pub(crate) middle: Option<(f32, f32)>,
    /// The line.
    pub(crate) line: Option<f32>,
    /// One more error.
    pub(crate) pin: Option<f32>,
    /// Whether that error is above the line.
    pub(crate) is_above: bool,
}

/// The strip; figures beside it say the same in words.
pub(crate) fn threshold_strip(strip: Memo<Strip>) -> impl IntoView {
    let span = move |read: fn(&Strip) -> Option<(f32, f32)>, class: &'static str| {
        let ends = move || strip.with(read);
        let width = move || Some(percent(ends()?.1 - ends()?.0));
        view! {
            <span
                class=class
                hidden=move || ends().is_none()
                style=(AT, move || Some(place(ends()?.0)))
                style:width=width
            ></span>
        }
    };
    let mark = move |read: fn(&Strip) -> Option<f32>, class: &'static str| {
        let stands_at = move || strip.with(read);
        let at = move || Some(place(stands_at()?));
        view! { <span class=class hidden=move || stands_at().is_none() style=(AT, at)></span> }
    };
    view! {
        <span class="threshold-strip" aria-hidden="true">
            {span(|strip| strip.range, "strip-range")} {span(|strip| strip.middle, "strip-middle")}
            {mark(|strip| strip.pin.filter(|_| strip.is_above), "strip-pin is-anomaly")}
            {mark(|strip| strip.pin.filter(|_| !strip.is_above), "strip-pin is-normal")}
            {mark(|strip| strip.line, "strip-line")}
        </span>
    }
}

fn percent(place: f32) -> String {
    format!("{:.2}%", place * 100.0)
}
