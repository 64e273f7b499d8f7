//! What a run needs to go on as if it had never stopped.

use serde::{Deserialize, Serialize};

use super::{Architecture, Position, Weights};
use crate::encoding::floats;

/// Weights, where in a run they were taken, and what the optimiser remembered there.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Checkpoint {
    /// Epochs and batches behind them.
    pub position: Position,
    /// The weights themselves.
    pub weights: Weights,
    /// Adam's memory; `None` where there is none: with SGD, before the first step, and beside weights from a file.
    pub moments: Option<Moments>,
}

/// What Adam remembers of the gradients so far, in the order of [`Weights`].
///
/// The sums lack the factors `1 − β` of the published moments, which the engines put into the size of a step.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Moments {
    /// Steps behind them.
    pub n_steps: i32,
    /// `Σ β₁^age · gradient`, one for each parameter.
    #[serde(with = "floats")]
    pub first: Vec<f32>,
    /// `Σ β₂^age · gradient²`, one for each parameter.
    #[serde(with = "floats")]
    pub second: Vec<f32>,
}

impl Checkpoint {
    /// Weights alone; an optimiser that goes on from them begins without memory.
    pub fn of_weights(position: Position, weights: Weights) -> Self {
        Self {
            position,
            weights,
            moments: None,
        }
    }

    /// What it takes in memory, in bytes.
    pub fn n_bytes(&self) -> usize {
        let n_values = self.weights.values().len();
        let n_moments = self
            .moments
            .as_ref()
            .map_or(0, |moments| moments.first.len() + moments.second.len());
        (n_values + n_moments) * size_of::<f32>()
    }
}

impl Moments {
    /// Whether Adam can go on from them: as many as there are parameters, and each a number that can be one.
    ///
    /// Those of another network, and damaged ones, cannot.
    pub fn fit(&self, architecture: &Architecture) -> bool {
        let n_parameters = architecture.n_parameters();
        self.n_steps > 0
            && self.first.len() == n_parameters
            && self.second.len() == n_parameters
            && self.first.iter().all(|value| value.is_finite())
            && self
                .second
                .iter()
                .all(|value| value.is_finite() && *value >= 0.0)
    }
}
