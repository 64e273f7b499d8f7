//! How often errors of each size occur.

use super::LogScale;

/// Counts of errors in bins of equal width on a logarithmic axis.
#[derive(Clone, Debug, PartialEq)]
pub struct Histogram {
    scale: LogScale,
    counts: Vec<usize>,
}

impl Histogram {
    /// The largest number of bins, far above what a screen can show.
    pub const MAX_BINS: usize = 1_000;

    /// Counts the errors; those beyond the axis go to its end bins, those that are not numbers are dropped.
    ///
    /// `n_bins` is moved into 1…[`Self::MAX_BINS`].
    pub fn new(errors: &[f32], scale: LogScale, n_bins: usize) -> Self {
        let mut histogram = Self {
            scale,
            counts: vec![0; n_bins.clamp(1, Self::MAX_BINS)],
        };
        for &error in errors.iter().filter(|error| !error.is_nan()) {
            let bin_idx = histogram.bin_of(error);
            histogram.counts[bin_idx] += 1;
        }
        histogram
    }

    /// The axis.
    pub fn scale(&self) -> LogScale {
        self.scale
    }

    /// The count of each bin, from the smallest errors to the largest.
    pub fn counts(&self) -> &[usize] {
        &self.counts
    }

    /// The count of the fullest bin.
    pub fn largest_count(&self) -> usize {
        self.counts.iter().copied().max().unwrap_or(0)
    }

    /// The bin that a value falls into.
    pub fn bin_of(&self, value: f32) -> usize {
        let n_bins = self.counts.len();
        let bin_idx = (self.scale.position(value) * n_bins as f32) as usize;
        bin_idx.min(n_bins - 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_bin_counts_the_errors_in_it() {
        let errors = [0.002, 0.005, 0.02, 0.2, 0.3, 0.9];
        let histogram = Histogram::new(&errors, LogScale::new(0.001, 1.0), 3);
        assert_eq!(histogram.counts(), [2, 1, 3]);
        assert_eq!(histogram.largest_count(), 3);
    }

    #[test]
    fn errors_beyond_the_axis_are_in_the_end_bins() {
        let errors = [0.0, -1.0, 1e-9, 5.0, f32::INFINITY, f32::NAN];
        let histogram = Histogram::new(&errors, LogScale::new(0.001, 1.0), 4);
        assert_eq!(histogram.counts(), [3, 0, 0, 2]);
    }

    #[test]
    fn odd_numbers_of_bins_do_no_harm() {
        let scale = LogScale::new(0.001, 1.0);
        assert_eq!(Histogram::new(&[0.5], scale, 0).counts(), [1]);
        assert_eq!(
            Histogram::new(&[0.5], scale, usize::MAX).counts().len(),
            Histogram::MAX_BINS
        );
        assert_eq!(Histogram::new(&[], scale, 5).largest_count(), 0);
    }
}
