//! What each part of the page needs to know, and nothing else.

mod along_time;
mod card_grid;
mod challenge;
mod comparison;
mod data;
mod evaluation;
mod gallery;
mod history;
mod information;
mod insights;
mod items;
mod known_stretches;
mod latent;
mod lesson;
mod loss_curves;
mod losses;
mod network;
mod next_file;
mod normality;
mod own_class;
mod past;
mod places;
mod preparation;
mod printed;
mod report;
mod row;
mod rule_words;
mod rules;
mod series;
mod sweeps;
mod variation;

pub use along_time::{AlongTimeView, AnomalousStretch, MOST_LISTED, RecordingKey, RecordingView};
pub use card_grid::{CardGrid, CardStyle, Step};
pub use challenge::{ChallengeView, InkGroup, TrickOutcome, TrickView};
pub use comparison::{ComparedRow, ComparisonView, KeptView, SideView};
pub use data::{ColumnView, DataView};
pub use evaluation::EvaluationStanding;
pub use gallery::{GalleryCard, ListView};
pub use history::HistoryView;
pub use information::CodePrice;
pub use insights::{Insight, InsightPlace};
pub use items::{FiguresAgainstMean, ItemsView, ListedAs, RankedItem};
pub use known_stretches::FoundKnown;
pub use latent::{MapPoint, MapView};
pub use lesson::{ForTeachers, LessonEntry, LessonView};
pub use loss_curves::LossCurves;
pub use losses::{BatchLossesView, DenoisingView, FilmView, LogLine};
pub use network::{LayerFields, LayerPart, LayerView, NetworkView};
pub use next_file::{NextFileView, NextHistogram, NextItemView, NextItemsView};
pub use normality::{FoundView, GroupFigures, NormalityView};
pub use own_class::OwnClassView;
pub use past::PastCurves;
pub use places::PlaceNote;
pub use preparation::StageView;
pub use printed::PrintedView;
pub use report::{
    CurveKind, DetectorFigure, DetectorRow, EvaluationView, HeatCell, HeatRow, LabelFalseAlarms,
    Outcomes, axis_end,
};
pub use row::{FieldView, RowField, RowView};
pub use rules::{RuleFalseAlarms, RuleView, RulesView, Spread};
pub use series::CurveView;
pub use sweeps::{GhostView, SweepView};
pub use variation::{MeanAndSpan, RunDot, ValueGroup, VariationView};

pub use super::kind::{BenchKind, Panel, counted, with_article};

use self::series::main_stretch;
use super::divergence::place_in_words;
use super::{Bench, EngineChoice, EpochLoss, Notice, Phase, PictureBench, Session, WorkerChoice};
use crate::anomaly::{Calibration, LogScale, ThresholdError, ThresholdRule, Verdict};
use crate::autoencoder::{Architecture, Position, TrainingConfig};
use crate::data::{Dataset, ItemKind, Parts};
use crate::picture::{ErrorMap, Treatment, signed_error};
use crate::protocol::{EngineKind, Judgement};
use crate::recipe::Recipe;

/// The name of an engine, as the page shows it.
pub fn engine_title(kind: EngineKind) -> &'static str {
    match kind {
        EngineKind::Cpu => "CPU",
        EngineKind::WebGpu => "WebGPU",
    }
}

/// Which engine trains, how fast, and why this one.
#[derive(Clone, Debug, PartialEq)]
pub struct EngineBadge {
    /// "CPU" or "WebGPU".
    pub engine: &'static str,
    /// Workers that share a step.
    pub workers: u32,
    /// The adapter's own name, on WebGPU.
    pub adapter: Option<String>,
    /// Milliseconds per training step; `None` before anything was measured.
    pub step_ms: Option<f64>,
    /// One sentence.
    pub reason: String,
    /// Largest relative difference between WebGPU and CPU in the self-test.
    pub self_test_difference: Option<f64>,
}

/// Where training stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Progress {
    /// The phase of the run.
    pub phase: Phase,
    /// Whole epochs done.
    pub epoch: usize,
    /// Epochs that the recipe asks for.
    pub epochs: usize,
    /// Part of the run that is done, 0…1.
    pub fraction: f64,
    /// One or two sentences.
    pub sentence: String,
}

/// What can be said of the drawing.
#[derive(Clone, Debug, PartialEq)]
pub enum Finding {
    /// Nothing yet: what to do, or what is being waited for.
    None {
        /// As a sentence.
        sentence: String,
    },
    /// A verdict.
    Verdict {
        /// The figures.
        verdict: Verdict,
        /// The verdict with its reason, in words.
        sentence: String,
        /// How a drawing without a label was scored, where the recipe needs one.
        label_note: Option<String>,
    },
}

impl Session {
    /// The bench.
    pub fn bench(&self) -> &Bench {
        &self.benches.at_hand
    }

    /// The drawing on the bench; `None` where items are no pictures.
    pub fn drawing(&self) -> Option<&PictureBench> {
        self.benches.at_hand.picture()
    }

