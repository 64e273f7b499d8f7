//! Which items are trained on, which set the threshold, which measure the result.

use serde::{Deserialize, Serialize};

use crate::random::Mt19937;

/// How much of a data set is trained on, and how much is held out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Parts {
    /// Three fifths to train, one to calibrate, one to test.
    #[default]
    ThreeOneOne,
    /// Seven tenths to train, one to calibrate, two to test.
    SevenOneTwo,
    /// Every item is trained on, as the first article does; the threshold is then set on trained items too, and
    /// promises nothing.
    Everything,
}

/// Indices of a data set in three parts, without overlap unless everything is trained on.
///
/// A threshold promises its rate of false alarms only when it is set on items that were not trained on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Split {
    /// To learn from.
    pub train: Vec<usize>,
    /// To set the threshold.
    pub calibration: Vec<usize>,
    /// The rest: to measure what was promised, and never to tune with.
    pub test: Vec<usize>,
}

impl Split {
    /// Cuts `0..n_items` in a random order that depends on the seed only; everything stays in its own order.
    pub fn new(n_items: usize, seed: u64, parts: Parts) -> Self {
        let (n_test, n_calibration) = match parts {
            Parts::ThreeOneOne => (n_items.div_ceil(5), n_items / 5),
            Parts::SevenOneTwo => (n_items.div_ceil(5), n_items / 10),
            Parts::Everything => {
                let all: Vec<usize> = (0..n_items).collect();
                return Self {
                    train: all.clone(),
                    calibration: all,
                    test: Vec::new(),
                };
            }
        };
        let order = Mt19937::new(seed).permutation(n_items);
        let (fitted, test) = order.split_at(n_items - n_test);
        let (train, calibration) = fitted.split_at(fitted.len() - n_calibration);
        Self {
            train: train.to_vec(),
            calibration: calibration.to_vec(),
            test: test.to_vec(),
        }
    }

    /// Number of items that are trained on.
    pub fn n_train(n_items: usize, parts: Parts) -> usize {
        match parts {
            Parts::ThreeOneOne => n_items - n_items.div_ceil(5) - n_items / 5,
            Parts::SevenOneTwo => n_items - n_items.div_ceil(5) - n_items / 10,
            Parts::Everything => n_items,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_uci_digits_split_into_1078_359_and_360() {
        let split = Split::new(1_797, 1, Parts::ThreeOneOne);
        assert_eq!(split.train.len(), 1_078);
        assert_eq!(split.calibration.len(), 359);
        assert_eq!(split.test.len(), 360);
    }

    #[test]
    fn ten_thousand_digits_split_into_7000_1000_and_2000() {
        let split = Split::new(10_000, 42, Parts::SevenOneTwo);
        assert_eq!(split.train.len(), 7_000);
        assert_eq!(split.calibration.len(), 1_000);
        assert_eq!(split.test.len(), 2_000);
    }

    #[test]
    fn everything_is_trained_on_and_calibrates_in_its_own_order() {
        let split = Split::new(3, 1, Parts::Everything);
        assert_eq!(
            (split.train, split.calibration),
            (vec![0, 1, 2], vec![0, 1, 2])
        );
        assert!(split.test.is_empty());
    }

    #[test]
    fn every_item_is_in_exactly_one_part() {
        for n_items in [0, 1, 2, 3, 4, 5, 6, 9, 10, 11, 1_797] {
            for parts in [Parts::ThreeOneOne, Parts::SevenOneTwo] {
                let split = Split::new(n_items, 42, parts);
                assert_eq!(split.train.len(), Split::n_train(n_items, parts));
                let mut all = [split.train, split.calibration, split.test].concat();
                all.sort_unstable();
                assert_eq!(all, (0..n_items).collect::<Vec<_>>());
            }
        }
    }

    #[test]
    fn the_seed_decides_the_split() {
        let of = |seed| Split::new(100, seed, Parts::ThreeOneOne);
        assert_eq!(of(5), of(5));
        assert_ne!(of(5), of(6));
    }
}
