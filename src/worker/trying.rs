//! How far pictures that no data set holds are from those that were trained on.

use super::subject::Subject;
use crate::anomaly::{Calibration, nearest_row};

/// Enough items for a distance to the nearest of them; more would keep a drawing waiting.
const MOST_REFERENCES: usize = 2_000;
const MOST_MEASURED: usize = 50;

/// The items that distances are measured from.
pub(super) struct Reference {
    /// `n × values`, labels not included.
    rows: Vec<f32>,
    /// The median distance of test items from the nearest reference; `None` without test items.
    pub typical_distance: Option<f32>,
}

impl Reference {
    /// Takes training items, spread evenly over their order, and measures test items against them.
    pub fn new(subject: &Subject) -> Self {
        let values = |items: &[usize]| -> Vec<f32> {
            let items = items
                .iter()
                .filter_map(|&item_idx| subject.dataset.item(item_idx));
            items.flatten().collect()
        };
        let mut reference = Self {
            rows: values(&spread(&subject.split.train, MOST_REFERENCES)),
            typical_distance: None,
        };
        let tested = values(&spread(&subject.split.test, MOST_MEASURED));
        let width = subject.dataset.n_features().max(1);
        let distances = tested
            .chunks_exact(width)
            .map(|item| reference.distance_of(item));
        reference.typical_distance = Calibration::new(distances.collect()).median();
        reference
    }

    /// The Euclidean distance of an item from the nearest reference; infinite where there is none.
    pub fn distance_of(&self, values: &[f32]) -> f32 {
        nearest_row(values, &self.rows).map_or(f32::INFINITY, |(_, distance)| distance)
    }
}

/// At most `most` of some items, evenly spread.
fn spread(items: &[usize], most: usize) -> Vec<usize> {
    let stride = items.len().div_ceil(most.max(1)).max(1);
    items.iter().step_by(stride).copied().collect()
}
