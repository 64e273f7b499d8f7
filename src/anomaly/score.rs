//! How badly an item is reconstructed.

use serde::{Deserialize, Serialize};

/// What is made of the differences between an item and its reconstruction.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub enum ErrorMeasure {
    /// Sum of squares over the number of values: the mean square, as in the first article.
    #[default]
    MeanSquared,
    /// Sum of squares, not divided, as in the worked example of the fourth article.
    SummedSquared,
    /// Mean of the absolute differences.
    MeanAbsolute,
    /// Sum of the absolute differences (L1), as in the third article.
    SummedAbsolute,
    /// The largest absolute difference.
    Maximum,
    /// Mean square in which each value counts by its weight; values beyond the last weight count 1.
    Weighted {
        /// 0 or more, one per value.
        #[serde(with = "crate::encoding::floats")]
        weights: Vec<f32>,
    },
}

impl ErrorMeasure {
    /// What it is called.
    pub fn name(&self) -> &'static str {
        match self {
            Self::MeanSquared => "mean square",
            Self::SummedSquared => "sum of squares",
            Self::MeanAbsolute => "mean absolute difference",
            Self::SummedAbsolute => "sum of absolute differences",
            Self::Maximum => "largest difference",
            Self::Weighted { .. } => "weighted mean square",
        }
    }

    /// The error of an item; 0 for no values. Where one is longer than the other, what it has more is left out.
    pub fn of(&self, input: &[f32], reconstruction: &[f32]) -> f32 {
        let n_values = input.len().min(reconstruction.len());
        if n_values == 0 {
            return 0.0;
        }
        let differences = input.iter().zip(reconstruction).map(|(x, y)| x - y);
        let squares = differences
            .clone()
            .map(|difference| difference * difference);
        let absolutes = differences.map(f32::abs);
        match self {
            Self::MeanSquared => squares.sum::<f32>() / n_values as f32,
            Self::SummedSquared => squares.sum(),
            Self::MeanAbsolute => absolutes.sum::<f32>() / n_values as f32,
            Self::SummedAbsolute => absolutes.sum(),
            Self::Maximum => absolutes.fold(0.0, f32::max),
            Self::Weighted { weights } => {
                let weights = || weights.iter().copied().chain(std::iter::repeat(1.0));
                let total: f32 = weights().take(n_values).sum();
                let weighted = squares
                    .zip(weights())
                    .map(|(square, weight)| square * weight);
                weighted.sum::<f32>() / total.max(f32::MIN_POSITIVE)
            }
        }
    }

    /// How much a value counts; 1 unless a weight says otherwise.
    pub fn weight_of(&self, value_idx: usize) -> f32 {
        match self {
            Self::Weighted { weights } => weights.get(value_idx).copied().unwrap_or(1.0),
            _ => 1.0,
        }
    }

    /// The weights at hand for values in groups of these sizes, with one group's changed.
    #[must_use]
    pub fn with_weight(&self, group_sizes: &[usize], changed_idx: usize, weight: f32) -> Self {
        let mut weights = Vec::new();
        for (group_idx, &n_values) in group_sizes.iter().enumerate() {
            let of_group = if group_idx == changed_idx {
                weight
            } else {
                self.weight_of(weights.len())
            };
            weights.resize(weights.len() + n_values, of_group);
        }
        Self::Weighted { weights }
    }

    /// The error of each row of `n × n_features` values; a last row that is cut off is left out.
    pub fn of_rows(&self, inputs: &[f32], reconstructions: &[f32], n_features: usize) -> Vec<f32> {
        if n_features == 0 {
            return Vec::new();
        }
        let rows = inputs
            .chunks_exact(n_features)
            .zip(reconstructions.chunks_exact(n_features));
        rows.map(|(input, reconstruction)| self.of(input, reconstruction))
            .collect()
    }
}

/// The part of the sum of squares that each span of values has, 0…1; all 0 where nothing differs.
pub fn shares_of_error(
    input: &[f32],
    reconstruction: &[f32],
    spans: impl IntoIterator<Item = std::ops::Range<usize>>,
) -> Vec<f32> {
    let sum_of = |span: std::ops::Range<usize>| {
        let pair = input.get(span.clone()).zip(reconstruction.get(span));
        pair.map_or(0.0, |(x, y)| ErrorMeasure::SummedSquared.of(x, y))
    };
    let sums: Vec<f32> = spans.into_iter().map(sum_of).collect();
    let total = sums.iter().sum::<f32>().max(f32::MIN_POSITIVE);
    sums.into_iter().map(|sum| sum / total).collect()
}

