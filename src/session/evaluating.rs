//! The evaluation: asked for, under way, or done, and by then perhaps of weights that others have followed.

use std::sync::Arc;

use super::examiner::ExaminerState;
use super::study::StudyKey;
use super::{Effect, EvaluationExamples, Session};
use crate::anomaly::Calibration;
use crate::evaluation::Report;
use crate::protocol::{ExamineCommand, Moment};
use crate::recipe::Recipe;

/// A report, and what it was made of.
#[derive(Clone, Debug)]
pub(super) struct FinishedEvaluation {
    pub report: Arc<Report>,
    /// The weights that were evaluated.
    pub of: Moment,
    pub key: StudyKey,
    pub recipe: Recipe,
    pub examples: Option<EvaluationExamples>,
    /// One item and several.
    pub nouns: (&'static str, &'static str),
    /// Of the same weights as the report.
    pub calibration: Calibration,
    pub training_range: Option<(f32, f32)>,
}

impl Session {
    pub(super) fn evaluate(&mut self) -> Vec<Effect> {
        if !self.can_evaluate() || self.examiner.work.evaluating.is_in_flight() {
            return Vec::new();
        }
        let title = self.title_of(self.studies.front.name);
        let ExaminerState { work, numbers, .. } = &mut self.examiner;
        let front = &mut self.studies.front;
        front.measured.no_evaluation = None;
        vec![Effect::ToExaminer(ExamineCommand::Evaluate {
            request: work.evaluating.replace(numbers, 0.0),
            recipe: title.to_owned(),
            seed: front.recipe.training.seed,
        })]
    }

    pub(super) fn on_evaluating(&mut self, request: u32, progress: f32) {
        if let Some(known) = self.examiner.work.evaluating.part(request) {
            *known = progress.clamp(0.0, 1.0);
        }
    }

    pub(super) fn on_evaluated(
        &mut self,
        request: u32,
        of: Moment,
        outcome: Result<Box<Report>, String>,
    ) {
        if self.examiner.work.evaluating.answer(request).is_none() {
            return;
        }
        match outcome {
            Ok(report) => {
                let evaluation = self.evaluation_of(of, report);
                self.shelf.take_report(of, &evaluation.report);
                self.evaluation = Some(evaluation);
            }
            Err(reason) => {
                let sentence = format!("Nothing could be measured: {reason}.");
                self.studies.front.measured.no_evaluation = Some(sentence);
            }
        }
    }

    fn evaluation_of(&self, of: Moment, report: Box<Report>) -> FinishedEvaluation {
        let front = &self.studies.front;
        let measured = &front.measured;
        let scores = measured
            .scores
            .as_ref()
            .filter(|scored| scored.scores.of == of);
        let newest = measured.calibration.as_ref();
        let calibration = match (newest, scores) {
            (Some(newest), _) if newest.of == of => newest.errors.clone(),
            (_, Some(same)) => same.calibration.clone(),
            (newest, None) => newest.map_or_else(Calibration::default, |it| it.errors.clone()),
        };
        let examples = self.dataset().zip(front.split());
        FinishedEvaluation {
            examples: examples
                .and_then(|(dataset, split)| EvaluationExamples::of(&report, dataset, &split)),
            report: Arc::from(report),
            of,
            key: front.key(),
            recipe: front.recipe.clone(),
            nouns: self.nouns(),
            calibration,
            training_range: scores.and_then(|scored| scored.training_range),
        }
    }
}
