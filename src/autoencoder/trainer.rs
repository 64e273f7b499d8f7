//! The training loop, one batch at a time.

use burn::prelude::*;
use burn::tensor::Transaction;
use thiserror::Error;

use super::backward::backward;
use super::batches::Batches;
use super::forward::forward;
use super::network::{count_items, upload_items};
use super::optimiser::LayerOptimiser;
use super::parameters::{LayerParameters, read_back};
use super::{
    Architecture, ArchitectureError, Position, TrainingConfig, TrainingConfigError, Weights,
};
use crate::random::Mt19937;

/// Where the last step ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StepEnd {
    /// More batches of this epoch follow.
    MidEpoch,
    /// That was the last batch of its epoch.
    EpochEnd,
}

/// Why a network cannot be built, trained or read.
#[derive(Clone, Debug, PartialEq, Error)]
pub enum TrainerError {
    /// The network's shape is impossible.
    #[error("The network cannot be built: {0}.")]
    Architecture(#[from] ArchitectureError),
    /// A knob of the training is out of its range.
    #[error("The training cannot be set up: {0}.")]
    Config(#[from] TrainingConfigError),
    /// Weights of another network.
    #[error(
        "The weights do not fit: {n_values} values were given, but the network has {n_parameters}."
    )]
    WeightsDoNotFit {
        /// How many there are.
        n_values: usize,
        /// How many the network needs.
        n_parameters: usize,
    },
    /// The last item is incomplete.
    #[error(
        "The items are not whole: {n_values} values cannot be divided into items of {input_size}."
    )]
    RaggedItems {
        /// How many values there are.
        n_values: usize,
        /// How many make an item.
        input_size: usize,
    },
    /// Nothing to learn from, or to measure.
    #[error("There are no items; at least one is needed.")]
    NoItems,
    /// A place in the run that the run does not have.
    #[error(
        "Training cannot go on from epoch {} and batch {}: the run has {epochs} epochs of {n_batches} batches.",
        position.epoch, position.batch
    )]
    PositionBeyondRun {
        /// The refused place.
        position: Position,
        /// Epochs of the run.
        epochs: usize,
        /// Batches of each epoch.
        n_batches: usize,
    },
    /// The engine failed to hand its results over: a lost device, for example.
    #[error("The engine could not hand over its results: {message}.")]
    ReadBack {
        /// What the engine says.
        message: String,
    },
}

/// A training run: a network, the items that it learns, and its place in the run.
///
/// The items' order is PyTorch's: the seed's generator first draws the initial weights, then an order per
/// epoch as a shuffling `DataLoader` does. The same seed gives the same batches on every engine, and
/// bit-identical losses on the CPU.
pub struct Trainer {
    architecture: Architecture,
    config: TrainingConfig,
    device: Device,
    batches: Batches,
    layers: Vec<LayerParameters>,
    optimiser: LayerOptimiser,
    position: Position,
    /// Losses of the batches since they were last read, on the device.
    losses: Vec<Tensor<1>>,
    /// Divergences of a variational code since they were last read, on the device.
    divergences: Vec<Tensor<1>>,
}

impl Trainer {
    /// Sets a run up and uploads its items (`n × input`, item by item) once.
    ///
    /// `resume` goes on from weights taken at a place in the same run, with the very batches that would have
    /// followed; `None` starts at the beginning with the seed's weights. Adam's moments are not part of
    /// [`Weights`] and start afresh, so only SGD continues exactly as if it had never stopped.
    ///
    /// # Errors
    /// When the architecture, the configuration, the items, the place or the weights are refused.
    pub fn new(
        architecture: &Architecture,
        config: &TrainingConfig,
        items: &[f32],
        device: &Device,
        resume: Option<(Position, Weights)>,
    ) -> Result<Self, TrainerError> {
        architecture.validate()?;
        config.validate()?;
        let n_items = count_items(items, architecture)?;
        if n_items == 0 {
            return Err(TrainerError::NoItems);
        }
        let mut generator = Mt19937::new(config.seed);
        let initial = Weights::initial(architecture, &mut generator);
        let (position, weights) = resume.unwrap_or_else(|| (Position::default(), initial));
        check_fits(&weights, architecture)?;
        check_position(position, config.epochs, config.n_batches(n_items))?;
        let mut batches = Batches::new(items, n_items, device, generator);
        batches.skip_epochs(position.epoch);
        Ok(Self {
            architecture: architecture.clone(),
            config: config.clone(),
            batches,
            layers: LayerParameters::upload_all(architecture, &weights, device),
            optimiser: LayerOptimiser::new(config.optimiser),
            position,
            losses: Vec::new(),
            divergences: Vec::new(),
            device: device.clone(),
        })
    }

    /// Learns from one batch: forward, loss, backward, optimiser.
    ///
    /// Nothing is read back from the device. After the last epoch it does nothing.
    pub fn step(&mut self) -> StepEnd {
        if self.is_finished() {
            return StepEnd::EpochEnd;
        }
        self.learn();
        self.position.batch += 1;
        if self.position.batch < self.n_batches() {
            return StepEnd::MidEpoch;
        }
        self.position = Position {
            epoch: self.position.epoch + 1,
            batch: 0,
        };
        self.batches.end_epoch();
        StepEnd::EpochEnd
    }

    /// Mean of the batch losses since the last call; 0 when there were none, NaN when training has diverged.
    ///
    /// # Errors
    /// When the engine fails to hand it over.
    pub async fn take_loss(&mut self) -> Result<f64, TrainerError> {
        let losses = self.take_losses().await?;
        Ok(losses.iter().sum::<f64>() / losses.len().max(1) as f64)
    }