/// The mean item of `n × n_features` values: the best that can be said without looking at an item.
pub fn mean_item(items: &[f32], n_features: usize) -> Vec<f32> {
    let mut sums = vec![0.0_f64; n_features];
    let mut n_items = 0_usize;
    for item in items.chunks_exact(n_features.max(1)) {
        n_items += 1;
        for (sum, &value) in sums.iter_mut().zip(item) {
            *sum += f64::from(value);
        }
    }
    let mean = |sum: f64| (sum / n_items.max(1) as f64) as f32;
    sums.into_iter().map(mean).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const INPUT: [f32; 3] = [0.5, 0.7, 0.2];
    const REBUILT: [f32; 3] = [0.1, 0.7, 0.4];

    #[test]
    fn a_group_s_weight_is_spread_over_its_values() {
        let weights = vec![2.0, 2.0, 5.0];
        let changed = ErrorMeasure::Weighted { weights }.with_weight(&[2, 1], 1, 9.0);
        let weights = vec![2.0, 2.0, 9.0];
        assert_eq!(changed, ErrorMeasure::Weighted { weights });
        let changed = ErrorMeasure::Maximum.with_weight(&[2, 1], 0, 3.0);
        let weights = vec![3.0, 3.0, 1.0];
        assert_eq!(changed, ErrorMeasure::Weighted { weights });
    }

    #[test]
    fn the_worked_example_of_the_first_article_gives_0_0667() {
        let error = ErrorMeasure::MeanSquared.of(&INPUT, &REBUILT);
        assert!((error - 0.0667).abs() < 0.00005, "error {error}");
    }

    #[test]
    fn the_worked_example_of_the_fourth_article_gives_0_0189() {
        let error = ErrorMeasure::SummedSquared.of(&[-1.0, 0.32, 0.55], &[-0.90, 0.40, 0.60]);
        assert!((error - 0.0189).abs() < 0.00005, "error {error}");
    }

    #[test]
    fn every_measure_is_the_one_that_its_name_says() {
        let weights = vec![1.0, 5.0, 3.0];
        let expected = [
            (ErrorMeasure::SummedSquared, 0.20),
            (ErrorMeasure::MeanAbsolute, 0.2),
            (ErrorMeasure::SummedAbsolute, 0.6),
            (ErrorMeasure::Maximum, 0.4),
            (
                ErrorMeasure::Weighted { weights },
                (0.16 + 3.0 * 0.04) / 9.0,
            ),
        ];
        for (measure, expected) in expected {
            let error = measure.of(&INPUT, &REBUILT);
            assert!((error - expected).abs() < 1e-6, "{measure:?}: {error}");
        }
    }

    #[test]
    fn weights_that_are_missing_count_one() {
        let unweighted = ErrorMeasure::Weighted { weights: vec![] };
        let difference =
            unweighted.of(&INPUT, &REBUILT) - ErrorMeasure::MeanSquared.of(&INPUT, &REBUILT);
        assert!(difference.abs() < 1e-7);
    }

    #[test]
    fn every_row_has_its_own_error() {
        let measure = ErrorMeasure::MeanSquared;
        let errors = measure.of_rows(&[0.0, 0.0, 1.0, 0.5], &[0.0, 0.0, 0.0, 0.5], 2);
        assert_eq!(errors, [0.0, 0.5]);
    }

    #[test]
    fn shapes_that_do_not_fit_do_no_harm() {
        let measure = ErrorMeasure::MeanSquared;
        assert!(measure.of_rows(&[0.1, 0.2], &[0.1, 0.2], 0).is_empty());
        assert!(measure.of_rows(&[], &[], 64).is_empty());
        assert_eq!(
            measure.of_rows(&[1.0, 0.5, 0.5], &[0.0, 0.5, 0.5], 2),
            [0.5]
        );
        assert!(measure.of(&[], &[1.0]).abs() < f32::EPSILON);
        assert!(mean_item(&[], 0).is_empty());
    }

    #[test]
    fn the_shares_of_an_error_add_up_to_one() {
        let shares = shares_of_error(&INPUT, &REBUILT, [0..1, 1..2, 2..3]);
        assert!((shares.iter().sum::<f32>() - 1.0).abs() < 1e-6);
        assert!((shares[0] - 0.8).abs() < 1e-6);
        assert_eq!(shares_of_error(&INPUT, &INPUT, [0..3, 7..9]), [0.0, 0.0]);
    }

    #[test]
    fn the_mean_item_is_the_mean_of_every_value() {
        assert_eq!(mean_item(&[0.0, 1.0, 1.0, 0.5], 2), [0.5, 0.75]);
    }
}
