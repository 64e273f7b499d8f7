//! A recipe trained from beginning to end, and what came of it in two figures: how well the network reconstructs items
//! that it has not seen, and how well it tells one kind of anomaly from them.

#[cfg(feature = "engine")]
mod run;

#[cfg(all(test, feature = "engine", not(target_arch = "wasm32")))]
mod tests;

use serde::{Deserialize, Serialize};

use crate::autoencoder::Checkpoint;

#[cfg(feature = "engine")]
pub use run::{Trial, TrialError};

/// What came of a trial.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TrialOutcome {
    /// The network at the end.
    pub checkpoint: Checkpoint,
    /// Every epoch, in order.
    pub epochs: Vec<TrialEpoch>,
    /// Mean squared error of the calibration items at the end.
    pub calibration_error: f64,
    /// The area under the ROC curve for test items and anomalies made of them, 0…1; `None` where there are none.
    pub detection: Option<f64>,
}

/// The losses of one epoch of a trial.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct TrialEpoch {
    /// Number of batches.
    pub n_batches: usize,
    /// Mean of the batch losses while training.
    pub training: f64,
    /// Mean squared error of the calibration items afterwards.
    pub calibration: f64,
    /// Mean divergence of a variational code over this epoch, in nats an item.
    pub divergence: Option<f64>,
}
