//! The training loop, one batch at a time.

use thiserror::Error;

use super::draws::Order;
use super::network::count_items;
use super::plain::PlainLearner;
#[cfg(feature = "tensors")]
use super::tensors::TensorLearner;
use super::{
    Architecture, ArchitectureError, Checkpoint, Device, Moments, Position, SharedStep,
    TrainingConfig, TrainingConfigError, Weights,
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
    order: Order,
    position: Position,
    learner: Learner,
}

/// Who does the sums.
enum Learner {
    /// The CPU's own engine.
    Plain(Box<PlainLearner>),
    /// Burn's tensors, on any device.
    #[cfg(feature = "tensors")]
    Tensors(Box<TensorLearner>),
}

impl Trainer {
    /// Sets a run up and uploads its items (`n × input`, item by item) once.
    ///
    /// `resume` goes on from a place in the same run, with the very batches that would have followed, as if it had never
    /// stopped; `None` starts at the beginning with the seed's weights. Where the optimiser changed meanwhile, or the
    /// moments do not fit, Adam begins without memory; batch size, rate, decay and noise may change and its moments stay.
    ///
    /// # Errors
    /// When the architecture, the configuration, the items, the place or the weights are refused.
    pub fn new(
        architecture: &Architecture,
        config: &TrainingConfig,
        items: &[f32],
        device: &Device,
        resume: Option<Checkpoint>,
    ) -> Result<Self, TrainerError> {
        Self::set_up(architecture, config, items, resume, |start| match device {
            Device::Cpu => {
                let learner = PlainLearner::new(architecture, config, items, start);
                Learner::Plain(Box::new(learner))
            }
            #[cfg(feature = "tensors")]
            Device::Tensors(device) => {
                let learner = TensorLearner::new(architecture, config, items, start, device);
                Learner::Tensors(Box::new(learner))
            }
        })
    }

    fn set_up(
        architecture: &Architecture,
        config: &TrainingConfig,
        items: &[f32],
        resume: Option<Checkpoint>,
        learner_of: impl FnOnce((&Weights, Option<&Moments>)) -> Learner,
    ) -> Result<Self, TrainerError> {
        architecture.validate()?;
        config.validate()?;
        let n_items = count_items(items, architecture)?;
        if n_items == 0 {
            return Err(TrainerError::NoItems);
        }
        let mut generator = Mt19937::new(config.seed);
        let initial = Weights::initial(architecture, &mut generator);
        let start = resume.unwrap_or_else(|| Checkpoint::of_weights(Position::default(), initial));
        let Checkpoint {
            position,
            weights,
            moments,
        } = start;
        let moments = moments.filter(|moments| moments.fit(architecture));
        check_fits(&weights, architecture)?;
        check_position(position, config.epochs, config.n_batches(n_items))?;
        let mut order = Order::new(n_items, generator);
        order.skip_epochs(position.epoch);
        Ok(Self {
            architecture: architecture.clone(),
            config: config.clone(),
            order,
            position,
            learner: learner_of((&weights, moments.as_ref())),
        })
    }

    /// Learns from one batch: forward, loss, backward, optimiser.
    ///
    /// Nothing is read back from the device. After the last epoch it does nothing.
    pub fn step(&mut self) -> StepEnd {
        if self.is_finished() {
            return StepEnd::EpochEnd;
        }
        let (position, config, order) = (self.position, &self.config, &mut self.order);
        match &mut self.learner {
            Learner::Plain(learner) => learner.begin(position, config, order),
            #[cfg(feature = "tensors")]
            Learner::Tensors(learner) => learner.learn(position, config, order),
        }
        self.end_step()
    }

