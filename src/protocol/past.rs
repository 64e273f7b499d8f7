//! What page and examiner say to each other of the earlier epochs of a run.

use serde::{Deserialize, Serialize};

use super::Snapshot;
use crate::encoding::{floats, integers};

/// An item to be measured by the weights after some epochs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PastOrder {
    /// Returned with every part of the answer.
    pub request: u32,
    /// The epochs to measure by.
    #[serde(with = "integers")]
    pub epochs: Vec<u32>,
    /// Weights that the examiner has not been given yet; those of other epochs it has kept.
    pub new: Vec<Snapshot>,
    /// The epochs by whose weights the calibration items are to be measured too.
    #[serde(with = "integers")]
    pub to_calibrate: Vec<u32>,
    /// The item: pixels 0…1, row by row, or an encoded row of a table.
    #[serde(with = "floats")]
    pub values: Vec<f32>,
    /// Its label where it is known.
    pub label: Option<u8>,
}

/// A part of the answer to a [`PastOrder`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PastMeasured {
    /// The order that this answers.
    pub request: u32,
    /// Epochs by which the item has been measured since the last part.
    #[serde(with = "integers")]
    pub epochs: Vec<u32>,
    /// The error of the item after each of them.
    #[serde(with = "floats")]
    pub errors: Vec<f32>,
    /// An epoch by which the calibration items have been measured, with one error for each.
    pub calibrated: Option<CalibratedEpoch>,
    /// Whether that is everything.
    pub is_finished: bool,
}

/// The errors of the calibration items after an epoch.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CalibratedEpoch {
    /// Epochs done.
    pub epoch: u32,
    /// One for each calibration item.
    #[serde(with = "floats")]
    pub errors: Vec<f32>,
}
