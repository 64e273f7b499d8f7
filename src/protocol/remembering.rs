//! What page and examiner say of what this browser keeps across visits.

use serde::{Deserialize, Serialize};

use crate::model_file::{Renewal, Restored};

/// What the page asks the examiner to keep, or to bring back.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum RememberCommand {
    /// Say what is kept from earlier visits.
    Look,
    /// Keep a study as it is now, in the place of what was kept of it before.
    Study(Box<RememberOrder>),
    /// Bring a work back, to go on with it here.
    Open {
        /// Returned with the answer.
        request: u32,
        /// Which work.
        id: String,
    },
    /// Keep what the reader has drawn for classes of their own, as a file of drawings, in the place of what was drawn before.
    Drawings(#[serde(with = "serde_bytes")] Vec<u8>),
    /// Keep how far a lesson has come.
    Lesson(RememberedLesson),
    /// Keep nothing any more, neither of this tab nor of others.
    ForgetEverything,
}

/// A study to keep.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RememberOrder {
    /// Returned with the answer.
    pub request: u32,
    /// The work as which it was kept before; `None` of one that is kept for the first time.
    pub work: Option<String>,
    /// What the offer to go on calls it.
    pub title: String,
    /// What lies on the bench, as in a link.
    pub fragment: String,
    /// What has become of the study since.
    pub renewal: Renewal,
}

/// A work that is kept.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RememberedWork {
    /// Tells it from others.
    pub id: String,
    /// What the offer to go on calls it.
    pub title: String,
    /// What lay on the bench, as in a link.
    pub fragment: String,
    /// When it was written last, in milliseconds since 1970.
    pub written_ms: f64,
}

/// How far a lesson of this site has come.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RememberedLesson {
    /// Its name, as in the address of its file.
    pub slug: String,
    /// The page to go on at, from 0; 0 where it begins at its start, be it because it came to its end.
    pub page_idx: usize,
    /// Whether its last page was reached, be it on an earlier visit.
    pub is_finished: bool,
}

/// What the examiner says of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum RememberedEvent {
    /// The answer to [`RememberCommand::Look`].
    Found {
        /// The works that no other tab works on, the newest first.
        works: Vec<RememberedWork>,
        /// The lessons that were begun.
        lessons: Vec<RememberedLesson>,
        /// What the reader has drawn for classes of their own, as a file of drawings.
        drawings: Option<Vec<u8>>,
        /// Why some work cannot be had back, as a sentence.
        trouble: Option<String>,
    },
    /// The answer to [`RememberCommand::Study`].
    Written {
        /// The request that this answers.
        request: u32,
        /// What became of it.
        outcome: Written,
    },
    /// The answer to [`RememberCommand::Open`].
    Opened {
        /// The request that this answers.
        request: u32,
        /// The work, or why it cannot be had back, as a sentence.
        outcome: Result<Box<OpenedWork>, String>,
    },
    /// Nothing is kept any more.
    Forgotten,
    /// Something else could not be kept or forgotten: why, as a sentence.
    Failed {
        /// Why.
        reason: String,
    },
}

/// What became of a study that was to be kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Written {
    /// It is kept as this work.
    As(String),
    /// Another tab has the work now: the study must be kept as another one, from its beginning.
    Taken,
    /// Another tab has forgotten everything.
    Forgotten,
    /// It is kept as it was before: why, as a sentence.
    Failed(String),
}

/// A work that was brought back.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OpenedWork {
    /// The study, its data where it took some along, and the runs beside it.
    pub restored: Restored,
    /// No other tab works on it: what becomes of it can be kept in its place.
    pub is_ours: bool,
}
