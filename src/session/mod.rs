//! What the page knows, as a state machine without a browser.
//!
//! [`Session::update`] takes a [`Message`] and returns the [`Effect`]s that the page must carry out.
//! It never waits and never panics on what a worker says; answers of older runs are dropped.

mod assistants;
mod bench;
mod builds;
mod challenge;
mod codes;
mod comparing;
mod data;
mod divergence;
mod engines;
mod evaluating;
mod evaluation_examples;
mod examiner;
mod examiner_news;
mod files;
mod kind;
mod lesson;
mod link;
mod listing;
mod message;
mod models;
mod network;
mod new_version;
mod next_file;
mod notice;
mod opening;
mod own_class;
mod past;
mod pending;
mod place;
mod remembering;
mod rewinding;
mod settings;
mod sharing;
mod study;
mod sweeps;
mod taking;
mod threshold;
mod trainer_news;
mod training;
mod variation;
pub mod view;

#[cfg(test)]
mod tests;

pub use assistants::WorkerChoice;
pub use bench::{
    Bench, Change, ItemChoice, ItemSource, PictureBench, RowBench, RowChange, SeriesBench,
    SeriesChange, Source,
};
pub use challenge::{ChallengeMessage, Trick};
pub use codes::CodesMessage;
pub use comparing::CompareMessage;
pub use data::{DataMessage, Origin, OwnFile};
pub use engines::{AdapterProbe, EngineChoice, EngineMessage, Engines, TrainerState};
pub use evaluation_examples::EvaluationExamples;
pub use examiner::ExaminerMessage;
pub use files::MOST_BYTES_TAKEN_ALONG;
pub use lesson::{LessonMessage, LessonSource};
pub use link::{RunFile, RunFileError};
pub use listing::{ItemFilter, ItemOrder, ListChange, Side};
pub use message::{Effect, Message};
pub use network::NetworkMessage;
pub use new_version::{NewVersionMessage, NewVersionView};
pub use next_file::NextFileMessage;
pub use notice::{Notice, Offer};
pub use own_class::OwnClassMessage;
pub use place::Place;
pub use remembering::{RememberingMessage, RememberingView};
pub use rewinding::HistoryMessage;
pub use settings::{Knob, RecipeMessage};
pub use sharing::{Hideable, Shown, Start};
pub use study::{
    EpochLoss, FilmFrame, Goal, History, Imagined, Information, KeptEpoch, Part, Phase, Run,
};
pub use sweeps::{MOST_GHOSTS, SweepsMessage};
pub use taking::Takeaway;
pub use threshold::ThresholdMessage;
pub use training::TrainingMessage;
pub use variation::{
    MOST_SEEDS, MOST_VALUES, VariationError, VariationMessage, VariationOrder, VariedSetting,
};

use crate::data::Split;
use crate::protocol::Judgement;
use crate::recipe::RecipeName;

use assistants::Assistants;
use bench::Benches;
use challenge::Challenge;
use data::Library;
use evaluating::FinishedEvaluation;
use examiner::ExaminerState;
use lesson::Lessons;
use listing::Listing;
use network::NetworkEditor;
use next_file::NextFiles;
use own_class::OwnClasses;
use remembering::Remembering;
use study::{Measurements, Shelf, Studies, Study};
use taking::Taking;
use variation::Variation;

/// What the page knows.
#[derive(Clone, Debug)]
pub struct Session {
    library: Library,
    studies: Studies,
    engines: Engines,
    assistants: Assistants,
    /// The runs that the reader keeps.
    shelf: Shelf,
    /// Of what lies on the bench, by the run that is compared with.
    judgement_beside: Option<Judgement>,
    examiner: ExaminerState,
    benches: Benches,
    listing: Listing,
    challenge: Challenge,
    network: NetworkEditor,
    own_classes: OwnClasses,
    variation: Variation,
    /// The last evaluation that came to its end, be it of another study.
    evaluation: Option<FinishedEvaluation>,
    /// Whether the sweeps are in sight.
    are_sweeps_watched: bool,
    /// Whether the curve over the epochs is in sight.
    is_past_watched: bool,
    /// Where the reader went last.
    place: Option<Place>,
    /// What the link left out.
    shown: Shown,
    lessons: Lessons,
    next_files: NextFiles,
    taking: Taking,
    remembering: Remembering,
    notice: Option<Notice>,
    new_version: new_version::NewVersion,
}

