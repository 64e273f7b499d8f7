//! A threshold that keeps its promise.
//!
//! The conformal rule (Vovk, Gammerman and Shafer, 2005) flags an error `s` when
//! `p = (1 + number of calibration errors ≥ s) / (n + 1)` is at most `alpha`. If calibration items and new normal
//! items come from the same source, and the model was trained on neither, at most a part `alpha` of normal items is
//! flagged, whatever the model.

use thiserror::Error;

use crate::order::ascending;

/// The errors of normal items that the model was not trained on, in rising order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Calibration {
    errors: Vec<f32>,
    /// The same errors as they were measured, item after item.
    in_order: Vec<f32>,
}

/// Why there is no threshold that keeps a promise.
#[derive(Clone, Copy, Debug, PartialEq, Error)]
pub enum ThresholdError {
    /// With so few items even the worst of them is not rare enough.
    #[error(
        "{n} calibration items are too few for this rate of false alarms; it needs at least {needed}"
    )]
    TooFewItems {
        /// Number of calibration items.
        n: usize,
        /// The smallest number with which the rule can flag anything: `ceil(1 / alpha) − 1`.
        needed: usize,
    },
    /// A rate of false alarms is a part of all normal items.
    #[error("a rate of false alarms of {alpha} is not possible; choose one between 0 and 1")]
    ImpossibleRate {
        /// What was asked for.
        alpha: f32,
    },
    /// Without a calibration item nothing is known of normal errors.
    #[error("there is no calibration item to set a threshold by")]
    NoItems,
    /// The errors of the items that were trained on are not known yet.
    #[error("the training items have not been measured yet")]
    NoTrainingErrors,
    /// Nothing is known to be an anomaly.
    #[error("this rule needs anomalies that are known as such")]
    NoLabels,
}

/// The standard deviation of a normal distribution whose median absolute deviation is 1.
const DEVIATION_OF_MAD: f64 = 1.482_602_218_505_602;

impl Calibration {
    /// Sorts the errors; those that are not finite say nothing about a threshold and are dropped.
    pub fn new(mut errors: Vec<f32>) -> Self {
        errors.retain(|error| error.is_finite());
        let sorted = ascending(errors.iter().copied());
        Self {
            errors: sorted.into_iter().map(|place| errors[place]).collect(),
            in_order: errors,
        }
    }

    /// The mean error of each batch of items, as they were measured; the last batch may be shorter.
    pub fn batch_means(&self, batch_size: usize) -> Vec<f32> {
        let mean = |batch: &[f32]| {
            let sum: f64 = batch.iter().copied().map(f64::from).sum();
            (sum / batch.len() as f64) as f32
        };
        self.in_order.chunks(batch_size.max(1)).map(mean).collect()
    }

    /// The errors as they were given.
    pub fn in_order(&self) -> &[f32] {
        &self.in_order
    }

    /// The errors in rising order.
    pub fn errors(&self) -> &[f32] {
        &self.errors
    }

    /// Number of errors, the `n` of the rule.
    pub fn n_items(&self) -> usize {
        self.errors.len()
    }

    /// How many errors are at least as large as a score. A score that is not a number is below all.
    pub fn count_as_large(&self, score: f32) -> usize {
        self.n_items() - self.errors.partition_point(|&error| error < score)
    }

    /// How many errors are larger than a score; none for a score that is not a number.
    pub fn count_larger(&self, score: f32) -> usize {
        self.errors
            .iter()
            .rev()
            .take_while(|&&error| error > score)
            .count()
    }

    /// The part of normal items that would score at least as high, 0…1, with the score itself counted among them.
    pub fn p_value(&self, score: f32) -> f32 {
        rank_p_value(self.count_as_large(score), self.n_items())
    }

