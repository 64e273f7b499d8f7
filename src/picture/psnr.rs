//! How much of a picture is noise.

/// Peak signal-to-noise ratio of `other` in decibels, for values of 0…1: −10 log₁₀ of the mean square error.
///
/// The larger, the closer to `clean`; equal pictures have 100 dB.
pub fn psnr(clean: &[f32], other: &[f32]) -> f32 {
    const LEAST_ERROR: f32 = 1e-10;
    let squares = clean.iter().zip(other).map(|(a, b)| (a - b).powi(2));
    let error = squares.sum::<f32>() / clean.len().max(1) as f32;
    -10.0 * error.max(LEAST_ERROR).log10()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tenth_of_error_everywhere_is_20_decibels() {
        assert!((psnr(&[0.5; 4], &[0.6, 0.4, 0.6, 0.4]) - 20.0).abs() < 1e-3);
    }

    #[test]
    fn equal_pictures_have_a_finite_ratio() {
        assert!((psnr(&[0.5; 4], &[0.5; 4]) - 100.0).abs() < 1e-3);
    }
}
