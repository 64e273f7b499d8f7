//! Random noise on a picture.

use super::Picture;
use crate::random::Mt19937;

impl Picture {
    /// Every cell plus normal noise, cut to 0…1: `clip(x + standard_deviation × N(0, 1))`.
    ///
    /// A seed names one field of noise, which the deviation only scales; so a slider acts smoothly.
    /// A deviation that is not positive and finite adds nothing.
    #[must_use]
    pub fn noisy(&self, standard_deviation: f32, seed: u64) -> Self {
        if !standard_deviation.is_finite() || standard_deviation <= 0.0 {
            return self.clone();
        }
        let mut generator = Mt19937::new(seed);
        let mut noisy = self.clone();
        for y in 0..self.height() {
            for x in 0..self.width() {
                let deviation = standard_deviation * generator.normal();
                noisy.set(x, y, self.get(x, y) + deviation);
            }
        }
        noisy
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grey(side: usize) -> Picture {
        Picture::from_ink(side, side, vec![0.5; side * side]).expect("as many cells as asked")
    }

    #[test]
    fn no_deviation_is_no_noise() {
        for deviation in [0.0, -0.5, f32::NAN, f32::INFINITY] {
            assert_eq!(grey(8).noisy(deviation, 1), grey(8));
        }
    }

    #[test]
    fn the_noise_has_the_asked_deviation_and_mean_zero() {
        let noise: Vec<f32> = grey(100)
            .noisy(0.1, 5)
            .ink()
            .iter()
            .map(|ink| ink - 0.5)
            .collect();
        let mean = noise.iter().sum::<f32>() / noise.len() as f32;
        let variance = noise.iter().map(|x| x * x).sum::<f32>() / noise.len() as f32;
        assert!(mean.abs() < 0.003, "mean {mean}");
        assert!(
            (variance.sqrt() - 0.1).abs() < 0.003,
            "deviation {}",
            variance.sqrt()
        );
    }

    #[test]
    fn twice_the_deviation_is_the_same_noise_twice_as_strong() {
        let weak = grey(8).noisy(0.05, 9);
        let strong = grey(8).noisy(0.1, 9);
        for (weak, strong) in weak.ink().iter().zip(strong.ink()) {
            assert!((2.0 * (weak - 0.5) - (strong - 0.5)).abs() < 1e-5);
        }
        assert_ne!(weak, grey(8).noisy(0.05, 10));
    }

    #[test]
    fn strong_noise_stays_between_paper_and_ink() {
        let noisy = grey(8).noisy(f32::MAX, 2);
        assert!(noisy.ink().iter().all(|ink| (0.0..=1.0).contains(ink)));
    }
}
