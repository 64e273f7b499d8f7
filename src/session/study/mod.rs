//! A study: one experiment, with all that was measured of it.

mod history;
mod measurements;
mod next;
mod run;
mod scored;
mod shelf;

pub use crate::autoencoder::{EpochLoss, FilmFrame, Information};
pub use crate::data::Part;
pub use history::{History, KeptEpoch};
pub use measurements::Imagined;
pub use run::{Goal, Phase, Run};

pub(super) use measurements::{Attempts, Calibrated, Measurements, Put};
pub(super) use next::{KnownArea, N_NEXT_BINS, NextFile, NextMeasured};
pub(super) use scored::{AgainstMean, Scored};
pub(super) use shelf::{KeptRun, MOST_KEPT_RUNS, Shelf};

use super::data::LoadedData;
use crate::anomaly::ThresholdRule;
use crate::data::Split;
use crate::protocol::{Moment, RunId};
use crate::recipe::{Recipe, RecipeName};

/// One experiment: a recipe, the data that it works on, its run, and everything measured of it.
///
/// What must be forgotten when weights, data or recipe change goes with the value that it hangs on.
#[derive(Clone, Debug)]
pub(super) struct Study {
    /// The recipe that it began with.
    pub name: RecipeName,
    /// The recipe as its settings have made it.
    pub recipe: Recipe,
    /// `None` while the data are on their way.
    pub data: Option<LoadedData>,
    /// How its threshold is found.
    pub rule: ThresholdRule,
    pub run: Run,
    pub measured: Measurements,
    /// Another file that its network judges.
    pub next: Option<NextFile>,
    /// The number of the file that it was opened from; `None` for one that began here.
    pub file: Option<u32>,
}

/// What tells one study from another that the reader may come back to: its recipe, and whose data it works on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct StudyKey {
    pub recipe: RecipeName,
    pub own_file: Option<u32>,
    pub file: Option<u32>,
}

impl Study {
    /// A study of a named recipe as it is, before anything was trained or measured.
    pub fn new(name: RecipeName, data: Option<LoadedData>, run: Run) -> Self {
        Self {
            name,
            recipe: name.recipe(),
            data,
            rule: name.threshold_rule(),
            run,
            measured: Measurements::default(),
            next: None,
            file: None,
        }
    }

    /// The same recipe on the same data in another run; what was measured stays until it is measured anew.
    #[must_use]
    pub fn with_run(self, run: Run) -> Self {
        Self { run, ..self }
    }

    /// A copy to come back to: nothing is under way in it, and it is measured anew then.
    #[must_use]
    pub fn at_rest(&self) -> Self {
        let mut run = self.run.clone();
        run.rest();
        run.show_newest();
        Self {
            name: self.name,
            recipe: self.recipe.clone(),
            data: self.data.clone(),
            rule: self.rule,
            run,
            measured: Measurements::default(),
            next: self.next.clone(),
            file: self.file,
        }
    }

    /// What tells it from others.
    pub fn key(&self) -> StudyKey {
        StudyKey {
            recipe: self.name,
            own_file: self.data.as_ref().and_then(LoadedData::own_file_number),
            file: self.file,
        }
    }

    /// The newest moment of its run that can be judged by.
    pub fn moment(&self) -> Moment {
        Moment {
            run: self.run.id,
            position: self.run.position(),
        }
    }

    /// Which items are trained on and which are held out; `None` while there are no data.
    pub fn split(&self) -> Option<Split> {
        Some(self.recipe.split(&self.data.as_ref()?.dataset))
    }
}

/// The study in front, and those that can be come back to.
#[derive(Clone, Debug)]
pub(super) struct Studies {
    /// The one that the page shows.
    pub front: Study,
    /// Those that were left for another recipe or other data.
    pub others: Vec<Study>,
    /// What the last Reset, or the last setting that began anew, left behind.
    pub before_reset: Option<Study>,
    newest_run: RunId,
}

impl Studies {
    /// The page opens with a study of this recipe, whose data and weights are on their way.
    pub fn open(name: RecipeName) -> Self {
        let run = Run::new(RunId(1), Phase::Loading, None);
        Self {
            front: Study::new(name, None, run),
            others: Vec::new(),
            before_reset: None,
            newest_run: RunId(1),
        }
    }

    /// A number that no run has had.
    pub fn next_run_id(&mut self) -> RunId {
        self.newest_run = RunId(self.newest_run.0 + 1);
        self.newest_run
    }

    /// Puts a copy of the study in front among the others, in the place of an older one of its kind.
    pub fn leave_front(&mut self) {
        let left = self.front.at_rest();
        self.forget(left.key());
        self.others.push(left);
    }

    /// Takes the study of this recipe on these data out of the others: the one that was left last, be it one that was
    /// opened from a file.
    pub fn take(&mut self, key: StudyKey) -> Option<Study> {
        let is_it = |known: &Study| {
            StudyKey {
                file: key.file,
                ..known.key()
            } == key
        };
        let idx = self.others.iter().rposition(is_it)?;
        Some(self.others.remove(idx))
    }

    /// Forgets the study of this kind, if it is among the others.
    pub fn forget(&mut self, key: StudyKey) {
        self.others.retain(|known| known.key() != key);
    }

    /// Forgets every study but the one in front.
    pub fn forget_others(&mut self) {
        self.others.clear();
        self.before_reset = None;
    }

    /// Brings back the studies of before; no run of theirs takes a number that was used meanwhile.
    pub fn bring_back(&mut self, before: Self) {
        let newest_run = self.newest_run;
        *self = before;
        self.newest_run = newest_run;
        self.front.run.id = self.next_run_id();
    }

    /// Every run of the page, those that were left included.
    pub fn runs(&self) -> impl Iterator<Item = &Run> {
        let left = self.others.iter().chain(&self.before_reset);
        left.chain([&self.front]).map(|study| &study.run)
    }
}
