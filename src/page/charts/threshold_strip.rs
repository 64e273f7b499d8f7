//! Where the line of one rule stands among other errors, as a strip one line high.

use leptos::prelude::*;

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
        let (left, right) = strip.with(read)?;
        Some(
            view! { <span class=class style:left=percent(left) style:width=percent(right - left)></span> },
        )
    };
    let mark = move |read: fn(&Strip) -> Option<f32>, class: &'static str| {
        let place = strip.with(read)?;
        Some(view! { <span class=class style:left=percent(place)></span> })
    };
    let pin_class = move || {
        if strip.with(|strip| strip.is_above) {
            "strip-pin is-anomaly"
        } else {
            "strip-pin is-normal"
        }
    };
    view! {
        <span class="threshold-strip" aria-hidden="true">
            {move || span(|strip| strip.range, "strip-range")}
            {move || span(|strip| strip.middle, "strip-middle")} {move || mark(|strip| strip.pin, pin_class())}
            {move || mark(|strip| strip.line, "strip-line")}
        </span>
    }
}

fn percent(place: f32) -> String {
    format!("{:.2}%", place * 100.0)
}
