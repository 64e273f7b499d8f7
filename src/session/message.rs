//! What can happen to a session, and what it asks for in return.

use super::bench::{Change, ItemChoice, RowChange, SeriesChange};
use super::challenge::ChallengeMessage;
use super::codes::CodesMessage;
use super::comparing::CompareMessage;
use super::data::DataMessage;
use super::engines::EngineMessage;
use super::examiner::ExaminerMessage;
use super::lesson::LessonMessage;
use super::listing::ListChange;
use super::network::NetworkMessage;
use super::new_version::NewVersionMessage;
use super::next_file::NextFileMessage;
use super::own_class::OwnClassMessage;
use super::place::Place;
use super::remembering::RememberingMessage;
use super::rewinding::HistoryMessage;
use super::settings::RecipeMessage;
use super::sweeps::SweepsMessage;
use super::taking::Takeaway;
use super::threshold::ThresholdMessage;
use super::training::TrainingMessage;
use super::variation::VariationMessage;
use crate::data::NamedFile;
use crate::protocol::{EngineKind, ExamineCommand, LongWork, RunCommand, TrainCommand};
use crate::recipe::{DataName, RecipeName};

/// Something that happened: an intention of the reader, or news from outside, by what it concerns.
#[derive(Clone, Debug, PartialEq)]
pub enum Message {
    /// The page was opened by a link with this fragment, without `#`.
    OpenLink(String),
    /// The data and models that belong to the page, and the reader's own files.
    Data(DataMessage),
    /// Another file than the one that is learned from.
    NextFile(NextFileMessage),
    /// What trains.
    Engine(EngineMessage),
    /// What judges.
    Examiner(ExaminerMessage),
    /// The run in front.
    Training(TrainingMessage),
    /// The runs that are kept to compare with.
    Compare(CompareMessage),
    /// The epochs of the run in front.
    History(HistoryMessage),
    /// The recipe and its settings.
    Recipe(RecipeMessage),
    /// The layers of the network.
    Network(NetworkMessage),
    /// One setting over a list.
    Variation(VariationMessage),
    /// The drawing on the bench changed, or what is done to it.
    Bench(Change),
    /// The row on the bench changed.
    Row(RowChange),
    /// The curve on the bench changed, or what is done to it.
    Curve(SeriesChange),
    /// Lay an item of the data on the bench.
    Lay(ItemChoice),
    /// The threshold.
    Threshold(ThresholdMessage),
    /// The sweeps of the drawing on the bench.
    Sweeps(SweepsMessage),
    /// Another choice of what is listed of the items.
    List(ListChange),
    /// The codes of the items, and other codes.
    Codes(CodesMessage),
    /// The pictures that may fool the detector.
    Challenge(ChallengeMessage),
    /// The classes that the reader makes up.
    OwnClass(OwnClassMessage),
    /// The lesson at hand, or another one.
    Lesson(LessonMessage),
    /// Have a file made to be kept.
    TakeAway(Takeaway),
    /// What the browser keeps across visits.
    Remembering(RememberingMessage),
    /// Measure how well anomalies are told from normal items.
    Evaluate,
    /// Give up some long work.
    Stop(LongWork),
    /// Go to a place of the page, or back to its first screen.
    GoTo(Option<Place>),
    /// The notice has been read.
    DismissNotice,
    /// A newer build of the page.
    NewVersion(NewVersionMessage),
}

impl Message {
    /// Whether the reader turns to something else, so that a notice of before has had its time.
    pub(super) fn begins_something_new(&self) -> bool {
        match self {
            Self::Training(message) => *message != TrainingMessage::Pause,
            Self::Recipe(_) | Self::OpenLink(_) => true,
            Self::Network(message) => match message {
                NetworkMessage::Edit(_) | NetworkMessage::Restore => true,
                NetworkMessage::Select(_) | NetworkMessage::SetSides(_) => false,
            },
            Self::OwnClass(message) => match message {
                OwnClassMessage::Train { .. } => true,
                OwnClassMessage::Draw(_)
                | OwnClassMessage::Name(_)
                | OwnClassMessage::Add
                | OwnClassMessage::Remove(_)
                | OwnClassMessage::Choose(_)
                | OwnClassMessage::NextClass
                | OwnClassMessage::Undo
                | OwnClassMessage::Save
                | OwnClassMessage::Open(_) => false,
            },
            Self::Variation(message) => match message {
                VariationMessage::BringToFront { .. } => true,
                VariationMessage::Start(_)
                | VariationMessage::Stop
                | VariationMessage::RunnerSaid(..)
                | VariationMessage::RunnerLost(..) => false,
            },
            Self::Data(message) => matches!(
                message,
                DataMessage::FilesOpened(_)
                    | DataMessage::CloseFile
                    | DataMessage::LeaveOpened
                    | DataMessage::ChooseColumns { .. }
                    | DataMessage::ReadTable(_)
                    | DataMessage::TellMissing { .. }
                    | DataMessage::NameColumnsByFirstRow(_)
                    | DataMessage::ReadPhotos(_)
                    | DataMessage::TurnPictures(_)
                    | DataMessage::NormaliseCurves { .. }
                    | DataMessage::CutWindows(_)
            ),
            Self::NextFile(message) => matches!(
                message,
                NextFileMessage::Judge(_)
                    | NextFileMessage::LearnFrom(_)
                    | NextFileMessage::OpenAnew
            ),
            Self::Engine(_)
            | Self::Examiner(_)
            | Self::History(_)
            | Self::Compare(_)
            | Self::Bench(_)
            | Self::Row(_)
            | Self::Curve(_)
            | Self::Lay(_)
            | Self::Threshold(_)
            | Self::Sweeps(_)
            | Self::List(_)
            | Self::Codes(_)
            | Self::Challenge(_)
            | Self::Lesson(_)
            | Self::TakeAway(_)
            | Self::Remembering(_)
            | Self::Evaluate
            | Self::Stop(_)
            | Self::GoTo(_)
            | Self::DismissNotice
            | Self::NewVersion(_) => false,
        }
    }
}

/// What the session asks the page to do.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Fetch a packed data set.
    FetchDataset(DataName),
    /// Fetch the weights of a pre-trained model.
    FetchModel(RecipeName),
    /// Fetch the lesson of this name.
    FetchLesson(String),
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
    /// Give the reader a file to keep.
    Save(NamedFile),
    /// Start a runner of this number, which no other has had; it answers with `Hello`.
    StartRunner(u32),
    /// End a runner.
    EndRunner(u32),
    /// Tell a runner.
    ToRunner(u32, RunCommand),
    /// Start an assistant of this number, which no other has had, for the trainer on the CPU; it answers with `Hello`.
    StartAssistant(u32),
    /// End an assistant.
    EndAssistant(u32),
    /// Let an assistant and the trainer on the CPU speak with each other, without the page in between.
    IntroduceAssistant(u32),
    /// Bring a place of the page into sight, or its first screen.
    ShowPlace(Option<Place>),
    /// Have the newer build take over, and load the page again.
    TakeNewVersion,
}