    /// The error above which `p_value` is at most `alpha`: `score > threshold` exactly when `p_value(score) <= alpha`.
    ///
    /// # Errors
    /// When `alpha` is not between 0 and 1, or there are fewer than `ceil(1 / alpha) − 1` items.
    pub fn conformal_threshold(&self, alpha: f32) -> Result<f32, ThresholdError> {
        if !(alpha > 0.0 && alpha < 1.0) {
            return Err(ThresholdError::ImpossibleRate { alpha });
        }
        let n = self.n_items();
        let n_rare_ranks = (0..n)
            .take_while(|&rank| rank_p_value(rank, n) <= alpha)
            .count();
        if n_rare_ranks == 0 {
            return Err(ThresholdError::TooFewItems {
                n,
                needed: needed_items(alpha),
            });
        }
        Ok(self.errors[n - n_rare_ranks])
    }

    /// The part of the errors above a threshold, 0…1; 0 without any errors.
    pub fn false_alarm_rate(&self, threshold: f32) -> f32 {
        self.count_larger(threshold) as f32 / self.n_items().max(1) as f32
    }

    /// The error in the middle; `None` without any.
    pub fn median(&self) -> Option<f32> {
        self.quantile(0.5)
    }

    /// The mean of the errors; `None` without any.
    pub fn mean(&self) -> Option<f32> {
        let sum: f64 = self.errors.iter().copied().map(f64::from).sum();
        (!self.errors.is_empty()).then(|| (sum / self.n_items() as f64) as f32)
    }

    /// The standard deviation of the errors, divided by n as numpy does; `None` without any.
    pub fn deviation(&self) -> Option<f32> {
        let (_, deviation) = self.moments()?;
        Some(deviation as f32)
    }

    /// Mean and standard deviation, unrounded.
    fn moments(&self) -> Option<(f64, f64)> {
        let n = self.n_items() as f64;
        let errors = || self.errors.iter().copied().map(f64::from);
        let mean = errors().sum::<f64>() / n;
        let variance = errors().map(|error| (error - mean).powi(2)).sum::<f64>() / n;
        (!self.errors.is_empty()).then(|| (mean, variance.sqrt()))
    }

    /// The mean plus `k` standard deviations; `None` without any errors.
    pub fn mean_and_deviations(&self, k: f32) -> Option<f32> {
        let (mean, deviation) = self.moments()?;
        Some((mean + f64::from(k) * deviation) as f32)
    }

    /// The median plus `k` median absolute deviations, each scaled by 1.4826; `None` without any errors.
    pub fn median_and_deviations(&self, k: f32) -> Option<f32> {
        let median = self.median()?;
        let deviation = self.distances_from(median).median()?;
        let scaled = DEVIATION_OF_MAD * f64::from(deviation);
        Some((f64::from(median) + f64::from(k) * scaled) as f32)
    }

    /// How far the errors lie from a place, merged in rising order from both of its sides: sorting them would take longer
    /// than all other rules together.
    fn distances_from(&self, place: f32) -> Self {
        let n_below = self.errors.partition_point(|&error| error < place);
        let (below, above) = self.errors.split_at(n_below);
        let mut below = below.iter().rev().map(|error| place - error).peekable();
        let mut above = above.iter().map(|error| error - place).peekable();
        let next = || {
            let is_nearer = |distance: &f32| above.peek().is_none_or(|other| distance < other);
            below.next_if(is_nearer).or_else(|| above.next())
        };
        let errors: Vec<f32> = std::iter::from_fn(next).collect();
        Self {
            in_order: errors.clone(),
            errors,
        }
    }

    /// The third quartile plus `k` times the distance between the first and the third; `None` without any errors.
    pub fn third_quartile_and_ranges(&self, k: f32) -> Option<f32> {
        let (first, third) = (self.quantile(0.25)?, self.quantile(0.75)?);
        Some(third + k * (third - first))
    }

    /// The error below which a part `q` of all lies, 0…1, mixed linearly from the two nearest ranks.
    ///
    /// A `q` beyond 0…1 counts as its nearer end; `None` without any errors or for a `q` that is not a number.
    pub fn quantile(&self, q: f32) -> Option<f32> {
        let last = self.n_items().checked_sub(1)?;
        if q.is_nan() {
            return None;
        }
        let rank = f64::from(q.clamp(0.0, 1.0)) * last as f64;
        let (lower, weight) = (rank.floor() as usize, rank.fract());
        let below = f64::from(self.errors[lower.min(last)]);
        let above = f64::from(self.errors[(lower + 1).min(last)]);
        Some((below + weight * (above - below)) as f32)
    }

