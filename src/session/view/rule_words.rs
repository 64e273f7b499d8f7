//! What the rules are called, how they find the line, and where they come from.

use super::rules::{RuleFalseAlarms, RuleView};
use crate::anomaly::{Promise, ThresholdError, ThresholdRule, Verdict, format_error, format_share};

/// The name of a rule with its number.
pub(super) fn title(rule: ThresholdRule) -> String {
    match rule {
        ThresholdRule::Conformal { alpha } => {
            format!("Conformal, α = {}", format_share(alpha.into()))
        }
        ThresholdRule::Percentile { percent } => format!("Percentile {percent}"),
        ThresholdRule::MeanDeviation { k } => format!("Mean + {k} deviations"),
        ThresholdRule::BatchLosses { .. } => "Mean + deviation of batch losses".to_owned(),
        ThresholdRule::MinMax { theta } => format!("β > {theta:.2}"),
        ThresholdRule::MedianDeviation { k } => format!("Median + {k} MAD"),
        ThresholdRule::InterquartileRange { k } => format!("Q3 + {k} IQR"),
        ThresholdRule::TrainingMaximum => "Training maximum".to_owned(),
        ThresholdRule::BestF1 => "Best F1".to_owned(),
        ThresholdRule::Manual(_) => "By hand".to_owned(),
    }
}

/// How a rule finds the line, in one sentence; `several` names the items.
pub(super) fn definition(rule: ThresholdRule, several: &str) -> String {
    match rule {
        ThresholdRule::Conformal { alpha } => format!(
            "At most {share} of new normal {several} are flagged: it flags when p ≤ α = {share}, where p = (1 + number of \
             calibration {several} reconstructed at least as badly) / (n + 1).",
            share = format_share(alpha.into())
        ),
        ThresholdRule::Percentile { percent } => {
            format!("{percent} % of the calibration errors lie below the threshold.")
        }
        ThresholdRule::MeanDeviation { k } => format!(
            "Mean plus {k} standard deviations of the calibration errors, one error for each of the {several}."
        ),
        ThresholdRule::BatchLosses { batch_size } => format!(
            "Mean plus one standard deviation of the calibration losses in batches of {batch_size}: batches vary much \
             less than single {several}, so that the threshold is low."
        ),
        ThresholdRule::MinMax { .. } => {
            "β = (error − minimum) / (maximum − minimum) of the training errors is above θ."
                .to_owned()
        }
        ThresholdRule::MedianDeviation { k } => format!(
            "Median plus {k} × 1.4826 × the median absolute deviation (MAD) of the calibration errors: a few odd \
             {several} hardly move it."
        ),
        ThresholdRule::InterquartileRange { k } => format!(
            "Third quartile (Q3) plus {k} times the interquartile range (IQR), the width of the middle half of the \
             calibration errors."
        ),
        ThresholdRule::TrainingMaximum => {
            format!("The largest error of all {several} that were trained on.")
        }
        ThresholdRule::BestF1 => format!(
            "The threshold with the best F1, the harmonic mean of precision and recall, on the test {several} and labelled \
             anomalies. It needs labels, and is tuned on what it is measured by."
        ),
        ThresholdRule::Manual(_) => "Where you put it.".to_owned(),
    }
}

/// Where a rule comes from.
pub(super) fn source(rule: ThresholdRule) -> &'static str {
    match rule {
        ThresholdRule::Conformal { .. } => "Vovk, Gammerman and Shafer, 2005",
        ThresholdRule::Percentile { .. } => "numpy.percentile; PyOD and alibi-detect set theirs so",
        ThresholdRule::MeanDeviation { .. } => {
            "Shewhart’s three sigma, 1931; TensorFlow’s tutorial takes one"
        }
        ThresholdRule::BatchLosses { .. } => "article 2",
        ThresholdRule::MinMax { .. } => "article 3",
        ThresholdRule::MedianDeviation { .. } => "Hampel, 1974",
        ThresholdRule::InterquartileRange { .. } => "Tukey’s fence, 1977",
        ThresholdRule::TrainingMaximum => "the Keras example on time series",
        ThresholdRule::BestF1 => "van Rijsbergen, 1979; scikit-learn’s precision_recall_curve",
        ThresholdRule::Manual(_) => "you",
    }
}