    /// The loss of every batch since the last call, in order; one that is not finite is NaN.
    ///
    /// # Errors
    /// When the engine fails to hand them over.
    pub async fn take_losses(&mut self) -> Result<Vec<f64>, TrainerError> {
        if self.losses.is_empty() {
            return Ok(Vec::new());
        }
        let losses = Tensor::cat(std::mem::take(&mut self.losses), 0);
        let read = read_back(Transaction::default().register(losses)).await?;
        let losses = read.into_iter().flatten().map(finite_or_nan);
        Ok(losses.collect())
    }

    /// How far a variational code was from the standard normal distribution: a mean over the batches since the last
    /// call, in nats an item; `None` in a plain autoencoder, or when nothing was learned since.
    ///
    /// # Errors
    /// When the engine fails to hand it over.
    pub async fn take_divergence(&mut self) -> Result<Option<f64>, TrainerError> {
        if self.divergences.is_empty() {
            return Ok(None);
        }
        let divergences = Tensor::cat(std::mem::take(&mut self.divergences), 0);
        read_number(divergences.mean()).await.map(Some)
    }

    /// A copy of the present weights.
    ///
    /// # Errors
    /// When the engine fails to hand them over.
    pub async fn weights(&self) -> Result<Weights, TrainerError> {
        LayerParameters::download_all(&self.layers, &self.architecture).await
    }

    /// Mean squared error over all values of some items (`n × input`) under the present weights.
    ///
    /// # Errors
    /// When there are no items or the last one is incomplete, or the engine fails to hand the error over.
    pub async fn mean_error(&self, items: &[f32]) -> Result<f64, TrainerError> {
        let n_items = count_items(items, &self.architecture)?;
        if n_items == 0 {
            return Err(TrainerError::NoItems);
        }
        let input = upload_items(items, n_items, &self.device);
        let mut values = forward(&self.layers, &self.architecture, input.clone());
        let reconstruction = values.remove(self.layers.len());
        read_number((reconstruction - input).square().mean()).await
    }

    /// What the present weights make of some items (`n × input`): their reconstructions, item by item.
    ///
    /// # Errors
    /// When the last item is incomplete, or the engine fails to hand its results over.
    pub async fn rebuild(&self, items: &[f32]) -> Result<Vec<f32>, TrainerError> {
        let n_items = count_items(items, &self.architecture)?;
        if n_items == 0 {
            return Ok(Vec::new());
        }
        let input = upload_items(items, n_items, &self.device);
        let mut values = forward(&self.layers, &self.architecture, input);
        let reconstruction = values.remove(self.layers.len());
        let mut read = read_back(Transaction::default().register(reconstruction)).await?;
        Ok(read.pop().unwrap_or_default())
    }

    /// Where the run stands: what is done so far.
    pub fn position(&self) -> Position {
        self.position
    }

    /// Whether all epochs are done.
    pub fn is_finished(&self) -> bool {
        self.position.epoch >= self.config.epochs
    }

    /// Trains with another learning rate from the next batch on; the schedule still applies to it.
    ///
    /// # Errors
    /// When the rate is not above 0 and at most 10; the old one then stays.
    pub fn set_learning_rate(&mut self, learning_rate: f64) -> Result<(), TrainerError> {
        let config = TrainingConfig {
            learning_rate,
            ..self.config.clone()
        };
        config.validate()?;
        self.config = config;
        Ok(())
    }

    /// Batches of an epoch.
    pub fn n_batches(&self) -> usize {
        self.config.n_batches(self.batches.n_items())
    }

    fn learn(&mut self) {
        let batch = self
            .batches
            .batch(self.position, &self.config, &self.architecture);
        let rate = self.config.learning_rate_at(self.position.epoch);
        let scale = self.optimiser.gradient_scale(rate);
        let loss = self.config.loss;
        let lesson = backward(&self.layers, &self.architecture, batch, loss, scale);
        self.losses.push(lesson.loss);
        self.divergences.extend(lesson.divergence);
        let decay = self.config.weight_decay;
        self.optimiser
            .step(rate, decay, &mut self.layers, lesson.gradients);
    }
}

fn check_fits(weights: &Weights, architecture: &Architecture) -> Result<(), TrainerError> {
    let (n_values, n_parameters) = (weights.values().len(), architecture.n_parameters());
    if n_values == n_parameters {
        return Ok(());
    }
    Err(TrainerError::WeightsDoNotFit {
        n_values,
        n_parameters,
    })
}

fn check_position(position: Position, epochs: usize, n_batches: usize) -> Result<(), TrainerError> {
    let is_inside = position.epoch < epochs && position.batch < n_batches;
    if is_inside
        || position
            == (Position {
                epoch: epochs,
                batch: 0,
            })
    {
        return Ok(());
    }
    Err(TrainerError::PositionBeyondRun {
        position,
        epochs,
        n_batches,
    })
}

/// Reads a tensor of one value; what is not finite counts as NaN.
async fn read_number(number: Tensor<1>) -> Result<f64, TrainerError> {
    let read = read_back(Transaction::default().register(number)).await?;
    let number = read.first().and_then(|values| values.first()).copied();
    Ok(number.map_or(f64::NAN, finite_or_nan))
}

fn finite_or_nan(number: f32) -> f64 {
    if number.is_finite() {
        f64::from(number)
    } else {
        f64::NAN
    }
}
