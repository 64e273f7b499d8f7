//! The sweeps of what lies on the bench, and the curves of others that were kept to compare.
//!
//! They are asked for after each verdict, while somebody looks at them. At most one order is unanswered; what changed
//! meanwhile is swept next. The examiner itself keeps what a change leaves as it was.

use super::examiner::{ExaminerState, SweepOrder};
use super::{Effect, Session};
use crate::curve::{Span, Tool};
use crate::data::ItemKind;
use crate::protocol::{ExamineCommand, Moment};
use crate::sweep::{CurvePoint, NoiseLevel, SweepErrors, SweepKind};

/// Curves that can be kept beside the present one.
pub const MOST_GHOSTS: usize = 5;

/// What concerns the sweeps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SweepsMessage {
    /// They came into sight, or went out of it.
    Watch(bool),
    /// Keep the present curves to compare others with.
    KeepGhost,
    /// Forget the curves that were kept under this number.
    RemoveGhost(usize),
}

/// What the examiner has measured.
#[derive(Clone, Debug)]
pub(super) struct SweepAnswer {
    pub of: Moment,
    pub errors: SweepErrors,
    pub is_finished: bool,
}

/// The curves of another item, kept to compare.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Ghost {
    pub number: usize,
    /// What it is, in a few words.
    pub name: String,
    /// What the network saw of it.
    pub seen: Vec<f32>,
    /// Its line in each sweep that has one; of noise, the mean over all draws.
    pub lines: Vec<(SweepKind, Vec<CurvePoint>)>,
    /// The weights that drew them.
    pub of: Moment,
}

impl Session {
    pub(super) fn update_sweeps(&mut self, message: SweepsMessage) -> Vec<Effect> {
        match message {
            SweepsMessage::Watch(is_watched) => self.watch_sweeps(is_watched),
            SweepsMessage::KeepGhost => {
                self.keep_ghost();
                Vec::new()
            }
            SweepsMessage::RemoveGhost(number) => {
                self.remove_ghost(number);
                Vec::new()
            }
        }
    }

    /// The sweeps came into sight or went out of it.
    pub(super) fn watch_sweeps(&mut self, is_watched: bool) -> Vec<Effect> {
        self.are_sweeps_watched = is_watched;
        self.request_sweeps()
    }

    /// Has what lies on the bench swept, unless that was asked for already.
    pub(super) fn request_sweeps(&mut self) -> Vec<Effect> {
        let ExaminerState { work, numbers, .. } = &mut self.examiner;
        let measured = &mut self.studies.front.measured;
        let Some(swept) = self.benches.at_hand.swept() else {
            measured.sweeps = None;
            work.outdate_sweeps();
            return Vec::new();
        };
        let is_known = work.swept.as_ref() == Some(&swept);
        let is_idle = work.sweeping.asked().is_none_or(|order| order.has_answer);
        let can_measure = work.measured_by.is_some() && measured.judgement.is_some();
        if is_known || !self.are_sweeps_watched || !is_idle || !can_measure {
            return Vec::new();
        }
        work.swept = Some(swept.clone());
        let order = SweepOrder {
            swept: swept.clone(),
            has_answer: false,
        };
        vec![Effect::ToExaminer(ExamineCommand::Sweep {
            request: work.sweeping.replace(numbers, order),
            swept: Box::new(swept),
        })]
    }

    pub(super) fn on_swept(&mut self, request: u32, answer: SweepAnswer) -> Vec<Effect> {
        let work = &mut self.examiner.work;
        let Some(order) = work.sweeping.part(request) else {
            return Vec::new();
        };
        order.has_answer = true;
        if answer.is_finished {
            work.sweeping.answer(request);
        }
        if work.swept.is_some() {
            self.studies.front.measured.sweeps = Some(answer);
        }
        self.request_sweeps()
    }

    /// Whether the newest answer is that of what lies on the bench, and no other one is needed.
    pub(super) fn are_sweeps_answered(&self) -> bool {
        let work = &self.examiner.work;
        let is_idle = work.sweeping.asked().is_none_or(|order| order.has_answer);
        let swept = work.swept.as_ref();
        let of_bench = swept.is_some_and(|swept| self.benches.at_hand.is_swept_as(swept));
        of_bench && is_idle && self.studies.front.measured.sweeps.is_some()
    }

    /// Keeps the present curves to compare others with; nothing happens where there is no room or no curve.
    pub(super) fn keep_ghost(&mut self) {
        let measured = &self.studies.front.measured;
        let (Some(answer), Some(seen)) = (&measured.sweeps, self.benches.at_hand.values()) else {
            return;
        };
        if !self.can_keep_ghost() {
            return;
        }
        let kinds = self.kind().sweeps().iter();
        let ghost = Ghost {
            number: self.lowest_free_number(),
            name: self.name_on_bench(),
            seen: seen.to_vec(),
            lines: kinds
                .map(|&kind| (kind, self.line_of(kind, &answer.errors)))
                .collect(),
            of: answer.of,
        };
        let ghosts = &mut self.studies.front.measured.ghosts;
        let place = ghosts.partition_point(|known| known.number < ghost.number);
        ghosts.insert(place, ghost);
    }

    /// Forgets the curves of one number.
    pub(super) fn remove_ghost(&mut self, number: usize) {
        self.studies
            .front
            .measured
            .ghosts
            .retain(|ghost| ghost.number != number);
    }

    /// Numbers are the names of dashes, so a free one is used again.
    fn lowest_free_number(&self) -> usize {
        let is_free = |number: &usize| {
            let mut ghosts = self.studies.front.measured.ghosts.iter();
            ghosts.all(|ghost| ghost.number != *number)
        };
        (1..=MOST_GHOSTS).find(is_free).unwrap_or(MOST_GHOSTS)
    }

    fn name_on_bench(&self) -> String {
        let own = match self.kind() {
            ItemKind::Picture { .. } => "drawing",
            ItemKind::Row | ItemKind::Series { .. } => self.nouns().0,
        };
        let item = self.item_shown();
        item.map_or_else(
            || format!("your {own}"),
            |item| self.item_in_words(item, self.benches.at_hand.label()),
        )
    }

    /// The errors of one sweep as a line, by what is set; of noise, the mean over its draws. Empty for places in two
    /// directions.
    pub(super) fn line_of(&self, kind: SweepKind, errors: &SweepErrors) -> Vec<CurvePoint> {
        match kind {
            SweepKind::Rotation => errors.rotation_curve(),
            SweepKind::Shift => Vec::new(),
            SweepKind::Noise | SweepKind::Curve(Tool::Noise) => {
                let levels = errors.noise_levels(kind, self.most_noise(kind));
                levels.iter().map(NoiseLevel::mean_point).collect()
            }
            SweepKind::Curve(tool) => errors.setting_curve(kind, self.span_of(tool)),
        }
    }

    /// How far a setting of the curve on the bench can be moved.
    pub fn span_of(&self, tool: Tool) -> Span {
        let bench = self.benches.at_hand.series();
        let (n_samples, (low, high)) = bench.map_or((0, (0.0, 1.0)), |bench| {
            (bench.curve().len(), bench.range())
        });
        tool.span(n_samples, high - low)
    }

    /// The strongest noise of a sweep.
    pub(super) fn most_noise(&self, kind: SweepKind) -> f32 {
        match kind {
            SweepKind::Curve(tool) => self.span_of(tool).high,
            SweepKind::Rotation | SweepKind::Noise | SweepKind::Shift => 1.0,
        }
    }
}
