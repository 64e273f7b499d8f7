//! How wide strokes are, and as wide as others.

use crate::picture::{INK_PER_PIXEL, Picture};

/// Strokes grow or shrink by at most this on each side, in pixels of the network: a blot stays a blot.
const MOST_CHANGE: f32 = 1.5;

/// What is narrower than this, in pixels of the network, would be lost by making it narrower.
const NARROWEST: f32 = 1.0;

impl Picture {
    /// The mean width of strokes in cells; `None` for a blank picture.
    ///
    /// A stroke of width w and length l has the area w·l and an outline of about 2·l, so w = 2 · area / outline; and the
    /// outline's length is the sum of the ink's gradients (its total variation, by the coarea formula).
    pub fn stroke_width(&self) -> Option<f32> {
        let mut outline = 0.0;
        // One row and one column beyond the picture, so that ink at its edge has an outline there, too.
        for y in 0..=self.height() {
            for x in 0..=self.width() {
                outline += self.gradient_at_corner(x, y);
            }
        }
        let area: f64 = self.ink().iter().copied().map(f64::from).sum();
        (outline > 0.0).then(|| (2.0 * area / outline) as f32)
    }

    /// How steeply the ink changes at the upper left corner of a cell, in ink per cell: by the four cells that meet there.
    fn gradient_at_corner(&self, x: usize, y: usize) -> f64 {
        let at = |x: Option<usize>, y: Option<usize>| match (x, y) {
            (Some(x), Some(y)) => f64::from(self.get(x, y)),
            _ => 0.0,
        };
        let (left, above) = (x.checked_sub(1), y.checked_sub(1));
        let (x, y) = (Some(x), Some(y));
        let [upper_left, upper_right] = [at(left, above), at(x, above)];
        let [lower_left, lower_right] = [at(left, y), at(x, y)];
        let right = (upper_right + lower_right - upper_left - lower_left) / 2.0;
        let down = (lower_left + lower_right - upper_left - upper_right) / 2.0;
        // Unlike `hypot`, the same to the bit on every machine.
        (right * right + down * down).sqrt()
    }

    /// The drawing, on its fine grid, with strokes of about `width` pixels of the network.
    #[must_use]
    pub(super) fn with_stroke_width(&self, width: f32) -> Self {
        // The ends of strokes are outline as well, so that one change falls a little short.
        self.nearer_to_width(width).nearer_to_width(width)
    }

    fn nearer_to_width(&self, width: f32) -> Self {
        let Some(now) = self.downscale(INK_PER_PIXEL).stroke_width() else {
            return self.clone();
        };
        let change = ((width - now) / 2.0).clamp(-MOST_CHANGE, MOST_CHANGE);
        let narrowest = ((NARROWEST - now) / 2.0).min(0.0);
        let radius = change.max(narrowest) * INK_PER_PIXEL as f32;
        if radius > 0.0 {
            self.thickened(radius)
        } else {
            self.thinned(-radius)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::picture::Brush;

    fn line(radius: f32) -> Picture {
        let mut picture = Picture::blank(112, 112);
        picture.stroke((30.0, 20.0), (80.0, 90.0), radius, Brush::Ink);
        picture
    }

    #[test]
    fn a_line_is_as_wide_as_its_pen() {
        for radius in [3.0, 5.0, 8.0] {
            let width = line(radius).stroke_width().expect("ink");
            assert!((width / (2.0 * radius) - 1.0).abs() < 0.15, "{width}");
        }
        assert_eq!(Picture::blank(8, 8).stroke_width(), None);
    }

    #[test]
    fn strokes_of_any_pen_become_as_wide_as_asked() {
        for radius in [3.0, 5.0, 9.0] {
            let written = line(radius).with_stroke_width(3.0);
            let width = written.downscale(INK_PER_PIXEL).stroke_width();
            let width = width.expect("nothing is lost");
            assert!((width - 3.0).abs() < 0.5, "{width} of {radius}");
        }
    }

    #[test]
    fn the_finest_line_is_not_lost() {
        let fine = line(1.0);
        assert!(fine.with_stroke_width(0.1).ink_total() > 0.5 * fine.ink_total());
    }
}
