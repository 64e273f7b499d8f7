//! Which items are trained on, which set the threshold, which measure the result.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::copies::Copies;
use super::{Dataset, Normality};
use crate::random::Mt19937;

/// How much of a data set is trained on, and how much is held out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Parts {
    /// Three fifths to train, one to calibrate, one to test.
    #[default]
    ThreeOneOne,
    /// Seven tenths to train, one to calibrate, two to test.
    SevenOneTwo,
    /// Every normal item is trained on, as the first article does; the threshold is then set on trained items too,
    /// and promises nothing.
    Everything,
    /// As the files say: all normal items of the one to learn from are trained on, all of the one to validate with
    /// calibrate, as the second article does. Where no file says it, as the default.
    AsGiven,
}

/// Of this many items of anomalous classes one is never trained on, so that some are left to measure with.
const ONE_SPARED_OF: usize = 5;

/// Indices of a data set in four parts, without overlap unless everything is trained on.
///
/// A threshold promises its rate of false alarms only when it is set on items that were not trained on. Copies of one
/// original are in one part.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Split {
    /// To learn from: normal items, then those that contaminate them.
    pub train: Vec<usize>,
    /// To set the threshold: normal items.
    pub calibration: Vec<usize>,
    /// The other normal items: to measure what was promised, and never to tune with.
    pub test: Vec<usize>,
    /// The items of the classes that are not normal, less those that contaminate the training part.
    pub held_out: Vec<usize>,
    /// Items of which a value cannot be learned from or measured with; they are judged and no more.
    pub set_aside: Vec<usize>,
}

/// What a split depends on: how many items there are, and what is known of each.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sorted<'a> {
    pub n_items: usize,
    /// One an item, or none at all.
    pub labels: &'a [u8],
    pub set_aside: &'a BTreeSet<usize>,
    /// The first of the items that were given to validate with, if any were.
    pub first_validation: Option<usize>,
    /// Copies of one original stay together.
    pub copies: Copies,
}

impl Sorted<'_> {
    /// The normal items and the others, each in the order of the data.
    fn by(&self, normality: &Normality) -> (Vec<usize>, Vec<usize>) {
        let items = (0..self.n_items).filter(|item| !self.set_aside.contains(item));
        items.partition(|&item| normality.is_normal(self.labels.get(item).copied()))
    }
}

impl Split {
    /// Cuts the normal items of a data set in a random order that depends on the seed only; where every one is
    /// trained on, they stay in their own order.
    ///
    /// Items of the other classes are put in a random order too. The first of them contaminate the training part,
    /// as many as make up the share that is asked for, or as can be spared.
    pub fn of(dataset: &Dataset, seed: u64, parts: Parts, normality: &Normality) -> Self {
        let known = Sorted {
            n_items: dataset.n_items(),
            labels: dataset.labels(),
            set_aside: dataset.set_aside(),
            first_validation: given(dataset, parts),
            copies: dataset.copies,
        };
        Self::of_sorted(known, seed, parts, normality)
    }

    pub(super) fn of_sorted(
        known: Sorted<'_>,
        seed: u64,
        parts: Parts,
        normality: &Normality,
    ) -> Self {
        let (normal, anomalous) = known.by(normality);
        let mut generator = Mt19937::new(seed);
        let mut split = match known.first_validation {
            Some(first_validation) => Self::at(&normal, first_validation, &mut generator),
            None => Self::of_normal(&normal, known.copies, &mut generator, parts),
        };
        let n_contaminating =
            n_contaminating(split.train.len(), anomalous.len(), normality.contamination);
        let families: Vec<_> = known.copies.families(&anomalous).collect();
        let order = generator.permutation(families.len());
        let mut n_left = n_contaminating;
        let mut others = order.into_iter().map(|idx| families[idx]).peekable();
        while let Some(family) = others.next_if(|family| family.len() <= n_left) {
            n_left -= family.len();
            split.train.extend(family);
        }
        split.held_out = others.flatten().copied().collect();
        split.set_aside = known.set_aside.iter().copied().collect();
        split
    }

    /// Normal items from one on calibrate; those before it are trained on.
    ///
    /// What calibrates is shuffled, as the second article's validation loader does it: a threshold that is set on the
    /// losses of batches depends on how alike batches are, and files have easy and hard stretches.
    fn at(normal: &[usize], first_calibration: usize, generator: &mut Mt19937) -> Self {
        let first = normal.partition_point(|&item| item < first_calibration);
        let (train, given) = normal.split_at(first);
        let order = generator.permutation(given.len());
        Self {
            train: train.to_vec(),
            calibration: order.into_iter().map(|idx| given[idx]).collect(),
            ..Self::default()
        }
    }

