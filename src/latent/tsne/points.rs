//! The points to lay out, checked and held by features.

use super::TsneError;

/// Fewer points have no neighbourhoods to keep.
const MIN_POINTS: usize = 4;

/// `dimension × n` values between −2 and 2: feature by feature, so that distances to many points are computed at once.
#[derive(Clone, Debug)]
pub(super) struct Points {
    columns: Vec<f32>,
    n: usize,
}

impl Points {
    /// From `n × dimension` values, one point after the other.
    ///
    /// They are scaled by a power of two, which rounds nothing and leaves t-SNE's result as it is, so that no square
    /// of a distance is beyond single precision.
    pub(super) fn new(points: &[f32], dimension: usize) -> Result<Self, TsneError> {
        let n_values = points.len();
        if dimension == 0 || !n_values.is_multiple_of(dimension) {
            return Err(TsneError::UnevenPoints {
                n_values,
                dimension,
            });
        }
        let n = n_values / dimension;
        if n < MIN_POINTS {
            let needed = MIN_POINTS;
            return Err(TsneError::TooFewPoints { n, needed });
        }
        if let Some(idx) = points.iter().position(|value| !value.is_finite()) {
            let point = idx / dimension;
            return Err(TsneError::NotFinite { point });
        }
        let scale = power_of_two_scale(points);
        let column = |feature| points.iter().skip(feature).step_by(dimension);
        let columns = (0..dimension).flat_map(column);
        let columns = columns.map(|&value| (f64::from(value) * scale) as f32);
        Ok(Self {
            columns: columns.collect(),
            n,
        })
    }

    /// Number of points.
    pub(super) fn n(&self) -> usize {
        self.n
    }

    /// Number of features.
    pub(super) fn dimension(&self) -> usize {
        self.columns.len() / self.n
    }

    /// One feature of all points after the other.
    pub(super) fn columns(&self) -> impl Iterator<Item = &[f32]> {
        self.columns.chunks_exact(self.n)
    }

    /// Squared Euclidean distances from one point to all, to itself too.
    pub(super) fn squared_distances(&self, from: usize) -> Vec<f32> {
        let mut distances = vec![0.0; self.n];
        for column in self.columns() {
            let value = column[from];
            for (distance, other) in distances.iter_mut().zip(column) {
                *distance += (other - value) * (other - value);
            }
        }
        distances
    }
}

/// What brings the largest absolute value into 1…2; 1 where all are 0.
fn power_of_two_scale(points: &[f32]) -> f64 {
    let largest = points
        .iter()
        .fold(0.0_f32, |largest, value| largest.max(value.abs()));
    if largest == 0.0 {
        return 1.0;
    }
    let exponent = f64::from(largest).log2().floor();
    2_f64.powi(-exponent as i32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scaling_keeps_the_proportions_of_all_distances() {
        let points = [0.0, 0.0, 3.0, 4.0, 6.0, 8.0, 0.0, 10.0];
        for factor in [1.0, 1e-40, 1e-20, 1e37] {
            let scaled = points.map(|value: f32| value * factor);
            let points = Points::new(&scaled, 2).expect("four points");
            let distances = points.squared_distances(0);
            let ratios = [distances[2] / distances[1], distances[3] / distances[1]];
            assert!(
                ratios.iter().all(|ratio| (ratio - 4.0).abs() < 1e-3),
                "{factor}: {ratios:?}"
            );
        }
    }

    #[test]
    fn points_that_cannot_be_laid_out_are_refused() {
        let uneven = |n_values, dimension| TsneError::UnevenPoints {
            n_values,
            dimension,
        };
        let error = |points: &[f32], dimension| Points::new(points, dimension).err();
        assert_eq!(error(&[0.0; 12], 0), Some(uneven(12, 0)));
        assert_eq!(error(&[0.0; 13], 3), Some(uneven(13, 3)));
        let too_few = TsneError::TooFewPoints { n: 3, needed: 4 };
        assert_eq!(error(&[0.0; 9], 3), Some(too_few));
        for odd in [f32::NAN, f32::INFINITY] {
            let mut points = [0.0; 15];
            points[7] = odd;
            assert_eq!(error(&points, 3), Some(TsneError::NotFinite { point: 2 }));
        }
    }
}
