//! The protocol, in turns: the network reconstructs some rows, or a slice of own work is done.

mod plan;
mod scores;
mod scoring;
mod summary;

#[cfg(test)]
mod tests;

use super::{EvaluationError, EvaluationSettings, EvaluationSubject, Report};
use crate::pca::PcaFit;
use plan::Plan;
use scoring::Scoring;
use summary::Summary;

/// Parts of the progress: fitting the other methods, and the figures at the end. The rest is scoring.
const FITTING_SHARE: f32 = 0.05;
const SUMMARY_SHARE: f32 = 0.10;

/// An evaluation in progress. It owns the rows that it works on and draws all that is random from its seed.
///
/// Call [`Self::advance`] until it is finished, and [`Self::answer`] after each [`EvaluationTurn::Reconstruct`]. To stop, drop it.
#[derive(Clone, Debug)]
pub struct Evaluation {
    plan: Plan,
    stage: Stage,
}

/// What happened in a turn, and what is to be done before the next.
#[derive(Clone, Debug, PartialEq)]
pub enum EvaluationTurn {
    /// The network is to reconstruct these rows (`n × input`); hand the result to [`Evaluation::answer`].
    Reconstruct(Vec<f32>),
    /// A few milliseconds of own work were done.
    Computed,
    /// The report is there.
    Finished,
}

#[derive(Clone, Debug)]
enum Stage {
    Fitting(Box<PcaFit>),
    Scoring(Box<Scoring>),
    Summing(Box<Summary>),
    Finished(Box<Report>),
}

impl Evaluation {
    /// Chooses the items and begins.
    ///
    /// # Errors
    /// When there are no items to learn from, to calibrate with or to test on.
    pub fn new(
        subject: &EvaluationSubject,
        settings: EvaluationSettings,
    ) -> Result<Self, EvaluationError> {
        let plan = Plan::new(subject, settings)?;
        let n_components = plan.counts.n_components;
        let fit = PcaFit::new(&plan.items.reference, plan.items.width, n_components);
        Ok(Self {
            plan,
            stage: Stage::Fitting(Box::new(fit)),
        })
    }

    /// Does one slice of own work, or says which rows the network is to reconstruct, `most_rows` of them at once.
    ///
    /// Until it is answered it asks for the same rows again.
    pub fn advance(&mut self, most_rows: usize) -> EvaluationTurn {
        let plan = &self.plan;
        match &mut self.stage {
            Stage::Fitting(fit) => {
                if let Some(pca) = fit.step(&plan.items.reference) {
                    self.stage = Stage::Scoring(Box::new(Scoring::new(pca, plan)));
                }
            }
            Stage::Scoring(scoring) if scoring.is_done(plan) => {
                let summary = Summary::new(plan, scoring.take_scores());
                self.stage = Stage::Summing(Box::new(summary));
            }
            Stage::Scoring(scoring) => return scoring.advance(plan, most_rows),
            Stage::Summing(summary) if summary.is_done(plan) => {
                self.stage = Stage::Finished(Box::new(summary.report().clone()));
            }
            Stage::Summing(summary) => summary.step(plan),
            Stage::Finished(_) => return EvaluationTurn::Finished,
        }
        EvaluationTurn::Computed
    }

    /// Takes what the network made of the rows that were asked about: `n × input` and `n × code`.
    ///
    /// # Errors
    /// When no rows were asked about or the sizes do not fit.
    pub fn answer(
        &mut self,
        reconstructions: &[f32],
        codes: &[f32],
    ) -> Result<(), EvaluationError> {
        match &mut self.stage {
            Stage::Scoring(scoring) => scoring.answer(&self.plan, reconstructions, codes),
            _ => Err(EvaluationError::WrongAnswer {
                n_values: reconstructions.len(),
                n_rows: 0,
            }),
        }
    }

    /// How much is done, 0…1; it never falls.
    pub fn progress(&self) -> f32 {
        match &self.stage {
            Stage::Fitting(fit) => FITTING_SHARE * fit.progress(),
            Stage::Scoring(scoring) => {
                let share = 1.0 - FITTING_SHARE - SUMMARY_SHARE;
                FITTING_SHARE + share * scoring.progress(&self.plan)
            }
            Stage::Summing(summary) => 1.0 - SUMMARY_SHARE * (1.0 - summary.progress(&self.plan)),
            Stage::Finished(_) => 1.0,
        }
    }

    /// The report, once all is done.
    pub fn report(&self) -> Option<&Report> {
        match &self.stage {
            Stage::Finished(report) => Some(report),
            _ => None,
        }
    }
}
