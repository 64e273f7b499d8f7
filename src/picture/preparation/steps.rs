//! The steps of the preparation, and which of them are taken.

use serde::{Deserialize, Serialize};

/// One thing that is done to a drawing so that it resembles the pictures of the data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum PreparationStep {
    /// Touches of the pen beside the drawing are left out.
    Specks,
    /// A slant that is rare in the data is brought back to their range.
    Slant,
    /// Centred and enlarged to the size of the data's pictures.
    Fit,
    /// Strokes become as wide as those of the data.
    Strokes,
    /// The middle of all ink is moved to the middle of the picture, as in MNIST.
    Balance,
}

impl PreparationStep {
    /// Every step, in the order in which they are taken.
    pub const ALL: [Self; 5] = [
        Self::Specks,
        Self::Slant,
        Self::Fit,
        Self::Strokes,
        Self::Balance,
    ];

    /// What is mended in the hand's own drawing, before anyone turns it.
    pub(in crate::picture) const BEFORE_TURN: [Self; 2] = [Self::Specks, Self::Slant];

    /// What makes the turned drawing a picture of the data's size.
    pub(in crate::picture) const AFTER_TURN: [Self; 3] = [Self::Fit, Self::Strokes, Self::Balance];

    fn bit(self) -> u8 {
        match self {
            Self::Specks => 1,
            Self::Slant => 1 << 1,
            Self::Fit => 1 << 2,
            Self::Strokes => 1 << 3,
            Self::Balance => 1 << 4,
        }
    }
}

/// A set of steps.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Steps(u8);

impl Steps {
    /// None of them.
    pub const NONE: Self = Self(0);

    /// Every step.
    pub fn all() -> Self {
        PreparationStep::ALL.into_iter().collect()
    }

    /// Whether a step is among them.
    pub fn has(self, step: PreparationStep) -> bool {
        self.0 & step.bit() != 0
    }

    /// The same steps, one of them switched on or off.
    #[must_use]
    pub fn with(self, step: PreparationStep, is_taken: bool) -> Self {
        if is_taken {
            Self(self.0 | step.bit())
        } else {
            Self(self.0 & !step.bit())
        }
    }
}

impl FromIterator<PreparationStep> for Steps {
    fn from_iter<T: IntoIterator<Item = PreparationStep>>(steps: T) -> Self {
        let add = |set: Self, step| set.with(step, true);
        steps.into_iter().fold(Self::NONE, add)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_switched_one_by_one() {
        for step in PreparationStep::ALL {
            assert!(Steps::all().has(step) && !Steps::NONE.has(step));
            let without = Steps::all().with(step, false);
            assert!(!without.has(step));
            assert_eq!(without.with(step, true), Steps::all());
            let others = PreparationStep::ALL.into_iter().filter(|it| *it != step);
            assert_eq!(others.collect::<Steps>(), without);
        }
    }

    #[test]
    fn the_halves_of_the_way_are_all_of_it() {
        let halves: Vec<_> = PreparationStep::BEFORE_TURN
            .into_iter()
            .chain(PreparationStep::AFTER_TURN)
            .collect();
        assert_eq!(halves, PreparationStep::ALL);
    }
}
