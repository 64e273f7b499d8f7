//! A grey picture of any size within a square frame.

use super::Framing;

/// A grey picture: 0 is black.
#[derive(Clone, Copy, Debug)]
pub(super) struct GreyPicture<'a> {
    pub width: usize,
    pub height: usize,
    pub levels: &'a [u8],
}

impl GreyPicture<'_> {
    /// The mean level along its border.
    pub(super) fn border(self) -> u8 {
        let (mut sum, mut n) = (0_usize, 0_usize);
        for (place, &level) in self.levels.iter().enumerate() {
            let (x, y) = (place % self.width.max(1), place / self.width.max(1));
            if x == 0 || y == 0 || x + 1 == self.width || y + 1 == self.height {
                sum += usize::from(level);
                n += 1;
            }
        }
        (sum / n.max(1)) as u8
    }

    /// The levels of a square of `side` pixels: the whole picture in its middle, with its border's level beside it, or as
    /// much of its middle as fills the square. Each is the mean over what it covers.
    pub(super) fn framed(self, side: usize, framing: Framing) -> Vec<u8> {
        let (width, height) = (self.width as f64, self.height as f64);
        let covered = match framing {
            Framing::Fit => width.max(height),
            Framing::Crop => width.min(height),
        };
        let step = covered / side as f64;
        let (left, top) = ((width - covered) / 2.0, (height - covered) / 2.0);
        let border = f64::from(self.border());
        let level = |place: usize| {
            let (x, y) = ((place % side) as f64, (place / side) as f64);
            let from = (left + x * step, top + y * step);
            self.mean(from, step, border).round() as u8
        };
        (0..side * side).map(level).collect()
    }

    /// The mean over a square, of which `outside` is beyond the picture.
    fn mean(self, (left, top): (f64, f64), step: f64, outside: f64) -> f64 {
        let columns = covered(left, left + step);
        let rows = covered(top, top + step);
        let (mut sum, mut weight) = (0.0, 0.0);
        for (y, height) in rows {
            for (x, width) in columns.clone() {
                let level = self.get(x, y).map_or(outside, f64::from);
                sum += level * width * height;
                weight += width * height;
            }
        }
        if weight > 0.0 { sum / weight } else { outside }
    }

    fn get(self, x: isize, y: isize) -> Option<u8> {
        let (x, y) = (usize::try_from(x).ok()?, usize::try_from(y).ok()?);
        let is_inside = x < self.width && y < self.height;
        is_inside.then(|| self.levels.get(y * self.width + x).copied())?
    }
}

/// The pixels of a line between two places, and how much of each.
fn covered(from: f64, to: f64) -> impl Iterator<Item = (isize, f64)> + Clone {
    let pixels = from.floor() as isize..to.ceil() as isize;
    pixels.map(move |pixel| {
        let (start, end) = (pixel as f64, pixel as f64 + 1.0);
        (pixel, (end.min(to) - start.max(from)).max(0.0))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two rows of four: black, then grey, then white.
    const WIDE: GreyPicture<'static> = GreyPicture {
        width: 4,
        height: 2,
        levels: &[0, 100, 200, 255, 0, 100, 200, 255],
    };

    #[test]
    fn a_picture_of_the_right_size_stays_what_it_is() {
        let square = GreyPicture {
            width: 2,
            height: 2,
            levels: &[1, 2, 3, 4],
        };
        for framing in [Framing::Fit, Framing::Crop] {
            assert_eq!(square.framed(2, framing), [1, 2, 3, 4]);
        }
    }

    #[test]
    fn cropping_keeps_the_middle_and_fitting_keeps_all() {
        assert_eq!(WIDE.framed(2, Framing::Crop), [100, 200, 100, 200]);
        let border = WIDE.border();
        assert_eq!(border, 138);
        let fitted = WIDE.framed(4, Framing::Fit);
        assert_eq!(fitted[..4], [border; 4]);
        assert_eq!(fitted[4..8], [0, 100, 200, 255]);
        assert_eq!(fitted[12..], [border; 4]);
    }

    #[test]
    fn smaller_pixels_are_means_and_larger_ones_copies() {
        assert_eq!(WIDE.framed(1, Framing::Crop), [150]);
        let one = GreyPicture {
            width: 1,
            height: 1,
            levels: &[7],
        };
        assert_eq!(one.framed(3, Framing::Fit), [7; 9]);
    }
}
