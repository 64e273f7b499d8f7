//! A curve of samples as a line, and two of them with what lies between.

use std::fmt::Write as _;

use leptos::prelude::*;

use crate::page::memo::Memo;

/// The frame that curves are drawn in, the same for all that are compared.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct CurveFrame {
    /// Samples from the left edge to the right one.
    pub(crate) n_samples: usize,
    /// The values at the lower and the upper edge.
    pub(crate) range: (f32, f32),
}

/// A side of the frame; a style sheet gives it any size.
const SIDE: f32 = 1000.0;
/// The view box of a frame.
pub(crate) const CURVE_BOX: &str = "0 0 1000 1000";

impl CurveFrame {
    /// How far from the left edge a sample stands, 0…1.
    pub(crate) fn across(self, sample: usize) -> f32 {
        let last = self.n_samples.saturating_sub(1).max(1);
        sample as f32 / last as f32
    }

    /// How far below the upper edge a value stands, 0…1.
    pub(crate) fn down(self, value: f32) -> f32 {
        let (low, high) = self.range;
        ((high - value) / (high - low).max(f32::MIN_POSITIVE)).clamp(0.0, 1.0)
    }

    /// The sample, with parts of one, and the value at a place of the frame, each 0…1 from left and top.
    pub(crate) fn at(self, across: f32, down: f32) -> (f32, f32) {
        let (low, high) = self.range;
        let last = self.n_samples.saturating_sub(1) as f32;
        (across * last, high - down.clamp(0.0, 1.0) * (high - low))
    }

    /// The points of a line through all samples.
    fn line(self, values: &[f32]) -> String {
        self.points(values.iter().copied().enumerate())
    }

    /// The outline of what lies between two curves.
    fn band(self, one: &[f32], other: &[f32]) -> String {
        let n_samples = one.len().min(other.len());
        let there = one[..n_samples].iter().copied().enumerate();
        let back = other[..n_samples].iter().copied().enumerate().rev();
        self.points(there.chain(back))
    }

    fn points(self, samples: impl Iterator<Item = (usize, f32)>) -> String {
        let mut points = String::new();
        for (sample, value) in samples {
            let (x, y) = (self.across(sample) * SIDE, self.down(value) * SIDE);
            // Text takes all.
            let _ = write!(points, "{x:.1},{y:.1} ");
        }
        points
    }
}

/// A curve, and what it was reconstructed as, where that is known.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct ComparedCurves {
    /// What both are drawn in.
    pub(crate) frame: CurveFrame,
    /// The curve.
    pub(crate) values: Vec<f32>,
    /// Its reconstruction; empty where there is none.
    pub(crate) reconstruction: Vec<f32>,
}

/// Both curves over each other, the error filled between them; `description` says in words what they are.
pub(crate) fn compared_curves(
    shown: Memo<ComparedCurves>,
    description: impl Fn() -> String + Send + 'static,
) -> impl IntoView {
    let points = move |of: fn(&ComparedCurves) -> String| {
        move || shown.with(|shown: &ComparedCurves| of(shown))
    };
    view! {
        <svg
            class="curve-plot"
            viewBox=CURVE_BOX
            preserveAspectRatio="none"
            role="img"
            aria-label=description
        >
            <polygon
                class="curve-error"
                points=points(|it| it.frame.band(&it.values, &it.reconstruction))
            />
            <polyline class="curve-line is-reconstructed" points=points(|it| it.frame.line(&it.reconstruction)) />
            <polyline class="curve-line" points=points(|it| it.frame.line(&it.values)) />
        </svg>
    }
}
