//! The sweeps of the drawing on the bench, and the curves of others that were kept to compare.
//!
//! They are asked for after each verdict, while somebody looks at them. At most one order is unanswered; what changed
//! meanwhile is swept next. The examiner itself keeps what a change leaves as it was.

use super::{Effect, Session, Source};
use crate::autoencoder::Position;
use crate::protocol::{ExamineCommand, RunId};
use crate::sweep::{CurvePoint, NoiseLevel, SweepErrors, SweptDrawing};

/// Curves that can be kept beside the present one.
pub const MOST_GHOSTS: usize = 5;

/// What is known of the sweeps.
#[derive(Clone, Debug, Default)]
pub(super) struct Sweeps {
    /// Whether the panel is in sight.
    is_watched: bool,
    n_requests: u32,
    /// The order that has no answer yet.
    in_flight: Option<u32>,
    /// What was asked for last, by the weights at hand.
    asked: Option<SweptDrawing>,
    /// Whether that was what lies on the bench when it was judged last.
    is_of_bench: bool,
    /// The newest answer.
    pub answer: Option<Answer>,
    pub ghosts: Vec<Ghost>,
}

impl Sweeps {
    /// Whether the newest answer is that of what lies on the bench, and no other one is needed.
    pub fn is_answered(&self) -> bool {
        self.is_of_bench && self.in_flight.is_none() && self.answer.is_some()
    }
}

/// What the examiner has measured.
#[derive(Clone, Debug)]
pub(super) struct Answer {
    pub errors: SweepErrors,
    pub is_finished: bool,
}

/// The curves of another drawing, kept to compare.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Ghost {
    pub number: usize,
    /// What it is, in a few words.
    pub name: String,
    /// What the network saw of it.
    pub pixels: Vec<f32>,
    pub rotation: Vec<CurvePoint>,
    /// The mean over all draws.
    pub noise: Vec<CurvePoint>,
    run: RunId,
    position: Position,
}

impl Ghost {
    /// Whether the network has learned since.
    pub fn is_old(&self, run: RunId, position: Position) -> bool {
        (self.run, self.position) != (run, position)
    }
}

impl Session {
    /// The sweeps came into sight or went out of it.
    pub(super) fn watch_sweeps(&mut self, is_watched: bool) -> Vec<Effect> {
        self.sweeps.is_watched = is_watched;
        self.request_sweeps()
    }

    /// Has the drawing on the bench swept, unless that was asked for already.
    pub(super) fn request_sweeps(&mut self) -> Vec<Effect> {
        if self.is_table() || self.bench.ink().is_blank() {
            self.sweeps.answer = None;
            self.outdate_sweeps();
            return Vec::new();
        }
        let drawing = self.bench.swept_drawing();
        self.sweeps.is_of_bench = self.sweeps.asked.as_ref() == Some(&drawing);
        let is_idle = self.sweeps.is_watched && self.sweeps.in_flight.is_none();
        let can_measure = self.examiner.is_ready && self.judgement.is_some();
        if self.sweeps.is_of_bench || !is_idle || !can_measure {
            return Vec::new();
        }
        self.sweeps.n_requests = self.sweeps.n_requests.wrapping_add(1);
        self.sweeps.in_flight = Some(self.sweeps.n_requests);
        self.sweeps.asked = Some(drawing.clone());
        self.sweeps.is_of_bench = true;
        vec![Effect::ToExaminer(ExamineCommand::Sweep {
            request: self.sweeps.n_requests,
            drawing: Box::new(drawing),
        })]
    }

    pub(super) fn on_swept(
        &mut self,
        request: u32,
        run: RunId,
        errors: SweepErrors,
        is_finished: bool,
    ) -> Vec<Effect> {
        if request != self.sweeps.n_requests || run != self.run_id {
            return Vec::new();
        }
        self.sweeps.in_flight = None;
        if self.sweeps.asked.is_some() {
            self.sweeps.answer = Some(Answer {
                errors,
                is_finished,
            });
        }
        self.request_sweeps()
    }

    /// The examiner has other weights, so that the same drawing must be swept anew.
    pub(super) fn outdate_sweeps(&mut self) {
        self.sweeps.asked = None;
        self.sweeps.is_of_bench = false;
    }

    /// The examiner forgets its orders, or could not carry one out.
    pub(super) fn drop_sweep_order(&mut self) {
        self.sweeps.in_flight = None;
        self.outdate_sweeps();
    }

    /// Other data, another network or another measure: no curve says anything any more.
    pub(super) fn forget_sweeps(&mut self) {
        self.drop_sweep_order();
        self.sweeps.answer = None;
        self.sweeps.ghosts.clear();
    }

    /// Keeps the present curves to compare others with; nothing happens where there is no room or no curve.
    pub(super) fn keep_ghost(&mut self) {
        let (Some(answer), Some(seen)) = (&self.sweeps.answer, self.bench.seen()) else {
            return;
        };
        if !self.can_keep_ghost() {
            return;
        }
        let levels = answer.errors.noise_levels();
        let ghost = Ghost {
            number: self.lowest_free_number(),
            name: self.name_on_bench(),
            pixels: seen.ink().to_vec(),
            rotation: answer.errors.rotation_curve(),
            noise: levels.iter().map(NoiseLevel::mean_point).collect(),
            run: self.run_id,
            position: self.run.position(),
        };
        let ghosts = &mut self.sweeps.ghosts;
        let place = ghosts.partition_point(|known| known.number < ghost.number);
        ghosts.insert(place, ghost);
    }

    /// Forgets the curves of one number.
    pub(super) fn remove_ghost(&mut self, number: usize) {
        self.sweeps.ghosts.retain(|ghost| ghost.number != number);
    }

    /// Numbers are the names of dashes, so a free one is used again.
    fn lowest_free_number(&self) -> usize {
        let is_free = |number: &usize| {
            let mut ghosts = self.sweeps.ghosts.iter();
            ghosts.all(|ghost| ghost.number != *number)
        };
        (1..=MOST_GHOSTS).find(is_free).unwrap_or(MOST_GHOSTS)
    }

    fn name_on_bench(&self) -> String {
        match self.bench.source() {
            Source::Item {
                index,
                label: Some(label),
            } => format!("item {index}, a {label}"),
            Source::Item { index, label: None } => format!("item {index}"),
            Source::Hand => "your drawing".to_owned(),
        }
    }
}
