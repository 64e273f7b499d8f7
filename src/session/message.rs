//! What can happen to a session, and what it asks for in return.

use std::collections::BTreeSet;

use super::bench::Change;
use super::challenge::Trick;
use super::listing::ListChange;
use super::row_bench::RowChange;
use crate::anomaly::{ErrorMeasure, ThresholdRule};
use crate::autoencoder::Optimiser;
use crate::data::{ColumnChoice, NamedFile, Parts};
use crate::protocol::{EngineKind, Event, ExamineCommand, LongWork, TrainCommand, Wish};
use crate::recipe::{DataName, Recipe, RecipeName};

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
    /// A part of a packed data set has arrived.
    DatasetUnderway {
        /// Which data.
        name: DataName,
        /// How much of it, 0…1.
        fraction: f32,
    },
    /// A packed data set has arrived.
    DatasetLoaded {
        /// Which data.
        name: DataName,
        /// The file, unpacked.
        bytes: Vec<u8>,
    },
    /// The weights of a pre-trained model have arrived.
    ModelLoaded {
        /// The recipe that they were trained by.
        recipe: RecipeName,
        /// The weights in storage order.
        values: Vec<f32>,
    },
    /// A packed data set did not arrive.
    DatasetFailed {
        /// Which data.
        name: DataName,
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
    /// Train on where training diverged, with a smaller learning rate.
    GoOnAt {
        /// The new rate.
        learning_rate: f64,
    },
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

    /// The reader's own files have been read.
    FilesOpened(Vec<NamedFile>),
    /// The reader's own files could not be read.
    FilesRefused {
        /// Why and what to do, as a sentence.
        reason: String,
    },
    /// Back from the reader's file to the data that the recipe brings along.
    CloseFile,
    /// Another way to read a column of the reader's table.
    ChooseColumn {
        /// Counted from 0.
        column_idx: usize,
        /// What becomes of it.
        choice: ColumnChoice,
    },

    /// The drawing changed, or what is done to it.
    Bench(Change),
    /// The row on the bench changed.
    Row(RowChange),
    /// An item of the data set that the network was not trained on.
    Example,
    /// An item of a class that is not normal, and that the network was not trained on.
    HeldOutExample,
    /// A certain item of the data set.
    ShowItem(usize),

    /// The sweeps came into sight, or went out of it.
    WatchSweeps(bool),
    /// Keep the present curves of the sweeps to compare others with.
    KeepGhost,
    /// Forget the curves that were kept under this number.
    RemoveGhost(usize),
    /// Another choice of what is listed of the items.
    List(ListChange),

    /// Lay the codes of the items out on a map.
    DrawMap,
    /// Decode codes that belong to no item.
    Imagine(Wish),
    /// Put the pictures of the challenge to the detector.
    TakeChallenge,
    /// Put what lies on the bench to the detector as a picture that is no digit.
    HandIn,
    /// Lay one of the challenge's pictures on the bench.
    LayTrick(Trick),
    /// Measure how well anomalies are told from normal items.
    Evaluate,
    /// Give up some long work.
    Stop(LongWork),

    /// The visitor set the threshold.
    SetThreshold(f32),
    /// Another way to find the threshold.
    ChooseRule(ThresholdRule),
    /// The threshold follows the calibration items again.
    FollowCalibration,
    /// The notice has been read.
    DismissNotice,
    /// The browser has a newer build of the page.
    NewVersionReady,
    /// Load the page again, from the newer build.
    TakeNewVersion,
    /// Say no more of the newer build.
    PostponeNewVersion,
}

/// A change of one setting; the learning rate and the measure act at once, others on the next run.
#[derive(Clone, Debug, PartialEq)]
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
    /// Part of each weight that is added to its gradient.
    WeightDecay(f64),
    /// Standard deviation of the noise that is trained with.
    Noise(f32),
    /// Whether the first article's dropout is trained with: 0.5 after the first layer, 0.25 after the third.
    Dropout(bool),
    /// What a nat of a variational code costs; a plain autoencoder has no such price.
    Beta(f32),
    /// Number of values at the bottleneck.
    CodeSize(usize),
    /// Whether the label is an input.
    LabelInput(bool),
    /// How much of the data is trained on.
    Parts(Parts),
    /// The labels whose items are not normal.
    AnomalousClasses(BTreeSet<u8>),
    /// The share of the training set that is of those labels all the same, 0…0.5.
    Contamination(f32),
    /// How badly an item is rebuilt.
    Measure(ErrorMeasure),
}

/// The first article's dropout, layer by layer.
const ARTICLE_DROPOUT: [(usize, f32); 2] = [(0, 0.5), (2, 0.25)];

impl Knob {
    /// `recipe` with this knob turned.
    pub fn applied_to(&self, recipe: &Recipe) -> Recipe {
        let mut recipe = recipe.clone();
        let training = &mut recipe.training;
        match self {
            Self::LearningRate(rate) => training.learning_rate = *rate,
            Self::BatchSize(size) => training.batch_size = *size,
            Self::Epochs(epochs) => training.epochs = *epochs,
            Self::Seed(seed) => training.seed = *seed,
            Self::Optimiser(optimiser) => training.optimiser = *optimiser,
            Self::WeightDecay(part) => training.weight_decay = *part,
            Self::Noise(deviation) => training.noise = *deviation,
            Self::Dropout(is_on) => {
                for (layer_idx, dropout) in ARTICLE_DROPOUT {
                    if let Some(layer) = recipe.architecture.layers.get_mut(layer_idx) {
                        layer.dropout = if *is_on { dropout } else { 0.0 };
                    }
                }
            }
            Self::Beta(beta) => recipe.architecture.set_beta(*beta),
            Self::CodeSize(size) => recipe.set_code_size(*size),
            Self::LabelInput(is_in) => recipe.set_label_input(*is_in),
            Self::Parts(parts) => recipe.parts = *parts,
            Self::AnomalousClasses(classes) => {
                recipe.normality.anomalous_classes.clone_from(classes);
            }
            Self::Contamination(share) => recipe.normality.contamination = *share,
            Self::Measure(measure) => recipe.measure = measure.clone(),
        }
        recipe
    }
}

/// What the session asks the page to do.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Fetch a packed data set.
    FetchDataset(DataName),
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
    /// Have the newer build take over, and load the page again.
    TakeNewVersion,
}
