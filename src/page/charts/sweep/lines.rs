//! The lines of a frame; what is above the threshold is thicker and filled down to it.

use std::fmt::Write as _;

use leptos::prelude::*;

use super::{SweepAxis, SweepCurve};
use crate::anomaly::LogScale;
use crate::page::memo::Memo;
use crate::sweep::{CurvePoint, NoiseLevel};

/// The frame in the units of its drawing.
const SIDE: f32 = 1000.0;

/// From values and errors to places.
#[derive(Clone, Copy)]
struct Places {
    axis: SweepAxis,
    scale: LogScale,
}

impl Places {
    fn of(self, at: f32, error: f32) -> (f32, f32) {
        let from_top = 1.0 - self.scale.position(error);
        (self.axis.share(at) * SIDE, from_top * SIDE)
    }

    /// As the attribute `points` has them.
    fn written(self, points: impl Iterator<Item = (f32, f32)>) -> String {
        let mut written = String::new();
        for (at, error) in points {
            let (x, y) = self.of(at, error);
            // A text takes everything that is written to it.
            let _ = write!(written, "{x:.1},{y:.1} ");
        }
        written
    }

    fn line(self, points: &[CurvePoint]) -> String {
        self.written(points.iter().map(|point| (point.at, point.error)))
    }

    /// Once there above, back below.
    fn band(self, levels: &[NoiseLevel]) -> String {
        let there = levels.iter().map(|level| (level.deviation, level.high));
        let back = levels.iter().rev();
        self.written(there.chain(back.map(|level| (level.deviation, level.low))))
    }

    /// The area between a line and the lower edge.
    fn area(self, points: &[CurvePoint]) -> String {
        let (Some(first), Some(last)) = (points.first(), points.last()) else {
            return String::new();
        };
        let ends = [(last.at, 0.0), (first.at, 0.0)];
        let line = points.iter().map(|point| (point.at, point.error));
        self.written(line.chain(ends))
    }
}

/// Everything that is drawn as lines and areas.
pub(super) fn lines(
    axis: SweepAxis,
    scale: Memo<LogScale>,
    curve: Memo<SweepCurve>,
    threshold: Memo<Option<f32>>,
    description: impl Fn() -> String + Send + 'static,
) -> impl IntoView {
    let places = move || Places {
        axis,
        scale: scale.get(),
    };
    let line_y = move || {
        let from_top = threshold
            .get()
            .map_or(0.0, |threshold| 1.0 - scale.get().position(threshold));
        from_top * SIDE
    };
    let of_line = move |draw: fn(Places, &[CurvePoint]) -> String| {
        move || curve.with(|curve| draw(places(), &curve.line))
    };
    let band = move || curve.with(|curve| places().band(&curve.levels));
    let own = move || {
        curve.with(|curve| {
            let own: Vec<CurvePoint> = curve.levels.iter().map(NoiseLevel::own_point).collect();
            places().line(&own)
        })
    };
    let ghosts = move || {
        let drawn = curve.with(|curve| {
            let ghosts = curve.ghosts.iter();
            ghosts
                .map(|ghost| (ghost.number, places().line(&ghost.points)))
                .collect::<Vec<_>>()
        });
        let ghost = |(number, points): (usize, String)| {
            view! { <polyline class=format!("ghost-line is-{number}") points=points /> }
        };
        drawn.into_iter().map(ghost).collect_view()
    };
    let (above, below) = (format!("{}-above", axis.id), format!("{}-below", axis.id));
    let (to_above, to_below) = (format!("url(#{above})"), format!("url(#{below})"));
    view! {
        <svg viewBox="0 0 1000 1000" preserveAspectRatio="none" role="img" aria-label=description>
            <clipPath id=above>
                <rect x="0" y="0" width=SIDE height=line_y />
            </clipPath>
            <clipPath id=below>
                <rect x="0" y=line_y width=SIDE height=move || SIDE - line_y() />
            </clipPath>
            <polygon class="sweep-area" clip-path=to_above.clone() points=of_line(Places::area) />
            <polygon class="sweep-band" points=band />
            {move || ghosts()}
            <polyline class="sweep-own" points=own />
            <polyline class="sweep-line is-below" clip-path=to_below points=of_line(Places::line) />
            <polyline class="sweep-line is-above" clip-path=to_above points=of_line(Places::line) />
        </svg>
    }
}
