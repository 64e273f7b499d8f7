//! One photograph of something drawn, as if it had been drawn here.

use super::Photos;
use super::frame::GreyPicture;
use crate::data::photos::Framing;
use crate::picture::Picture;

/// Between ink and paper there must be so many of 255 levels.
const LEAST_CONTRAST: f64 = 40.0;
/// Patches of ink that are smaller than this share of the largest are specks.
const SPECK_SHARE: f64 = 0.1;
/// The drawing takes up this part of the frame, as the digits of MNIST do.
const SHARE_OF_FRAME: f64 = 20.0 / 28.0;

impl Photos {
    /// The first picture as ink on a grid of `width × height` cells: what stands out from its paper, dark or light, from
    /// paper to full ink, without specks, cropped and in the middle. `None` where nothing stands out.
    pub fn drawing(&self, size: (usize, usize)) -> Option<Picture> {
        self.drawings(size).next()?
    }

    /// The same of every picture.
    pub fn drawings(&self, size: (usize, usize)) -> impl Iterator<Item = Option<Picture>> {
        self.pictures().map(move |picture| drawn(picture, size))
    }
}

fn drawn(picture: GreyPicture, (width, height): (usize, usize)) -> Option<Picture> {
    let inked = Inked::of(picture)?;
    let cropped = inked.without_specks().cropped()?;
    let side = width.min(height);
    let levels = cropped.as_picture().framed(side, Framing::Fit);
    let (left, top) = ((width - side) / 2, (height - side) / 2);
    let ink = (0..width * height).map(|place| {
        let (x, y) = (place % width, place / width);
        let inside = x.checked_sub(left).zip(y.checked_sub(top));
        let inside = inside.filter(|&(x, y)| x < side && y < side);
        inside.map_or(0.0, |(x, y)| f32::from(levels[y * side + x]) / 255.0)
    });
    Picture::from_ink(width, height, ink.collect())
}

/// A picture in which 0 is paper and 255 ink.
struct Inked {
    width: usize,
    height: usize,
    levels: Vec<u8>,
}

impl Inked {
    /// Splits the levels in two where the two kinds differ most (Otsu's threshold), and stretches what lies between.
    fn of(picture: GreyPicture) -> Option<Self> {
        let is_light = picture.border() >= 128;
        let standing_out = |&level: &u8| if is_light { 255 - level } else { level };
        let levels: Vec<u8> = picture.levels.iter().map(standing_out).collect();
        let (paper, threshold, ink) = split(&levels)?;
        if ink - paper < LEAST_CONTRAST {
            return None;
        }
        let blank = f64::midpoint(paper, threshold);
        let stretched = |&level: &u8| {
            let share = (f64::from(level) - blank) / (ink - blank);
            (share.clamp(0.0, 1.0) * 255.0).round() as u8
        };
        Some(Self {
            width: picture.width,
            height: picture.height,
            levels: levels.iter().map(stretched).collect(),
        })
    }

    fn is_ink(&self, place: usize) -> bool {
        self.levels[place] >= 128
    }

    /// The same without patches of ink that are small beside the largest, nor the grey around them.
    fn without_specks(self) -> Self {
        let mut patch_of = vec![0_usize; self.levels.len()];
        let mut sizes = vec![0_usize];
        for place in 0..self.levels.len() {
            if self.is_ink(place) && patch_of[place] == 0 {
                let patch = sizes.len();
                sizes.push(self.fill(place, patch, &mut patch_of));
            }
        }
        let largest = sizes.iter().copied().max().unwrap_or(0) as f64;
        let is_kept = |place: usize| {
            let size = sizes[patch_of[place]] as f64;
            patch_of[place] > 0 && size >= SPECK_SHARE * largest
        };
        let levels = (0..self.levels.len()).map(|place| {
            let is_near = self.around(place).any(is_kept);
            if is_kept(place) || is_near {
                self.levels[place]
            } else {
                0
            }
        });
        Self {
            levels: levels.collect(),
            ..self
        }
    }

    /// Marks all ink that is connected with a place; how many pixels that is.
    fn fill(&self, start: usize, patch: usize, patch_of: &mut [usize]) -> usize {
        let mut open = vec![start];
        let mut size = 0;
        patch_of[start] = patch;
        while let Some(place) = open.pop() {
            size += 1;
            for next in self.around(place) {
                if self.is_ink(next) && patch_of[next] == 0 {
                    patch_of[next] = patch;
                    open.push(next);
                }
            }
        }
        size
    }

    /// The pixels beside one, those at its corners among them.
    fn around(&self, place: usize) -> impl Iterator<Item = usize> + use<> {
        let (width, height) = (self.width, self.height);
        let (x, y) = (place % width, place / width);
        let rows = y.saturating_sub(1)..=(y + 1).min(height - 1);
        rows.flat_map(move |row| {
            let columns = x.saturating_sub(1)..=(x + 1).min(width - 1);
            columns.map(move |column| row * width + column)
        })
        .filter(move |&it| it != place)
    }

