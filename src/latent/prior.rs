//! Codes that nobody encoded.

use crate::random::Mt19937;

/// `n_codes` draws from the standard normal distribution of `code_size` dimensions, one after the other.
///
/// A variational autoencoder's codes are held to this distribution, so that its decoder makes an item of each.
pub fn prior_codes(seed: u64, n_codes: usize, code_size: usize) -> Vec<f32> {
    let mut generator = Mt19937::new(seed);
    let n_values = n_codes.saturating_mul(code_size);
    (0..n_values).map(|_| generator.normal()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_names_its_codes_and_another_one_others() {
        let codes = prior_codes(1, 12, 8);
        assert_eq!(codes.len(), 96);
        assert_eq!(codes, prior_codes(1, 12, 8));
        assert_ne!(codes, prior_codes(2, 12, 8));
        assert!(prior_codes(1, 0, 8).is_empty());
    }
}
