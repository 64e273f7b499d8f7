//! The evaluation: asked for, under way, or done, and by then perhaps of weights that others have followed.

use std::sync::Arc;

use super::data::RunKey;
use super::{Effect, EvidenceExamples, Session};
use crate::anomaly::Calibration;
use crate::autoencoder::Position;
use crate::evaluation::Report;
use crate::protocol::{ExamineCommand, RunId};
use crate::recipe::Recipe;

/// What is known of evaluations.
#[derive(Clone, Debug, Default)]
pub(super) struct Evidence {
    /// The part of the work that is done of the one under way, 0…1.
    pub underway: Option<f32>,
    /// The last one that came to its end.
    pub known: Option<Known>,
    /// Why the last one came to nothing, as a sentence.
    pub refusal: Option<String>,
}

impl Evidence {
    /// The examiner has dropped what it was at, and nothing more will be heard of it.
    pub fn interrupt(&mut self) {
        if self.underway.take().is_some() {
            self.refusal = Some(INTERRUPTED.to_owned());
        }
    }
}

const INTERRUPTED: &str =
    "The evaluation was broken off, since the network is another one now. Start it again.";

/// A report, and what it was made of.
#[derive(Clone, Debug)]
pub(super) struct Known {
    pub report: Arc<Report>,
    pub run: RunId,
    pub position: Position,
    pub key: RunKey,
    pub recipe: Recipe,
    pub examples: Option<EvidenceExamples>,
    /// One item and several.
    pub nouns: (&'static str, &'static str),
    /// Of the same weights as the report.
    pub calibration: Calibration,
    pub training_range: Option<(f32, f32)>,
}

impl Session {
    pub(super) fn evaluate(&mut self) -> Vec<Effect> {
        if !self.can_evaluate() || self.evidence.underway.is_some() {
            return Vec::new();
        }
        self.evidence.refusal = None;
        self.evidence.underway = Some(0.0);
        vec![Effect::ToExaminer(ExamineCommand::Evaluate {
            recipe: self.recipe_name.title().to_owned(),
            seed: self.recipe.training.seed,
        })]
    }

    pub(super) fn on_evaluating(&mut self, run: RunId, progress: f32) {
        // An evaluation that was given up may still have a word on its way.
        if self.evidence.underway.is_some() && run == self.run_id {
            self.evidence.underway = Some(progress.clamp(0.0, 1.0));
        }
    }

    pub(super) fn on_evaluated(
        &mut self,
        run: RunId,
        position: Position,
        outcome: Result<Box<Report>, String>,
    ) {
        if run != self.run_id || self.evidence.underway.take().is_none() {
            return;
        }
        match outcome {
            Ok(report) => {
                let examples = self.dataset().zip(self.split());
                self.evidence.known = Some(Known {
                    examples: examples.and_then(|(dataset, split)| {
                        EvidenceExamples::of(&report, dataset, &split)
                    }),
                    report: Arc::from(report),
                    run,
                    position,
                    key: self.run_key(),
                    recipe: self.recipe.clone(),
                    nouns: self.nouns(),
                    calibration: self.calibration.clone().unwrap_or_default(),
                    training_range: self
                        .scores
                        .as_ref()
                        .and_then(|scored| scored.training_range),
                });
            }
            Err(reason) => {
                self.evidence.refusal = Some(format!("Nothing could be measured: {reason}."));
            }
        }
    }
}