    /// The smallest error; `None` without any.
    pub fn min(&self) -> Option<f32> {
        self.errors.first().copied()
    }

    /// The largest error; `None` without any.
    pub fn max(&self) -> Option<f32> {
        self.errors.last().copied()
    }
}

fn rank_p_value(n_as_large: usize, n: usize) -> f32 {
    ((n_as_large as f64 + 1.0) / (n as f64 + 1.0)) as f32
}

/// The smallest number of items of which one alone can be rare enough: `ceil(1 / alpha) − 1`.
fn needed_items(alpha: f32) -> usize {
    // The quotient is rounded and may be one off, so that its neighbours are tried too.
    let quotient = (1.0 / alpha) as usize;
    let candidates = quotient.saturating_sub(2)..=quotient.saturating_add(1);
    candidates
        .into_iter()
        .find(|&n| rank_p_value(0, n) <= alpha)
        .unwrap_or(quotient)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Mt19937;

    fn one_to(n: usize) -> Calibration {
        Calibration::new((1..=n).rev().map(|error| error as f32).collect())
    }

    fn assert_rule_holds(calibration: &Calibration, alpha: f32) {
        let Ok(threshold) = calibration.conformal_threshold(alpha) else {
            return;
        };
        let own = calibration.errors().iter().copied();
        let beside = calibration
            .errors()
            .iter()
            .flat_map(|error| [error.next_down(), error.next_up()]);
        for score in own
            .chain(beside)
            .chain([0.0, f32::MAX, f32::INFINITY, f32::NAN])
        {
            let is_rare = calibration.p_value(score) <= alpha;
            assert_eq!(
                score > threshold,
                is_rare,
                "score {score}, threshold {threshold}, alpha {alpha}"
            );
        }
    }

    #[test]
    fn above_the_threshold_is_exactly_where_p_is_at_most_alpha() {
        let mut generator = Mt19937::new(23);
        for n in 1..300 {
            // Rounded to a few values, so that many errors are equal.
            let n_values = 1 + generator.next_u32() % 50;
            let errors = (0..n)
                .map(|_| (generator.next_u32() % n_values) as f32 / 50.0)
                .collect();
            let calibration = Calibration::new(errors);
            for alpha in [
                0.01,
                0.05,
                0.1,
                0.25,
                0.5,
                0.99,
                generator.uniform(0.0, 1.0),
            ] {
                assert_rule_holds(&calibration, alpha);
            }
        }
    }

    #[test]
    fn nineteen_items_are_enough_for_five_percent_and_eighteen_are_not() {
        assert_eq!(one_to(19).conformal_threshold(0.05), Ok(19.0));
        let too_few = ThresholdError::TooFewItems { n: 18, needed: 19 };
        assert_eq!(one_to(18).conformal_threshold(0.05), Err(too_few));
        assert_eq!(one_to(99).conformal_threshold(0.05), Ok(95.0));
    }

    #[test]
    fn the_needed_number_of_items_is_the_smallest_that_works() {
        for denominator in 2_u16..500 {
            let alpha = 1.0 / f32::from(denominator);
            let needed = usize::from(denominator) - 1;
            let error = ThresholdError::TooFewItems {
                n: needed - 1,
                needed,
            };
            assert_eq!(one_to(needed - 1).conformal_threshold(alpha), Err(error));
            assert!(one_to(needed).conformal_threshold(alpha).is_ok());
        }
    }

    #[test]
    fn normal_items_are_flagged_as_often_as_promised() {
        const N_TRIALS: u16 = 4_000;
        let mut generator = Mt19937::new(31);
        for (n_items, alpha) in [(99, 0.05_f32), (99, 0.2), (199, 0.01)] {
            let mut error = || generator.normal().exp();
            let n_flagged = (0..N_TRIALS).filter(|_| {
                let calibration = Calibration::new((0..n_items).map(|_| error()).collect());
                calibration
                    .conformal_threshold(alpha)
                    .is_ok_and(|threshold| error() > threshold)
            });
            // n + 1 is a multiple of 1 / alpha, so the promised rate is met exactly on average.
            let expected = f32::from(N_TRIALS) * alpha;
            let half_width = 1.96 * (expected * (1.0 - alpha)).sqrt();
            let n_flagged = n_flagged.count() as f32;
            assert!(
                (n_flagged - expected).abs() <= half_width,
                "{n_flagged} of {expected} ± {half_width}"
            );
        }
    }

    #[test]
    fn the_rate_of_false_alarms_counts_errors_above_the_threshold() {
        let calibration = Calibration::new(vec![1.0, 2.0, 2.0, 3.0]);
        let rates =
            [0.0, 1.0, 2.0, 3.0, f32::NAN].map(|threshold| calibration.false_alarm_rate(threshold));
        assert_eq!(rates.to_vec(), [1.0, 0.75, 0.25, 0.0, 0.0]);
    }

    #[test]
    fn equal_errors_all_count() {
        let calibration = Calibration::new(vec![0.5; 9]);
        assert_eq!(
            (
                calibration.count_as_large(0.5),
                calibration.count_larger(0.5)
            ),
            (9, 0)
        );
        assert!((calibration.p_value(0.5) - 1.0).abs() < 1e-6);
        assert!((calibration.p_value(0.6) - 0.1).abs() < 1e-6);
        assert_eq!(calibration.conformal_threshold(0.1), Ok(0.5));
    }

    #[test]
    fn summaries_are_those_of_the_sorted_errors() {
        let calibration = Calibration::new(vec![4.0, 1.0, f32::NAN, 2.0, 9.0, f32::INFINITY]);
        assert_eq!(calibration.errors(), [1.0, 2.0, 4.0, 9.0]);
        assert_eq!(
            (calibration.min(), calibration.max()),
            (Some(1.0), Some(9.0))
        );
        assert_eq!(
            (calibration.median(), calibration.mean()),
            (Some(3.0), Some(4.0))
        );
        assert_eq!(calibration.quantile(0.75), Some(5.25));
        assert_eq!(
            (calibration.quantile(-1.0), calibration.quantile(2.0)),
            (Some(1.0), Some(9.0))
        );
        assert_eq!(calibration.quantile(f32::NAN), None);
    }

    #[test]
    fn distances_from_a_place_are_those_of_every_error_in_rising_order() {
        let calibration = Calibration::new(vec![7.0, 1.0, 4.0, 4.0, 2.5, 12.0, 4.5]);
        for place in [4.0, 3.0, 0.0, 20.0] {
            let mut distances: Vec<f32> = calibration
                .errors()
                .iter()
                .map(|error| (error - place).abs())
                .collect();
            distances.sort_by(f32::total_cmp);
            assert_eq!(calibration.distances_from(place).errors(), distances);
        }
    }

    #[test]
    fn without_usable_errors_there_is_no_threshold() {
        for calibration in [
            Calibration::new(vec![]),
            Calibration::new(vec![f32::NAN; 30]),
        ] {
            let too_few = ThresholdError::TooFewItems { n: 0, needed: 19 };
            assert_eq!(calibration.conformal_threshold(0.05), Err(too_few));
            assert_eq!(
                (calibration.median(), calibration.mean(), calibration.max()),
                (None, None, None)
            );
            assert!((calibration.p_value(0.5) - 1.0).abs() < 1e-6);
            assert!(calibration.false_alarm_rate(0.5).abs() < 1e-6);
        }
    }

    #[test]
    fn a_rate_beyond_0_to_1_is_refused() {
        for alpha in [0.0, 1.0, -0.1, f32::NAN, f32::INFINITY] {
            let result = one_to(100).conformal_threshold(alpha);
            assert!(matches!(result, Err(ThresholdError::ImpossibleRate { .. })));
        }
        let tiny = one_to(100).conformal_threshold(f32::MIN_POSITIVE);
        assert!(matches!(
            tiny,
            Err(ThresholdError::TooFewItems { n: 100, .. })
        ));
    }
}
