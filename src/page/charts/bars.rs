//! Bars side by side as one shape: a browser redraws it far sooner than an element for each bar.

use std::fmt::Write as _;

/// What stays free between two bars of errors, in units of the box.
const ERROR_GAP: f32 = 2.0;

/// The bars of errors above a threshold, or those that are not: the threshold stands at a share of the axis, 0…1.
pub(super) fn bars_of_errors(counts: &[usize], threshold: f32, wants_above: bool) -> String {
    let is_above = |idx: usize| (idx as f32 + 0.5) / counts.len() as f32 > threshold;
    bars(counts, ERROR_GAP, |idx| is_above(idx) == wants_above)
}

/// What the bars are drawn in, as a `viewBox`.
pub(super) const VIEW_BOX: &str = "0 0 1000 100";

/// The bars as the `d` of a path in [`VIEW_BOX`], the tallest as high as the box.
///
/// Half of `gap` stays free on both sides of each bar; those that `is_drawn` leaves out have their place all the same.
pub(super) fn bars(counts: &[usize], gap: f32, is_drawn: impl Fn(usize) -> bool) -> String {
    let tallest = counts.iter().copied().max().unwrap_or(0).max(1) as f32;
    let pitch = 1000.0 / counts.len().max(1) as f32;
    let mut path = String::new();
    for (idx, &count) in counts.iter().enumerate() {
        if count == 0 || !is_drawn(idx) {
            continue;
        }
        let left = idx as f32 * pitch + gap / 2.0;
        let right = left + pitch - gap;
        let top = 100.0 - count as f32 / tallest * 100.0;
        // A string takes everything that is written to it.
        let _ = write!(path, "M{left:.1} 100V{top:.1}H{right:.1}V100Z");
    }
    path
}
