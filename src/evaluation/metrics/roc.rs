//! The receiver operating characteristic.

use super::ranking::Ranking;

/// Detection rate against false alarm rate for every threshold that makes a difference.
#[derive(Clone, Debug, PartialEq)]
pub struct RocCurve {
    points: Vec<RocPoint>,
}

/// What a threshold does.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RocPoint {
    /// Scores from here on are flagged; infinite for the first point.
    pub threshold: f32,
    /// The part of the normal items that is flagged, 0…1.
    pub false_alarm_rate: f64,
    /// The part of the anomalies that is flagged, 0…1.
    pub detection_rate: f64,
}

impl RocCurve {
    /// From (0, 0) to (1, 1), a point for each different score: scikit-learn's `roc_curve` with nothing dropped.
    pub fn of(normal: &[f32], anomalous: &[f32]) -> Option<Self> {
        let ranking = Ranking::of(normal, anomalous)?;
        let (n_normal, n_anomalous) = (ranking.n_normal as f64, ranking.n_anomalous as f64);
        let start = RocPoint {
            threshold: f32::INFINITY,
            false_alarm_rate: 0.0,
            detection_rate: 0.0,
        };
        let others = ranking
            .counts_so_far()
            .map(|(threshold, normal, anomalous)| RocPoint {
                threshold,
                false_alarm_rate: normal as f64 / n_normal,
                detection_rate: anomalous as f64 / n_anomalous,
            });
        Some(Self {
            points: std::iter::once(start).chain(others).collect(),
        })
    }

    /// The points, by rising rates.
    pub fn points(&self) -> &[RocPoint] {
        &self.points
    }

    /// The area below, 0…1 (AUROC): the chance that an anomaly scores higher than a normal item, ties counting half.
    pub fn area(&self) -> f64 {
        let below = |pair: &[RocPoint]| {
            let width = pair[1].false_alarm_rate - pair[0].false_alarm_rate;
            width * f64::midpoint(pair[0].detection_rate, pair[1].detection_rate)
        };
        self.points.windows(2).map(below).sum()
    }

    /// The largest detection rate, 0…1, of a threshold with at most this rate of false alarms on the same items.
    ///
    /// It chooses the threshold with hindsight; a threshold from calibration items keeps its promise instead.
    pub fn detection_rate_at(&self, false_alarm_rate: f64) -> f64 {
        let allowed = self
            .points
            .iter()
            .filter(|point| point.false_alarm_rate <= false_alarm_rate);
        allowed
            .map(|point| point.detection_rate)
            .fold(0.0, f64::max)
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{self, close};
    use super::*;
    use crate::random::Mt19937;

    fn area(normal: &[f32], anomalous: &[f32]) -> f64 {
        RocCurve::of(normal, anomalous)
            .expect("there are scores")
            .area()
    }

    #[test]
    fn curve_and_area_are_those_of_scikit_learn() {
        for case in fixture::metrics().cases {
            let curve = RocCurve::of(&case.normal, &case.anomalous).expect("there are scores");
            assert!(close(curve.area(), case.auroc), "{}", case.name);
            assert_eq!(curve.points().len(), case.roc_false_alarms.len());
            let expected = case.roc_false_alarms.iter().zip(&case.roc_detections);
            for (point, (&x, &y)) in curve.points().iter().zip(expected) {
                assert!(close(point.false_alarm_rate, x) && close(point.detection_rate, y));
            }
            let thresholds = curve.points()[1..].iter().map(|point| point.threshold);
            assert_eq!(thresholds.collect::<Vec<_>>(), case.roc_thresholds);
            for (alpha, expected) in [(0.01, case.detection_at_1), (0.05, case.detection_at_5)] {
                assert!(close(curve.detection_rate_at(alpha), expected));
            }
        }
    }

    #[test]
    fn reversed_scores_have_one_minus_the_area() {
        let mut generator = Mt19937::new(5);
        for n_levels in [2.0, 7.0, 1e6] {
            let mut draw = |n| -> Vec<f32> {
                let level = |_| (generator.uniform(0.0, 1.0) * n_levels).floor();
                (0..n).map(level).collect()
            };
            let (normal, anomalous) = (draw(50), draw(31));
            let reversed = |scores: &[f32]| scores.iter().map(|it| -it).collect::<Vec<_>>();
            let forwards = area(&normal, &anomalous);
            let backwards = area(&reversed(&normal), &reversed(&anomalous));
            assert!(close(forwards + backwards, 1.0));
            assert!(close(area(&anomalous, &normal), backwards));
        }
    }

    #[test]
    fn the_area_is_the_share_of_pairs_in_the_right_order() {
        let (normal, anomalous) = ([1.0, 2.0, 2.0, 5.0], [2.0, 4.0, 6.0]);
        // 2 beats 1 and ties with two; 4 beats three; 6 beats four: 2 + 3 + 4 of 12 pairs.
        assert!(close(area(&normal, &anomalous), 9.0 / 12.0));
        assert!(close(area(&[0.0, 1.0], &[2.0, 3.0]), 1.0));
        assert!(close(area(&[2.0, 3.0], &[0.0, 1.0]), 0.0));
        assert!(close(area(&[0.3; 9], &[0.3; 4]), 0.5));
    }

    #[test]
    fn one_class_alone_has_no_curve() {
        assert_eq!(RocCurve::of(&[], &[]), None);
        assert_eq!(RocCurve::of(&[0.1, 0.2], &[]), None);
        assert_eq!(RocCurve::of(&[], &[0.1]), None);
        assert_eq!(RocCurve::of(&[f32::NAN], &[0.1]), None);
    }

    #[test]
    fn the_detection_rate_at_no_false_alarms_is_above_the_worst_normal_item() {
        let curve = RocCurve::of(&[1.0, 2.0], &[0.5, 2.5, 3.0, 2.0]).expect("there are scores");
        assert!(close(curve.detection_rate_at(0.0), 0.5));
        assert!(close(curve.detection_rate_at(0.5), 0.75));
        assert!(close(curve.detection_rate_at(1.0), 1.0));
    }
}