    fn of_normal(normal: &[usize], copies: Copies, generator: &mut Mt19937, parts: Parts) -> Self {
        let families: Vec<_> = copies.families(normal).collect();
        let Some((n_calibration, n_test)) = n_kept_back(families.len(), parts) else {
            return Self {
                train: normal.to_vec(),
                calibration: normal.to_vec(),
                ..Self::default()
            };
        };
        let order = generator.permutation(families.len());
        let (fitted, test) = order.split_at(families.len() - n_test);
        let (train, calibration) = fitted.split_at(fitted.len() - n_calibration);
        let items = |part: &[usize]| {
            part.iter()
                .flat_map(|&idx| families[idx])
                .copied()
                .collect()
        };
        Self {
            train: items(train),
            calibration: items(calibration),
            test: items(test),
            ..Self::default()
        }
    }

    /// How many items are trained on, and how many others could be.
    pub fn counts(&self, dataset: &Dataset, normality: &Normality) -> TrainingCounts {
        let is_normal = |&&item: &&usize| normality.is_normal(dataset.label_of(item));
        let n_normal = self.train.iter().filter(is_normal).count();
        TrainingCounts {
            n_normal,
            n_contaminating: self.train.len() - n_normal,
            n_held_out: self.held_out.len(),
        }
    }

    /// How many items will be trained on, without cutting anything; of data without copies.
    pub fn training_counts(
        dataset: &Dataset,
        parts: Parts,
        normality: &Normality,
    ) -> TrainingCounts {
        let set_aside = dataset.set_aside();
        let first_validation = given(dataset, parts);
        let (mut n_normal, mut n_anomalous, mut n_learned) = (0, 0, 0);
        for item in (0..dataset.n_items()).filter(|item| !set_aside.contains(item)) {
            if normality.is_normal(dataset.label_of(item)) {
                n_normal += 1;
                n_learned += usize::from(first_validation.is_some_and(|first| item < first));
            } else {
                n_anomalous += 1;
            }
        }
        let n_normal = if first_validation.is_some() {
            n_learned
        } else {
            let (n_calibration, n_test) = n_kept_back(n_normal, parts).unwrap_or_default();
            n_normal - n_calibration - n_test
        };
        let n_contaminating = n_contaminating(n_normal, n_anomalous, normality.contamination);
        TrainingCounts {
            n_normal,
            n_contaminating,
            n_held_out: n_anomalous - n_contaminating,
        }
    }
}

/// How many items are trained on, and how many others could be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TrainingCounts {
    /// Of normal classes.
    pub n_normal: usize,
    /// Trained on all the same, of the other classes.
    pub n_contaminating: usize,
    /// Of the other classes, and not trained on.
    pub n_held_out: usize,
}

impl TrainingCounts {
    /// All that are trained on.
    pub fn total(self) -> usize {
        self.n_normal + self.n_contaminating
    }
}

/// The first item that files give to validate with; `None` where that does not count, or no file says it.
fn given(dataset: &Dataset, parts: Parts) -> Option<usize> {
    let is_given = parts == Parts::AsGiven && dataset.n_validation() > 0;
    is_given.then(|| dataset.n_items() - dataset.n_validation())
}

/// How many normal items calibrate and how many test; `None` where every one is trained on.
fn n_kept_back(n_normal: usize, parts: Parts) -> Option<(usize, usize)> {
    match parts {
        Parts::ThreeOneOne | Parts::AsGiven => Some((n_normal / 5, n_normal.div_ceil(5))),
        Parts::SevenOneTwo => Some((n_normal / 10, n_normal.div_ceil(5))),
        Parts::Everything => None,
    }
}

/// How many items of other classes make up a share of the training set beside `n_normal` normal ones.
fn n_contaminating(n_normal: usize, n_anomalous: usize, share: f32) -> usize {
    let share = f64::from(share).clamp(0.0, f64::from(super::MOST_CONTAMINATION));
    let wanted = n_normal as f64 * share / (1.0 - share);
    let n_spared = n_anomalous.div_ceil(ONE_SPARED_OF);
    (wanted.round() as usize).min(n_anomalous - n_spared)
}

#[cfg(test)]
mod tests {
    use super::super::Part;
    use super::*;

    const SEED: u64 = 42;

    /// Pictures of one pixel whose labels go round from 0 to 9.
    fn labelled(n_items: usize) -> Dataset {
        let labels = (0..n_items).map(|item| (item % 10) as u8).collect();
        Dataset::pictures(1, 1, 1, vec![0; n_items], labels).expect("pictures")
    }

    fn without(classes: &[u8], contamination: f32) -> Normality {
        Normality {
            anomalous_classes: classes.iter().copied().collect(),
            contamination,
        }
    }

