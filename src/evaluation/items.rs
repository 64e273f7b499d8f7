//! The items that take part.

use super::{EvaluationError, EvaluationLimits, EvaluationSubject};
use crate::data::inputs_of;
use crate::random::Mt19937;

/// The rows of all items that take part, as the network takes them.
#[derive(Clone, Debug)]
pub(super) struct Items {
    /// Values of a row.
    pub width: usize,
    /// Training items.
    pub reference: Vec<f32>,
    pub calibration: Vec<f32>,
    /// Test items.
    pub normal: Vec<f32>,
    /// What the test items show; empty where that is not known.
    pub normal_labels: Vec<u8>,
    /// Items of classes that are not normal.
    pub held_out: Vec<f32>,
    /// Their classes; empty where they have none.
    pub held_out_labels: Vec<u8>,
}

impl Items {
    pub fn choose(
        subject: &EvaluationSubject,
        limits: EvaluationLimits,
        seed: u64,
    ) -> Result<Self, EvaluationError> {
        let EvaluationSubject {
            dataset,
            recipe,
            split,
        } = *subject;
        let rows = |items: &[usize]| inputs_of(dataset, items, recipe.label_input);
        let test = some_of(&split.test, limits.most_test, seed);
        let held_out = some_of(&split.held_out, limits.most_test, seed);
        let labels = |items: &[usize]| -> Vec<u8> {
            let labels = items.iter();
            labels.filter_map(|&item| dataset.label_of(item)).collect()
        };
        let chosen = Self {
            width: recipe.architecture.input_size(),
            reference: rows(&some_of(&split.train, limits.most_reference, seed)),
            calibration: rows(&some_of(&split.calibration, limits.most_calibration, seed)),
            normal: rows(&test),
            normal_labels: labels(&test),
            held_out: rows(&held_out),
            held_out_labels: labels(&held_out),
        };
        if chosen.normal.is_empty() {
            return Err(EvaluationError::NoTestItems);
        }
        if chosen.calibration.is_empty() {
            return Err(EvaluationError::NoCalibrationItems);
        }
        if chosen.reference.is_empty() {
            return Err(EvaluationError::NoTrainingItems);
        }
        Ok(chosen)
    }
}

/// All items where there are few enough; otherwise so many of them, drawn by the seed.
pub(super) fn some_of(items: &[usize], most: usize, seed: u64) -> Vec<usize> {
    if items.len() <= most {
        return items.to_vec();
    }
    let order = Mt19937::new(seed).permutation(items.len());
    order.into_iter().take(most).map(|idx| items[idx]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn too_many_items_are_drawn_from() {
        let items: Vec<usize> = (100..200).collect();
        assert_eq!(some_of(&items, 100, 1), items);
        let some = some_of(&items, 30, 1);
        assert_eq!(some.len(), 30);
        assert_eq!(some, some_of(&items, 30, 1));
        assert_ne!(some, some_of(&items, 30, 2));
        let mut unique = some.clone();
        unique.sort_unstable();
        unique.dedup();
        assert_eq!(unique.len(), 30);
        assert!(some.iter().all(|item| items.contains(item)));
    }
}
