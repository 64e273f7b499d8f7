//! Curves to be drawn.

use serde::{Deserialize, Serialize};

use super::super::metrics::{PrecisionRecallCurve, RocCurve};

/// Points of a curve that is sent and drawn.
const MOST_POINTS: usize = 100;

/// Places along a curve, 0…1 each way, in its order; at most 100.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Curve {
    /// Along the horizontal axis.
    #[serde(with = "crate::encoding::floats")]
    pub xs: Vec<f32>,
    /// Along the vertical axis, as many.
    #[serde(with = "crate::encoding::floats")]
    pub ys: Vec<f32>,
}

impl Curve {
    /// False alarm rate and detection rate.
    pub fn of_roc(curve: &RocCurve) -> Self {
        let points = curve.points().iter();
        Self::thinned(
            points
                .map(|it| (it.false_alarm_rate, it.detection_rate))
                .collect(),
        )
    }

    /// Recall and precision, by rising recall.
    pub fn of_precision_recall(curve: &PrecisionRecallCurve) -> Self {
        let points = curve.points().iter().rev();
        Self::thinned(points.map(|it| (it.recall, it.precision)).collect())
    }

    /// The places, x and y.
    pub fn points(&self) -> impl Iterator<Item = (f32, f32)> {
        self.xs.iter().copied().zip(self.ys.iter().copied())
    }

    /// Leaves points out so that what is left lies evenly along the curve, both ends among it.
    fn thinned(points: Vec<(f64, f64)>) -> Self {
        let kept = if points.len() > MOST_POINTS {
            evenly_spaced(&points)
        } else {
            points
        };
        Self {
            xs: kept.iter().map(|&(x, _)| x as f32).collect(),
            ys: kept.iter().map(|&(_, y)| y as f32).collect(),
        }
    }
}

fn evenly_spaced(points: &[(f64, f64)]) -> Vec<(f64, f64)> {
    let step = |pair: &[(f64, f64)]| {
        let [(x, y), (next_x, next_y)] = [pair[0], pair[1]];
        (next_x - x).abs() + (next_y - y).abs()
    };
    let length: f64 = points.windows(2).map(step).sum();
    let spacing = length / (MOST_POINTS - 2) as f64;
    let mut kept: Vec<(f64, f64)> = points.first().copied().into_iter().collect();
    let mut since_kept = 0.0;
    for pair in points.windows(2) {
        since_kept += step(pair);
        if since_kept >= spacing {
            kept.push(pair[1]);
            since_kept = 0.0;
        }
    }
    if let Some(&last) = points.last()
        && kept.last() != Some(&last)
    {
        kept.push(last);
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Mt19937;

    #[test]
    fn a_long_curve_is_thinned_and_keeps_its_area() {
        let mut generator = Mt19937::new(1);
        let mut scores =
            |mean: f32| -> Vec<f32> { (0..1_000).map(|_| mean + generator.normal()).collect() };
        let full = RocCurve::of(&scores(0.0), &scores(1.5)).expect("there are scores");
        let curve = Curve::of_roc(&full);
        let points: Vec<(f32, f32)> = curve.points().collect();
        assert!(points.len() <= MOST_POINTS && points.len() > MOST_POINTS / 2);
        assert_eq!(
            (points[0], points[points.len() - 1]),
            ((0.0, 0.0), (1.0, 1.0))
        );
        let area: f32 = points
            .windows(2)
            .map(|pair| (pair[1].0 - pair[0].0) * f32::midpoint(pair[0].1, pair[1].1))
            .sum();
        assert!((f64::from(area) - full.area()).abs() < 0.005);
    }

    #[test]
    fn a_short_curve_is_left_as_it_is() {
        let full = RocCurve::of(&[0.1, 0.4], &[0.3, 0.9]).expect("there are scores");
        let points: Vec<(f32, f32)> = Curve::of_roc(&full).points().collect();
        assert_eq!(
            points,
            [(0.0, 0.0), (0.0, 0.5), (0.5, 0.5), (0.5, 1.0), (1.0, 1.0)].map(|it| it)
        );
    }

    #[test]
    fn precision_and_recall_begin_where_nothing_is_flagged() {
        let full = PrecisionRecallCurve::of(&[0.1], &[0.9]).expect("there are scores");
        let points: Vec<(f32, f32)> = Curve::of_precision_recall(&full).points().collect();
        assert_eq!(points, [(0.0, 1.0), (1.0, 1.0), (1.0, 0.5)]);
    }
}
