//! The one axis on which every error of the page is shown.

use crate::anomaly::LogScale;

/// Errors of 8 × 8 digits lie between these, from a well-trained network to noise.
const LOWEST: f32 = 0.001;
const HIGHEST: f32 = 0.5;

/// A logarithmic axis that stays where it is while the model learns, so that the errors are seen to move.
#[derive(Clone, Copy)]
pub(crate) struct ErrorAxis(LogScale);

impl Default for ErrorAxis {
    fn default() -> Self {
        Self(LogScale::new(LOWEST, HIGHEST))
    }
}

impl ErrorAxis {
    /// The scale itself.
    pub(crate) fn scale(self) -> LogScale {
        self.0
    }

    /// Where an error stands, 0…1.
    pub(crate) fn position(self, error: f32) -> f32 {
        self.0.position(error)
    }

    /// The error at a place, 0…1.
    pub(crate) fn value(self, position: f32) -> f32 {
        self.0.value(position)
    }
}
