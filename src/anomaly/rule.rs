//! Where the line between normal and anomalous stands.

use serde::{Deserialize, Serialize};

use super::{BatchLosses, Calibration, LabelledErrors, ThresholdError};

/// The share of normal items that the default threshold flags.
pub const DEFAULT_ALPHA: f32 = 0.05;

/// Where θ of the third article stands until it is moved.
pub const DEFAULT_THETA: f32 = 0.5;

/// The percentile until it is moved: as many are above it as the default threshold flags.
pub const DEFAULT_PERCENT: f32 = 95.0;

/// How many deviations above the middle the line stands until it is moved; Shewhart's three sigma (1931).
pub const DEFAULT_DEVIATIONS: f32 = 3.0;

/// How many interquartile ranges above the third quartile the line stands until it is moved; Tukey's fence (1977).
pub const DEFAULT_RANGES: f32 = 1.5;

/// How the threshold is found.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub enum ThresholdRule {
    /// From the calibration items, so that at most this share of normal items is flagged.
    Conformal {
        /// The promised share of false alarms, between 0 and 1.
        alpha: f32,
    },
    /// The error below which this part of the calibration items lies, mixed linearly from the two nearest ranks.
    Percentile {
        /// 0…100.
        percent: f32,
    },
    /// Mean plus `k` standard deviations of the calibration items' errors.
    MeanDeviation {
        /// 0 or more.
        k: f32,
    },
    /// Mean plus standard deviation of the calibration items' batch losses, as in the second article.
    BatchLosses {
        /// Items of a batch.
        batch_size: usize,
    },
    /// Errors are normalised by the smallest and the largest training error, β = (e − min) / (max − min), and
    /// flagged when β > θ, as in the third article.
    MinMax {
        /// Where the line stands between the smallest (0) and the largest (1) training error; may lie beyond.
        theta: f32,
    },
    /// Median plus `k` median absolute deviations of the calibration items' errors (Hampel, 1974), each scaled by
    /// 1.4826 to the standard deviation that it would be of normally distributed errors.
    MedianDeviation {
        /// 0 or more.
        k: f32,
    },
    /// Third quartile plus `k` interquartile ranges of the calibration items' errors (Tukey, 1977).
    InterquartileRange {
        /// 0 or more.
        k: f32,
    },
    /// The largest error of the items that were trained on.
    TrainingMaximum,
    /// The threshold with the best F1 between items that are known to be normal or anomalous.
    BestF1,
    /// Where the reader put it.
    Manual(f32),
}

/// What a rule finds its threshold by.
#[derive(Clone, Copy, Debug)]
pub struct Evidence<'a> {
    /// The errors of normal items that were held out.
    pub calibration: &'a Calibration,
    /// The smallest and the largest error of the items that were trained on; `None` until they are measured.
    pub training_range: Option<(f32, f32)>,
    /// Items that are known to be normal or anomalous; `None` where there are no anomalies to tune on.
    pub labelled: Option<&'a LabelledErrors>,
}

impl<'a> Evidence<'a> {
    /// Only what was held out.
    pub fn of(calibration: &'a Calibration) -> Self {
        Self {
            calibration,
            training_range: None,
            labelled: None,
        }
    }
}

/// What a rule says of the part of new normal items that it will flag.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Promise {
    /// At most this part, 0…1, on average over calibration sets.
    AtMost(f32),
    /// About this part, 0…1, the more exactly the more calibration items there are.
    About(f32),
    /// Nothing: that depends on how the errors are distributed.
    Nothing,
}

impl ThresholdRule {
    /// The rule until another is chosen.
    pub const DEFAULT: Self = Self::Conformal {
        alpha: DEFAULT_ALPHA,
    };
}

impl Default for ThresholdRule {
    fn default() -> Self {
        Self::DEFAULT
    }
}

impl ThresholdRule {
    /// Every rule but the line drawn by hand, each with its usual number; `batch_size` is the recipe's.
    pub fn family(batch_size: usize) -> [Self; 9] {
        let k = DEFAULT_DEVIATIONS;
        [
            Self::default(),
            Self::Percentile {
                percent: DEFAULT_PERCENT,
            },
            Self::MeanDeviation { k },
            Self::BatchLosses { batch_size },
            Self::MinMax {
                theta: DEFAULT_THETA,
            },
            Self::MedianDeviation { k },
            Self::InterquartileRange { k: DEFAULT_RANGES },
            Self::TrainingMaximum,
            Self::BestF1,
        ]
    }

