//! The errors of sweeps as curves and as a map.

use super::kind::{N_NOISE_STEPS, level_and_draw};
use super::{N_LEVELS, ShiftGrid, SweepErrors, SweepKind, angle_at, noise_at, setting_at};
use crate::curve::Span;

/// A point of a curve.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CurvePoint {
    /// Degrees, standard deviation of the noise, or another setting of a curve.
    pub at: f32,
    /// The error there.
    pub error: f32,
}

/// The errors at one strength of noise, as far as its draws were measured.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NoiseLevel {
    /// Standard deviation: of a picture 0…1, of a curve in its units.
    pub deviation: f32,
    /// Over all draws.
    pub mean: f32,
    /// The smallest of all draws.
    pub low: f32,
    /// The largest of all draws.
    pub high: f32,
    /// Of the draw that lies on the bench.
    pub own: f32,
}

impl NoiseLevel {
    /// The mean as a point of a curve.
    pub fn mean_point(&self) -> CurvePoint {
        CurvePoint {
            at: self.deviation,
            error: self.mean,
        }
    }

    /// The draw on the bench as a point of a curve.
    pub fn own_point(&self) -> CurvePoint {
        CurvePoint {
            at: self.deviation,
            error: self.own,
        }
    }
}

/// The error at one place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ShiftCell {
    /// Pixels to the right of the present place.
    pub right: f32,
    /// Pixels below the present place.
    pub down: f32,
    /// The error there; before it is measured that of the nearest place that is.
    pub error: f32,
}

impl SweepErrors {
    /// The error against the angle, by angle.
    pub fn rotation_curve(&self) -> Vec<CurvePoint> {
        self.line_of(SweepKind::Rotation, angle_at)
    }

    /// The error against a setting of a curve that goes over such a span.
    pub fn setting_curve(&self, kind: SweepKind, span: Span) -> Vec<CurvePoint> {
        self.line_of(kind, |idx| setting_at(span, idx))
    }

    fn line_of(&self, kind: SweepKind, at: impl Fn(usize) -> f32) -> Vec<CurvePoint> {
        let points = self.of(kind).iter().enumerate();
        let points = points.map(|(idx, &error)| CurvePoint { at: at(idx), error });
        points.filter(|point| !point.error.is_nan()).collect()
    }

    /// The errors against noise of a picture or a curve, up to the deviation `most`, by its strength.
    pub fn noise_levels(&self, kind: SweepKind, most: f32) -> Vec<NoiseLevel> {
        let errors = self.of(kind);
        let mut draws = vec![Vec::new(); N_LEVELS];
        for (idx, &error) in errors.iter().enumerate().take(N_NOISE_STEPS) {
            if !error.is_nan() {
                draws[level_and_draw(idx).0].push(error);
            }
        }
        let levels = draws.iter().enumerate();
        levels
            .filter_map(|(level_idx, draws)| {
                Some(NoiseLevel {
                    deviation: noise_at(level_idx) * most,
                    mean: draws.iter().sum::<f32>() / draws.len() as f32,
                    low: draws.iter().copied().reduce(f32::min)?,
                    high: draws.iter().copied().reduce(f32::max)?,
                    own: *draws.first()?,
                })
            })
            .collect()
    }

    /// The error at every place, row by row; empty before any was measured, or for a picture of another size.
    pub fn shift_cells(&self, width: usize, height: usize) -> Vec<ShiftCell> {
        let (grid, errors) = (ShiftGrid::of(width, height), self.of(SweepKind::Shift));
        if errors.len() != grid.n_places() {
            return Vec::new();
        }
        let nearest = |place_idx: usize| {
            let (column, row) = grid.column_and_row(place_idx);
            let distance = |&other_idx: &usize| {
                let (other_column, other_row) = grid.column_and_row(other_idx);
                column.abs_diff(other_column).max(row.abs_diff(other_row))
            };
            let measured = (0..errors.len()).filter(|&idx| !errors[idx].is_nan());
            measured.min_by_key(distance)
        };
        let cell = |place_idx: usize| {
            let is_measured = !errors[place_idx].is_nan();
            let source_idx = if is_measured {
                place_idx
            } else {
                nearest(place_idx)?
            };
            let (right, down) = grid.pixels_at(place_idx);
            Some(ShiftCell {
                right,
                down,
                error: errors[source_idx],
            })
        };
        (0..errors.len()).filter_map(cell).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::super::{N_ANGLES, Step};
    use super::*;

    fn unmeasured() -> SweepErrors {
        SweepErrors::unmeasured([
            (SweepKind::Rotation, N_ANGLES),
            (SweepKind::Noise, N_NOISE_STEPS),
            (SweepKind::Shift, ShiftGrid::of(8, 8).n_places()),
        ])
    }

    #[test]
    fn what_is_not_measured_is_not_on_a_curve() {
        let mut errors = unmeasured();
        assert!(
            errors.rotation_curve().is_empty()
                && errors.noise_levels(SweepKind::Noise, 1.0).is_empty()
        );
        assert!(errors.shift_cells(8, 8).is_empty());
        let kind = SweepKind::Rotation;
        errors.set(Step { kind, idx: 180 }, 0.5);
        errors.set(Step { kind, idx: 0 }, 0.25);
        errors.set(Step { kind, idx: 9_000 }, 0.75);
        let curve = errors.rotation_curve();
        let points: Vec<(f32, f32)> = curve.iter().map(|point| (point.at, point.error)).collect();
        assert_eq!(points, [(-180.0, 0.25), (180.0, 0.5)]);
    }

    #[test]
    fn a_level_of_noise_has_mean_and_band_of_its_draws() {
        let mut errors = unmeasured();
        let kind = SweepKind::Noise;
        for (draw, error) in [0.5, 0.25, 0.75].into_iter().enumerate() {
            errors.set(
                Step {
                    kind,
                    idx: 17 + draw,
                },
                error,
            );
        }
        let expected = NoiseLevel {
            deviation: 0.1,
            mean: 0.5,
            low: 0.25,
            high: 0.75,
            own: 0.5,
        };
        assert_eq!(errors.noise_levels(SweepKind::Noise, 1.0), [expected]);
    }

    #[test]
    fn places_that_are_not_measured_look_like_the_nearest_one() {
        let mut errors = unmeasured();
        let kind = SweepKind::Shift;
        errors.set(Step { kind, idx: 0 }, 0.25);
        errors.set(Step { kind, idx: 80 }, 0.5);
        let cells = errors.shift_cells(8, 8);
        assert_eq!(cells.len(), 81);
        assert_eq!((cells[1].right, cells[1].down), (-1.5, -2.0));
        assert!((cells[1].error - 0.25).abs() < 1e-9 && (cells[79].error - 0.5).abs() < 1e-9);
        assert!(errors.shift_cells(28, 28).is_empty());
    }
}
