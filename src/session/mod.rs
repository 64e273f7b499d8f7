//! What the page knows, as a state machine without a browser.
//!
//! [`Session::update`] takes a [`Message`] and returns the [`Effect`]s that the page must carry out.
//! It never waits and never panics on what a worker says; answers of older runs are dropped.

mod bench;
mod commands;
mod engines;
mod examiner_news;
mod link;
mod message;
mod notice;
mod threshold;
mod trainer_news;
mod training;
pub mod view;

#[cfg(test)]
mod tests;

pub use bench::{Bench, Change, Source};
pub use engines::{Engines, Trainer};
pub use message::{AdapterProbe, Effect, EngineChoice, Knob, Message};
pub use notice::{Notice, Offer};
pub use threshold::{DEFAULT_ALPHA, ThresholdRule};
pub use training::{EpochLoss, Goal, Phase, Run};

use crate::anomaly::Calibration;
use crate::autoencoder::{Position, Weights};
use crate::data::{Dataset, Split};
use crate::protocol::{Checkpoint, EngineKind, Judgement, RunId};
use crate::random::Mt19937;
use crate::recipe::{Recipe, RecipeName};

/// Width and height of the digits that come with the page.
const DIGIT_SIDE: usize = 8;

/// What the page knows.
#[derive(Clone, Debug)]
pub struct Session {
    data: Option<LoadedData>,
    recipe_name: RecipeName,
    recipe: Recipe,
    run_id: RunId,
    run: Run,
    /// The runs of recipes that were left for another.
    shelf: Vec<ShelvedRun>,
    before_reset: Option<Run>,
    pretrained: Vec<(RecipeName, Weights)>,
    engines: Engines,
    /// The trainer that holds the run at hand, ready to go on.
    holder: Option<EngineKind>,
    /// The trainer that takes over as soon as the other has stopped.
    successor: Option<EngineKind>,
    n_trainer_losses: usize,
    /// The shipped model of the recipe at hand cannot be had.
    is_model_missing: bool,
    examiner: Examiner,
    bench: Bench,
    linked_bench: link::LinkedBench,
    calibration: Option<Calibration>,
    rule: ThresholdRule,
    judgement: Option<Judgement>,
    notice: Option<Notice>,
}

/// The data set, as it arrived and as it is read.
#[derive(Clone, Debug)]
struct LoadedData {
    packed: Vec<u8>,
    dataset: Dataset,
}

/// A run whose recipe was left for another.
#[derive(Clone, Debug)]
struct ShelvedRun {
    name: RecipeName,
    recipe: Recipe,
    run: Run,
}

/// What is known of the examiner.
#[derive(Clone, Copy, Debug, Default)]
struct Examiner {
    is_listening: bool,
    /// It has data and weights of the run at hand.
    is_ready: bool,
    n_requests: u32,
    in_flight: Option<u32>,
    /// The bench or the weights have changed since the request in flight.
    is_stale: bool,
    n_losses: usize,
}

impl Session {
    /// A session at the moment when the page opens, and what it needs first.
    pub fn open() -> (Self, Vec<Effect>) {
        let recipe_name = RecipeName::WellTrained;
        let session = Self {
            data: None,
            recipe_name,
            recipe: recipe_name.recipe(),
            run_id: RunId(1),
            run: Run::new(Phase::Loading, None),
            shelf: Vec::new(),
            before_reset: None,
            pretrained: Vec::new(),
            engines: Engines::default(),
            holder: None,
            successor: None,
            n_trainer_losses: 0,
            is_model_missing: false,
            examiner: Examiner::default(),
            bench: Bench::new(DIGIT_SIDE, DIGIT_SIDE),
            linked_bench: link::LinkedBench::default(),
            calibration: None,
            rule: ThresholdRule::default(),
            judgement: None,
            notice: None,
        };
        let effects = vec![
            Effect::StartExaminer,
            Effect::FetchDataset,
            Effect::FetchModel(recipe_name),
            Effect::ProbeAdapter,
        ];
        (session, effects)
    }

