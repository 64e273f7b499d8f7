//! What can happen to a session, and what it asks for in return.

use super::bench::Change;
use crate::autoencoder::{Optimiser, TrainingConfig};
use crate::protocol::{EngineKind, Event, ExamineCommand, TrainCommand};
use crate::recipe::RecipeName;

/// The visitor's choice of engine.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum EngineChoice {
    /// The faster of what the machine has, measured on the recipe.
    #[default]
    Auto,
    /// WebGPU where it works, else the CPU with the reason.
    WebGpu,
    /// The CPU.
    Cpu,
}

impl EngineChoice {
    /// Every choice, in the order in which the page offers them.
    pub const ALL: [Self; 3] = [Self::Auto, Self::WebGpu, Self::Cpu];

    /// The name that the page shows.
    pub fn title(self) -> &'static str {
        match self {
            Self::Auto => "Auto",
            Self::WebGpu => "WebGPU",
            Self::Cpu => "CPU",
        }
    }
}

/// What the browser said when asked for a GPU adapter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AdapterProbe {
    /// Not asked yet, or not answered.
    Pending,
    /// The browser has no WebGPU, or has it but offers no adapter here.
    Missing {
        /// Which of the two, as a sentence part.
        reason: String,
    },
    /// There is an adapter.
    Present {
        /// Whether it is only a program that imitates a GPU on the CPU.
        is_software: bool,
    },
}

/// Something that happened: an intention of the visitor, or news from outside.
#[derive(Clone, Debug, PartialEq)]
pub enum Message {
    /// The page was opened by a link with this fragment, without `#`.
    OpenLink(String),
    /// The packed data set has arrived.
    DatasetLoaded(Vec<u8>),
    /// The weights of a pre-trained model have arrived.
    ModelLoaded {
        /// The recipe that they were trained by.
        recipe: RecipeName,
        /// The weights in storage order.
        values: Vec<f32>,
    },
    /// The packed data set did not arrive.
    DatasetFailed {
        /// Why, as a sentence part.
        reason: String,
    },
    /// The weights of a pre-trained model did not arrive.
    ModelFailed {
        /// The recipe that they were trained by.
        recipe: RecipeName,
        /// Why, as a sentence part.
        reason: String,
    },
    /// The browser answered the question for an adapter.
    AdapterProbed(AdapterProbe),
    /// A trainer spoke.
    FromTrainer(EngineKind, Event),
    /// The examiner spoke.
    FromExaminer(Event),
    /// A trainer died without a word.
    TrainerLost(EngineKind, String),
    /// The examiner died without a word.
    ExaminerLost(String),

    /// Train on from where the run stands, or from fresh weights.
    Train,
    /// Hold training.
    Pause,
    /// Train one epoch.
    Step,
    /// Fresh weights, no epochs.
    Reset,
    /// Take back a Reset.
    UndoReset,
    /// Back to the model that came with the page.
    UsePretrained,
    /// Another recipe.
    ChooseRecipe(RecipeName),
    /// Another engine; the weights stay.
    ChooseEngine(EngineChoice),
    /// One knob of the training changed.
    Tune(Knob),

    /// The drawing changed, or what is done to it.
    Bench(Change),
    /// A digit of the data set that the network was not trained on.
    Example,

    /// The visitor set the threshold.
    SetThreshold(f32),
    /// The threshold follows the calibration items again.
    FollowCalibration,
    /// The notice has been read.
    DismissNotice,
}

/// A change of one training setting; applies to the next run, the learning rate at once.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Knob {
    /// Step size.
    LearningRate(f64),
    /// Items per step.
    BatchSize(usize),
    /// Passes over the training items.
    Epochs(usize),
    /// Decides weights, order and split.
    Seed(u64),
    /// SGD or Adam.
    Optimiser(Optimiser),
}

impl Knob {
    /// `config` with this knob turned.
    pub fn applied_to(self, config: &TrainingConfig) -> TrainingConfig {
        let mut config = config.clone();
        match self {
            Self::LearningRate(rate) => config.learning_rate = rate,
            Self::BatchSize(size) => config.batch_size = size,
            Self::Epochs(epochs) => config.epochs = epochs,
            Self::Seed(seed) => config.seed = seed,
            Self::Optimiser(optimiser) => config.optimiser = optimiser,
        }
        config
    }
}

/// What the session asks the page to do.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Fetch the packed data set.
    FetchDataset,
    /// Fetch the weights of a pre-trained model.
    FetchModel(RecipeName),
    /// Ask the browser for a GPU adapter.
    ProbeAdapter,
    /// Start a trainer; it answers with `Hello`.
    StartTrainer(EngineKind),
    /// End a trainer.
    EndTrainer(EngineKind),
    /// Start the examiner, ending an old one; it answers with `Hello`.
    StartExaminer,
    /// Tell a trainer.
    ToTrainer(EngineKind, TrainCommand),
    /// Tell the examiner.
    ToExaminer(ExamineCommand),
}
