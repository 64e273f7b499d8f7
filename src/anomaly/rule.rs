//! Where the line between normal and anomalous stands.

use super::Calibration;

/// The share of normal items that the default threshold flags.
pub const DEFAULT_ALPHA: f32 = 0.05;

/// Where θ of the third article stands until it is moved.
pub const DEFAULT_THETA: f32 = 0.5;

/// How the threshold is found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum ThresholdRule {
    /// From the calibration items, so that at most this share of normal items is flagged.
    Conformal {
        /// The promised share of false alarms, between 0 and 1.
        alpha: f32,
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
    /// Where the visitor put it.
    Manual(f32),
}

impl Default for ThresholdRule {
    fn default() -> Self {
        Self::Conformal {
            alpha: DEFAULT_ALPHA,
        }
    }
}

impl ThresholdRule {
    /// The error above which an item is an anomaly.
    ///
    /// `training_range` holds the smallest and the largest error of the items that were trained on. `None` where too
    /// few items calibrate the rule, or the range is not known.
    pub fn threshold(
        self,
        calibration: &Calibration,
        training_range: Option<(f32, f32)>,
    ) -> Option<f32> {
        match self {
            Self::Conformal { alpha } => calibration.conformal_threshold(alpha).ok(),
            Self::BatchLosses { batch_size } => {
                let losses = BatchLosses::of(&calibration.batch_means(batch_size))?;
                Some(losses.mean + losses.deviation)
            }
            Self::MinMax { theta } => {
                let (min, max) = training_range?;
                Some(min + theta * (max - min))
            }
            Self::Manual(threshold) => Some(threshold),
        }
    }
}

/// The losses of an epoch's batches, summed up.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BatchLosses {
    /// Number of batches.
    pub n_batches: usize,
    /// Their mean.
    pub mean: f32,
    /// The loss in the middle; between the two in the middle of an even number.
    pub median: f32,
    /// Standard deviation, divided by n as numpy does.
    pub deviation: f32,
}

impl BatchLosses {
    /// Sums losses up; those that are not finite are left out. `None` without any.
    pub fn of(losses: &[f32]) -> Option<Self> {
        let sorted = Calibration::new(losses.to_vec());
        let (mean, median) = (sorted.mean()?, sorted.median()?);
        let square = |loss: &f32| (f64::from(*loss) - f64::from(mean)).powi(2);
        let variance = sorted.errors().iter().map(square).sum::<f64>() / sorted.n_items() as f64;
        Some(Self {
            n_batches: sorted.n_items(),
            mean,
            median,
            deviation: variance.sqrt() as f32,
        })
    }
}

/// The third article's β: 0 at the smallest training error, 1 at the largest; `None` where they are equal.
pub fn normalised_error(error: f32, (min, max): (f32, f32)) -> Option<f32> {
    (max > min).then(|| (error - min) / (max - min))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn batch_losses_are_summed_up_as_numpy_does() {
        // numpy: mean 2.5, median 2.5, std 1.118034
        let losses = BatchLosses::of(&[4.0, 1.0, 3.0, 2.0]).expect("four losses");
        assert_eq!((losses.mean, losses.median), (2.5, 2.5));
        assert!((losses.deviation - 1.118_034).abs() < 1e-6);
        assert_eq!(BatchLosses::of(&[]), None);
    }

    #[test]
    fn the_second_articles_threshold_is_mean_plus_deviation_of_batch_means_in_order() {
        let calibration = Calibration::new(vec![1.0, 3.0, 5.0, 7.0, 9.0]);
        assert_eq!(calibration.batch_means(2), [2.0, 6.0, 9.0]);
        let rule = ThresholdRule::BatchLosses { batch_size: 2 };
        let threshold = rule.threshold(&calibration, None).expect("three batches");
        assert!((threshold - (17.0 / 3.0 + 2.867_442)).abs() < 1e-5);
    }

    #[test]
    fn the_third_articles_rule_flags_beta_above_theta() {
        let range = (2.0, 6.0);
        let rule = ThresholdRule::MinMax { theta: 0.25 };
        let threshold = rule.threshold(&Calibration::default(), Some(range));
        assert_eq!(threshold, Some(3.0));
        assert_eq!(normalised_error(3.0, range), Some(0.25));
        assert_eq!(normalised_error(3.0, (1.0, 1.0)), None);
        assert_eq!(rule.threshold(&Calibration::default(), None), None);
    }
}
