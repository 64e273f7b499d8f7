//! What page and trainer say to each other.

use serde::{Deserialize, Serialize};

use super::RunId;
pub use crate::autoencoder::Checkpoint;
use crate::autoencoder::{Position, Weights};
use crate::data::Dataset;
use crate::encoding::floats;
use crate::recipe::Recipe;

/// What the page asks of a trainer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum TrainCommand {
    /// Get ready to run a recipe on a data set; nothing is trained yet.
    Prepare {
        /// Stamped on every answer from here on.
        run: RunId,
        /// The items.
        dataset: Box<Dataset>,
        /// What to train, and how.
        recipe: Box<Recipe>,
        /// Where to go on from; `None` starts with fresh weights.
        resume: Option<Checkpoint>,
        /// As [`TrainCommand::SetWorkers`] has it.
        workers: Option<u32>,
    },
    /// Train until all epochs are done or something else is asked.
    Go,
    /// Stop after the batch at hand.
    Pause,
    /// Train to the end of the present epoch, then stop.
    Step,
    /// Let so many workers share each step from the next batch on, as far as there are assistants.
    SetWorkers {
        /// The trainer included; `None` for as many as make a step fastest, found by trying.
        workers: Option<u32>,
    },
    /// The reader is changing what lies on the bench: leave the processors to the verdict for a moment.
    MakeRoom,
    /// Use another learning rate from the next batch on.
    SetLearningRate {
        /// Above 0 and at most 10.
        learning_rate: f64,
    },
}

/// Weights to judge by, and where in a run they were taken.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Snapshot {
    /// Epochs and batches behind them.
    pub position: Position,
    /// The weights themselves.
    pub weights: Weights,
}

impl Checkpoint {
    /// The weights alone, to judge by; with Adam a third of the size.
    pub fn snapshot(&self) -> Snapshot {
        Snapshot {
            position: self.position,
            weights: self.weights.clone(),
        }
    }
}

/// What an engine runs on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum EngineKind {
    /// Our own engine, in the worker's thread.
    Cpu,
    /// Burn's WebGPU backend.
    WebGpu,
}

/// What a trainer tells the page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum TrainEvent {
    /// Ready to train.
    Prepared {
        /// The run that was prepared.
        run: RunId,
        /// What will train it.
        engine: EngineReport,
    },
    /// The engine cannot be used; another one should.
    Unavailable {
        /// The run that was asked for.
        run: RunId,
        /// Why, as a sentence part: "the browser offers no WebGPU adapter".
        reason: String,
    },
    /// The recipe or the data cannot be trained.
    Refused {
        /// The run that was asked for.
        run: RunId,
        /// Why, as a sentence.
        reason: String,
    },
    /// Epochs ended, one or several since the last report. Never dropped.
    EpochsDone {
        /// The run.
        run: RunId,
        /// In order.
        epochs: Vec<EpochReport>,
    },
    /// Where training stands and how fast it goes; only the latest counts.
    Progress {
        /// The run.
        run: RunId,
        /// Weights and their place in the run.
        checkpoint: Checkpoint,
        /// Mean time of the steps since the last report, in milliseconds; 0 before the first.
        step_ms: f64,
        /// Workers that share a step, the trainer included.
        workers: u32,
    },
    /// Training stopped, on demand or after the last epoch. Follows a final `Progress`.
    Stopped {
        /// The run.
        run: RunId,
        /// Whether all epochs are done.
        finished: bool,
    },
    /// The loss is no longer a number.
    Diverged {
        /// The run.
        run: RunId,
        /// Epoch in which it happened, from 1.
        epoch: usize,
        /// The weights after the last good epoch; those that the run was prepared with where there was none.
        last_good: Checkpoint,
    },
}

/// Items whose reconstructions are followed over the epochs.
pub const N_FILM_ITEMS: usize = 9;

/// What came of one epoch.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct EpochReport {
    /// Epochs done, from 1.
    pub epoch: usize,
    /// The loss of every batch of this epoch, in order; the first ones are missing after a resume.
    #[serde(with = "floats")]
    pub batch_losses: Vec<f32>,
    /// Mean squared error over the calibration items after this epoch.
    pub calibration_loss: f64,
    /// Mean Kullback–Leibler divergence of a variational code from the standard normal distribution over this epoch, in nats an item.
    pub divergence: Option<f64>,
    /// The first [`N_FILM_ITEMS`] calibration items as reconstructed after this epoch; empty for most epochs.
    #[serde(with = "floats")]
    pub reconstructed: Vec<f32>,
    /// The run after this epoch, for the epochs that are kept to come back to.
    pub kept: Option<Checkpoint>,
}

/// What an engine says of itself once it is ready.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct EngineReport {
    /// What it runs on.
    pub kind: EngineKind,
    /// The adapter's own name, for WebGPU.
    pub adapter: Option<String>,
    /// Mean time of a training step in milliseconds, measured on a few steps that were thrown away.
    pub step_ms: f64,
    /// Largest relative difference of the self-test's losses between WebGPU and CPU.
    pub self_test_difference: Option<f64>,
    /// Cores of the machine beside the trainer's, where assistants can share its steps; `None` where they cannot.
    pub spare_cores: Option<u32>,
}
