//! A run: where it stands, what it has cost, what it has learned.

use super::History;
use crate::autoencoder::{EpochLoss, FilmFrame, Position};
use crate::protocol::{Checkpoint, RunId, Snapshot};

/// Where training stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// The data or the model are still on their way.
    Loading,
    /// The model that came with the page judges; nothing has been trained here.
    Pretrained,
    /// Fresh weights that have learned nothing yet.
    Untrained,
    /// A trainer is getting ready.
    Preparing,
    /// Training.
    Training,
    /// Asked to pause; the last batch is being finished.
    Pausing,
    /// Part of the run is done.
    Paused,
    /// All epochs are done.
    Finished,
    /// The loss stopped being a number; the earlier weights are kept.
    Diverged {
        /// The epoch in which it happened, from 1.
        epoch: usize,
    },
}

impl Phase {
    /// Whether a trainer is at work or getting ready.
    pub fn is_busy(self) -> bool {
        matches!(self, Self::Preparing | Self::Training | Self::Pausing)
    }
}

/// What a trainer is to do as soon as it is ready.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Goal {
    /// Train to the last epoch.
    AllEpochs,
    /// Train to the end of the epoch at hand.
    OneEpoch,
}

/// One training run of a recipe.
#[derive(Clone, Debug, PartialEq)]
pub struct Run {
    /// Stamped on all that trainer and examiner say of it.
    pub id: RunId,
    /// Where it stands.
    pub phase: Phase,
    /// Where training goes on from; `None` before anything was learned here.
    pub resume: Option<Checkpoint>,
    /// What judges; `None` before the first weights have arrived.
    pub shown: Option<Snapshot>,
    /// Earlier weights judge, as the reader wished; training goes on from the newest all the same.
    pub is_rewound: bool,
    /// Checkpoints on the way, to come back to.
    pub history: History,
    /// The losses so far, an entry an epoch.
    pub losses: Vec<EpochLoss>,
    /// The batch losses of the newest epoch.
    pub batch_losses: Vec<f32>,
    /// The same items reconstructed again and again on the way.
    pub film: Vec<FilmFrame>,
    /// Which items those are.
    pub film_items: Vec<usize>,
    /// Milliseconds per step, as last measured; 0 before that.
    pub step_ms: f64,
    /// Workers that shared a step when it was last measured.
    pub workers: u32,
    /// What comes next once the trainer is ready.
    pub goal: Goal,
}

impl Run {
    /// A run in which nothing was trained; `shown` judges until then.
    pub fn new(id: RunId, phase: Phase, shown: Option<Snapshot>) -> Self {
        Self {
            id,
            phase,
            resume: None,
            shown,
            is_rewound: false,
            history: History::default(),
            losses: Vec::new(),
            batch_losses: Vec::new(),
            film: Vec::new(),
            film_items: Vec::new(),
            step_ms: 0.0,
            workers: 1,
            goal: Goal::AllEpochs,
        }
    }

    /// Whether anything was trained that would be a pity to lose.
    pub fn has_learned(&self) -> bool {
        self.resume_position() > Position::default()
    }

    /// Epochs and batches behind the weights that judge.
    pub fn position(&self) -> Position {
        self.shown
            .as_ref()
            .map_or(Position::default(), |shown| shown.position)
    }

    /// Epochs and batches done when training goes on.
    pub fn resume_position(&self) -> Position {
        self.resume
            .as_ref()
            .map_or(Position::default(), |resume| resume.position)
    }

    /// Epochs and batches behind the newest weights, be they shown or not.
    pub fn newest_position(&self) -> Position {
        self.resume
            .as_ref()
            .map_or_else(|| self.position(), |resume| resume.position)
    }

    /// Takes the newest weights in: training goes on from them, and they judge, unless earlier ones are looked at.
    pub(in crate::session) fn advance_to(&mut self, checkpoint: Checkpoint) {
        if !self.is_rewound {
            self.shown = Some(checkpoint.snapshot());
        }
        self.resume = Some(checkpoint);
    }

    /// A run that has learned nothing yet can be come back to later.
    pub(in crate::session) fn keep_fresh_weights(&mut self) {
        if self.has_learned() || self.position() > Position::default() {
            return;
        }
        if let Some(Snapshot { position, weights }) = &self.shown {
            let fresh = Checkpoint::of_weights(*position, weights.clone());
            self.history.keep(fresh, None);
        }
    }

    /// Lets the weights after an epoch judge; `false` where they were not kept.
    pub(in crate::session) fn rewind_to(&mut self, epoch: usize) -> bool {
        let Some(kept) = self.history.at(epoch) else {
            return false;
        };
        self.shown = Some(kept.checkpoint.snapshot());
        self.is_rewound = true;
        true
    }

    /// Lets the newest weights judge again.
    pub(in crate::session) fn show_newest(&mut self) {
        if std::mem::take(&mut self.is_rewound) {
            let newest = self.resume.as_ref().map(Checkpoint::snapshot);
            self.shown = newest.or_else(|| self.shown.take());
        }
    }

    /// Takes older weights back, and forgets what came after them.
    pub(in crate::session) fn return_to(&mut self, checkpoint: Checkpoint) {
        let Position { epoch, .. } = checkpoint.position;
        self.is_rewound = false;
        self.history.forget_after(epoch);
        self.film.retain(|known| known.epoch <= epoch);
        if self.losses.pop_if(|newest| newest.epoch > epoch).is_some() {
            self.losses.retain(|known| known.epoch <= epoch);
            self.batch_losses.clear();
        }
        self.advance_to(checkpoint);
    }

    /// The trainer is gone: what was under way is paused.
    pub(in crate::session) fn rest(&mut self) {
        if self.phase.is_busy() {
            self.phase = if self.has_learned() {
                Phase::Paused
            } else {
                Phase::Untrained
            };
        }
    }
}