    /// Whether both are the same rule, be it with another number.
    pub fn is_kind_of(&self, other: &Self) -> bool {
        std::mem::discriminant(self) == std::mem::discriminant(other)
    }

    /// The error above which an item is an anomaly.
    ///
    /// # Errors
    /// When what the rule needs is missing or too little: calibration items, training errors, labels.
    pub fn threshold(self, evidence: &Evidence) -> Result<f32, ThresholdError> {
        let Evidence {
            calibration,
            training_range,
            labelled,
        } = *evidence;
        let range = training_range.ok_or(ThresholdError::NoTrainingErrors);
        let of_calibration = match self {
            Self::Conformal { alpha } => return calibration.conformal_threshold(alpha),
            Self::MinMax { theta } => return range.map(|(min, max)| min + theta * (max - min)),
            Self::TrainingMaximum => return range.map(|(_, max)| max),
            Self::BestF1 => {
                let labelled = labelled.ok_or(ThresholdError::NoLabels);
                return labelled.map(|labelled| labelled.best.threshold);
            }
            Self::Manual(threshold) => return Ok(threshold),
            Self::Percentile { percent } => calibration.quantile(percent / 100.0),
            Self::MeanDeviation { k } => calibration.mean_and_deviations(k),
            Self::BatchLosses { batch_size } => {
                BatchLosses::of(&calibration.batch_means(batch_size))
                    .map(|losses| losses.mean + losses.deviation)
            }
            Self::MedianDeviation { k } => calibration.median_and_deviations(k),
            Self::InterquartileRange { k } => calibration.third_quartile_and_ranges(k),
        };
        of_calibration.ok_or(ThresholdError::NoItems)
    }

    /// What the rule promises where its calibration items were not trained on.
    pub fn promise(self) -> Promise {
        match self {
            Self::Conformal { alpha } => Promise::AtMost(alpha),
            Self::Percentile { percent } => Promise::About(1.0 - percent / 100.0),
            _ => Promise::Nothing,
        }
    }
}