    /// Begins a step that as many workers share; `None` where no batch is left, or batches are not cut.
    ///
    /// With any number of workers the step learns the same, to the last bit.
    pub fn share_step(&mut self, n_workers: usize) -> Option<SharedStep<'_>> {
        if self.is_finished() || !self.can_share() {
            return None;
        }
        let (position, config, order) = (self.position, &self.config, &mut self.order);
        let shares = match &mut self.learner {
            Learner::Plain(learner) => {
                learner.begin(position, config, order);
                learner.shares(n_workers)
            }
            #[cfg(feature = "tensors")]
            Learner::Tensors(_) => return None,
        };
        Some(SharedStep::new(self, shares))
    }

    /// Whether the batches of this run are cut into parts, so that several workers can share a step.
    ///
    /// That hangs on network and batch size alone: a batch that is soon done is left whole.
    pub fn can_share(&self) -> bool {
        self.plain().is_some_and(PlainLearner::is_cut)
    }

    /// The CPU's own engine, where that is at work.
    #[cfg_attr(not(feature = "tensors"), allow(clippy::unnecessary_wraps))]
    pub(super) fn plain(&self) -> Option<&PlainLearner> {
        match &self.learner {
            Learner::Plain(learner) => Some(learner),
            #[cfg(feature = "tensors")]
            Learner::Tensors(_) => None,
        }
    }

    #[cfg_attr(not(feature = "tensors"), allow(clippy::unnecessary_wraps))]
    pub(super) fn plain_mut(&mut self) -> Option<&mut PlainLearner> {
        match &mut self.learner {
            Learner::Plain(learner) => Some(learner),
            #[cfg(feature = "tensors")]
            Learner::Tensors(_) => None,
        }
    }

    /// Ends a step that has begun, and moves on to the next batch.
    pub(super) fn end_step(&mut self) -> StepEnd {
        match &mut self.learner {
            Learner::Plain(learner) => learner.end(&self.config),
            #[cfg(feature = "tensors")]
            Learner::Tensors(_) => {}
        }
        self.position.batch += 1;
        if self.position.batch < self.n_batches() {
            return StepEnd::MidEpoch;
        }
        self.position = Position {
            epoch: self.position.epoch + 1,
            batch: 0,
        };
        self.order.end_epoch();
        #[cfg(feature = "tensors")]
        if let Learner::Tensors(learner) = &mut self.learner {
            learner.end_epoch();
        }
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
        let losses = match &mut self.learner {
            Learner::Plain(learner) => learner.take_losses(),
            #[cfg(feature = "tensors")]
            Learner::Tensors(learner) => learner.take_losses().await?,
        };
        Ok(losses.into_iter().map(finite_or_nan).collect())
    }

    /// How far a variational code was from the standard normal distribution: a mean over the batches since the last
    /// call, in nats an item; `None` in a plain autoencoder, or when nothing was learned since.
    ///
    /// # Errors
    /// When the engine fails to hand it over.
    pub async fn take_divergence(&mut self) -> Result<Option<f64>, TrainerError> {
        let divergences = match &mut self.learner {
            Learner::Plain(learner) => learner.take_divergences(),
            #[cfg(feature = "tensors")]
            Learner::Tensors(learner) => learner.take_divergences().await?,
        };
        if divergences.is_empty() {
            return Ok(None);
        }
        let mean = divergences.iter().sum::<f64>() / divergences.len() as f64;
        Ok(Some(finite_or_nan(mean)))
    }

    /// A copy of the present weights.
    ///
    /// # Errors
    /// When the engine fails to hand them over.
    pub async fn weights(&self) -> Result<Weights, TrainerError> {
        match &self.learner {
            Learner::Plain(learner) => Ok(learner.weights()),
            #[cfg(feature = "tensors")]
            Learner::Tensors(learner) => learner.weights().await,
        }
    }

    /// All that another trainer needs to go on from here as this one would.
    ///
    /// # Errors
    /// When the engine fails to hand it over.
    pub async fn checkpoint(&self) -> Result<Checkpoint, TrainerError> {
        match &self.learner {
            Learner::Plain(learner) => Ok(learner.checkpoint(self.position)),
            #[cfg(feature = "tensors")]
            Learner::Tensors(learner) => learner.checkpoint(self.position).await,
        }
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
        let error = match &self.learner {
            Learner::Plain(learner) => learner.mean_error(items),
            #[cfg(feature = "tensors")]
            Learner::Tensors(learner) => learner.mean_error(items).await?,
        };
        Ok(finite_or_nan(error))
    }

    /// What the present weights make of some items (`n × input`): their reconstructions, item by item.
    ///
    /// # Errors
    /// When the last item is incomplete, or the engine fails to hand its results over.
    pub async fn reconstruct(&self, items: &[f32]) -> Result<Vec<f32>, TrainerError> {
        let n_items = count_items(items, &self.architecture)?;
        if n_items == 0 {
            return Ok(Vec::new());
        }
        match &self.learner {
            Learner::Plain(learner) => Ok(learner.reconstruct(items)),
            #[cfg(feature = "tensors")]
            Learner::Tensors(learner) => learner.reconstruct(items).await,
        }
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
        self.config.n_batches(self.order.n_items())
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

/// What is not finite counts as NaN.
fn finite_or_nan(number: f64) -> f64 {
    if number.is_finite() { number } else { f64::NAN }
}
