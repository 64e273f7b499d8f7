//! How far writing leans, and upright again.

use std::ops::RangeInclusive;

use crate::picture::{INK_EPSILON, Picture};

/// What leans further than 45° is no slant of a hand.
const STEEPEST: f32 = 1.0;

/// Where the ink lies: its mean place, in cells.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct InkMiddle {
    pub x: f32,
    pub y: f32,
}

impl Picture {
    /// The mean place of all ink; `None` for a blank picture.
    pub(super) fn ink_middle(&self) -> Option<InkMiddle> {
        let [mut total, mut sum_x, mut sum_y] = [0.0_f64; 3];
        for (x, y, ink) in self.inked_cells() {
            total += ink;
            sum_x += ink * x;
            sum_y += ink * y;
        }
        (total > 0.0).then(|| InkMiddle {
            x: (sum_x / total) as f32,
            y: (sum_y / total) as f32,
        })
    }

    /// How far the ink leans: cells to the right for each cell upwards; `None` where nothing stands upright.
    ///
    /// It is −μ₁₁ / μ₀₂ of the ink's central moments, as is usual for handwriting.
    pub fn slant(&self) -> Option<f32> {
        let middle = self.ink_middle()?;
        let [mut across, mut upright] = [0.0_f64; 2];
        for (x, y, ink) in self.inked_cells() {
            let (right, down) = (x - f64::from(middle.x), y - f64::from(middle.y));
            across += ink * right * down;
            upright += ink * down * down;
        }
        let slant = (-across / upright) as f32;
        (slant.abs() <= STEEPEST).then_some(slant)
    }

    /// The picture with a slant beyond `range` brought to its nearer end, row by row, about the middle of its ink.
    ///
    /// Where that would push ink out of the picture, the whole drawing moves to make room; where there is none, the
    /// picture stays as it is.
    #[must_use]
    pub fn slanted_within(&self, range: RangeInclusive<f32>) -> Self {
        let (Some(slant), Some(middle)) = (self.slant(), self.ink_middle()) else {
            return self.clone();
        };
        let excess = slant - slant.clamp(*range.start(), *range.end());
        if excess == 0.0 {
            return self.clone();
        }
        let lean = |y: f32| excess * (y - middle.y);
        let Some(shift) = self.room_for(lean) else {
            return self.clone();
        };
        Self::from_cells(self.width(), self.height(), |x, y| {
            let source = x as f32 - lean(y as f32) - shift;
            self.sample(f64::from(source), y as f64)
        })
    }

    /// How far all must move so that rows moved by `lean` of their height stay inside; `None` where they cannot.
    fn room_for(&self, lean: impl Fn(f32) -> f32) -> Option<f32> {
        let places = || {
            self.inked_cells()
                .map(|(x, y, _)| x as f32 + lean(y as f32))
        };
        let leftmost = places().fold(f32::INFINITY, f32::min);
        let rightmost = places().fold(f32::NEG_INFINITY, f32::max);
        let last = self.width() as f32 - 1.0;
        (rightmost - leftmost <= last).then(|| {
            let from_left = (-leftmost).max(0.0);
            from_left - (rightmost - last).max(0.0)
        })
    }

    /// Column, row and ink of all cells that hold visible ink.
    fn inked_cells(&self) -> impl Iterator<Item = (f64, f64, f64)> {
        let width = self.width().max(1);
        let cells = self.ink().iter().enumerate();
        let inked = cells.filter(|&(_, &ink)| ink > INK_EPSILON);
        inked.map(move |(idx, &ink)| ((idx % width) as f64, (idx / width) as f64, f64::from(ink)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::picture::Brush;

    fn leaning(slant: f32) -> Picture {
        let mut picture = Picture::blank(80, 80);
        picture.stroke(
            (40.0 - 25.0 * slant, 65.0),
            (40.0 + 25.0 * slant, 15.0),
            3.0,
            Brush::Ink,
        );
        picture
    }

    #[test]
    fn a_line_leans_as_it_was_drawn() {
        for slant in [-0.4, 0.0, 0.2] {
            let found = leaning(slant).slant().expect("it stands");
            assert!((found - slant).abs() < 0.02, "{found} for {slant}");
        }
        assert_eq!(Picture::blank(8, 8).slant(), None);
        let mut lying = Picture::blank(80, 80);
        lying.stroke((10.0, 41.0), (70.0, 39.0), 1.0, Brush::Ink);
        assert_eq!(lying.slant(), None);
    }

    #[test]
    fn a_slant_beyond_the_range_is_brought_to_its_end() {
        let within = |slant: f32| leaning(slant).slanted_within(-0.1..=0.2).slant();
        for (slant, expected) in [(0.5, 0.2), (-0.4, -0.1)] {
            let found = within(slant).expect("it stands");
            assert!((found - expected).abs() < 0.02, "{found} for {slant}");
        }
        assert_eq!(leaning(0.1).slanted_within(-0.1..=0.2), leaning(0.1));
    }

    #[test]
    fn no_ink_is_lost() {
        let mut hook = leaning(0.6);
        hook.stroke((55.0, 15.0), (76.0, 18.0), 3.0, Brush::Ink);
        for range in [-0.9..=-0.8, 0.0..=0.0, 0.8..=0.9] {
            let before = hook.ink_total();
            let after = hook.slanted_within(range.clone()).ink_total();
            assert!((after / before - 1.0).abs() < 0.01, "{range:?}");
        }
    }

    #[test]
    fn where_there_is_no_room_nothing_changes() {
        let full = Picture::from_ink(6, 6, vec![1.0; 36]).expect("36 cells");
        assert_eq!(full.slanted_within(0.3..=0.4), full);
    }
}
