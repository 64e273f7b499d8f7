//! Which items are trained on, which set the threshold, which measure the result.

use crate::random::Mt19937;

/// Indices of a data set in three parts without overlap.
///
/// A threshold promises its rate of false alarms only when it is set on items that were not trained on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Split {
    /// Three fifths, rounded down: to learn from.
    pub train: Vec<usize>,
    /// One fifth, rounded down: to set the threshold.
    pub calibration: Vec<usize>,
    /// The rest: to measure what was promised, and never to tune with.
    pub test: Vec<usize>,
}

impl Split {
    /// Cuts `0..n_items` in a random order that depends on the seed only.
    pub fn new(n_items: usize, seed: u64) -> Self {
        let order = Mt19937::new(seed).permutation(n_items);
        let (fitted, test) = order.split_at(n_items - n_items.div_ceil(5));
        let (train, calibration) = fitted.split_at(fitted.len() - n_items / 5);
        Self {
            train: train.to_vec(),
            calibration: calibration.to_vec(),
            test: test.to_vec(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_uci_digits_split_into_1078_359_and_360() {
        let split = Split::new(1_797, 1);
        assert_eq!(split.train.len(), 1_078);
        assert_eq!(split.calibration.len(), 359);
        assert_eq!(split.test.len(), 360);
    }

    #[test]
    fn every_item_is_in_exactly_one_part() {
        for n_items in [0, 1, 2, 3, 4, 5, 6, 9, 10, 11, 1_797] {
            let split = Split::new(n_items, 42);
            let mut all = [split.train, split.calibration, split.test].concat();
            all.sort_unstable();
            assert_eq!(all, (0..n_items).collect::<Vec<_>>());
        }
    }

    #[test]
    fn the_seed_decides_the_split() {
        assert_eq!(Split::new(100, 5), Split::new(100, 5));
        assert_ne!(Split::new(100, 5), Split::new(100, 6));
    }
}
