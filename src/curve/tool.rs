//! The settings of what is done to a curve, and how far each can be moved.

use serde::{Deserialize, Serialize};

use super::{CurveTreatment, MOST_STRETCHED};

/// Noise goes up to this part of the height of the frame.
const MOST_NOISE: f32 = 0.25;

/// What can be done to a curve as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Tool {
    /// How many times as long everything takes, ½ to 2.
    Stretch,
    /// By how many samples everything comes later; below 0, earlier.
    Shift,
    /// How many samples drop out.
    DropOut,
    /// The first sample that drops out.
    DropOutFrom,
    /// The standard deviation of noise, in units of the curve.
    Noise,
}

/// How far a setting can be moved, and by what.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Span {
    /// The lowest setting.
    pub low: f32,
    /// The highest setting.
    pub high: f32,
    /// The smallest move.
    pub step: f32,
}

impl Span {
    /// The setting nearest to a part of the way, 0…1, that is a whole number of moves from the lowest.
    pub fn at(self, share: f32) -> f32 {
        let n_moves = (share * (self.high - self.low) / self.step).round();
        (self.low + n_moves * self.step).clamp(self.low, self.high)
    }

    /// Moves from the lowest setting to the highest.
    pub fn n_moves(self) -> usize {
        ((self.high - self.low) / self.step).round() as usize
    }
}

impl Tool {
    /// All of them, in the order in which the page offers them.
    pub const ALL: [Self; 5] = [
        Self::Stretch,
        Self::Shift,
        Self::Noise,
        Self::DropOut,
        Self::DropOutFrom,
    ];

    /// What it is set to.
    pub fn of(self, treatment: &CurveTreatment) -> f32 {
        match self {
            Self::Stretch => treatment.stretch,
            Self::Shift => treatment.shift,
            Self::DropOut => treatment.gap_length as f32,
            Self::DropOutFrom => treatment.gap_start as f32,
            Self::Noise => treatment.noise,
        }
    }

    /// The treatment with this tool set to a number that fits a curve of `n_samples`.
    pub fn applied(self, treatment: CurveTreatment, to: f32, n_samples: usize) -> CurveTreatment {
        let most = n_samples as f32;
        let count = to.clamp(0.0, most).round() as usize;
        match self {
            Self::Stretch => CurveTreatment {
                stretch: to.clamp(1.0 / MOST_STRETCHED, MOST_STRETCHED),
                ..treatment
            },
            Self::Shift => CurveTreatment {
                shift: to.clamp(-most, most),
                ..treatment
            },
            Self::DropOut => CurveTreatment {
                gap_length: count,
                ..treatment
            },
            Self::DropOutFrom => CurveTreatment {
                gap_start: count,
                ..treatment
            },
            Self::Noise => CurveTreatment {
                noise: to.clamp(0.0, f32::MAX),
                ..treatment
            },
        }
    }

    /// How far it can be moved for a curve of `n_samples` in a frame of this height, in units of the curve.
    pub fn span(self, n_samples: usize, height: f32) -> Span {
        let half = (n_samples / 2) as f32;
        let span = |low, high, step| Span { low, high, step };
        match self {
            Self::Stretch => span(1.0 / MOST_STRETCHED, MOST_STRETCHED, 0.05),
            Self::Shift => span(-half, half, 1.0),
            Self::Noise => {
                let step = step_of(MOST_NOISE * height);
                span(0.0, (MOST_NOISE * height / step).round() * step, step)
            }
            Self::DropOut => span(0.0, half, 1.0),
            Self::DropOutFrom => span(0.0, (n_samples as f32 - 1.0).max(1.0), 1.0),
        }
    }
}

/// A power of ten of which about fifty to five hundred make up `height`.
fn step_of(height: f32) -> f32 {
    10.0_f32.powf((height / 50.0).log10().floor())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_goes_from_end_to_end_in_whole_moves() {
        let shift = Tool::Shift.span(141, 1.0);
        assert_eq!((shift.low, shift.high, shift.n_moves()), (-70.0, 70.0, 140));
        assert_eq!(
            [0.0, 0.504, 1.0].map(|share| shift.at(share)).to_vec(),
            [-70.0, 1.0, 70.0]
        );
        let noise = Tool::Noise.span(141, 2.0);
        assert!((noise.high - 0.5).abs() < 1e-6 && (noise.step - 0.01).abs() < 1e-6);
        let place = Tool::DropOutFrom.span(1, 1.0);
        assert!(place.high > place.low, "a slider needs somewhere to go");
    }
}
