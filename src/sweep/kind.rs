//! What is changed step by step, how far and in how many steps.

use serde::{Deserialize, Serialize};

use crate::curve::{Span, Tool};
use crate::data::ItemKind;

/// Degrees from one angle to the next.
const DEGREES_PER_STEP: usize = 2;

/// Angles from −180° to 180°, both included.
pub const N_ANGLES: usize = 360 / DEGREES_PER_STEP + 1;

/// Strengths of noise from 0 to 1, both included.
pub const N_LEVELS: usize = 21;

/// Fields of noise that are tried at each strength above 0.
pub const N_DRAWS: usize = 16;

/// Most places along a sweep of a curve.
const MOST_PLACES: usize = 101;

/// What a sweep changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum SweepKind {
    /// The angle, −180° to 180°.
    Rotation,
    /// The strength of the noise, 0 to 1, with several draws of it.
    Noise,
    /// The place, in both directions.
    Shift,
    /// A setting of what is done to a curve, from end to end; of noise, with several draws of it.
    Curve(Tool),
}

impl SweepKind {
    /// What is swept of a picture, in the order in which it is worked out.
    pub const OF_PICTURES: [Self; 3] = [Self::Rotation, Self::Noise, Self::Shift];

    /// What is swept of a curve.
    pub const OF_CURVES: [Self; 5] = [
        Self::Curve(Tool::Stretch),
        Self::Curve(Tool::Shift),
        Self::Curve(Tool::Noise),
        Self::Curve(Tool::DropOut),
        Self::Curve(Tool::DropOutFrom),
    ];
}

impl ItemKind {
    /// What can be changed of such an item step by step; empty where there is nothing to sweep.
    pub fn sweeps(self) -> &'static [SweepKind] {
        match self {
            Self::Picture { .. } => &SweepKind::OF_PICTURES,
            Self::Series { .. } => &SweepKind::OF_CURVES,
            Self::Row => &[],
        }
    }
}

/// Degrees clockwise at a step of the rotation, 0 to [`N_ANGLES`] − 1.
pub fn angle_at(step_idx: usize) -> f32 {
    (step_idx * DEGREES_PER_STEP) as f32 - 180.0
}

/// Places along the sweep of a setting of a curve: all that a slider has, or evenly spaced ones of them.
pub fn n_places_along(span: Span) -> usize {
    (span.n_moves() + 1).min(MOST_PLACES)
}

/// The setting at a place along the sweep of a curve.
pub fn setting_at(span: Span, place_idx: usize) -> f32 {
    span.at(place_idx as f32 / (n_places_along(span) - 1).max(1) as f32)
}

/// Standard deviation at a level of the noise, 0 to [`N_LEVELS`] − 1.
pub fn noise_at(level_idx: usize) -> f32 {
    level_idx as f32 / (N_LEVELS - 1) as f32
}

/// The level and the draw at a step of the noise; without noise there is one draw only.
pub(super) fn level_and_draw(step_idx: usize) -> (usize, usize) {
    match step_idx.checked_sub(1) {
        None => (0, 0),
        Some(beyond) => (1 + beyond / N_DRAWS, beyond % N_DRAWS),
    }
}

/// Steps of the noise: one without any, [`N_DRAWS`] at each level above.
pub(super) const N_NOISE_STEPS: usize = 1 + (N_LEVELS - 1) * N_DRAWS;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_curve_is_swept_at_settings_that_its_slider_has() {
        let all = Tool::Shift.span(9, 1.0);
        let settings: Vec<f32> = (0..n_places_along(all))
            .map(|idx| setting_at(all, idx))
            .collect();
        assert_eq!(settings, [-4.0, -3.0, -2.0, -1.0, 0.0, 1.0, 2.0, 3.0, 4.0]);
        let some = Tool::Shift.span(1000, 1.0);
        assert_eq!(n_places_along(some), MOST_PLACES);
        assert_eq!(
            [0, 50, 100].map(|idx| setting_at(some, idx)).to_vec(),
            [-500.0, 0.0, 500.0]
        );
        assert!((0..MOST_PLACES).all(|idx| setting_at(some, idx).fract().abs() <= 0.0));
    }

    #[test]
    fn the_steps_go_from_end_to_end() {
        assert_eq!(N_ANGLES, 181);
        assert_eq!(
            vec![angle_at(0), angle_at(90), angle_at(180)],
            [-180.0, 0.0, 180.0]
        );
        assert_eq!(
            vec![noise_at(0), noise_at(4), noise_at(20)],
            [0.0, 0.2, 1.0]
        );
        assert_eq!(level_and_draw(0), (0, 0));
        assert_eq!(level_and_draw(1), (1, 0));
        assert_eq!(
            level_and_draw(N_NOISE_STEPS - 1),
            (N_LEVELS - 1, N_DRAWS - 1)
        );
    }
}
