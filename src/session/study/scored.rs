//! Every item measured, with what the page asks of it again and again worked out once.

use super::Part;
use crate::anomaly::{Calibration, LabelledErrors};
use crate::data::Split;
use crate::order::descending;
use crate::protocol::Scores;

/// The scores of all items, what each item was used for, and their order.
#[derive(Clone, Debug)]
pub(in crate::session) struct Scored {
    /// As the examiner measured them.
    pub scores: Scores,
    /// What each item was used for.
    pub parts: Vec<Part>,
    /// The indices of all items, the largest error first.
    pub ranking: Vec<usize>,
    /// The place of each item in the ranking, from 0.
    pub places: Vec<usize>,
    /// The errors of the calibration items by the same weights.
    pub calibration: Calibration,
    /// The smallest and the largest error of the items that were trained on.
    pub training_range: Option<(f32, f32)>,
    /// The errors of the test items.
    pub test: Calibration,
    /// The network beside an answer that needs none.
    pub against_mean: AgainstMean,
    /// The test items beside those that are known to be anomalies; `None` where there are none of either.
    pub labelled: Option<LabelledErrors>,
}

/// Mean errors of the network, and of always answering with the mean of the training items.
#[derive(Clone, Copy, Debug)]
pub(in crate::session) struct AgainstMean {
    /// Of the network.
    pub network: f32,
    /// Of the mean item.
    pub mean_item: f32,
    /// Over so many items.
    pub n_items: usize,
    /// Whether those were held out; else they were trained on.
    pub are_held_out: bool,
}

impl AgainstMean {
    /// Over the test items, or over the training items where nothing was held out to measure.
    fn new(scores: &Scores, parts: &[Part]) -> Self {
        let are_held_out = parts.contains(&Part::Test);
        let part = if are_held_out {
            Part::Test
        } else {
            Part::Training
        };
        let n_items = parts.iter().filter(|&&of| of == part).count();
        let mean_of = |errors: &[f32]| {
            let errors = errors.iter().zip(parts);
            let sum: f64 = errors
                .filter(|(_, of)| **of == part)
                .map(|(&error, _)| f64::from(error))
                .sum();
            (sum / n_items.max(1) as f64) as f32
        };
        Self {
            network: mean_of(&scores.errors),
            mean_item: mean_of(&scores.mean_item_errors),
            n_items,
            are_held_out,
        }
    }
}

impl Scored {
    /// Puts the items in order.
    pub fn new(scores: Scores, split: &Split) -> Self {
        let errors = &scores.errors;
        let ranking = descending(errors.iter().copied());
        let mut places = vec![0; ranking.len()];
        for (place, &item) in ranking.iter().enumerate() {
            places[item] = place;
        }
        let trained = split.train.iter().filter_map(|&idx| errors.get(idx));
        let range = trained.fold((f32::INFINITY, f32::NEG_INFINITY), |(min, max), &error| {
            (min.min(error), max.max(error))
        });
        let errors_of = |items: &[usize]| -> Vec<f32> {
            let errors = items.iter().filter_map(|&idx| errors.get(idx));
            errors.copied().collect()
        };
        let test = errors_of(&split.test);
        let parts = split.parts(errors.len());
        Self {
            against_mean: AgainstMean::new(&scores, &parts),
            calibration: Calibration::new(errors_of(&split.calibration)),
            labelled: LabelledErrors::new(&test, &errors_of(&split.held_out)),
            test: Calibration::new(test),
            parts,
            ranking,
            places,
            training_range: (range.0 <= range.1).then_some(range),
            scores,
        }
    }

    /// How many items have an error above a threshold; asked after every message, so that it must not look at each.
    pub fn n_above(&self, threshold: f32) -> usize {
        let error = |item: usize| self.scores.errors[item];
        // What is no number comes first in the ranking, and is above nothing.
        let n_odd = self
            .ranking
            .partition_point(|&item| error(item).is_nan() && error(item).is_sign_positive());
        self.ranking[n_odd..].partition_point(|&item| error(item) > threshold)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::Moment;

    #[test]
    fn items_are_ranked_and_the_range_is_that_of_the_items_trained_on() {
        let scores = Scores {
            of: Moment::default(),
            errors: vec![0.5, 0.1, 0.9, 0.3, 0.8],
            codes: Vec::new(),
            mean_item_errors: Vec::new(),
        };
        let split = Split {
            train: vec![3, 1],
            calibration: vec![0],
            test: vec![2],
            held_out: vec![4],
            set_aside: Vec::new(),
        };
        let ranked = Scored::new(scores, &split);
        assert_eq!(ranked.ranking, [2, 4, 0, 3, 1]);
        assert_eq!(ranked.places, [2, 4, 0, 3, 1]);
        assert_eq!(ranked.training_range, Some((0.1, 0.3)));
        assert_eq!(ranked.calibration.errors(), [0.5]);
        assert_eq!(ranked.test.errors(), [0.9]);
        assert_eq!(
            [f32::INFINITY, 0.9, 0.5, -1.0].map(|threshold| ranked.n_above(threshold)),
            [0, 0, 2, 5]
        );
        let labelled = ranked.labelled.expect("a test item and an anomaly");
        assert_eq!((labelled.n_normal, labelled.n_anomalies), (1, 1));
    }

    #[test]
    fn what_is_no_number_is_above_no_threshold() {
        let scores = Scores {
            of: Moment::default(),
            errors: vec![0.5, f32::NAN, 0.9, -f32::NAN, f32::INFINITY],
            codes: Vec::new(),
            mean_item_errors: Vec::new(),
        };
        let ranked = Scored::new(scores, &Split::default());
        assert_eq!(
            [0.0, 0.7].map(|threshold| ranked.n_above(threshold)),
            [3, 2]
        );
    }
}