/// The third article's β: 0 at the smallest training error, 1 at the largest; `None` where they are equal.
pub fn normalised_error(error: f32, (min, max): (f32, f32)) -> Option<f32> {
    (max > min).then(|| (error - min) / (max - min))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Mt19937;

    const TRAINING_RANGE: (f32, f32) = (0.125, 4.0);

    fn with_number(rule: ThresholdRule, number: f32) -> Option<ThresholdRule> {
        Some(match rule {
            // A line for fewer false alarms stands higher.
            ThresholdRule::Conformal { .. } => ThresholdRule::Conformal {
                alpha: 1.0 - number / 100.0,
            },
            ThresholdRule::Percentile { .. } => ThresholdRule::Percentile { percent: number },
            ThresholdRule::MeanDeviation { .. } => ThresholdRule::MeanDeviation { k: number },
            ThresholdRule::MinMax { .. } => ThresholdRule::MinMax { theta: number },
            ThresholdRule::MedianDeviation { .. } => ThresholdRule::MedianDeviation { k: number },
            ThresholdRule::InterquartileRange { .. } => {
                ThresholdRule::InterquartileRange { k: number }
            }
            ThresholdRule::BatchLosses { .. }
            | ThresholdRule::TrainingMaximum
            | ThresholdRule::BestF1
            | ThresholdRule::Manual(_) => return None,
        })
    }

    fn errors(n: usize, seed: u32) -> Vec<f32> {
        let mut generator = Mt19937::new(seed.into());
        (0..n).map(|_| generator.normal().exp()).collect()
    }

    /// The threshold of a rule on errors, all multiplied by `scale`.
    fn threshold(rule: ThresholdRule, errors: &[f32], scale: f32) -> Result<f32, ThresholdError> {
        let scaled =
            |errors: &[f32]| -> Vec<f32> { errors.iter().map(|error| error * scale).collect() };
        let calibration = Calibration::new(scaled(errors));
        let anomalous = scaled(&[3.0, 5.0, 0.5]);
        let labelled = LabelledErrors::new(&scaled(errors), &anomalous);
        rule.threshold(&Evidence {
            calibration: &calibration,
            training_range: Some((TRAINING_RANGE.0 * scale, TRAINING_RANGE.1 * scale)),
            labelled: labelled.as_ref(),
        })
    }

    #[test]
    fn the_line_rises_with_the_number_of_its_rule() {
        let errors = errors(300, 7);
        for rule in ThresholdRule::family(8) {
            let numbers = [0.5, 1.0, 2.0, 3.5, 10.0, 50.0, 75.0, 90.0, 99.0];
            let rules: Vec<_> = numbers
                .into_iter()
                .filter_map(|number| with_number(rule, number))
                .collect();
            let lines = rules.iter().map(|&rule| threshold(rule, &errors, 1.0));
            let lines: Vec<f32> = lines.collect::<Result<_, _>>().expect("enough items");
            assert!(lines.is_sorted(), "{rule:?}: {lines:?}");
            assert!(lines.is_empty() || lines[0] < lines[8], "{rule:?}");
        }
    }

    #[test]
    fn the_order_of_the_items_counts_for_batches_only() {
        let errors = errors(123, 11);
        let order = Mt19937::new(3).permutation(errors.len());
        let shuffled: Vec<f32> = order.into_iter().map(|idx| errors[idx]).collect();
        for rule in ThresholdRule::family(8) {
            let lines = [&errors, &shuffled].map(|errors| threshold(rule, errors, 1.0));
            let is_of_batches = matches!(rule, ThresholdRule::BatchLosses { .. });
            assert_eq!(lines[0] != lines[1], is_of_batches, "{rule:?}");
        }
    }

    #[test]
    fn the_line_grows_with_the_errors() {
        let errors = errors(200, 13);
        for rule in ThresholdRule::family(8) {
            let line = threshold(rule, &errors, 1.0).expect("enough items");
            for scale in [0.001, 0.37, 64.0] {
                let scaled = threshold(rule, &errors, scale).expect("enough items");
                assert!((scaled / scale - line).abs() < 1e-5 * line, "{rule:?}");
            }
        }
    }

    #[test]
    fn a_rule_without_what_it_needs_says_what_is_missing() {
        for rule in ThresholdRule::family(8) {
            let expected = match rule {
                ThresholdRule::Conformal { .. } => ThresholdError::TooFewItems { n: 0, needed: 19 },
                ThresholdRule::MinMax { .. } | ThresholdRule::TrainingMaximum => {
                    ThresholdError::NoTrainingErrors
                }
                ThresholdRule::BestF1 => ThresholdError::NoLabels,
                _ => ThresholdError::NoItems,
            };
            let outcome = rule.threshold(&Evidence::of(&Calibration::default()));
            assert_eq!(outcome, Err(expected), "{rule:?}");
        }
    }

    #[test]
    fn equal_errors_put_the_line_on_themselves() {
        for rule in ThresholdRule::family(8) {
            let own = match rule {
                ThresholdRule::MinMax { .. }
                | ThresholdRule::TrainingMaximum
                | ThresholdRule::BestF1 => continue,
                rule => threshold(rule, &[0.25; 40], 1.0),
            };
            assert_eq!(own, Ok(0.25), "{rule:?}");
        }
    }

    #[test]
    fn one_item_is_enough_for_all_but_the_promise() {
        for rule in ThresholdRule::family(8) {
            let outcome = threshold(rule, &[0.25], 1.0);
            let is_conformal = matches!(rule, ThresholdRule::Conformal { .. });
            assert_eq!(outcome.is_err(), is_conformal, "{rule:?}");
        }
    }

    #[test]
    fn the_second_articles_threshold_is_mean_plus_deviation_of_batch_means_in_order() {
        let calibration = Calibration::new(vec![1.0, 3.0, 5.0, 7.0, 9.0]);
        assert_eq!(calibration.batch_means(2), [2.0, 6.0, 9.0]);
        let rule = ThresholdRule::BatchLosses { batch_size: 2 };
        let threshold = rule.threshold(&Evidence::of(&calibration));
        let threshold = threshold.expect("three batches");
        assert!((threshold - (17.0 / 3.0 + 2.867_442)).abs() < 1e-5);
    }

    #[test]
    fn the_third_articles_rule_flags_beta_above_theta() {
        let range = (2.0, 6.0);
        let calibration = Calibration::default();
        let evidence = Evidence {
            training_range: Some(range),
            ..Evidence::of(&calibration)
        };
        let rule = ThresholdRule::MinMax { theta: 0.25 };
        assert_eq!(rule.threshold(&evidence), Ok(3.0));
        assert_eq!(ThresholdRule::TrainingMaximum.threshold(&evidence), Ok(6.0));
        assert_eq!(normalised_error(3.0, range), Some(0.25));
        assert_eq!(normalised_error(3.0, (1.0, 1.0)), None);
    }
}
