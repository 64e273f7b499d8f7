//! The two directions in which points differ most, for the beginning of the layout.

use super::points::Points;
use crate::random::Mt19937;

/// Enough where the third direction's variance is nine tenths of the second's: 0.9^60 is below 0.2 %.
pub(super) const N_ITERATIONS: usize = 60;
/// The start of the search, which the result hardly depends on.
const START_SEED: u64 = 0;

/// The first two principal axes, found by orthogonal iteration (Golub and Van Loan, *Matrix Computations*, 8.2.4).
#[derive(Clone, Debug)]
pub(super) struct PrincipalAxes {
    means: Vec<f64>,
    axes: [Vec<f64>; 2],
    n_done: usize,
}

impl PrincipalAxes {
    /// The beginning of the search.
    pub(super) fn new(points: &Points) -> Self {
        let mean = |column: &[f32]| {
            let sum: f64 = column.iter().copied().map(f64::from).sum();
            sum / column.len() as f64
        };
        let mut generator = Mt19937::new(START_SEED);
        let mut axis = || {
            let draws = (0..points.dimension()).map(|_| f64::from(generator.normal()));
            draws.collect()
        };
        Self {
            means: points.columns().map(mean).collect(),
            axes: orthonormal([axis(), axis()]),
            n_done: 0,
        }
    }

    /// Multiplications in one improvement.
    pub(super) fn iteration_cost(points: &Points) -> f64 {
        4.0 * points.n() as f64 * points.dimension() as f64
    }

    /// How many improvements were made.
    pub(super) fn n_done(&self) -> usize {
        self.n_done
    }

    /// Whether there were enough improvements.
    pub(super) fn is_found(&self) -> bool {
        self.n_done >= N_ITERATIONS
    }

    /// Makes some more improvements, but not more than needed.
    pub(super) fn improve_by(&mut self, n_improvements: usize, points: &Points) {
        for _ in 0..n_improvements.min(N_ITERATIONS - self.n_done) {
            self.improve(points);
        }
    }

    /// Where each point lies along the two axes, the one of larger variance first: x and y, `n` values each.
    ///
    /// The largest absolute entry of an axis is made positive, as scikit-learn's `svd_flip` does.
    pub(super) fn coordinates(&self, points: &Points) -> [Vec<f64>; 2] {
        let [one, other] = self.scores(points);
        let angle = 0.5 * (2.0 * dot(&one, &other)).atan2(dot(&one, &one) - dot(&other, &other));
        let (sin, cos) = angle.sin_cos();
        let turned = [(cos, sin), (-sin, cos)];
        turned.map(|(cos, sin)| {
            let axis = combined(cos, &self.axes[0], sin, &self.axes[1]);
            let direction = largest_entry(&axis).signum();
            combined(direction * cos, &one, direction * sin, &other)
        })
    }

    /// Multiplies the axes with the covariance and makes them orthogonal again.
    fn improve(&mut self, points: &Points) {
        let scores = self.scores(points);
        self.axes = orthonormal(scores.map(|scores| self.weighted_sum(points, &scores)));
        self.n_done += 1;
    }

    fn scores(&self, points: &Points) -> [Vec<f64>; 2] {
        [0, 1].map(|axis| {
            let mut scores = vec![0.0; points.n()];
            let features = points.columns().zip(&self.means).zip(&self.axes[axis]);
            for ((column, mean), entry) in features {
                for (score, &value) in scores.iter_mut().zip(column) {
                    *score += entry * (f64::from(value) - mean);
                }
            }
            scores
        })
    }

    fn weighted_sum(&self, points: &Points, weights: &[f64]) -> Vec<f64> {
        let features = points.columns().zip(&self.means);
        let sum = |(column, mean): (&[f32], &f64)| {
            let values = column.iter().map(|&value| f64::from(value) - mean);
            values
                .zip(weights)
                .map(|(value, weight)| value * weight)
                .sum()
        };
        features.map(sum).collect()
    }
}

/// Gram and Schmidt's method; a vector that the first one explains becomes zero.
fn orthonormal([first, second]: [Vec<f64>; 2]) -> [Vec<f64>; 2] {
    let first = normalised(&first, 0.0);
    let rest = combined(1.0, &second, -dot(&first, &second), &first);
    let second = normalised(&rest, 1e-12 * dot(&second, &second).sqrt());
    [first, second]
}

/// The vector with length 1; zero where it is not longer than `least`.
fn normalised(vector: &[f64], least: f64) -> Vec<f64> {
    let length = dot(vector, vector).sqrt();
    let scale = if length > least { 1.0 / length } else { 0.0 };
    vector.iter().map(|value| scale * value).collect()
}

fn combined(a: f64, one: &[f64], b: f64, other: &[f64]) -> Vec<f64> {
    let pairs = one.iter().zip(other);
    pairs.map(|(one, other)| a * one + b * other).collect()
}

fn dot(one: &[f64], other: &[f64]) -> f64 {
    one.iter().zip(other).map(|(one, other)| one * other).sum()
}

fn largest_entry(axis: &[f64]) -> f64 {
    let larger = |largest: f64, &entry: &f64| {
        if entry.abs() > largest.abs() {
            entry
        } else {
            largest
        }
    };
    axis.iter().fold(0.0, larger)
}

#[cfg(test)]
mod tests {
    use super::super::fixture::Fixture;
    use super::*;

    fn coordinates(points: &[f32], dimension: usize) -> [Vec<f64>; 2] {
        let points = Points::new(points, dimension).expect("enough points");
        let mut axes = PrincipalAxes::new(&points);
        axes.improve_by(N_ITERATIONS, &points);
        assert!(axes.is_found());
        axes.coordinates(&points)
    }

    #[test]
    fn coordinates_are_those_of_scikit_learn() {
        let fixture = Fixture::load();
        let found = coordinates(&fixture.points, fixture.dimension);
        let deviation = (dot(&found[0], &found[0]) / found[0].len() as f64).sqrt();
        for (axis, expected) in found.iter().zip(fixture.pca_columns()) {
            assert_eq!(axis.len(), expected.len());
            for (coordinate, expected) in axis.iter().zip(expected) {
                // The fixture is scaled to a standard deviation of 1 along the first axis.
                assert!((coordinate / deviation - expected).abs() < 1e-5);
            }
        }
    }

    #[test]
    fn points_on_a_line_have_no_second_coordinate() {
        for dimension in [1, 3] {
            let points: Vec<f32> = (0..20).flat_map(|i| vec![i as f32; dimension]).collect();
            let [x, y] = coordinates(&points, dimension);
            assert_eq!([x.len(), y.len()], [20, 20]);
            assert!(x.windows(2).all(|pair| pair[0] < pair[1]), "{x:?}");
            assert!(y.iter().all(|y| y.abs() < 1e-6), "{y:?}");
        }
    }

    #[test]
    fn identical_points_have_no_coordinates() {
        let [x, y] = coordinates(&[0.7; 40], 4);
        assert_eq!([x.len(), y.len()], [10, 10]);
        assert!(x.iter().chain(&y).all(|value| value.abs() < 1e-6));
    }
}
