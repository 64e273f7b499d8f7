//! Every knob of a training run.

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// How a gradient becomes a change of the weights.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Optimiser {
    /// Stochastic gradient descent without momentum.
    Sgd,
    /// Adam (Kingma and Ba, 2015) with β₁ = 0.9, β₂ = 0.999, ε = 1e-8, as in PyTorch.
    Adam,
}

impl Optimiser {
    /// Every optimiser, in the order in which the page offers them.
    pub const ALL: [Self; 2] = [Self::Sgd, Self::Adam];

    /// What it is called.
    pub fn name(self) -> &'static str {
        match self {
            Self::Sgd => "SGD",
            Self::Adam => "Adam",
        }
    }
}

/// How the learning rate changes over a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Schedule {
    /// The same rate throughout.
    Constant,
    /// From the full rate down to zero along half a cosine, a step per epoch.
    Cosine,
}

/// What a batch's squared differences become before they are differentiated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Loss {
    /// Their mean over all values of the batch.
    MeanSquared,
    /// Their sum over all values of the batch, as in the third article; the gradient grows with the batch.
    SummedSquared,
}

/// Every knob of a training run; the same value gives the same run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TrainingConfig {
    /// How gradients are applied.
    pub optimiser: Optimiser,
    /// Step size, above 0 and at most 10.
    pub learning_rate: f64,
    /// How the step size changes from epoch to epoch.
    pub schedule: Schedule,
    /// Items per step, at least 1; the last batch of an epoch may be shorter.
    pub batch_size: usize,
    /// Whether a shorter last batch is left out of its epoch.
    pub drops_last_batch: bool,
    /// Passes over the training items, 1 to 100,000.
    pub epochs: usize,
    /// Decides initial weights, the order of the items, noise and dropout.
    pub seed: u64,
    /// What is made small.
    pub loss: Loss,
    /// This part of each weight is added to its gradient (L2, as PyTorch's `weight_decay`), 0 to 1.
    pub weight_decay: f64,
    /// Standard deviation of the noise added to what the network sees while its target stays clean, 0 to 1.
    pub noise: f32,
}

/// Why a [`TrainingConfig`] cannot be run.
#[derive(Clone, Debug, PartialEq, Error, Serialize, Deserialize)]
pub enum TrainingConfigError {
    /// Not a number, not positive, or far beyond what can converge.
    #[error("the learning rate is {learning_rate}; choose one above 0 and at most 10")]
    LearningRate {
        /// The refused rate.
        learning_rate: f64,
    },
    /// A step needs items.
    #[error("the batch size is 0; a step needs at least one item")]
    BatchSize,
    /// Weights that would shrink to nothing, or grow.
    #[error("the weight decay is {weight_decay}; choose 0 to 1")]
    WeightDecay {
        /// The refused part.
        weight_decay: f64,
    },
    /// Noise that leaves nothing to see, or less than none.
    #[error("the training noise is {noise}; choose a standard deviation from 0 to 1")]
    Noise {
        /// The refused deviation.
        noise: f32,
    },
    /// None, or more than anyone will wait for.
    #[error("{epochs} epochs; choose 1 to 100000")]
    Epochs {
        /// The refused count.
        epochs: usize,
    },
}

impl TrainingConfig {
    /// Checks the ranges that the fields document.
    ///
    /// # Errors
    /// Names the first knob that is out of its range.
    pub fn validate(&self) -> Result<(), TrainingConfigError> {
        let learning_rate = self.learning_rate;
        if !(learning_rate > 0.0 && learning_rate <= 10.0) {
            return Err(TrainingConfigError::LearningRate { learning_rate });
        }
        if self.batch_size == 0 {
            return Err(TrainingConfigError::BatchSize);
        }
        if !(1..=100_000).contains(&self.epochs) {
            return Err(TrainingConfigError::Epochs {
                epochs: self.epochs,
            });
        }
        if !(0.0..=1.0).contains(&self.weight_decay) {
            return Err(TrainingConfigError::WeightDecay {
                weight_decay: self.weight_decay,
            });
        }
        if !(0.0..=1.0).contains(&self.noise) {
            return Err(TrainingConfigError::Noise { noise: self.noise });
        }
        Ok(())
    }

    /// Batches of an epoch of `n_items`; at least 1, however few items there are.
    pub fn n_batches(&self, n_items: usize) -> usize {
        let batch_size = self.batch_size.max(1);
        let whole = n_items / batch_size;
        if self.drops_last_batch && whole > 0 {
            whole
        } else {
            n_items.div_ceil(batch_size).max(1)
        }
    }

    /// The learning rate of one epoch, counted from 0.
    pub fn learning_rate_at(&self, epoch: usize) -> f64 {
        match self.schedule {
            Schedule::Constant => self.learning_rate,
            Schedule::Cosine => {
                let progress = (epoch as f64 / self.epochs as f64).min(1.0);
                self.learning_rate * 0.5 * (1.0 + (std::f64::consts::PI * progress).cos())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config() -> TrainingConfig {
        TrainingConfig {
            optimiser: Optimiser::Adam,
            learning_rate: 0.005,
            schedule: Schedule::Cosine,
            batch_size: 32,
            drops_last_batch: false,
            epochs: 60,
            seed: 1,
            loss: Loss::MeanSquared,
            weight_decay: 0.0,
            noise: 0.0,
        }
    }

    #[test]
    fn the_cosine_schedule_starts_full_and_halves_in_the_middle() {
        let config = config();
        assert!((config.learning_rate_at(0) - 0.005).abs() < 1e-12);
        assert!((config.learning_rate_at(30) - 0.0025).abs() < 1e-12);
        assert!(config.learning_rate_at(60) < 1e-12);
    }

    #[test]
    fn a_short_last_batch_is_dropped_only_where_another_one_is_left() {
        let keeping = config();
        let dropping = TrainingConfig {
            drops_last_batch: true,
            ..config()
        };
        assert_eq!((keeping.n_batches(100), dropping.n_batches(100)), (4, 3));
        assert_eq!((keeping.n_batches(20), dropping.n_batches(20)), (1, 1));
    }

    #[test]
    fn knobs_out_of_range_are_refused() {
        assert_eq!(config().validate(), Ok(()));
        for learning_rate in [0.0, -1.0, f64::NAN, f64::INFINITY] {
            let refused = TrainingConfig {
                learning_rate,
                ..config()
            };
            assert!(matches!(
                refused.validate(),
                Err(TrainingConfigError::LearningRate { .. })
            ));
        }
        for noise in [-0.1, 1.5, f32::NAN] {
            let refused = TrainingConfig { noise, ..config() };
            assert!(refused.validate().is_err());
        }
        assert!(
            TrainingConfig {
                batch_size: 0,
                ..config()
            }
            .validate()
            .is_err()
        );
        assert!(
            TrainingConfig {
                epochs: 0,
                ..config()
            }
            .validate()
            .is_err()
        );
    }
}
