//! The line that separates labelled items best.

use crate::order::descending;

/// Errors of items that are known to be normal or anomalous, and the line with the best F1 between them.
#[derive(Clone, Debug, PartialEq)]
pub struct LabelledErrors {
    /// How many items are known to be normal.
    pub n_normal: usize,
    /// How many items are known to be anomalies.
    pub n_anomalies: usize,
    /// The best line.
    pub best: BestF1,
}

/// A line, and how well it separates the items that it was tuned on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BestF1 {
    /// The error above which an item is an anomaly.
    pub threshold: f32,
    /// The harmonic mean of precision and recall, above 0 and at most 1.
    pub f1: f64,
    /// The part of the flagged items that are anomalies, 0…1.
    pub precision: f64,
    /// The part of the anomalies that are flagged, 0…1.
    pub recall: f64,
}

impl LabelledErrors {
    /// Tries a line at every error, as scikit-learn's `precision_recall_curve` does: items of equal errors are
    /// flagged together. Of lines that are equally good the lowest is taken, as `numpy.argmax` does.
    ///
    /// The threshold lies just under the smallest error that is flagged, so that `error > threshold` flags what
    /// scikit-learn's `error >= line` does. Errors that are not finite are left out.
    ///
    /// `None` unless there are both normal items and anomalies: without an anomaly every line has the same F1 of 0,
    /// and the lowest would flag everything.
    pub fn new(normal: &[f32], anomalous: &[f32]) -> Option<Self> {
        let of_kind = |errors: &[f32], is_anomaly: bool| -> Vec<(f32, bool)> {
            let finite = errors.iter().filter(|error| error.is_finite());
            finite.map(|&error| (error, is_anomaly)).collect()
        };
        let (normal, anomalous) = (of_kind(normal, false), of_kind(anomalous, true));
        let (n_normal, n_anomalies) = (normal.len(), anomalous.len());
        if n_normal == 0 {
            return None;
        }
        let items = [normal, anomalous].concat();
        let order = descending(items.iter().map(|&(error, _)| error));
        let items: Vec<_> = order.into_iter().map(|place| items[place]).collect();
        Some(Self {
            n_normal,
            n_anomalies,
            best: best_line(&items, n_anomalies)?,
        })
    }
}

/// `items` in falling order of their errors; `None` without an anomaly.
fn best_line(items: &[(f32, bool)], n_anomalies: usize) -> Option<BestF1> {
    let mut best: Option<(f32, Counts)> = None;
    let mut counts = Counts::default();
    for (idx, &(error, is_anomaly)) in items.iter().enumerate() {
        counts.n_flagged += 1;
        counts.n_hits += usize::from(is_anomaly);
        let is_last_of_equals = items.get(idx + 1).is_none_or(|&(next, _)| next < error);
        let is_best = best.is_none_or(|(_, known)| counts.is_as_good_as(known, n_anomalies));
        if is_last_of_equals && counts.n_hits > 0 && is_best {
            best = Some((error, counts));
        }
    }
    let (lowest_flagged, counts) = best?;
    let n_hits = counts.n_hits as f64;
    Some(BestF1 {
        threshold: lowest_flagged.next_down(),
        f1: 2.0 * n_hits / (counts.n_flagged + n_anomalies) as f64,
        precision: n_hits / counts.n_flagged as f64,
        recall: n_hits / n_anomalies as f64,
    })
}

/// What a line flags.
#[derive(Clone, Copy, Debug, Default)]
struct Counts {
    n_flagged: usize,
    /// Anomalies among them.
    n_hits: usize,
}

impl Counts {
    /// Whether F1 = 2 hits / (flagged + anomalies) is at least as large, compared without rounding.
    fn is_as_good_as(self, other: Self, n_anomalies: usize) -> bool {
        let cross =
            |one: Self, other: Self| one.n_hits as u64 * (other.n_flagged + n_anomalies) as u64;
        cross(self, other) >= cross(other, self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_that_do_not_overlap_are_separated_entirely() {
        let labelled = LabelledErrors::new(&[0.1, 0.2, 0.3], &[0.7, 0.5]).expect("both kinds");
        assert_eq!((labelled.n_normal, labelled.n_anomalies), (3, 2));
        assert!(labelled.best.threshold < 0.5 && labelled.best.threshold > 0.3);
        assert!((labelled.best.f1 - 1.0).abs() < 1e-12);
    }

    #[test]
    fn without_anomalies_or_without_normal_items_there_is_no_line() {
        assert_eq!(LabelledErrors::new(&[0.1, 0.2], &[]), None);
        assert_eq!(LabelledErrors::new(&[0.1, 0.2], &[f32::NAN]), None);
        assert_eq!(LabelledErrors::new(&[], &[0.1, 0.2]), None);
        assert_eq!(LabelledErrors::new(&[], &[]), None);
    }

    #[test]
    fn items_of_equal_errors_are_flagged_together() {
        let labelled = LabelledErrors::new(&[0.5, 0.1], &[0.5, 0.5]).expect("both kinds");
        let best = labelled.best;
        assert!(best.threshold < 0.5 && best.threshold.next_up() >= 0.5);
        assert!((best.precision - 2.0 / 3.0).abs() < 1e-12 && (best.recall - 1.0).abs() < 1e-12);
        let all_equal = LabelledErrors::new(&[0.5; 4], &[0.5]).expect("both kinds");
        assert!((all_equal.best.f1 - 2.0 / 6.0).abs() < 1e-12);
    }
}