    fn plain(n_items: usize, seed: u64, parts: Parts) -> Split {
        Split::of(&labelled(n_items), seed, parts, &Normality::default())
    }

    /// The split as it was before classes counted: a permutation cut in three.
    fn of_before(n_items: usize, seed: u64, n_train: usize, n_calibration: usize) -> Split {
        let order = Mt19937::new(seed).permutation(n_items);
        Split {
            train: order[..n_train].to_vec(),
            calibration: order[n_train..n_train + n_calibration].to_vec(),
            test: order[n_train + n_calibration..].to_vec(),
            ..Split::default()
        }
    }

    #[test]
    fn items_set_aside_are_in_no_other_part() {
        let dataset = labelled(100).setting_aside(BTreeSet::from([3, 50, 90]));
        let normality = without(&[0], 0.0);
        let split = Split::of(&dataset, SEED, Parts::ThreeOneOne, &normality);
        assert_eq!(split.set_aside, [3, 50, 90]);
        assert_eq!(split.held_out.len(), 8);
        let parts = split.parts(100);
        let n_set_aside = parts.iter().filter(|&&part| part == Part::SetAside).count();
        assert_eq!(n_set_aside, 3);
        let counts = Split::training_counts(&dataset, Parts::ThreeOneOne, &normality);
        assert_eq!(counts.total(), split.train.len());
    }

    #[test]
    fn copies_of_an_original_are_in_one_part_whatever_is_normal() {
        let labels = (0..90).map(|item| item / 30).collect();
        let dataset = Dataset::pictures(1, 1, 1, vec![0; 90], labels).expect("pictures");
        let dataset = dataset.with_copies(6, 10);
        for (seed, normality) in [
            (1, without(&[2], 0.0)),
            (2, without(&[0, 2], 0.3)),
            (3, without(&[0], 0.5)),
            (4, Normality::default()),
        ] {
            for parts in [Parts::ThreeOneOne, Parts::SevenOneTwo, Parts::AsGiven] {
                let split = Split::of(&dataset, seed, parts, &normality);
                let where_to = split.parts(90);
                for item in 1..60 {
                    let is_same = dataset.original_of(item) == dataset.original_of(item - 1);
                    assert!(!is_same || where_to[item] == where_to[item - 1], "{item}");
                }
                assert!(!split.train.is_empty());
                let counts = split.counts(&dataset, &normality);
                assert_eq!(counts.total(), split.train.len());
            }
        }
        let split = Split::of(&dataset, 1, Parts::ThreeOneOne, &without(&[2], 0.0));
        let sizes = [&split.train, &split.calibration, &split.test].map(Vec::len);
        assert_eq!((sizes, split.held_out.len()), ([36, 12, 12], 30));
    }

    #[test]
    fn the_uci_digits_split_into_1078_359_and_360() {
        let split = plain(1_797, 1, Parts::ThreeOneOne);
        assert_eq!(split, of_before(1_797, 1, 1_078, 359));
        assert_eq!(split.test.len(), 360);
    }

    #[test]
    fn ten_thousand_digits_split_into_7000_1000_and_2000() {
        let split = plain(10_000, SEED, Parts::SevenOneTwo);
        assert_eq!(split, of_before(10_000, SEED, 7_000, 1_000));
        assert_eq!(split.test.len(), 2_000);
    }

    #[test]
    fn contamination_alone_and_classes_without_items_change_nothing() {
        let dataset = labelled(1_797);
        let expected = of_before(1_797, 1, 1_078, 359);
        for normality in [without(&[], 0.5), without(&[10, 200], 0.5)] {
            let split = Split::of(&dataset, 1, Parts::ThreeOneOne, &normality);
            assert_eq!(split, expected);
        }
    }

    #[test]
    fn everything_normal_is_trained_on_and_calibrates_in_its_own_order() {
        let split = Split::of(
            &labelled(13),
            1,
            Parts::Everything,
            &without(&[1, 2, 3, 4, 5, 6, 7, 8], 0.0),
        );
        assert_eq!(split.train, [0, 9, 10]);
        assert_eq!(split.calibration, split.train);
        assert!(split.test.is_empty());
        assert_eq!(split.held_out.len(), 10);
        let split = plain(3, 1, Parts::Everything);
        assert_eq!(split.train, [0, 1, 2]);
    }

    fn sorted(items: &[usize]) -> Vec<usize> {
        let mut sorted = items.to_vec();
        sorted.sort_unstable();
        sorted
    }