    /// A square around the ink, with a margin; `None` without ink.
    fn cropped(&self) -> Option<Self> {
        let places = || (0..self.levels.len()).filter(|&place| self.is_ink(place));
        let (columns, rows) = (
            || places().map(|it| it % self.width),
            || places().map(|it| it / self.width),
        );
        let (left, right, top, bottom) = (
            columns().min()?,
            columns().max()?,
            rows().min()?,
            rows().max()?,
        );
        let longest = (right - left).max(bottom - top) + 1;
        let side = (longest as f64 / SHARE_OF_FRAME).ceil() as usize;
        let level = |place: usize| {
            // Twice the distance from the middle, so that it may lie between two pixels.
            let from_middle = |at: usize, low: usize, high: usize| {
                let doubled = (2 * at + low + high + 1).checked_sub(side)?;
                Some(doubled / 2)
            };
            let x = from_middle(place % side, left, right)?;
            let y = from_middle(place / side, top, bottom)?;
            let is_inside = x < self.width && y < self.height;
            is_inside.then(|| self.levels[y * self.width + x])
        };
        let levels = (0..side * side).map(|place| level(place).unwrap_or(0));
        Some(Self {
            width: side,
            height: side,
            levels: levels.collect(),
        })
    }

    fn as_picture(&self) -> GreyPicture<'_> {
        GreyPicture {
            width: self.width,
            height: self.height,
            levels: &self.levels,
        }
    }
}

/// The mean of the lower levels, the threshold between both kinds, and the mean of the higher ones; `None` where all are
/// equal. N. Otsu, 1979: the threshold with the largest variance between both.
fn split(levels: &[u8]) -> Option<(f64, f64, f64)> {
    let mut counts = [0_usize; 256];
    for &level in levels {
        counts[usize::from(level)] += 1;
    }
    let (n_all, sum_all) = sums(&counts);
    let at = |threshold: usize| {
        let (n_low, sum_low) = sums(&counts[..threshold]);
        let (n_high, sum_high) = (n_all - n_low, sum_all - sum_low);
        if n_low <= 0.0 || n_high <= 0.0 {
            return None;
        }
        let (low, high) = (sum_low / n_low, sum_high / n_high);
        let between = n_low * n_high * (high - low).powi(2);
        Some((between, (low, threshold as f64, high)))
    };
    let candidates = (1..256).filter_map(at);
    let best = candidates.max_by(|a, b| a.0.total_cmp(&b.0))?;
    Some(best.1)
}

/// How many levels there are, and their sum; `counts` begin at level 0.
fn sums(counts: &[usize]) -> (f64, f64) {
    let levels = counts.iter().enumerate();
    let sum: f64 = levels.map(|(level, &count)| (level * count) as f64).sum();
    (counts.iter().sum::<usize>() as f64, sum)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A photograph of 60 × 80 pixels on paper that darkens towards a corner: a stroke, and a speck far from it.
    fn photo(paper: u8, ink: u8) -> Photos {
        let mut photos = Photos::new();
        let pixels = (0..80 * 60).flat_map(|place: usize| {
            let (x, y) = (place % 60, place / 60);
            let is_ink = (20..24).contains(&x) && (30..60).contains(&y);
            let is_speck = x == 50 && y == 5;
            let shade = ((x + y) / 6) as u8;
            let level = if is_ink || is_speck {
                ink
            } else {
                paper - shade
            };
            [level, level, level, 255]
        });
        photos.add("a.png", (60, 80), &pixels.collect::<Vec<u8>>());
        photos.finished().expect("a picture")
    }

    #[test]
    fn what_stands_out_is_cropped_and_lies_in_the_middle() {
        for (paper, ink) in [(220, 40), (80, 230)] {
            let drawing = photo(paper, ink).drawing((56, 56)).expect("a stroke");
            let columns = |x: usize| (0..56).map(|y| drawing.get(x, y)).sum::<f32>();
            let rows = |y: usize| (0..56).map(|x| drawing.get(x, y)).sum::<f32>();
            assert!(drawing.get(28, 28) > 0.9, "{paper}");
            assert!((35.0..45.0).contains(&columns(28)), "{}", columns(28));
            let (above, below) = (
                (0..28).map(rows).sum::<f32>(),
                (28..56).map(rows).sum::<f32>(),
            );
            assert!((above / below - 1.0).abs() < 0.1, "{above} {below}");
            let margin = columns(2) + columns(53) + rows(2) + rows(53);
            assert!(margin.abs() < f32::EPSILON, "{margin}");
        }
    }

    #[test]
    fn a_grid_of_another_shape_has_it_in_its_middle() {
        let drawing = photo(220, 40).drawing((60, 40)).expect("a stroke");
        assert_eq!((drawing.width(), drawing.height()), (60, 40));
        assert!(drawing.get(30, 20) > 0.9);
    }

    #[test]
    fn plain_paper_is_no_drawing() {
        assert!(photo(220, 215).drawing((56, 56)).is_none());
        let mut plain = Photos::new();
        plain.add("a.png", (2, 2), &[255; 16]);
        let plain = plain.finished().expect("a picture");
        assert!(plain.drawing((56, 56)).is_none());
    }
}
