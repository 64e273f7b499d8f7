//! A better score from the same network.

/// The network's error together with the distance of its code to its nearest training codes, each as a logarithm and
/// in standard deviations of the calibration items: `z(log error) + z(log distance)`.
///
/// An item may be reconstructed well by chance and still have a code like none that was learned from, and the other way
/// round.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CombinedScore {
    error: LogStandard,
    distance: LogStandard,
}

impl CombinedScore {
    /// Fits both scales to the errors and the code distances of calibration items.
    pub fn fit(errors: &[f32], distances: &[f32]) -> Self {
        Self {
            error: LogStandard::fit(errors),
            distance: LogStandard::fit(distances),
        }
    }

    /// The score of an item, 0 for one like the calibration items are on average.
    pub fn of(&self, error: f32, distance: f32) -> f32 {
        (self.error.z(error) + self.distance.z(distance)) as f32
    }
}

/// Mean and standard deviation of logarithms.
#[derive(Clone, Copy, Debug, PartialEq)]
struct LogStandard {
    mean: f64,
    deviation: f64,
}

impl LogStandard {
    fn fit(values: &[f32]) -> Self {
        let logarithms: Vec<f64> = values.iter().map(|&value| logarithm(value)).collect();
        let n_values = logarithms.len().max(1) as f64;
        let mean = logarithms.iter().sum::<f64>() / n_values;
        let squares = logarithms.iter().map(|it| (it - mean).powi(2));
        let deviation = (squares.sum::<f64>() / n_values).sqrt();
        // Where all are equal, what differs at all is told apart by its logarithm.
        let deviation = if deviation > 0.0 { deviation } else { 1.0 };
        Self { mean, deviation }
    }

    fn z(self, value: f32) -> f64 {
        (logarithm(value) - self.mean) / self.deviation
    }
}

/// Finite for 0 too, and not a number for what is none.
fn logarithm(value: f32) -> f64 {
    if value.is_nan() {
        return f64::NAN;
    }
    f64::from(value.max(f32::MIN_POSITIVE)).ln()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_parts_count_in_their_own_deviations() {
        let e = std::f32::consts::E;
        let score = CombinedScore::fit(&[1.0, e * e], &[1.0, 1.0, e.powi(4), e.powi(4)]);
        // Means 1 and 2, deviations 1 and 2.
        assert!(score.of(e, e * e).abs() < 1e-5);
        assert!((score.of(e * e, e * e) - 1.0).abs() < 1e-5);
        assert!((score.of(e * e, e.powi(6)) - 3.0).abs() < 1e-5);
    }

    #[test]
    fn equal_values_and_zeros_still_give_scores() {
        let score = CombinedScore::fit(&[0.5; 3], &[0.0; 3]);
        assert!(score.of(0.5, 0.0).abs() < 1e-6);
        assert!(score.of(0.6, 0.0) > 0.0);
        assert!(score.of(0.5, 1e-3) > 0.0);
        assert!(score.of(0.0, 0.0).is_finite());
        assert!(score.of(f32::NAN, 0.0).is_nan());
        assert!(CombinedScore::fit(&[], &[]).of(1.0, 1.0).is_finite());
    }
}
