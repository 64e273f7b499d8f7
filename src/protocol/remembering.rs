//! What page and examiner say of what this browser keeps across visits.

use serde::{Deserialize, Serialize};

/// What the page asks the examiner to keep, or to bring back.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum RememberCommand {
    /// Say what is kept from earlier visits.
    Look,
    /// Keep how far a lesson has come.
    Lesson(RememberedLesson),
    /// Keep nothing any more, neither of this tab nor of others.
    ForgetEverything,
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
    },
    /// Nothing is kept any more.
    Forgotten,
    /// Something could not be kept or forgotten: why, as a sentence.
    Failed {
        /// Why.
        reason: String,
    },
}
