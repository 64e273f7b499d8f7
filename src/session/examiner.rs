//! What the page knows of its examiner, and what it has asked it.

use std::sync::Arc;

use super::past::AskedPast;
use super::pending::{Pending, RequestNumbers};
use super::study::Put;
use super::{Effect, Session};
use crate::protocol::{Checkpoint, Event, Moment, Wish};
use crate::sweep::Swept;

/// An examiner that dies this often will not be cured by another start.
const MAX_LOSSES: usize = 3;

/// What concerns the examiner.
#[derive(Clone, Debug, PartialEq)]
pub enum ExaminerMessage {
    /// It spoke.
    Said(Event),
    /// It died without a word.
    Lost(String),
}

impl Session {
    pub(super) fn update_examiner(&mut self, message: ExaminerMessage) -> Vec<Effect> {
        match message {
            ExaminerMessage::Said(event) => self.on_examiner(event),
            ExaminerMessage::Lost(reason) => self.on_examiner_lost(&reason),
        }
    }
}

/// What is known of the examiner.
#[derive(Clone, Debug, Default)]
pub(super) struct ExaminerState {
    pub is_listening: bool,
    pub n_losses: usize,
    pub numbers: RequestNumbers,
    /// What it has been asked since it was given the study in front; dropped when it is given another, or dies.
    pub work: Work,
}

/// What the examiner is doing for the study in front.
#[derive(Clone, Debug, Default)]
pub(super) struct Work {
    /// The weights that it has measured the calibration items by; `None` before the first.
    pub measured_by: Option<Moment>,
    /// To judge by other weights, and measure the calibration items with them.
    pub adopting: Pending<Moment>,
    pub judging: Pending<()>,
    /// To judge the bench by the run that is compared with.
    pub judging_beside: Pending<()>,
    /// The weights of another run that it holds.
    pub given_beside: Option<Moment>,
    pub sweeping: Pending<SweepOrder>,
    /// What was swept last by the weights at hand, finished or not.
    pub swept: Option<Swept>,
    /// To reconstruct items that are in sight.
    pub reconstructing: Pending<()>,
    /// It has refused something, which may have been that; newer weights may do better.
    pub is_reconstructing_refused: bool,
    pub trying: Pending<Vec<Put>>,
    pub imagining: Pending<Wish>,
    /// To measure the bench by the earlier epochs of the run.
    pub measuring_past: Pending<AskedPast>,
    /// The weights of earlier epochs that it holds.
    pub given_past: Vec<Arc<Checkpoint>>,
    pub mapping: Pending<()>,
    /// The part of the evaluation that is done, 0…1.
    pub evaluating: Pending<f32>,
    /// To measure the items of another file: the part that is done, 0…1.
    pub scoring_next: Pending<f32>,
    /// The other file that it holds, by its number.
    pub given_next: Option<u32>,
    /// The other file and the weights that it was asked for last, so that what was refused is not asked for again.
    pub asked_next: Option<(u32, Moment)>,
    /// How many items have been measured so far, of how many; `None` while nothing is being measured.
    pub scoring: Option<(usize, usize)>,
}

/// An item to be swept.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct SweepOrder {
    pub swept: Swept,
    /// A first answer has come: from now on another item may take its place.
    pub has_answer: bool,
}

impl ExaminerState {
    /// Whether it has data and weights of the study in front.
    pub fn is_ready(&self) -> bool {
        self.work.measured_by.is_some()
    }

    /// Whether it has died too often to be started again.
    pub fn has_given_up(&self) -> bool {
        self.n_losses > MAX_LOSSES
    }
}

impl Work {
    /// The weights that it was given last; `None` before it has measured by any.
    pub fn given(&self) -> Option<Moment> {
        let measured_by = self.measured_by?;
        Some(self.adopting.asked().copied().unwrap_or(measured_by))
    }

    /// The sweeps, asked for or answered, are by older weights now.
    pub fn outdate_sweeps(&mut self) {
        self.swept = None;
    }
}
