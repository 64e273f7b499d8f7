//! A trial, a slice of work at a time.

use thiserror::Error;

use super::{TrialEpoch, TrialOutcome};
use crate::autoencoder::{Device, StepEnd, Trainer, TrainerError};
use crate::data::{Dataset, inputs_of};
use crate::evaluation::{AnomalyKind, DetectionItems, EvaluationSubject, detection_area};
use crate::recipe::Recipe;

/// Test items, and anomalies, that detection is measured on.
const MOST_DETECTED: usize = 1_000;

/// Decides what is random about the anomalies: the same ones for every trial of a list.
const DETECTION_SEED: u64 = 1;

/// Values that are reconstructed in one go.
const VALUES_PER_SLICE: usize = 256 * 784;

/// Batches between two chances to stop.
const BATCHES_PER_SLICE: usize = 8;

/// A recipe on its way from fresh weights to its figures. To give it up, drop it.
pub struct Trial {
    recipe: Recipe,
    trainer: Trainer,
    calibration: Vec<f32>,
    items: DetectionItems,
    epochs: Vec<TrialEpoch>,
}

/// Why nothing came of a trial.
#[derive(Clone, Debug, PartialEq, Error)]
pub enum TrialError {
    /// The recipe cannot be trained on these items, or the engine failed.
    #[error(transparent)]
    Trainer(#[from] TrainerError),
    /// Too large a step, most likely.
    #[error("In epoch {epoch} the loss was no longer a number: a smaller learning rate would do.")]
    Diverged {
        /// From 1.
        epoch: usize,
    },
}

impl Trial {
    /// A trial that has learned nothing yet.
    ///
    /// # Errors
    /// When the recipe is impossible or leaves no items to learn from.
    pub fn new(
        dataset: &Dataset,
        recipe: &Recipe,
        anomaly: AnomalyKind,
        device: &Device,
    ) -> Result<Self, TrialError> {
        let split = recipe.split(dataset);
        let learned = inputs_of(dataset, &split.train, recipe.label_input);
        let (architecture, training) = (&recipe.architecture, &recipe.training);
        let trainer = Trainer::new(architecture, training, &learned, device, None)?;
        let subject = EvaluationSubject {
            dataset,
            recipe,
            split: &split,
        };
        Ok(Self {
            trainer,
            calibration: inputs_of(dataset, &split.calibration, recipe.label_input),
            items: DetectionItems::new(&subject, anomaly, MOST_DETECTED, DETECTION_SEED),
            epochs: Vec::new(),
            recipe: recipe.clone(),
        })
    }

    /// How much is done, 0…1.
    pub fn progress(&self) -> f32 {
        let position = self.trainer.position();
        let n_batches = self.trainer.n_batches() as f32;
        let done = position.epoch as f32 + position.batch as f32 / n_batches;
        (done / self.recipe.training.epochs as f32).min(1.0)
    }

    /// One slice of work; the last one has the outcome.
    ///
    /// # Errors
    /// When the loss is no longer a number, or the engine fails.
    pub async fn advance(&mut self) -> Result<Option<TrialOutcome>, TrialError> {
        if self.trainer.is_finished() {
            return self.outcome().await.map(Some);
        }
        for _ in 0..BATCHES_PER_SLICE {
            if self.trainer.step() == StepEnd::EpochEnd {
                self.end_epoch().await?;
                break;
            }
        }
        Ok(None)
    }

    async fn end_epoch(&mut self) -> Result<(), TrialError> {
        let losses = self.trainer.take_losses().await?;
        let training = losses.iter().sum::<f64>() / losses.len().max(1) as f64;
        let epoch = TrialEpoch {
            n_batches: losses.len(),
            training,
            calibration: self.calibration_error().await?,
            divergence: self.trainer.take_divergence().await?,
        };
        if !(training.is_finite() && epoch.calibration.is_finite()) {
            let epoch = self.epochs.len() + 1;
            return Err(TrialError::Diverged { epoch });
        }
        self.epochs.push(epoch);
        Ok(())
    }

    async fn calibration_error(&self) -> Result<f64, TrialError> {
        let mut sum = 0.0;
        for some in self.calibration.chunks(self.values_per_slice()) {
            sum += self.trainer.mean_error(some).await? * some.len() as f64;
        }
        Ok(sum / self.calibration.len().max(1) as f64)
    }

    async fn outcome(&mut self) -> Result<TrialOutcome, TrialError> {
        let normal = self.errors_of(&self.items.normal).await?;
        let anomalous = self.errors_of(&self.items.anomalous).await?;
        let last = self.epochs.last();
        Ok(TrialOutcome {
            checkpoint: self.trainer.checkpoint().await?,
            calibration_error: last.map_or(f64::NAN, |epoch| epoch.calibration),
            detection: detection_area(&normal, &anomalous),
            epochs: std::mem::take(&mut self.epochs),
        })
    }

    /// By the recipe's measure.
    async fn errors_of(&self, rows: &[f32]) -> Result<Vec<f32>, TrialError> {
        let width = self.recipe.architecture.input_size();
        let mut errors = Vec::new();
        for some in rows.chunks(self.values_per_slice()) {
            let reconstructed = self.trainer.reconstruct(some).await?;
            errors.extend(self.recipe.measure.of_rows(some, &reconstructed, width));
        }
        Ok(errors)
    }

    /// Whole items.
    fn values_per_slice(&self) -> usize {
        let width = self.recipe.architecture.input_size();
        (VALUES_PER_SLICE / width).max(1) * width
    }
}