    /// What is done to the drawing on the bench; nothing where items are no pictures.
    pub fn treatment(&self) -> Treatment {
        self.drawing()
            .map_or_else(Treatment::default, PictureBench::treatment)
    }

    /// Columns and rows of a picture; 1 × 1 where items are no pictures.
    pub fn picture_size(&self) -> (usize, usize) {
        self.drawing().map_or((1, 1), PictureBench::size)
    }

    /// The network at hand.
    pub fn architecture(&self) -> &Architecture {
        &self.study().recipe.architecture
    }

    /// Everything that decides the run at hand.
    pub fn recipe(&self) -> &Recipe {
        &self.study().recipe
    }

    /// The data at hand; `None` while they are on their way.
    pub fn dataset(&self) -> Option<&Dataset> {
        Some(&self.study().data.as_ref()?.dataset)
    }

    /// The training settings at hand.
    pub fn training(&self) -> &TrainingConfig {
        &self.study().recipe.training
    }

    /// The recipe at hand.
    pub fn recipe_name(&self) -> crate::recipe::RecipeName {
        self.study().name
    }

    /// The reader's choice of engine.
    pub fn engine_choice(&self) -> EngineChoice {
        self.engines.choice
    }

    /// The reader's choice of how many workers share a step on the CPU.
    pub fn worker_choice(&self) -> WorkerChoice {
        self.assistants.choice
    }

    /// Losses so far.
    pub fn losses(&self) -> &[EpochLoss] {
        &self.study().run.losses
    }

    /// Where training stands.
    pub fn phase(&self) -> Phase {
        self.study().run.phase
    }

    /// The newest answer of the examiner.
    pub fn judgement(&self) -> Option<&Judgement> {
        self.measured().judgement.as_ref()
    }

    /// The errors of normal items.
    pub fn calibration(&self) -> Option<&Calibration> {
        let calibration = self.measured().calibration.as_ref()?;
        Some(&calibration.errors)
    }

    /// How the threshold is found.
    pub fn threshold_rule(&self) -> ThresholdRule {
        self.study().rule
    }

    /// The error above which an item is an anomaly.
    pub fn threshold(&self) -> Option<f32> {
        self.threshold_or_obstacle()?.ok()
    }

    /// What the reader should be told.
    pub fn notice(&self) -> Option<&Notice> {
        self.notice.as_ref()
    }

    /// Whether the shipped model could be brought back.
    pub fn can_use_pretrained(&self) -> bool {
        let is_known = self.library.model_of(self.study().name).is_some();
        is_known && self.own_file().is_none() && self.study().run.phase != Phase::Pretrained
    }

    /// Which engine trains, and why.
    pub fn engine_badge(&self) -> EngineBadge {
        let engines = &self.engines;
        let report = match engines.trainer(engines.active) {
            super::TrainerState::Ready(report) => Some(report),
            _ => None,
        };
        let measured_ms = report.map(|report| report.step_ms);
        let live_ms = Some(self.study().run.step_ms).filter(|&ms| ms > 0.0);
        EngineBadge {
            engine: engine_title(engines.active),
            workers: match engines.active {
                EngineKind::Cpu => self.study().run.workers,
                EngineKind::WebGpu => 1,
            },
            adapter: report.and_then(|report| report.adapter.clone()),
            step_ms: live_ms.or(measured_ms),
            reason: engines.reason(),
            self_test_difference: report.and_then(|report| report.self_test_difference),
        }
    }

    /// Where training stands, in figures and words.
    pub fn progress(&self) -> Progress {
        let position = self.study().run.newest_position();
        let epochs = match self.study().run.phase {
            Phase::Pretrained => position.epoch,
            _ => self.study().recipe.training.epochs,
        };
        let counts = self
            .dataset()
            .map(|it| self.study().recipe.training_counts(it));
        let n_train = counts.unwrap_or_default().total();
        let n_batches = self.study().recipe.training.n_batches(n_train);
        let done = position.epoch as f64 + position.batch as f64 / n_batches as f64;
        Progress {
            phase: self.study().run.phase,
            epoch: position.epoch,
            epochs,
            fraction: (done / epochs as f64).clamp(0.0, 1.0),
            sentence: self.progress_sentence(position.epoch, epochs),
        }
    }

