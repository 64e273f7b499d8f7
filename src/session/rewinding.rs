//! Going back through the epochs of a run: earlier weights judge, while training goes on from the newest.

use super::study::Calibrated;
use super::{Effect, Goal, Phase, Session};

/// What the reader asks of the epochs behind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HistoryMessage {
    /// Let the weights after this epoch judge.
    Show {
        /// Epochs done; one of those that were kept.
        epoch: usize,
    },
    /// Let the newest weights judge again.
    ShowNewest,
    /// The curve over the epochs came into sight, or went out of it.
    Watch(bool),
    /// Train on from the weights that are shown, in a run of their own.
    TrainOnFromHere,
}

impl Session {
    pub(super) fn update_history(&mut self, message: HistoryMessage) -> Vec<Effect> {
        match message {
            HistoryMessage::Show { epoch } => self.rewind_to(epoch),
            HistoryMessage::ShowNewest => self.show_newest(),
            HistoryMessage::Watch(is_watched) => self.watch_past(is_watched),
            HistoryMessage::TrainOnFromHere => self.train_on_from_here(),
        }
    }

    fn rewind_to(&mut self, epoch: usize) -> Vec<Effect> {
        if !self.studies.front.run.rewind_to(epoch) {
            return Vec::new();
        }
        self.recall_calibration();
        self.adopt_at_once()
    }

    /// The newest weights judge again, if others did.
    pub(super) fn show_newest(&mut self) -> Vec<Effect> {
        let run = &mut self.studies.front.run;
        if !run.is_rewound {
            return Vec::new();
        }
        run.show_newest();
        self.recall_calibration();
        self.adopt_at_once()
    }

    /// A run of its own, which goes on from what is shown; the one that was left can be taken back.
    fn train_on_from_here(&mut self) -> Vec<Effect> {
        let front = &self.studies.front;
        let epoch = front.run.position().epoch;
        let Some(kept) = front.run.history.at(epoch).filter(|_| front.run.is_rewound) else {
            return Vec::new();
        };
        let checkpoint = kept.checkpoint.as_ref().clone();
        let mut branch = front.clone();
        branch.run.id = self.studies.next_run_id();
        branch.run.return_to(checkpoint);
        branch.run.phase = if branch.run.has_learned() {
            Phase::Paused
        } else {
            Phase::Untrained
        };
        let mut effects = self.begin(branch);
        self.offer_what_was_left(&format!(
            "A run of its own goes on from epoch {epoch}; the later epochs belong to the one before."
        ));
        effects.extend(self.start(Goal::AllEpochs));
        effects
    }

    /// The errors by which the weights that are shown were calibrated before, so that their threshold need not be waited
    /// for.
    fn recall_calibration(&mut self) {
        let front = &mut self.studies.front;
        let of = front.moment();
        let known = front.run.history.at(of.position.epoch);
        let known = known.filter(|known| known.checkpoint.position == of.position);
        if let Some(errors) = known.and_then(|known| known.calibration.clone()) {
            front.measured.calibration = Some(Calibrated { of, errors });
        }
    }

    /// Has the examiner judge by what is shown, whatever it was given before, and the bench by that.
    fn adopt_at_once(&mut self) -> Vec<Effect> {
        self.examiner.work.adopting.give_up();
        let mut effects = self.adopt();
        effects.extend(self.request_judgement());
        effects
    }
}