/// What is missing for a rule's threshold, as a sentence; `has_classes` tells whether the data's items have labels.
pub(super) fn obstacle(
    rule: ThresholdRule,
    error: ThresholdError,
    several: &str,
    has_classes: bool,
) -> String {
    match error {
        ThresholdError::TooFewItems { n, needed } => {
            let alpha = match rule {
                ThresholdRule::Conformal { alpha } => format_share(alpha.into()),
                _ => "this rate".to_owned(),
            };
            format!(
                "α = {alpha} needs at least {needed} calibration {several}, and there are {n}: even the worst of them \
                 is not rare enough."
            )
        }
        ThresholdError::ImpossibleRate { .. } => {
            "α must lie between 0 and 100 %: choose another.".to_owned()
        }
        ThresholdError::NoItems => {
            format!("There are no calibration {several} to set a threshold by: open more data.")
        }
        ThresholdError::NoTrainingErrors => format!("Measuring the training {several}…"),
        ThresholdError::NoLabels if has_classes => format!(
            "Best F1 needs {several} that are known to be anomalies: take a class out of “Normal {several}” under \
             “What if I change the network?”, and train again."
        ),
        ThresholdError::NoLabels => format!(
            "Best F1 needs {several} that are known to be anomalies, and these {several} have no labels."
        ),
    }
}

impl RuleView {
    /// What the rule flags of the test items, and how that fits what it promised; `None` without a line.
    pub fn outcome(&self, (one, several): (&str, &str)) -> String {
        let Some(alarms) = self.false_alarms else {
            return format!("It {}.", promise_in_words(self.promise));
        };
        let RuleFalseAlarms {
            n_flagged, n_items, ..
        } = alarms;
        let share = format_share(alarms.share());
        let (low, high) = (format_share(alarms.low), format_share(alarms.high));
        let ending = match (alarms.fit(self.promise), self.rule) {
            (Some(true), _) => format!("which fits: it {}", promise_in_words(self.promise)),
            (Some(false), _) => format!("but it {}", promise_in_words(self.promise)),
            (None, ThresholdRule::BestF1) => {
                format!("but it was tuned on each of them, so that a new {one} may fare worse")
            }
            (None, _) => format!("and it {}", promise_in_words(self.promise)),
        };
        format!(
            "It flags {n_flagged} of the {n_items} test {several}, {share} (95 % interval {low} to {high}), {ending}."
        )
    }

    /// Where the line stands and what the rule does, for those who cannot see the pictures.
    pub fn description(&self, nouns: (&str, &str)) -> String {
        let line = self.threshold.map_or_else(
            || "No threshold.".to_owned(),
            |line| format!("Line at {}.", format_error(line)),
        );
        format!("{line} {}", self.outcome(nouns))
    }
}

fn promise_in_words(promise: Promise) -> String {
    match promise {
        Promise::AtMost(share) => format!("promises at most {}", format_share(share.into())),
        Promise::About(share) => format!("promises about {}", format_share(share.into())),
        Promise::Nothing => "makes no promise".to_owned(),
    }
}

/// How rare the error on the bench is by the conformal rule, and what follows.
pub(super) fn p_value_in_words(verdict: &Verdict, alpha: f32, one: &str) -> String {
    let alpha = format_share(alpha.into());
    let (side, word) = if verdict.is_anomaly {
        ("at most", "an anomaly")
    } else {
        ("above", "normal")
    };
    let p = format_error(verdict.p_value);
    format!("At the top of the page: p = {p}, {side} α = {alpha}, so this {one} is {word}.")
}