    fn progress_sentence(&self, epoch: usize, epochs: usize) -> String {
        match self.study().run.phase {
            Phase::Loading => self.loading_sentence(),
            Phase::Pretrained => format!(
                "Pre-trained: this model came with the page after {epochs} epochs. Press Train to teach one of your own, from fresh weights."
            ),
            Phase::Untrained => "Fresh weights: this network has learned nothing yet.".to_owned(),
            Phase::Preparing => match self.engines.active {
                EngineKind::Cpu => "Preparing the CPU…".to_owned(),
                EngineKind::WebGpu => {
                    "Preparing WebGPU: its programs are compiled and tested against the CPU."
                        .to_owned()
                }
            },
            Phase::Training => format!("Training: epoch {epoch} of {epochs}."),
            Phase::Pausing => "Pausing…".to_owned(),
            Phase::Paused => format!("Paused after epoch {epoch} of {epochs}."),
            Phase::Finished => format!(
                "Trained here, in your browser: {}.",
                counted(epochs, "epoch")
            ),
            Phase::Diverged { epoch } => format!(
                "Stopped in epoch {epoch}: the loss was no longer a number. The network is back {}.",
                place_in_words(self.study().run.newest_position())
            ),
        }
    }

    fn loading_sentence(&self) -> String {
        match self.library.progress {
            // Without a length from the host nobody knows how much is left.
            Some(fraction) if fraction > 0.0 => {
                let title = self.study().name.data().title();
                format!("Loading the {title}: {:.0} %.", fraction * 100.0)
            }
            _ => "Loading the data and the model…".to_owned(),
        }
    }

    /// The axis on which errors are shown; it stays where it is while the model learns.
    pub fn error_axis(&self) -> LogScale {
        let n_values = self.architecture().input_size() as f32;
        let (low, high) = self
            .kind()
            .error_range(&self.study().recipe.measure, n_values);
        LogScale::new(low, high)
    }

    /// Whether the calibration items were trained on too, so that no promise holds.
    pub fn is_calibrated_on_training_items(&self) -> bool {
        self.study().recipe.parts == Parts::Everything
    }

    /// What can be said of the item on the bench.
    pub fn finding(&self) -> Finding {
        if self.dataset().is_some() && self.item_on_bench().is_none() {
            let sentence = self
                .kind()
                .invitation(&self.thing_to_draw(), self.nouns().0);
            return Finding::None { sentence };
        }
        if self.has_learned_nothing() {
            let sentence =
                "This network has learned nothing: its weights are random. Press Train, and watch what it makes of this."
                    .to_owned();
            return Finding::None { sentence };
        }
        let (Some(judgement), Some(calibration), Some(threshold)) = (
            &self.measured().judgement,
            self.calibration(),
            self.threshold(),
        ) else {
            return Finding::None {
                sentence: self.why_no_verdict(),
            };
        };
        let verdict = Verdict::new(judgement.error, threshold, calibration);
        Finding::Verdict {
            sentence: verdict.sentence(self.nouns().1, self.reason(judgement)),
            label_note: self.label_note(judgement),
            verdict,
        }
    }

    /// Whether the weights were trained here, so that they live in this tab alone.
    pub fn has_own_weights(&self) -> bool {
        self.study().run.has_learned()
    }

    /// Whether the weights that judge are fresh, so that an error and a threshold of theirs mean nothing.
    pub fn has_learned_nothing(&self) -> bool {
        let run = &self.study().run;
        run.shown.is_some() && run.position() == Position::default()
    }

    /// What is missing for a verdict, as a sentence.
    fn why_no_verdict(&self) -> String {
        let outcome = self
            .measured()
            .judgement
            .as_ref()
            .and(self.threshold_or_obstacle());
        match outcome.and_then(Result::err) {
            Some(ThresholdError::TooFewItems { n, needed }) => format!(
                "{n} {} to calibrate with are too few for this threshold, which needs {needed}: set the threshold \
                 yourself, choose another rule, or open more data.",
                self.nouns().1
            ),
            Some(error @ (ThresholdError::NoItems | ThresholdError::NoLabels)) => {
                self.obstacle_in_words(self.study().rule, error)
            }
            _ => "Waiting for the network…".to_owned(),
        }
    }

    /// What most of the error is, as the end of "Most of the error is …".
    pub(in crate::session) fn reason(&self, judgement: &Judgement) -> Option<String> {
        match self.kind() {
            ItemKind::Picture { width, height } => {
                let signed = signed_error(&judgement.values, &judgement.reconstruction);
                ErrorMap::main_reason(width, height, &signed).map(|reason| reason.in_words())
            }
            ItemKind::Row => self.row_view()?.main_reason(),
            ItemKind::Series { .. } => main_stretch(&judgement.values, &judgement.reconstruction),
        }
    }

    fn label_note(&self, judgement: &Judgement) -> Option<String> {
        let label = judgement
            .label
            .filter(|_| self.study().recipe.label_input)?;
        Some(if self.bench().label().is_some() {
            format!(
                "This network also reads the label: the item is known to be {}.",
                self.label_in_words(label)
            )
        } else {
            let n_labels = self.dataset()?.classes().len();
            let own = match self.kind() {
                ItemKind::Picture { .. } => "a drawing",
                ItemKind::Row => "a row of your own",
                ItemKind::Series { .. } => "a curve of your own",
            };
            format!(
                "This network also reads a label, and {own} has none: all {n_labels} were tried, and {} gave the smallest error.",
                self.class_in_words(label)
            )
        })
    }
}
