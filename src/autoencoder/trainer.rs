//! The training loop, one batch at a time.

use burn::prelude::*;
use burn::tensor::Transaction;
use thiserror::Error;

use super::backward::backward;
use super::network::{DenseLayer, count_items, forward, read_back, upload_items};
use super::optimiser::LayerOptimiser;
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
    /// `n × input`, on the device.
    items: Tensor<2>,
    n_items: usize,
    /// The items in the order of the epoch at hand; `None` before its first batch.
    shuffled_items: Option<Tensor<2>>,
    layers: Vec<DenseLayer>,
    optimiser: LayerOptimiser,
    generator: Mt19937,
    position: Position,
    losses: LossSum,
}

/// Batch losses since they were last read; the sum stays on the device.
#[derive(Default)]
struct LossSum {
    sum: Option<Tensor<1>>,
    n_batches: usize,
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
        check_position(position, config.epochs, n_items.div_ceil(config.batch_size))?;
        for _ in 0..position.epoch {
            generator.epoch_order(n_items);
        }
        Ok(Self {
            architecture: architecture.clone(),
            config: config.clone(),
            items: upload_items(items, n_items, device),
            n_items,
            shuffled_items: None,
            layers: DenseLayer::upload_all(architecture, &weights, device),
            optimiser: LayerOptimiser::new(config.optimiser),
            generator,
            position,
            losses: LossSum::default(),
            device: device.clone(),
        })
    }

    /// Learns from one batch: forward, mean squared error over all its values, backward, optimiser.
    ///
    /// Nothing is read back from the device. After the last epoch it does nothing.
    pub fn step(&mut self) -> StepEnd {
        if self.is_finished() {
            return StepEnd::EpochEnd;
        }
        let batch = self.next_batch();
        self.learn(batch);
        self.position.batch += 1;
        if self.position.batch < self.n_batches() {
            return StepEnd::MidEpoch;
        }
        self.position = Position {
            epoch: self.position.epoch + 1,
            batch: 0,
        };
        self.shuffled_items = None;
        StepEnd::EpochEnd
    }

    /// Mean of the batch losses since the last call; 0 when there were none, NaN when training has diverged.
    ///
    /// # Errors
    /// When the engine fails to hand it over.
    pub async fn take_loss(&mut self) -> Result<f64, TrainerError> {
        let LossSum { sum, n_batches } = std::mem::take(&mut self.losses);
        let Some(sum) = sum else { return Ok(0.0) };
        Ok(read_number(sum).await? / n_batches as f64)
    }

    /// A copy of the present weights.
    ///
    /// # Errors
    /// When the engine fails to hand them over.
    pub async fn weights(&self) -> Result<Weights, TrainerError> {
        DenseLayer::download_all(&self.layers, &self.architecture).await
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

    /// Batches of an epoch, a shorter last one included.
    pub fn n_batches(&self) -> usize {
        self.n_items.div_ceil(self.config.batch_size)
    }

    /// The items of the batch at hand: at most `batch_size × input`.
    #[expect(
        clippy::cast_possible_wrap,
        reason = "a browser cannot hold two thousand million items"
    )]
    fn next_batch(&mut self) -> Tensor<2> {
        let start = self.position.batch * self.config.batch_size;
        let end = (start + self.config.batch_size).min(self.n_items);
        let (items, generator, n_items) = (&self.items, &mut self.generator, self.n_items);
        let shuffled_items = self.shuffled_items.get_or_insert_with(|| {
            let order: Vec<i32> = generator
                .epoch_order(n_items)
                .into_iter()
                .map(|idx| idx as i32)
                .collect();
            let order =
                Tensor::<1, Int>::from_data(TensorData::new(order, [n_items]), &items.device());
            items.clone().select(0, order)
        });
        shuffled_items.clone().narrow(0, start, end - start)
    }

    fn learn(&mut self, batch: Tensor<2>) {
        let rate = self.config.learning_rate_at(self.position.epoch);
        let scale = self.optimiser.gradient_scale(rate);
        let (loss, gradients) = backward(&self.layers, &self.architecture, batch, scale);
        self.losses.add(loss);
        self.optimiser.step(rate, &mut self.layers, gradients);
    }
}

impl LossSum {
    fn add(&mut self, loss: Tensor<1>) {
        self.sum = Some(match self.sum.take() {
            Some(sum) => sum + loss,
            None => loss,
        });
        self.n_batches += 1;
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
    Ok(number
        .filter(|number| number.is_finite())
        .map_or(f64::NAN, f64::from))
}
