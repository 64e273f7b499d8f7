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

/// How the learning rate changes over a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Schedule {
    /// The same rate throughout.
    Constant,
    /// From the full rate down to zero along half a cosine, a step per epoch.
    Cosine,
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
    /// Passes over the training items, 1 to 100,000.
    pub epochs: usize,
    /// Decides initial weights and the order of the items.
    pub seed: u64,
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
        Ok(())
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
            epochs: 60,
            seed: 1,
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
