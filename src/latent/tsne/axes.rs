//! The beginning of the layout: the points along the two directions in which they differ most.

use crate::pca::PcaFit;

/// A search for the coordinates, a few milliseconds at a time.
#[derive(Clone, Debug)]
pub(super) struct Axes {
    fit: PcaFit,
    /// `n × dimension`.
    points: Vec<f32>,
    dimension: usize,
}

impl Axes {
    /// The beginning of the search, for `n × dimension` values.
    pub(super) fn new(points: &[f32], dimension: usize) -> Self {
        Self {
            fit: PcaFit::new(points, dimension, 2),
            points: points.to_vec(),
            dimension,
        }
    }

    /// Multiplications in the whole of the search, about.
    pub(super) fn cost(&self) -> f64 {
        self.fit.cost()
    }

    /// The part of the search that is done, 0…1.
    pub(super) fn progress(&self) -> f32 {
        self.fit.progress()
    }

    /// One slice; the last one says where each point lies along the two axes, the one of larger variance first: x and
    /// y, `n` values each. Points of one value have no second axis, their y is 0.
    pub(super) fn step(&mut self) -> Option<[Vec<f64>; 2]> {
        let pca = self.fit.step(&self.points)?;
        let place = |point: &[f32]| {
            let scores = pca.scores(point);
            let along = |axis: usize| scores.get(axis).copied().unwrap_or(0.0);
            (along(0), along(1))
        };
        let (x, y) = self.points.chunks_exact(self.dimension).map(place).unzip();
        Some([x, y])
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::Fixture;
    use super::*;

    fn coordinates(points: &[f32], dimension: usize) -> [Vec<f64>; 2] {
        let mut axes = Axes::new(points, dimension);
        loop {
            if let Some(found) = axes.step() {
                return found;
            }
        }
    }

    #[test]
    fn coordinates_are_those_of_scikit_learn() {
        let fixture = Fixture::load();
        let found = coordinates(&fixture.points, fixture.dimension);
        let squares: f64 = found[0].iter().map(|x| x * x).sum();
        let deviation = (squares / found[0].len() as f64).sqrt();
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
        for dimension in [1, 3, 20] {
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
