//! The ways to find a threshold, side by side.

use super::rule_words::{definition, obstacle, p_value_in_words, source, title};
use super::{Finding, Session};
use crate::anomaly::{
    Evidence, LabelledErrors, Promise, ThresholdError, ThresholdRule, wilson_interval,
};

/// The family of rules on what is at hand.
#[derive(Clone, Debug, PartialEq)]
pub struct RulesView {
    /// Every rule but the line drawn by hand; the one at work has the reader's number.
    pub rules: Vec<RuleView>,
    /// The rule at work, which may be the line drawn by hand.
    pub chosen: RuleView,
    /// Where the calibration errors lie; `None` before they were measured.
    pub spread: Option<Spread>,
    /// The error of what lies on the bench.
    pub error_on_bench: Option<f32>,
    /// How rare that error is, as a sentence; `None` for other rules than the conformal one.
    pub p_value: Option<String>,
    /// Why there is no rate of false alarms, as a sentence; `None` where there is one.
    pub why_not_measured: Option<String>,
    /// Whether the rates are by older weights than those at hand.
    pub is_old: bool,
}

/// One way to find the threshold, and what comes of it.
#[derive(Clone, Debug, PartialEq)]
pub struct RuleView {
    /// The rule, with its number.
    pub rule: ThresholdRule,
    /// What it is called.
    pub title: String,
    /// How it finds the line, in one sentence.
    pub definition: String,
    /// Where it comes from.
    pub source: &'static str,
    /// Its threshold; `None` where what it needs is missing.
    pub threshold: Option<f32>,
    /// Why it has no threshold, as a sentence.
    pub obstacle: Option<String>,
    /// What it promises of new normal items.
    pub promise: Promise,
    /// What it does to the test items; `None` before they were measured, or without any.
    pub false_alarms: Option<RuleFalseAlarms>,
    /// Whether it is the one at work.
    pub is_chosen: bool,
    /// Whether it can be chosen: a rule that needs labels cannot without any.
    pub can_be_chosen: bool,
}

/// The part of calibration errors that lies in the middle, and all of them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spread {
    /// The smallest error.
    pub min: f32,
    /// A quarter of the errors lies below.
    pub first_quartile: f32,
    /// A quarter of the errors lies above.
    pub third_quartile: f32,
    /// The largest error.
    pub max: f32,
}

/// Normal items that were neither trained nor calibrated on, and how many of them are flagged all the same.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RuleFalseAlarms {
    /// Test items above the threshold.
    pub n_flagged: usize,
    /// Test items.
    pub n_items: usize,
    /// The lower end of [`wilson_interval`], 0…1.
    pub low: f64,
    /// The upper end, 0…1.
    pub high: f64,
}

impl RuleFalseAlarms {
    /// The flagged part, 0…1.
    pub fn share(&self) -> f64 {
        self.n_flagged as f64 / self.n_items.max(1) as f64
    }

    /// Whether the interval allows for the promise; `None` where nothing is promised.
    pub fn fit(&self, promise: Promise) -> Option<bool> {
        match promise {
            Promise::AtMost(share) => Some(self.low <= f64::from(share)),
            Promise::About(share) => Some((self.low..=self.high).contains(&f64::from(share))),
            Promise::Nothing => None,
        }
    }
}

impl Session {
    /// Every way to find the threshold, what it promises and what it does.
    pub fn rules(&self) -> RulesView {
        let family = ThresholdRule::family(self.study().recipe.training.batch_size);
        let view = |rule: ThresholdRule| {
            if rule.is_kind_of(&self.study().rule) {
                self.rule_view(self.study().rule)
            } else {
                self.rule_view(rule)
            }
        };
        let spread = self.calibration().and_then(|errors| {
            Some(Spread {
                min: errors.min()?,
                first_quartile: errors.quantile(0.25)?,
                third_quartile: errors.quantile(0.75)?,
                max: errors.max()?,
            })
        });
        RulesView {
            rules: family.into_iter().map(view).collect(),
            chosen: self.rule_view(self.study().rule),
            spread,
            error_on_bench: self
                .measured()
                .judgement
                .as_ref()
                .map(|judgement| judgement.error),
            p_value: self.p_value_sentence(),
            why_not_measured: self.why_no_false_alarms(),
            is_old: self.are_scores_old(),
        }
    }

