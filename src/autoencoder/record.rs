//! What is written down of a run, epoch by epoch.

use serde::{Deserialize, Serialize};

use crate::encoding::floats;

/// The losses of one epoch.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct EpochLoss {
    /// From 1.
    pub epoch: usize,
    /// Number of batches.
    pub n_batches: usize,
    /// Mean of the batch losses while training; their sum is `n_batches` times as much.
    pub training: f64,
    /// Mean loss over the calibration items afterwards.
    pub calibration: f64,
    /// What a variational code told while training; `None` in a plain autoencoder.
    pub information: Option<Information>,
}

/// What a variational code told of its items, and at what price.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Information {
    /// Mean Kullback–Leibler divergence of the code from the standard normal distribution, in nats an item.
    pub nats: f64,
    /// What a nat cost, in squared error.
    pub beta: f32,
}

/// Some calibration items as they were reconstructed after one epoch.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FilmFrame {
    /// From 1.
    pub epoch: usize,
    /// `n × input`, item by item.
    #[serde(with = "floats")]
    pub reconstructed: Vec<f32>,
}
