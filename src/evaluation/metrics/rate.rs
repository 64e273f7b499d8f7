//! Figures with their intervals.

use serde::{Deserialize, Serialize};

use super::{PrecisionRecallCurve, RocCurve, auroc_interval, average_precision_interval};
use crate::anomaly::wilson_interval;

/// A figure and its 95 % interval.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Estimate {
    /// What was measured.
    pub value: f64,
    /// The lower end.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

impl Estimate {
    /// The area under the ROC curve, 0…1, with [`auroc_interval`].
    pub fn auroc(normal: &[f32], anomalous: &[f32]) -> Option<Self> {
        let value = RocCurve::of(normal, anomalous)?.area();
        let (low, high) = auroc_interval(value.clamp(0.0, 1.0), normal.len(), anomalous.len())?;
        Some(Self { value, low, high })
    }

    /// The average precision, 0…1, with [`average_precision_interval`].
    pub fn average_precision(normal: &[f32], anomalous: &[f32], seed: u64) -> Option<Self> {
        let value = PrecisionRecallCurve::of(normal, anomalous)?.average_precision();
        let (low, high) = average_precision_interval(normal, anomalous, seed)?;
        Some(Self { value, low, high })
    }
}

/// So many of so many items.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rate {
    /// Items that were flagged.
    pub n_hits: usize,
    /// All items.
    pub n_items: usize,
}

impl Rate {
    /// How many scores are above a threshold; a score that is not a number is not.
    pub fn above(threshold: f32, scores: &[f32]) -> Self {
        Self {
            n_hits: scores.iter().filter(|&&score| score > threshold).count(),
            n_items: scores.len(),
        }
    }

    /// The part of the items that was flagged, 0…1; 0 of none.
    pub fn value(self) -> f64 {
        self.n_hits as f64 / self.n_items.max(1) as f64
    }

    /// The 95 % interval of the part, by Wilson; `None` of no items.
    pub fn interval(self) -> Option<(f64, f64)> {
        wilson_interval(self.n_hits, self.n_items)
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::close;
    use super::*;

    #[test]
    fn only_scores_above_the_threshold_count() {
        let rate = Rate::above(0.5, &[0.4, 0.5, 0.6, f32::NAN]);
        assert_eq!((rate.n_hits, rate.n_items), (1, 4));
        assert!(close(rate.value(), 0.25));
        let (low, high) = rate.interval().expect("there are items");
        assert!(low < 0.25 && 0.25 < high);
    }

    #[test]
    fn no_items_have_no_interval() {
        let rate = Rate::above(0.5, &[]);
        assert!(close(rate.value(), 0.0));
        assert_eq!(rate.interval(), None);
    }

    #[test]
    fn figures_lie_in_their_intervals() {
        let (normal, anomalous) = ([0.1, 0.2, 0.6, 0.7], [0.3, 0.5, 0.8, 0.9, 0.65]);
        let area = Estimate::auroc(&normal, &anomalous).expect("scores");
        let precision = Estimate::average_precision(&normal, &anomalous, 1).expect("scores");
        for Estimate { value, low, high } in [area, precision] {
            assert!(low <= value && value <= high);
        }
        assert_eq!(Estimate::auroc(&normal, &[]), None);
        assert_eq!(Estimate::average_precision(&[], &anomalous, 1), None);
    }
}