    fn rule_view(&self, rule: ThresholdRule) -> RuleView {
        let (_, several) = self.nouns();
        let outcome = self
            .rule_evidence()
            .map(|evidence| rule.threshold(&evidence));
        let error = outcome.and_then(Result::err);
        RuleView {
            rule,
            title: title(rule),
            definition: definition(rule, several),
            source: source(rule),
            threshold: outcome.and_then(Result::ok),
            obstacle: error.map(|error| self.obstacle_in_words(rule, error)),
            promise: if self.is_calibrated_on_training_items() {
                Promise::Nothing
            } else {
                rule.promise()
            },
            false_alarms: self.false_alarms(rule),
            is_chosen: rule == self.study().rule,
            can_be_chosen: rule != ThresholdRule::BestF1 || self.labelled().is_some(),
        }
    }

    pub(in crate::session) fn false_alarms(&self, rule: ThresholdRule) -> Option<RuleFalseAlarms> {
        let test = &self.measured().scores.as_ref()?.test;
        let n_flagged = test.count_larger(self.threshold_for_scores(rule)?);
        let (low, high) = wilson_interval(n_flagged, test.n_items())?;
        Some(RuleFalseAlarms {
            n_flagged,
            n_items: test.n_items(),
            low,
            high,
        })
    }

    fn p_value_sentence(&self) -> Option<String> {
        let (ThresholdRule::Conformal { alpha }, Finding::Verdict { verdict, .. }) =
            (self.study().rule, self.finding())
        else {
            return None;
        };
        Some(p_value_in_words(&verdict, alpha, self.nouns().0))
    }

    fn why_no_false_alarms(&self) -> Option<String> {
        let (one, several) = self.nouns();
        let n_test = self
            .measured()
            .scores
            .as_ref()
            .map(|scored| scored.test.n_items());
        if self.is_calibrated_on_training_items() {
            return Some(format!(
                "Every {one} was trained on: there are no test {several}, so that no rule can promise anything, and \
                 false alarms cannot be measured."
            ));
        }
        match n_test {
            None => Some(format!("Measuring the test {several}…")),
            Some(0) => Some(format!(
                "There are no test {several} to measure false alarms on."
            )),
            Some(_) => None,
        }
    }

    /// What the rules go by: the newest weights' calibration errors, and what else was measured last.
    pub(super) fn rule_evidence(&self) -> Option<Evidence<'_>> {
        Some(Evidence {
            calibration: self.calibration()?,
            training_range: self.training_range(),
            labelled: self.labelled(),
        })
    }

    /// The threshold, or what is missing for it; `None` before the calibration items were measured.
    pub(super) fn threshold_or_obstacle(&self) -> Option<Result<f32, ThresholdError>> {
        Some(self.study().rule.threshold(&self.rule_evidence()?))
    }

    /// What is missing for a threshold, as a sentence; `None` where there is one, or while nothing was measured.
    pub fn why_no_threshold(&self) -> Option<String> {
        let error = self.threshold_or_obstacle()?.err()?;
        Some(self.obstacle_in_words(self.study().rule, error))
    }

    /// What is missing for a rule's threshold, as a sentence.
    pub(super) fn obstacle_in_words(&self, rule: ThresholdRule, error: ThresholdError) -> String {
        let has_classes = self
            .dataset()
            .is_some_and(|data| data.label_of(0).is_some());
        obstacle(rule, error, self.nouns().1, has_classes)
    }

    /// What a rule says of the items as they were measured: by the weights of then, where there are newer ones.
    pub(super) fn threshold_for_scores(&self, rule: ThresholdRule) -> Option<f32> {
        let scored = self.measured().scores.as_ref()?;
        let evidence = if self.are_scores_old() {
            Evidence {
                calibration: &scored.calibration,
                training_range: scored.training_range,
                labelled: scored.labelled.as_ref(),
            }
        } else {
            self.rule_evidence()?
        };
        rule.threshold(&evidence).ok()
    }

    fn labelled(&self) -> Option<&LabelledErrors> {
        self.measured().scores.as_ref()?.labelled.as_ref()
    }
}