    /// Takes note of what happened and says what must be done about it.
    pub fn update(&mut self, message: Message) -> Vec<Effect> {
        match message {
            Message::OpenLink(fragment) => self.open_link(&fragment),
            Message::DatasetLoaded(packed) => self.on_dataset(packed),
            Message::ModelLoaded { recipe, values } => self.on_model(recipe, values),
            Message::DatasetFailed { reason } => self.on_dataset_failed(&reason),
            Message::ModelFailed { recipe, reason } => self.on_model_failed(recipe, &reason),
            Message::AdapterProbed(probe) => {
                self.engines.adapter = probe;
                Vec::new()
            }
            Message::FromTrainer(kind, event) => self.on_trainer(kind, event),
            Message::FromExaminer(event) => self.on_examiner(event),
            Message::TrainerLost(kind, reason) => self.on_trainer_lost(kind, &reason),
            Message::ExaminerLost(reason) => self.on_examiner_lost(&reason),
            Message::Train => self.train(Goal::AllEpochs),
            Message::Step => self.train(Goal::OneEpoch),
            Message::Pause => self.pause(),
            Message::Reset => self.reset(),
            Message::UndoReset => self.undo_reset(),
            Message::UsePretrained => self.use_pretrained(),
            Message::ChooseRecipe(name) => self.choose_recipe(name),
            Message::ChooseEngine(choice) => self.choose_engine(choice),
            Message::Tune(knob) => self.tune(knob),
            Message::SetThreshold(threshold) => {
                if threshold.is_finite() && threshold >= 0.0 {
                    self.rule = ThresholdRule::Manual(threshold);
                } else {
                    let text =
                        "That threshold was not taken: an error is 0 or more, and so is the line.";
                    self.notice = Some(Notice::new(text));
                }
                Vec::new()
            }
            Message::FollowCalibration => {
                self.rule = ThresholdRule::default();
                Vec::new()
            }
            Message::DismissNotice => {
                self.notice = None;
                Vec::new()
            }
            Message::Bench(change) => {
                self.bench.apply(change);
                self.request_judgement()
            }
            Message::Example => {
                self.load_example();
                self.request_judgement()
            }
        }
    }

    fn on_dataset(&mut self, packed: Vec<u8>) -> Vec<Effect> {
        match Dataset::decode(&packed) {
            Ok(dataset) => {
                self.data = Some(LoadedData { packed, dataset });
                if self.bench.ink().is_blank() && !self.set_linked_bench() {
                    self.bench.make_provisional();
                }
                self.settle_loading();
                self.prepare_examiner()
            }
            Err(error) => self.on_dataset_failed(&error.to_string()),
        }
    }

    fn on_model(&mut self, name: RecipeName, values: Vec<f32>) -> Vec<Effect> {
        let architecture = name.recipe().architecture;
        let Some(weights) = Weights::from_values(&architecture, values) else {
            return self.on_model_failed(name, "its size does not fit the recipe");
        };
        self.pretrained.retain(|(known, _)| *known != name);
        self.pretrained.push((name, weights));
        if self.recipe_name == name && self.run.phase == Phase::Loading {
            self.run.checkpoint = self.pretrained_checkpoint();
            self.settle_loading();
        }
        self.adopt()
    }

    fn on_dataset_failed(&mut self, reason: &str) -> Vec<Effect> {
        self.notice = Some(Notice::not_loaded("the digits", reason));
        Vec::new()
    }

    fn on_model_failed(&mut self, name: RecipeName, reason: &str) -> Vec<Effect> {
        self.notice = Some(Notice::not_loaded("the pre-trained model", reason));
        self.is_model_missing |= name == self.recipe_name;
        self.settle_loading();
        self.adopt()
    }

    /// Ends loading as soon as there are data and weights; without the shipped model, fresh ones take its place.
    fn settle_loading(&mut self) {
        if self.run.phase != Phase::Loading || self.data.is_none() {
            return;
        }
        if self.run.checkpoint.is_some() {
            self.run.phase = Phase::Pretrained;
        } else if self.is_model_missing {
            self.run = Run::new(Phase::Untrained, Some(self.fresh_checkpoint()));
        }
    }

    fn load_example(&mut self) {
        let Some(data) = &self.data else { return };
        let split = Split::new(data.dataset.n_items(), self.recipe.training.seed);
        if split.test.is_empty() {
            return;
        }
        let mut generator = Mt19937::new(self.bench.n_examples());
        let pick = generator.next_u32() as usize % split.test.len();
        self.bench.load_item(&data.dataset, split.test[pick]);
    }

    fn fresh_checkpoint(&self) -> Checkpoint {
        let mut generator = Mt19937::new(self.recipe.training.seed);
        Checkpoint {
            position: Position::default(),
            weights: Weights::initial(&self.recipe.architecture, &mut generator),
        }
    }

    /// The shipped weights for the recipe at hand, as the end of a run.
    fn pretrained_checkpoint(&self) -> Option<Checkpoint> {
        let (_, weights) = self
            .pretrained
            .iter()
            .find(|(name, _)| *name == self.recipe_name)?;
        let position = Position {
            epoch: self.recipe_name.recipe().training.epochs,
            batch: 0,
        };
        Some(Checkpoint {
            position,
            weights: weights.clone(),
        })
    }
}
