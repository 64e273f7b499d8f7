//! Where the evaluation stands, in figures and words.

use std::sync::Arc;

use super::{EvaluationView, Session};
use crate::anomaly::{Evidence, ThresholdRule};
use crate::data::{ItemKind, Parts, with_commas};
use crate::evaluation::Report;
use crate::session::{EvaluationExamples, evaluating::FinishedEvaluation};

/// Where the evaluation stands.
#[derive(Clone, Debug, PartialEq)]
pub struct EvaluationStanding {
    /// Whether one can be begun.
    pub can_evaluate: bool,
    /// The part of the work that is done of the one under way, 0…1.
    pub underway: Option<f32>,
    /// What was found, what it is of, or why there is nothing to find: a sentence or two.
    pub sentence: String,
    /// What must be held out before there is anything to measure on.
    pub remedy: Option<Parts>,
}

impl Session {
    /// Whether the examiner has a network and there are items that nothing was fitted to.
    pub(in crate::session) fn can_evaluate(&self) -> bool {
        self.examiner.is_ready() && self.evaluation_obstacle().is_none()
    }

    /// Why nothing can be measured, as a sentence.
    fn evaluation_obstacle(&self) -> Option<String> {
        let (one, several) = self.nouns();
        let is_given = self.dataset().is_some_and(|it| it.n_validation() > 0);
        match self.study().recipe.parts {
            Parts::Everything => Some(format!(
                "This recipe trains on every {one}, so none is left to test with. Hold some {several} out, and train again."
            )),
            Parts::AsGiven if is_given => Some(format!(
                "All {several} of the file to validate with set the threshold, so none is left to test with. Hold some \
                 {several} out, and train again."
            )),
            Parts::AsGiven | Parts::ThreeOneOne | Parts::SevenOneTwo => None,
        }
    }

    /// Where the evaluation stands.
    pub fn evaluation_standing(&self) -> EvaluationStanding {
        let obstacle = self.evaluation_obstacle();
        let remedy = obstacle.as_ref().map(|_| Parts::default());
        let known = self.evaluation.as_ref();
        let sentence = obstacle
            .or_else(|| self.measured().no_evaluation.clone())
            .or_else(|| known.map(|known| self.report_in_words(known)))
            .unwrap_or_else(|| self.what_is_measured());
        EvaluationStanding {
            can_evaluate: self.can_evaluate(),
            underway: self.examiner.work.evaluating.asked().copied(),
            sentence,
            remedy,
        }
    }

    fn what_is_measured(&self) -> String {
        let (one, several) = self.nouns();
        let altered = format!(
            "Some test {several}, which no detector was trained on, are altered. How well does each detector tell the \
             altered ones from the others?"
        );
        let is_of_table = self.kind() == ItemKind::Row && self.own_file().is_some();
        match (is_of_table, self.has_held_out_items()) {
            (true, true) => format!(
                "How well does each detector tell the {several} that are known to be anomalies from the others? None was \
                 trained on, and none helped to set a threshold. {altered}"
            ),
            (true, false) => format!(
                "{altered} Nobody has said which {several} of this file are anomalies: some may be, and each such {one} \
                 counts as normal here. If a column says so, choose it as \"known anomaly\"."
            ),
            (false, _) => altered,
        }
    }

    fn report_in_words(&self, known: &FinishedEvaluation) -> String {
        let report = &known.report;
        let figures = format!(
            "{}, seed {}: measured on {} test {}.",
            report.recipe,
            report.seed,
            with_commas(report.counts.n_test),
            known.nouns.1
        );
        match self.age_of(known) {
            None => figures,
            Some(age) => format!("{figures} {age}"),
        }
    }

    /// What has changed since a report was made, as a sentence; `None` while it is up to date.
    fn age_of(&self, known: &FinishedEvaluation) -> Option<String> {
        let what = if known.key.own_file != self.study().key().own_file {
            "These figures are of other data."
        } else if known.key.recipe != self.study().name {
            "These figures are of another recipe."
        } else if known.recipe.measure != self.study().recipe.measure {
            "These figures are by another error measure."
        } else if known.of != self.study().moment() {
            "These figures are by earlier weights."
        } else {
            return None;
        };
        Some(format!("{what} Evaluate again to bring them up to date."))
    }

    /// The report, where it is of the weights at hand.
    pub(super) fn fresh_report(&self) -> Option<&Report> {
        let known = self.evaluation.as_ref()?;
        self.age_of(known).is_none().then_some(&known.report)
    }

    /// Whether the report is of other weights, other data or another recipe than those at hand.
    pub fn is_evaluation_old(&self) -> bool {
        let known = self.evaluation.as_ref();
        known.is_some_and(|known| self.age_of(known).is_some())
    }

    /// The last report; `None` before there is one.
    pub fn evaluation_view(&self) -> Option<EvaluationView> {
        let known = self.evaluation.as_ref()?;
        Some(EvaluationView {
            report: Arc::clone(&known.report),
            nouns: known.nouns,
        })
    }

    /// What each kind of anomaly of the report looks like; `None` without a report, and for the rows of a table.
    pub fn evaluation_examples(&self) -> Option<EvaluationExamples> {
        self.evaluation.as_ref()?.examples.clone()
    }

    /// The present threshold, or for an old report what the rule of now says of its weights.
    pub fn evaluation_threshold(&self) -> Option<f32> {
        let known = self.evaluation.as_ref()?;
        if !self.is_evaluation_old() {
            return self.threshold();
        }
        let is_of_same_measure = known.recipe.measure == self.study().recipe.measure;
        if matches!(self.study().rule, ThresholdRule::Manual(_)) && !is_of_same_measure {
            return None;
        }
        let evidence = Evidence {
            calibration: &known.calibration,
            training_range: known.training_range,
            labelled: None,
        };
        self.study().rule.threshold(&evidence).ok()
    }

    /// The rate of false alarms that the threshold promises, 0…1, where it promises one.
    pub fn promised_rate(&self) -> Option<f32> {
        match self.study().rule {
            ThresholdRule::Conformal { alpha } => Some(alpha),
            _ => None,
        }
    }
}
