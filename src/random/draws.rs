//! PyTorch's ways of drawing numbers and orders from the generator.

use super::Mt19937;

impl Mt19937 {
    /// A number in `low..high`, as `Tensor::uniform_` draws single precision: 24 random bits.
    ///
    /// Scaled with a single rounding, since PyTorch's build fuses the product and the sum.
    pub fn uniform(&mut self, low: f32, high: f32) -> f32 {
        let unit = (self.next_u32() & 0x00ff_ffff) as f32 / 16_777_216.0;
        unit.mul_add(high - low, low)
    }

    /// A draw from the normal distribution with mean 0 and standard deviation 1 (Box and Muller, 1958).
    pub fn normal(&mut self) -> f32 {
        // 1 − u is in (0, 1], which keeps the logarithm finite.
        let radius = (-2.0 * (1.0 - self.uniform(0.0, 1.0)).ln()).sqrt();
        let angle = std::f32::consts::TAU * self.uniform(0.0, 1.0);
        radius * angle.cos()
    }

    /// The numbers `0..n` in random order, as `torch.randperm` gives them.
    pub fn permutation(&mut self, n: usize) -> Vec<usize> {
        let mut order: Vec<usize> = (0..n).collect();
        for i in 0..n.saturating_sub(1) {
            let offset = self.next_u32() as usize % (n - i);
            order.swap(i, i + offset);
        }
        order
    }

    /// The order of one epoch as PyTorch's `DataLoader` shuffles it.
    ///
    /// The loader draws 64 bits for its own use and 64 for the seed of a sampler, which then permutes.
    pub fn epoch_order(&mut self, n: usize) -> Vec<usize> {
        self.next_u64();
        let sampler_seed = self.next_u64() & 0x7fff_ffff_ffff_ffff;
        Self::new(sampler_seed).permutation(n)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_permutation_holds_every_number_once() {
        let mut order = Mt19937::new(7).permutation(100);
        assert_ne!(order, (0..100).collect::<Vec<_>>());
        order.sort_unstable();
        assert_eq!(order, (0..100).collect::<Vec<_>>());
    }

    #[test]
    fn normal_draws_have_mean_zero_and_deviation_one() {
        let mut generator = Mt19937::new(3);
        let draws: Vec<f32> = (0..20_000).map(|_| generator.normal()).collect();
        let mean = draws.iter().sum::<f32>() / draws.len() as f32;
        let variance = draws.iter().map(|x| (x - mean).powi(2)).sum::<f32>() / draws.len() as f32;
        assert!(mean.abs() < 0.03, "mean {mean}");
        assert!((variance - 1.0).abs() < 0.05, "variance {variance}");
    }

    #[test]
    fn an_empty_order_is_no_trouble() {
        assert!(Mt19937::new(1).permutation(0).is_empty());
    }
}
