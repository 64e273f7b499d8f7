//! The losses of batches, which the second article sets its threshold by.

use super::Calibration;

/// The losses of an epoch's batches, summed up.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BatchLosses {
    /// Number of batches.
    pub n_batches: usize,
    /// Their mean.
    pub mean: f32,
    /// The loss in the middle; between the two in the middle of an even number.
    pub median: f32,
    /// Standard deviation, divided by n as numpy does.
    pub deviation: f32,
}

impl BatchLosses {
    /// Sums losses up; those that are not finite are left out. `None` without any.
    pub fn of(losses: &[f32]) -> Option<Self> {
        let sorted = Calibration::new(losses.to_vec());
        Some(Self {
            n_batches: sorted.n_items(),
            mean: sorted.mean()?,
            median: sorted.median()?,
            deviation: sorted.deviation()?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn batch_losses_are_summed_up_as_numpy_does() {
        // numpy: mean 2.5, median 2.5, std 1.118034
        let losses = BatchLosses::of(&[4.0, 1.0, 3.0, 2.0]).expect("four losses");
        assert_eq!((losses.mean, losses.median), (2.5, 2.5));
        assert!((losses.deviation - 1.118_034).abs() < 1e-6);
        assert_eq!(BatchLosses::of(&[]), None);
    }
}
