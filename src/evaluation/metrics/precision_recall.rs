//! Precision against recall.

use super::ranking::Ranking;

/// How many of the flagged items are anomalies, against how many of the anomalies are flagged.
#[derive(Clone, Debug, PartialEq)]
pub struct PrecisionRecallCurve {
    points: Vec<PrecisionRecallPoint>,
}

/// What a threshold does.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PrecisionRecallPoint {
    /// Scores from here on are flagged; infinite for the last point.
    pub threshold: f32,
    /// The part of the flagged items that are anomalies, 0…1; 1 for the last point, where nothing is flagged.
    pub precision: f64,
    /// The part of the anomalies that is flagged, 0…1.
    pub recall: f64,
}

impl PrecisionRecallCurve {
    /// From everything flagged to nothing flagged, (recall 0, precision 1), a point for each different score:
    /// scikit-learn's `precision_recall_curve`.
    pub fn of(normal: &[f32], anomalous: &[f32]) -> Option<Self> {
        let ranking = Ranking::of(normal, anomalous)?;
        let n_anomalous = ranking.n_anomalous as f64;
        let falling = ranking
            .counts_so_far()
            .map(|(threshold, n_false, n_found)| PrecisionRecallPoint {
                threshold,
                precision: n_found as f64 / (n_found + n_false) as f64,
                recall: n_found as f64 / n_anomalous,
            });
        let nothing_flagged = PrecisionRecallPoint {
            threshold: f32::INFINITY,
            precision: 1.0,
            recall: 0.0,
        };
        let mut points: Vec<_> = std::iter::once(nothing_flagged).chain(falling).collect();
        points.reverse();
        Some(Self { points })
    }

    /// The points, by falling recall.
    pub fn points(&self) -> &[PrecisionRecallPoint] {
        &self.points
    }

    /// The average precision, 0…1: `Σ (Rᵢ − Rᵢ₋₁) Pᵢ` without mixing between points, as scikit-learn's
    /// `average_precision_score`. Scores without any order have the share of anomalies among all items.
    pub fn average_precision(&self) -> f64 {
        let step =
            |pair: &[PrecisionRecallPoint]| (pair[0].recall - pair[1].recall) * pair[0].precision;
        self.points.windows(2).map(step).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{self, close};
    use super::*;

    #[test]
    fn curve_and_average_precision_are_those_of_scikit_learn() {
        for case in fixture::metrics().cases {
            let curve = PrecisionRecallCurve::of(&case.normal, &case.anomalous).expect("scores");
            let average = curve.average_precision();
            assert!(close(average, case.average_precision), "{}", case.name);
            assert_eq!(curve.points().len(), case.precisions.len());
            let expected = case.precisions.iter().zip(&case.recalls);
            for (point, (&precision, &recall)) in curve.points().iter().zip(expected) {
                assert!(close(point.precision, precision) && close(point.recall, recall));
            }
        }
    }

    #[test]
    fn perfect_scores_have_an_average_precision_of_one() {
        let curve = PrecisionRecallCurve::of(&[0.1, 0.2], &[0.3, 0.4, 0.5]).expect("scores");
        assert!(close(curve.average_precision(), 1.0));
    }

    #[test]
    fn equal_scores_have_the_share_of_anomalies() {
        let curve = PrecisionRecallCurve::of(&[0.5; 3], &[0.5]).expect("scores");
        assert!(close(curve.average_precision(), 0.25));
        assert_eq!(curve.points().len(), 2);
    }

    #[test]
    fn one_class_alone_has_no_curve() {
        assert_eq!(PrecisionRecallCurve::of(&[0.1], &[]), None);
        assert_eq!(PrecisionRecallCurve::of(&[], &[0.1]), None);
        assert_eq!(PrecisionRecallCurve::of(&[0.1], &[f32::NAN]), None);
    }
}
