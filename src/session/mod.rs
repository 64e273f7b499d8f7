//! What the page knows, as a state machine without a browser.
//!
//! [`Session::update`] takes a [`Message`] and returns the [`Effect`]s that the page must carry out.
//! It never waits and never panics on what a worker says; answers of older runs are dropped.

mod bench;
mod builds;
mod challenge;
mod classes;
mod codes;
mod commands;
mod data;
mod divergence;
mod engines;
mod evidence;
mod evidence_examples;
mod examiner_news;
mod files;
mod link;
mod listing;
mod message;
mod models;
mod new_version;
mod notice;
mod row_bench;
mod scored;
mod sweeps;
mod trainer_news;
mod training;
pub mod view;

#[cfg(test)]
mod tests;

pub use bench::{Bench, Change, Source};
pub use challenge::Trick;
pub use codes::Imagined;
pub use data::{Origin, OwnFile};
pub use engines::{Engines, Trainer};
pub use evidence_examples::EvidenceExamples;
pub use listing::{ItemFilter, ListChange, Side};
pub use message::{AdapterProbe, Effect, EngineChoice, Knob, Message};
pub use new_version::NewVersionView;
pub use notice::{Notice, Offer};
pub use row_bench::{RowBench, RowChange};
pub use sweeps::MOST_GHOSTS;
pub use training::{EpochLoss, FilmFrame, Goal, Information, Phase, Run};

use crate::anomaly::{Calibration, ThresholdRule};
use crate::autoencoder::{Position, Weights};
use crate::data::Split;
use crate::protocol::{EngineKind, Judgement, LatentMap, RunId};
use crate::random::Mt19937;
use crate::recipe::{Recipe, RecipeName};

use challenge::Challenge;
use data::{LoadedData, RunKey};
use listing::Listing;
use scored::Scored;

/// Width and height of the digits that the page opens with.
const DIGIT_SIDE: usize = 8;

/// What the page knows.
#[derive(Clone, Debug)]
pub struct Session {
    /// What the recipe at hand works on; `None` while it is on its way.
    data: Option<LoadedData>,
    /// The data that belong to the page and have arrived.
    library: Vec<LoadedData>,
    /// The reader's file, whether the recipe at hand can take it or not.
    own_data: Option<LoadedData>,
    n_opened_files: u32,
    /// Files that are being read elsewhere.
    reading: Option<files::Reading>,
    /// How much of the missing data has arrived, 0…1.
    data_progress: Option<f32>,
    recipe_name: RecipeName,
    recipe: Recipe,
    run_id: RunId,
    run: Run,
    /// The runs of recipes that were left for another.
    shelf: Vec<ShelvedRun>,
    /// What the last Reset, or the last setting that began anew, left behind.
    before_reset: Option<ShelvedRun>,
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
    /// Benches of pictures of other sizes.
    benches: Vec<Bench>,
    row_bench: RowBench,
    /// What the row on the bench belongs to.
    row_bench_of: Option<RowSource>,
    linked_bench: link::LinkedBench,
    calibration: Option<Calibration>,
    scores: Option<Scored>,
    /// How many items have been measured so far, of how many; `None` while nothing is being measured.
    n_scored: Option<(usize, usize)>,
    listing: Listing,
    map: Option<LatentMap>,
    /// Where the run stood when the map was asked for.
    map_position: Position,
    imagined: Option<Imagined>,
    challenge: Challenge,
    n_wishes: u32,
    evidence: evidence::Evidence,
    rule: ThresholdRule,
    judgement: Option<Judgement>,
    sweeps: sweeps::Sweeps,
    notice: Option<Notice>,
    new_version: new_version::NewVersion,
}

/// A run whose recipe was left for another.
#[derive(Clone, Debug)]
struct ShelvedRun {
    key: RunKey,
    recipe: Recipe,
    run: Run,
}

impl ShelvedRun {
    fn has_learned(&self) -> bool {
        self.run.has_learned()
    }
}

/// What is known of the examiner.
#[derive(Clone, Copy, Debug, Default)]
struct Examiner {
    is_listening: bool,
    /// It has data and weights of the run at hand.
    is_ready: bool,
    adoption: Adoption,
    n_requests: u32,
    in_flight: Option<u32>,
    /// The bench or the weights have changed since the request in flight.
    is_stale: bool,
    n_losses: usize,
}

/// Whether the examiner is measuring the calibration items by weights that it was given.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Adoption {
    /// It is not.
    #[default]
    Done,
    /// By the newest weights.
    OfNewest,
    /// By weights that others have followed since.
    OfOlder,
}

/// The table that a row belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum RowSource {
    /// The one that belongs to the page.
    Page,
    /// The reader's file of this number.
    File(u32),
}

impl Session {
    /// A session at the moment when the page opens, and what it needs first.
    pub fn open() -> (Self, Vec<Effect>) {
        let recipe_name = RecipeName::WellTrained;
        let session = Self {
            data: None,
            library: Vec::new(),
            own_data: None,
            n_opened_files: 0,
            reading: None,
            data_progress: None,
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
            benches: Vec::new(),
            row_bench: RowBench::default(),
            row_bench_of: None,
            linked_bench: link::LinkedBench::default(),
            calibration: None,
            scores: None,
            n_scored: None,
            listing: Listing::default(),
            map: None,
            map_position: Position::default(),
            imagined: None,
            challenge: Challenge::default(),
            n_wishes: 0,
            evidence: evidence::Evidence::default(),
            rule: ThresholdRule::default(),
            judgement: None,
            sweeps: sweeps::Sweeps::default(),
            notice: None,
            new_version: new_version::NewVersion::default(),
        };
        let effects = vec![
            Effect::StartExaminer,
            Effect::FetchDataset(recipe_name.data()),
            Effect::FetchModel(recipe_name),
            Effect::ProbeAdapter,
        ];
        (session, effects)
    }

