//! The ways to find a threshold, side by side.

use super::{Part, Session};
use crate::anomaly::{DEFAULT_ALPHA, DEFAULT_THETA, ThresholdRule};

/// One way to find the threshold, and what comes of it.
#[derive(Clone, Debug, PartialEq)]
pub struct RuleView {
    /// The rule, with its number.
    pub rule: ThresholdRule,
    /// What it is called.
    pub title: String,
    /// Where it comes from and what it promises, in one sentence.
    pub explanation: String,
    /// Its threshold; `None` where too little is known yet.
    pub threshold: Option<f32>,
    /// The part of the test items that it flags, 0…1; `None` before they were measured, or without any.
    pub flagged: Option<f32>,
    /// Whether it is the one at work.
    pub is_chosen: bool,
}

impl Session {
    /// Every way to find the threshold; the one at work has the visitor's number.
    pub fn rules(&self) -> Vec<RuleView> {
        let batch_size = self.recipe.training.batch_size;
        let rules = [
            ThresholdRule::Conformal {
                alpha: DEFAULT_ALPHA,
            },
            ThresholdRule::BatchLosses { batch_size },
            ThresholdRule::MinMax {
                theta: DEFAULT_THETA,
            },
        ];
        let is_same = |a: &ThresholdRule, b: &ThresholdRule| {
            std::mem::discriminant(a) == std::mem::discriminant(b)
        };
        let view = |rule: ThresholdRule| {
            let is_chosen = is_same(&rule, &self.rule);
            self.rule_view(if is_chosen { self.rule } else { rule }, is_chosen)
        };
        rules.into_iter().map(view).collect()
    }

    fn rule_view(&self, rule: ThresholdRule, is_chosen: bool) -> RuleView {
        let calibration = self.calibration.as_ref();
        let threshold =
            calibration.and_then(|errors| rule.threshold(errors, self.training_range()));
        let (title, explanation) = self.rule_in_words(rule);
        RuleView {
            rule,
            title,
            explanation,
            threshold,
            flagged: self.flagged_test_items(rule),
            is_chosen,
        }
    }

    fn rule_in_words(&self, rule: ThresholdRule) -> (String, String) {
        let (_, several) = self.nouns();
        match rule {
            ThresholdRule::Conformal { alpha } => (
                format!("At most {:.0} % false alarms", alpha * 100.0),
                format!(
                    "Conformal: so many calibration {several} lie below it that a new normal one is rarely above."
                ),
            ),
            ThresholdRule::BatchLosses { batch_size } => (
                "Mean + deviation of batch losses".to_owned(),
                format!(
                    "As in the second article: batches of {batch_size} vary much less than single {several}, \
                     so this line stands low and flags many."
                ),
            ),
            ThresholdRule::MinMax { theta } => (
                format!("β > {theta:.2}"),
                "As in the third article: β is 0 at the smallest training error and 1 at the largest.".to_owned(),
            ),
            ThresholdRule::Manual(_) => ("By hand".to_owned(), "Where you put it.".to_owned()),
        }
    }

    fn flagged_test_items(&self, rule: ThresholdRule) -> Option<f32> {
        let scored = self.scores.as_ref()?;
        let threshold = self.threshold_for_scores(rule)?;
        let n_items = scored.errors_of(Part::Test).count();
        let flagged = scored
            .errors_of(Part::Test)
            .filter(|&error| error > threshold);
        (n_items > 0).then(|| flagged.count() as f32 / n_items as f32)
    }

    /// What a rule says of the items as they were measured: by the weights of then, where there are newer ones.
    pub(super) fn threshold_for_scores(&self, rule: ThresholdRule) -> Option<f32> {
        let scored = self.scores.as_ref()?;
        let calibration = if self.are_scores_old() {
            &scored.calibration
        } else {
            self.calibration.as_ref()?
        };
        rule.threshold(calibration, scored.training_range)
    }
}
