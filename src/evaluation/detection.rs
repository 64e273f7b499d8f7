//! One kind of anomaly beside normal items, for the network alone.

use super::items::some_of;
use super::metrics::RocCurve;
use super::{AnomalyKind, Corruptor, EvaluationSubject};
use crate::data::inputs_of;

/// Items that a network is to tell apart; neither side was trained on.
#[derive(Clone, Debug, PartialEq)]
pub struct DetectionItems {
    /// `n × input`: test items.
    pub normal: Vec<f32>,
    /// `n × input`: anomalies of one kind.
    pub anomalous: Vec<f32>,
}

impl DetectionItems {
    /// At most `most` test items, and as many anomalies of a kind; the seed decides which, and what is random about them.
    /// A side is empty where there are none.
    pub fn new(subject: &EvaluationSubject, kind: AnomalyKind, most: usize, seed: u64) -> Self {
        let EvaluationSubject {
            dataset,
            recipe,
            split,
        } = *subject;
        let rows = |items: &[usize]| {
            let some = some_of(items, most, seed);
            inputs_of(dataset, &some, recipe.label_input)
        };
        let normal = rows(&split.test);
        let anomalous = match kind {
            AnomalyKind::HeldOut | AnomalyKind::Known => rows(&split.held_out),
            AnomalyKind::Corrupted(corruption) => {
                let corruptor = Corruptor::new(dataset, seed);
                let items = normal.chunks_exact(recipe.architecture.input_size());
                let corrupted = items.enumerate();
                corrupted
                    .flat_map(|(idx, item)| corruptor.corrupted(corruption, idx, item, &normal))
                    .collect()
            }
        };
        Self { normal, anomalous }
    }
}

/// The chance that an anomaly has a larger error than a normal item, 0…1, ties counting half; `None` where a side has no
/// errors or one is no number.
pub fn detection_area(normal: &[f32], anomalous: &[f32]) -> Option<f64> {
    RocCurve::of(normal, anomalous).map(|curve| curve.area())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::Dataset;
    use crate::evaluation::Corruption;
    use crate::recipe::RecipeName;

    #[test]
    fn normal_items_are_test_items_and_anomalies_are_made_of_them() {
        let pixels: Vec<u8> = (0..100 * 64).map(|idx| (idx % 17) as u8).collect();
        let labels: Vec<u8> = (0..100).map(|idx| idx % 10).collect();
        let dataset = Dataset::pictures(8, 8, 16, pixels, labels).expect("well formed");
        let recipe = RecipeName::WELL_TRAINED.recipe();
        let split = recipe.split(&dataset);
        let subject = EvaluationSubject {
            dataset: &dataset,
            recipe: &recipe,
            split: &split,
        };
        let inverted = AnomalyKind::Corrupted(Corruption::Inversion);
        let items = DetectionItems::new(&subject, inverted, 1_000, 1);
        assert_eq!(items.normal, inputs_of(&dataset, &split.test, false));
        let pairs = items.normal.iter().zip(&items.anomalous);
        assert!(pairs.clone().count() == split.test.len() * 64);
        assert!(
            pairs
                .into_iter()
                .all(|(ink, paper)| (ink + paper - 1.0).abs() < 1e-6)
        );
        let few = DetectionItems::new(&subject, inverted, 5, 1);
        assert_eq!((few.normal.len(), few.anomalous.len()), (5 * 64, 5 * 64));
        let held_out = DetectionItems::new(&subject, AnomalyKind::HeldOut, 5, 1);
        assert!(held_out.anomalous.is_empty());
    }

    #[test]
    fn the_area_is_the_share_of_pairs_in_the_right_order() {
        assert_eq!(detection_area(&[0.1, 0.4], &[0.3, 0.5]), Some(0.75));
        assert_eq!(detection_area(&[0.1], &[]), None);
        assert_eq!(detection_area(&[f32::NAN], &[1.0]), None);
    }
}