    /// Takes note of what happened and says what must be done about it.
    pub fn update(&mut self, message: Message) -> Vec<Effect> {
        let mut effects = self.take_note(message);
        effects.extend(self.settle_list());
        effects
    }

    fn take_note(&mut self, message: Message) -> Vec<Effect> {
        match message {
            Message::OpenLink(fragment) => self.open_link(&fragment),
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
            Message::GoOnAt { learning_rate } => self.go_on_at(learning_rate),
            Message::Pause => self.pause(),
            Message::Reset => self.reset(),
            Message::UndoReset => self.undo_reset(),
            Message::UsePretrained => self.use_pretrained(),
            Message::ChooseRecipe(name) => self.choose_recipe(name),
            Message::ChooseEngine(choice) => self.choose_engine(choice),
            Message::Tune(knob) => self.tune(&knob),
            Message::NewVersionReady => {
                self.note_new_version();
                Vec::new()
            }
            Message::TakeNewVersion => self.take_new_version(),
            Message::PostponeNewVersion => {
                self.postpone_new_version();
                Vec::new()
            }
            Message::DismissNotice => {
                self.notice = None;
                Vec::new()
            }
            message => self.update_data(message),
        }
    }

    /// What concerns the data and the files that hold them.
    fn update_data(&mut self, message: Message) -> Vec<Effect> {
        match message {
            Message::DatasetUnderway { name, fraction } => {
                if self.data.is_none() && self.recipe_name.data() == name {
                    self.data_progress = Some(fraction.clamp(0.0, 1.0));
                }
                Vec::new()
            }
            Message::DatasetLoaded { name, bytes } => self.on_dataset(name, &bytes),
            Message::DatasetFailed { name, reason } => self.on_dataset_failed(name, &reason),
            Message::ModelLoaded { recipe, values } => self.on_model(recipe, values),
            Message::ModelFailed { recipe, reason } => self.on_model_failed(recipe, &reason),
            Message::FilesOpened(files) => self.open_files(files),
            Message::FilesRefused { reason } => {
                self.refuse_file(&reason);
                Vec::new()
            }
            Message::CloseFile => self.close_file(),
            Message::ChooseColumn { column_idx, choice } => self.choose_column(column_idx, choice),
            message => self.update_bench(&message),
        }
    }

    /// What concerns the item on the bench, the threshold and the codes.
    fn update_bench(&mut self, message: &Message) -> Vec<Effect> {
        match *message {
            Message::List(ref change) => {
                self.change_list(change);
                Vec::new()
            }
            Message::Bench(change) => {
                self.bench.apply(change);
                self.request_judgement()
            }
            Message::Row(change) => {
                self.row_bench.apply(change);
                self.request_judgement()
            }
            Message::Example => {
                self.load_example();
                self.request_judgement()
            }
            Message::HeldOutExample => {
                self.load_held_out_example();
                self.request_judgement()
            }
            Message::ShowItem(item_idx) => {
                self.load_item(item_idx);
                self.request_judgement()
            }
            Message::WatchSweeps(is_watched) => self.watch_sweeps(is_watched),
            Message::KeepGhost => {
                self.keep_ghost();
                Vec::new()
            }
            Message::RemoveGhost(number) => {
                self.remove_ghost(number);
                Vec::new()
            }
            Message::DrawMap => self.draw_map(),
            Message::Evaluate => self.evaluate(),
            Message::Imagine(wish) => self.imagine(wish),
            Message::TakeChallenge => self.take_challenge(),
            Message::HandIn => self.hand_in(),
            Message::LayTrick(trick) => self.lay_trick(trick),
            Message::Stop(work) => self.stop_work(work),
            Message::SetThreshold(threshold) => {
                self.set_threshold(threshold);
                Vec::new()
            }
            Message::ChooseRule(rule) => {
                self.rule = rule;
                Vec::new()
            }
            Message::FollowCalibration => {
                self.rule = ThresholdRule::default();
                Vec::new()
            }
            _ => Vec::new(),
        }
    }

    fn set_threshold(&mut self, threshold: f32) {
        if threshold.is_finite() && threshold >= 0.0 {
            self.rule = ThresholdRule::Manual(threshold);
        } else {
            let text = "That threshold was not taken: an error is 0 or more, and so is the line.";
            self.notice = Some(Notice::new(text));
        }
    }

    /// Lays an item on the bench that was held out, another one each time.
    fn load_example(&mut self) {
        let Some(split) = self.split() else { return };
        let candidates = if split.test.is_empty() {
            split.calibration
        } else {
            split.test
        };
        self.load_one_of(&candidates);
    }

    /// Lays one of these items on the bench, another one each time; none where there are none.
    fn load_one_of(&mut self, candidates: &[usize]) {
        if candidates.is_empty() {
            return;
        }
        let mut generator = Mt19937::new(self.bench.n_examples());
        let pick = generator.next_u32() as usize % candidates.len();
        self.load_item(candidates[pick]);
    }

    /// Lays an item of the data set on the bench.
    fn load_item(&mut self, item_idx: usize) {
        let Some(data) = &self.data else { return };
        if data.dataset.schema().is_some() {
            self.row_bench.load_item(&data.dataset, item_idx);
            self.bench.count_example();
        } else {
            self.bench.load_item(&data.dataset, item_idx);
        }
    }

    /// Which items are trained on and which are held out.
    pub(super) fn split(&self) -> Option<Split> {
        Some(self.recipe.split(&self.data.as_ref()?.dataset))
    }
}
