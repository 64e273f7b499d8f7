//! From the fine grid that is drawn on to the network's pixels, and back.

use super::Picture;

/// Cells of the drawing grid along one side of a network's pixel.
///
/// The UCI digits were made the same way: bitmaps of 32 × 32, counted in blocks of 4 × 4.
pub const INK_PER_PIXEL: usize = 4;

impl Picture {
    /// Every cell becomes a block of `factor × factor` equal cells.
    ///
    /// A factor of 0 counts as 1, and one that would exceed [`Self::MAX_SIDE`] as the largest that does not.
    #[must_use]
    pub fn upscale(&self, factor: usize) -> Self {
        let largest = Self::MAX_SIDE / self.width().max(self.height()).max(1);
        let factor = factor.clamp(1, largest.max(1));
        Self::from_cells(self.width() * factor, self.height() * factor, |x, y| {
            self.get(x / factor, y / factor)
        })
    }

    /// Every block of `factor × factor` cells becomes one cell with their mean: the exact inverse of [`Self::upscale`].
    ///
    /// Where `factor` does not divide a side, the last blocks are smaller and give the mean of what they have.
    /// A factor of 0 counts as 1.
    #[must_use]
    pub fn downscale(&self, factor: usize) -> Self {
        let factor = factor.clamp(1, Self::MAX_SIDE);
        let (width, height) = (
            self.width().div_ceil(factor),
            self.height().div_ceil(factor),
        );
        Self::from_cells(width, height, |x, y| {
            self.block_mean(x * factor, y * factor, factor)
        })
    }

    fn block_mean(&self, left: usize, top: usize, factor: usize) -> f32 {
        let columns = left..(left + factor).min(self.width());
        let rows = top..(top + factor).min(self.height());
        let n_cells = columns.len() * rows.len();
        let cells = rows.flat_map(|y| columns.clone().map(move |x| self.get(x, y)));
        // In double precision a sum of equal cells is exact, and so is their mean.
        (cells.map(f64::from).sum::<f64>() / n_cells as f64) as f32
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Mt19937;

    fn random_picture(width: usize, height: usize, seed: u64) -> Picture {
        let mut generator = Mt19937::new(seed);
        let ink = (0..width * height)
            .map(|_| generator.uniform(0.0, 1.0))
            .collect();
        Picture::from_ink(width, height, ink).expect("as many cells as asked")
    }

    #[test]
    fn upscaling_repeats_each_cell() {
        let picture = Picture::from_ink(2, 1, vec![0.25, 0.5]).expect("two cells");
        assert_eq!(
            picture.upscale(2).ink(),
            [0.25, 0.25, 0.5, 0.5, 0.25, 0.25, 0.5, 0.5]
        );
    }

    #[test]
    fn downscaling_undoes_upscaling_exactly() {
        for factor in 1..=9 {
            let picture = random_picture(8, 5, factor as u64);
            assert_eq!(picture.upscale(factor).downscale(factor), picture);
        }
    }

    #[test]
    fn a_block_becomes_its_mean() {
        let picture = Picture::from_ink(2, 2, vec![0.0, 1.0, 0.5, 0.5]).expect("four cells");
        assert_eq!(picture.downscale(2).ink(), [0.5]);
    }

    #[test]
    fn a_smaller_last_block_is_the_mean_of_what_it_has() {
        let picture = Picture::from_ink(3, 1, vec![0.0, 1.0, 0.75]).expect("three cells");
        assert_eq!(picture.downscale(2).ink(), [0.5, 0.75]);
    }

    #[test]
    fn odd_factors_do_no_harm() {
        let picture = random_picture(3, 2, 1);
        assert_eq!(picture.upscale(0), picture);
        assert_eq!(picture.downscale(0), picture);
        assert_eq!(picture.downscale(usize::MAX).ink().len(), 1);
        assert!(picture.upscale(usize::MAX).width() <= Picture::MAX_SIDE);
        assert_eq!(Picture::default().upscale(4), Picture::default());
        assert_eq!(Picture::default().downscale(4), Picture::default());
    }
}