impl Session {
    /// A session at the moment when the page opens without a link, and what it needs first.
    pub fn open() -> (Self, Vec<Effect>) {
        let recipe_name = RecipeName::OPENING;
        let session = Self {
            library: Library::default(),
            studies: Studies::open(recipe_name),
            engines: Engines::default(),
            assistants: Assistants::default(),
            shelf: Shelf::default(),
            judgement_beside: None,
            examiner: ExaminerState::default(),
            benches: Benches::for_items(recipe_name.data().item_shape().kind),
            listing: Listing::default(),
            challenge: Challenge::default(),
            network: NetworkEditor::default(),
            own_classes: OwnClasses::default(),
            variation: Variation::default(),
            evaluation: None,
            are_sweeps_watched: false,
            is_past_watched: false,
            place: None,
            shown: Shown::default(),
            lessons: Lessons::default(),
            next_files: NextFiles::default(),
            taking: Taking::default(),
            remembering: Remembering::default(),
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

    /// The same for a page that is about to open a link, whose fragment comes without `#`: it has the link's recipe, and
    /// asks for nothing of another.
    pub fn open_for(fragment: &str) -> (Self, Vec<Effect>) {
        let (mut session, effects) = Self::open();
        let linked = link::recipe_of(fragment);
        if linked == session.recipe_name() {
            return (session, effects);
        }
        let mut effects = vec![Effect::StartExaminer, Effect::ProbeAdapter];
        effects.extend(session.enter_recipe(linked));
        (session, effects)
    }

    /// Takes note of what happened and says what must be done about it.
    pub fn update(&mut self, message: Message) -> Vec<Effect> {
        if message.begins_something_new() {
            // What was said of what was there before would stand over what comes now.
            self.notice = None;
        }
        let mut effects = self.take_note(message);
        effects.extend(self.settle_list());
        effects.extend(self.settle_next());
        effects.extend(self.staff_trainer());
        self.follow_lesson();
        effects
    }

    fn take_note(&mut self, message: Message) -> Vec<Effect> {
        match message {
            Message::OpenLink(fragment) => self.open_link(&fragment),
            Message::Data(message) => self.update_data(message),
            Message::NextFile(message) => self.update_next_file(message),
            Message::Engine(message) => self.update_engines(message),
            Message::Examiner(message) => self.update_examiner(message),
            Message::Training(message) => self.update_training(message),
            Message::Compare(message) => self.update_comparison(message),
            Message::History(message) => self.update_history(message),
            Message::Recipe(message) => self.update_recipe(message),
            Message::Network(message) => self.update_network(message),
            Message::Variation(message) => self.update_variation(message),
            Message::Bench(change) => {
                self.benches.at_hand.draw(change);
                self.judge_change()
            }
            Message::Row(change) => {
                self.benches.at_hand.edit_row(change);
                self.judge_change()
            }
            Message::Curve(change) => {
                self.benches.at_hand.bend(change);
                self.judge_change()
            }
            Message::Lay(pick) => {
                self.lay(pick);
                self.judge_change()
            }
            Message::Threshold(message) => {
                self.update_threshold(message);
                Vec::new()
            }
            Message::Sweeps(message) => self.update_sweeps(message),
            Message::List(change) => {
                self.change_list(&change);
                Vec::new()
            }
            Message::Codes(message) => self.update_codes(message),
            Message::Challenge(message) => self.update_challenge(message),
            Message::OwnClass(message) => self.update_own_class(message),
            Message::Lesson(message) => self.update_lesson(message),
            Message::TakeAway(takeaway) => self.take_away(takeaway),
            Message::Remembering(message) => self.update_remembering(message),
            Message::Evaluate => self.evaluate(),
            Message::Stop(work) => self.stop_work(work),
            Message::GoTo(place) => self.go_to(place),
            Message::DismissNotice => {
                self.notice = None;
                Vec::new()
            }
            Message::NewVersion(message) => self.update_new_version(message),
        }
    }

    /// The study in front.
    fn study(&self) -> &Study {
        &self.studies.front
    }

    /// What was measured of the study in front.
    fn measured(&self) -> &Measurements {
        &self.studies.front.measured
    }

    /// Which items are trained on and which are held out.
    pub(super) fn split(&self) -> Option<Split> {
        self.studies.front.split()
    }
}
