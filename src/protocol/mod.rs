//! All that the page and its workers say to each other: plain data, one enum each way.
//!
//! The page sends a [`Command`], a worker answers with [`Event`]s. A trainer understands [`Command::Train`],
//! an examiner [`Command::Examine`], a runner [`Command::Run`]; the CPU worker can be any of them.

mod beside;
mod challenge;
mod examining;
mod moment;
mod next;
mod past;
mod reconstructed;
mod remembering;
mod running;
mod training;
mod wire;
mod writing;

use serde::{Deserialize, Serialize};

pub use beside::{BesideNetwork, BesideOrder};
pub use challenge::{Attempt, Tried};
pub use examining::{
    ExamineCommand, ExamineEvent, Judgement, LatentMap, LongWork, MOST_SET_VALUES, Scores, Wish,
};
pub use moment::Moment;
pub use next::{MOST_WORST, NextOrder, NextScores};
pub use past::{CalibratedEpoch, PastMeasured, PastOrder};
pub use reconstructed::ReconstructedItems;
pub use remembering::{
    OpenedWork, RememberCommand, RememberOrder, RememberedEvent, RememberedLesson, RememberedWork,
    Written,
};
pub use running::{RunCommand, RunEvent};
pub use training::{
    Checkpoint, EngineKind, EngineReport, EpochReport, N_FILM_ITEMS, Snapshot, TrainCommand,
    TrainEvent,
};
pub use wire::EventError;
pub use writing::{Content, WriteOrder};

/// Names the sources that a binary was built from, so that page and workers of different builds notice.
pub const BUILD_ID: &str = match option_env!("BOTTLENECK_BUILD_ID") {
    Some(build_id) => build_id,
    None => "development",
};

/// Tells one training run from the next; answers of an older run are dropped.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub struct RunId(pub u32);

/// What the page asks of a worker.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Command {
    /// To a trainer.
    Train(TrainCommand),
    /// To an examiner.
    Examine(ExamineCommand),
    /// To a runner of a list.
    Run(RunCommand),
}

/// What a worker tells the page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Event {
    /// The worker has started and listens.
    Hello {
        /// [`BUILD_ID`] of the worker.
        build_id: String,
    },
    /// From a trainer.
    Train(TrainEvent),
    /// From an examiner.
    Examine(ExamineEvent),
    /// From a runner of a list.
    Run(RunEvent),
    /// The worker is about to die; start another.
    Panicked {
        /// What the panic said.
        message: String,
    },
}