    #[test]
    fn files_say_what_validates_and_only_that_is_shuffled() {
        let given = labelled(12).with_validation(5);
        let split = Split::of(&given, SEED, Parts::AsGiven, &Normality::default());
        assert_eq!(split.train, [0, 1, 2, 3, 4, 5, 6]);
        assert_ne!(split.calibration, [7, 8, 9, 10, 11]);
        assert_eq!(sorted(&split.calibration), [7, 8, 9, 10, 11]);
        assert!(split.test.is_empty() && split.held_out.is_empty());
        let normality = without(&[0, 8], 0.0);
        let split = Split::of(&given, SEED, Parts::AsGiven, &normality);
        assert_eq!(split.train, [1, 2, 3, 4, 5, 6]);
        assert_eq!(sorted(&split.calibration), [7, 9, 11]);
        assert_eq!(split.held_out.len(), 3);
        let counts = Split::training_counts(&given, Parts::AsGiven, &normality);
        assert_eq!((counts.n_normal, counts.n_held_out), (6, 3));
        let others = Split::of(&given, SEED, Parts::SevenOneTwo, &Normality::default());
        assert_eq!(others, plain(12, SEED, Parts::SevenOneTwo));
        assert_eq!(
            plain(12, SEED, Parts::AsGiven),
            plain(12, SEED, Parts::ThreeOneOne)
        );
    }

    #[test]
    fn every_item_is_in_exactly_one_part() {
        for n_items in [1, 2, 3, 4, 5, 6, 9, 10, 11, 25, 1_797] {
            for parts in [Parts::ThreeOneOne, Parts::SevenOneTwo, Parts::AsGiven] {
                for normality in [
                    Normality::default(),
                    without(&[0], 0.0),
                    without(&[3, 7], 0.1),
                    without(&[1, 2, 3, 4, 5, 6, 7, 8, 9], 0.5),
                ] {
                    let dataset = labelled(n_items);
                    let split = Split::of(&dataset, SEED, parts, &normality);
                    let counts = Split::training_counts(&dataset, parts, &normality);
                    assert_eq!(split.held_out.len(), counts.n_held_out);
                    assert_eq!(split.train.len(), counts.total(), "{n_items} {normality:?}");
                    let parts = [split.train, split.calibration, split.test, split.held_out];
                    let mut all = parts.concat();
                    all.sort_unstable();
                    assert_eq!(all, (0..n_items).collect::<Vec<_>>());
                }
            }
        }
    }

    #[test]
    fn calibration_and_test_hold_normal_items_only_and_the_rest_is_held_out() {
        let dataset = labelled(1_000);
        let normality = without(&[0, 4], 0.1);
        let split = Split::of(&dataset, SEED, Parts::ThreeOneOne, &normality);
        let is_normal = |&item: &usize| normality.is_normal(dataset.label_of(item));
        assert!(split.calibration.iter().chain(&split.test).all(is_normal));
        assert!(!split.held_out.iter().any(is_normal));
        assert_eq!((split.calibration.len(), split.test.len()), (160, 160));
        assert_eq!(split.train.iter().filter(|it| is_normal(it)).count(), 480);
    }

    #[test]
    fn the_share_of_other_classes_is_exact_up_to_rounding() {
        let dataset = labelled(2_000);
        for share in [0.01, 0.1, 0.3, 0.5] {
            let normality = without(&[1, 3, 5, 7, 9], share);
            let split = Split::of(&dataset, SEED, Parts::ThreeOneOne, &normality);
            let others = split.train.iter().filter(|&&item| item % 2 == 1).count();
            let n_train = split.train.len();
            let off_by = (others as f32 - share * n_train as f32).abs();
            assert!(off_by <= 0.5, "{others} of {n_train} for {share}");
        }
    }

    #[test]
    fn a_fifth_of_the_other_classes_is_never_trained_on() {
        let normality = without(&[0], 0.5);
        let split = Split::of(&labelled(1_000), SEED, Parts::ThreeOneOne, &normality);
        assert_eq!(split.train.len(), 540 + 80);
        assert_eq!(split.held_out.len(), 20);
    }

    #[test]
    fn more_contamination_keeps_what_contaminated_before_and_moves_no_normal_item() {
        let dataset = labelled(1_000);
        let of = |share| {
            Split::of(
                &dataset,
                SEED,
                Parts::ThreeOneOne,
                &without(&[2, 3, 4], share),
            )
        };
        let (clean, little, much) = (of(0.0), of(0.1), of(0.2));
        assert!(little.train.starts_with(&clean.train));
        assert!(much.train.starts_with(&little.train));
        assert_eq!(clean.calibration, much.calibration);
        assert_eq!(clean.test, much.test);
    }

    #[test]
    fn the_seed_decides_the_split() {
        let of = |seed| {
            Split::of(
                &labelled(100),
                seed,
                Parts::ThreeOneOne,
                &without(&[6], 0.1),
            )
        };
        assert_eq!(of(5), of(5));
        assert_ne!(of(5).train, of(6).train);
        assert_ne!(of(5).held_out, of(6).held_out);
    }
}
