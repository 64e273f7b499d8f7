//! The item on the bench as the earlier weights of the run judge it: its error, and the threshold, epoch by epoch.

use std::sync::Arc;

use super::examiner::ExaminerState;
use super::{Effect, Session};
use crate::anomaly::Calibration;
use crate::protocol::{Checkpoint, ExamineCommand, PastMeasured, PastOrder};

/// An item that is being measured, and the weights that it is measured by.
#[derive(Clone, Debug)]
pub(super) struct AskedPast {
    values: Vec<f32>,
    checkpoints: Vec<Arc<Checkpoint>>,
}

impl AskedPast {
    fn checkpoint(&self, epoch: u32) -> Option<&Arc<Checkpoint>> {
        let mut known = self.checkpoints.iter();
        known.find(|known| known.position.epoch == epoch as usize)
    }
}

/// Errors of an item by the weights after some epochs.
#[derive(Clone, Debug, Default)]
pub(super) struct PastErrors {
    /// The item.
    values: Vec<f32>,
    /// The weights, and the error of the item by them, in the order in which they were measured.
    found: Vec<(Arc<Checkpoint>, f32)>,
}

impl PastErrors {
    /// The error by these weights, once it is known.
    pub fn of(&self, checkpoint: &Arc<Checkpoint>) -> Option<f32> {
        let mut found = self.found.iter();
        let found = found.find(|(known, _)| Arc::ptr_eq(known, checkpoint));
        found.map(|&(_, error)| error)
    }
}

impl Session {
    /// The curve over the epochs came into sight, or went out of it.
    pub(super) fn watch_past(&mut self, is_watched: bool) -> Vec<Effect> {
        self.is_past_watched = is_watched;
        self.request_past()
    }

    /// Has the item on the bench measured by every epoch that was kept, while somebody looks, unless it was.
    ///
    /// The calibration items are measured by them once nothing is trained: that takes longer.
    pub(super) fn request_past(&mut self) -> Vec<Effect> {
        let front = &mut self.studies.front;
        let kept = front.run.history.epochs();
        let Some(values) = self
            .benches
            .at_hand
            .values()
            .filter(|_| front.data.is_some())
        else {
            front.measured.past = None;
            return Vec::new();
        };
        if !self.is_past_watched || kept.is_empty() || !self.examiner.is_ready() {
            return Vec::new();
        }
        let past = front.measured.past.get_or_insert_default();
        if past.values != values {
            *past = PastErrors {
                values: values.to_vec(),
                found: Vec::new(),
            };
        }
        let is_busy = front.run.phase.is_busy();
        let to_calibrate = kept
            .iter()
            .filter(|known| known.calibration.is_none() && !is_busy);
        let to_calibrate: Vec<u32> = to_calibrate.map(|known| known.epoch() as u32).collect();
        let is_known = kept
            .iter()
            .all(|known| past.of(&known.checkpoint).is_some());
        if is_known && to_calibrate.is_empty() {
            return Vec::new();
        }
        let ExaminerState { work, numbers, .. } = &mut self.examiner;
        let asked = || AskedPast {
            values: values.to_vec(),
            checkpoints: kept.iter().map(|known| known.checkpoint.clone()).collect(),
        };
        let Some(request) = work.measuring_past.ask(numbers, asked) else {
            return Vec::new();
        };
        let is_given = |checkpoint: &Arc<Checkpoint>| {
            let mut given = work.given_past.iter();
            given.any(|known| Arc::ptr_eq(known, checkpoint))
        };
        let checkpoints = kept.iter().map(|known| &known.checkpoint);
        let new = checkpoints.filter(|checkpoint| !is_given(checkpoint));
        let order = PastOrder {
            request,
            epochs: kept.iter().map(|known| known.epoch() as u32).collect(),
            new: new.map(|checkpoint| checkpoint.snapshot()).collect(),
            to_calibrate,
            values: values.to_vec(),
            label: self.benches.at_hand.label(),
        };
        work.given_past = kept.iter().map(|known| known.checkpoint.clone()).collect();
        vec![Effect::ToExaminer(ExamineCommand::MeasurePast(Box::new(
            order,
        )))]
    }

    pub(super) fn on_past_measured(&mut self, measured: PastMeasured) -> Vec<Effect> {
        let work = &mut self.examiner.work;
        let Some(asked) = work.measuring_past.part(measured.request) else {
            return Vec::new();
        };
        let found = measured.epochs.iter().zip(&measured.errors);
        let found =
            found.filter_map(|(&epoch, &error)| Some((asked.checkpoint(epoch)?.clone(), error)));
        let front = &mut self.studies.front;
        if let Some(past) = &mut front.measured.past
            && past.values == asked.values
        {
            past.found.extend(found);
        }
        if let Some(calibrated) = measured.calibrated
            && let Some(checkpoint) = asked.checkpoint(calibrated.epoch)
        {
            let errors = Calibration::new(calibrated.errors);
            front.run.history.note_calibration(checkpoint, &errors);
        }
        if measured.is_finished {
            work.measuring_past.answer(measured.request);
            return self.request_past();
        }
        Vec::new()
    }
}
