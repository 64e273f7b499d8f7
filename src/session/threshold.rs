//! Where the line between normal and anomalous stands.

use crate::anomaly::Calibration;

/// The share of normal digits that the default threshold flags.
pub const DEFAULT_ALPHA: f32 = 0.05;

/// How the threshold is found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum ThresholdRule {
    /// From the calibration items, so that at most this share of normal items is flagged.
    Conformal {
        /// The promised share of false alarms, between 0 and 1.
        alpha: f32,
    },
    /// Where the visitor put it.
    Manual(f32),
}

impl Default for ThresholdRule {
    fn default() -> Self {
        Self::Conformal {
            alpha: DEFAULT_ALPHA,
        }
    }
}

impl ThresholdRule {
    /// The error above which an item is an anomaly; `None` where too few items calibrate the rule.
    pub fn threshold(self, calibration: &Calibration) -> Option<f32> {
        match self {
            Self::Conformal { alpha } => calibration.conformal_threshold(alpha).ok(),
            Self::Manual(threshold) => Some(threshold),
        }
    }
}
