//! A column in a few figures and a small histogram.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::scale::quantile;

/// The bars of a small histogram.
const N_BARS: usize = 16;
/// The most different values of a column that are counted.
const MOST_COUNTED: usize = 100_000;
/// A value far out stands for something else only if it is there as often: one number of so many,
const ONE_SENTINEL_OF: usize = 200;
/// and at least so often,
const FEWEST_SENTINELS: usize = 5;
/// and as many times the width of the others away from them.
const SENTINEL_WIDTHS: f64 = 0.5;

/// What a column holds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ColumnSummary {
    /// Cells without a value.
    pub n_missing: usize,
    /// Its values.
    pub values: ValuesSummary,
}

/// What the values of a column are.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum ValuesSummary {
    /// None.
    Nothing,
    /// Numbers; those far from all others are not among them.
    Numbers {
        /// The smallest,
        smallest: f64,
        /// the one in the middle,
        median: f64,
        /// and the largest.
        largest: f64,
        /// How many there are in each part of the range, all parts of the same width.
        bars: Vec<u32>,
        /// A value at one end, far from the others, and how often it is there.
        far_out: Option<(f64, usize)>,
    },
    /// Words or codes.
    Levels {
        /// How many different ones.
        n_levels: usize,
        /// The most frequent ones and how often they are there, the most frequent first.
        most_frequent: Vec<(String, u32)>,
    },
}

impl ColumnSummary {
    /// How many different words or codes there are; `None` where there are numbers.
    pub(super) fn n_levels(&self) -> Option<usize> {
        match self.values {
            ValuesSummary::Levels { n_levels, .. } => Some(n_levels),
            ValuesSummary::Nothing | ValuesSummary::Numbers { .. } => None,
        }
    }

    /// A value at one end that is often there and far from all others, and how often.
    pub(super) fn repeated_far_out(&self) -> Option<(f64, usize)> {
        match self.values {
            ValuesSummary::Numbers { far_out, .. } => far_out,
            ValuesSummary::Nothing | ValuesSummary::Levels { .. } => None,
        }
    }
}

/// The summary of sorted numbers.
pub(super) fn summary_of_numbers(sorted: &[f64], n_missing: usize) -> ColumnSummary {
    let values = match (sorted.first(), sorted.last()) {
        (Some(&smallest), Some(&largest)) => ValuesSummary::Numbers {
            smallest,
            median: quantile(sorted, 0.5),
            largest,
            bars: bars_of(sorted, smallest, largest),
            far_out: far_out(sorted),
        },
        _ => ValuesSummary::Nothing,
    };
    ColumnSummary { n_missing, values }
}

/// The summary of words.
pub(super) fn summary_of_levels<'a>(
    levels: impl Iterator<Item = &'a str>,
    n_missing: usize,
) -> ColumnSummary {
    let mut counts = BTreeMap::new();
    for level in levels {
        if counts.len() < MOST_COUNTED || counts.contains_key(level) {
            *counts.entry(level).or_insert(0_u32) += 1;
        }
    }
    let n_levels = counts.len();
    let mut most_frequent: Vec<(&str, u32)> = counts.into_iter().collect();
    most_frequent.sort_by_key(|&(_, count)| std::cmp::Reverse(count));
    most_frequent.truncate(N_BARS);
    let most_frequent = most_frequent.into_iter();
    let values = if n_levels == 0 {
        ValuesSummary::Nothing
    } else {
        ValuesSummary::Levels {
            n_levels,
            most_frequent: most_frequent
                .map(|(level, n)| (level.to_owned(), n))
                .collect(),
        }
    };
    ColumnSummary { n_missing, values }
}

fn bars_of(sorted: &[f64], smallest: f64, largest: f64) -> Vec<u32> {
    let mut bars = vec![0; N_BARS];
    let width = (largest - smallest) / N_BARS as f64;
    for number in sorted {
        let bar = if width > 0.0 {
            ((number - smallest) / width) as usize
        } else {
            0
        };
        bars[bar.min(N_BARS - 1)] += 1;
    }
    bars
}

/// The value at one end of sorted numbers, where it is often there and far from the others.
fn far_out(sorted: &[f64]) -> Option<(f64, usize)> {
    let (&smallest, &largest) = (sorted.first()?, sorted.last()?);
    let n_smallest = sorted.partition_point(|&it| it <= smallest);
    let n_below_largest = sorted.partition_point(|&it| it < largest);
    let (above, below) = (&sorted[n_smallest..], &sorted[..n_below_largest]);
    let is_far = |value: f64, others: &[f64]| {
        let (low, high) = (quantile(others, 0.0), quantile(others, 1.0));
        let away = (low - value).max(value - high);
        others.len() > sorted.len() / 2 && high > low && away > (high - low) * SENTINEL_WIDTHS
    };
    let least = FEWEST_SENTINELS.max(sorted.len() / ONE_SENTINEL_OF);
    let n_largest = sorted.len() - n_below_largest;
    if n_smallest >= least && is_far(smallest, above) {
        Some((smallest, n_smallest))
    } else if n_largest >= least && is_far(largest, below) {
        Some((largest, n_largest))
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(values: impl Iterator<Item = f64>) -> ValuesSummary {
        let mut values: Vec<f64> = values.collect();
        values.sort_by(f64::total_cmp);
        summary_of_numbers(&values, 0).values
    }

    #[test]
    fn numbers_have_their_ends_their_middle_and_bars() {
        let summary = numbers((0..=32).map(f64::from));
        let ValuesSummary::Numbers {
            smallest,
            median,
            largest,
            bars,
            far_out,
        } = summary
        else {
            panic!("numbers");
        };
        assert_eq!((smallest, median, largest), (0.0, 16.0, 32.0));
        assert_eq!(bars.iter().sum::<u32>(), 33);
        assert_eq!((bars[0], bars[15]), (2, 3));
        assert_eq!(far_out, None);
    }

    #[test]
    fn a_value_far_out_and_often_there_is_pointed_out() {
        let far_out = |sentinel: f64, n: usize| {
            let values = (0..400).map(|it| f64::from(it) / 100.0);
            let sentinels = std::iter::repeat_n(sentinel, n);
            match numbers(values.chain(sentinels)) {
                ValuesSummary::Numbers { far_out, .. } => far_out,
                _ => None,
            }
        };
        assert_eq!(far_out(-200.0, 12), Some((-200.0, 12)));
        assert_eq!(far_out(999.0, 5), Some((999.0, 5)));
        assert_eq!(far_out(-200.0, 4), None);
        assert_eq!(far_out(5.0, 30), None);
    }

    #[test]
    fn levels_are_counted() {
        let summary = summary_of_levels(["b", "a", "b"].into_iter(), 2);
        assert_eq!(summary.n_missing, 2);
        let expected = ValuesSummary::Levels {
            n_levels: 2,
            most_frequent: vec![("b".to_owned(), 2), ("a".to_owned(), 1)],
        };
        assert_eq!(summary.values, expected);
        let nothing = summary_of_levels(std::iter::empty(), 0).values;
        assert_eq!(nothing, ValuesSummary::Nothing);
    }
}
