//! The middle of the ink in the middle of the picture.

use crate::picture::{INK_EPSILON, Picture};

impl Picture {
    /// The picture moved by whole cells so that the mean place of its ink is in its middle, as MNIST's digits lie; as
    /// far as no ink leaves it.
    #[must_use]
    pub fn balanced(&self) -> Self {
        let Some(middle) = self.ink_middle() else {
            return self.clone();
        };
        let off = |place: f32, side: usize| ((side as f32 - 1.0) / 2.0 - place).round() as i32;
        let (right, down) = (off(middle.x, self.width()), off(middle.y, self.height()));
        let (columns, rows) = (self.free_columns(), self.free_rows());
        self.moved(
            right.clamp(-columns.0, columns.1),
            down.clamp(-rows.0, rows.1),
        )
    }

    /// Columns without ink at the left and at the right.
    fn free_columns(&self) -> (i32, i32) {
        let is_free = |x: &usize| (0..self.height()).all(|y| self.get(*x, y) <= INK_EPSILON);
        free_ends(self.width(), is_free)
    }

    /// Rows without ink at the top and at the bottom.
    fn free_rows(&self) -> (i32, i32) {
        let is_free = |y: &usize| (0..self.width()).all(|x| self.get(x, *y) <= INK_EPSILON);
        free_ends(self.height(), is_free)
    }
}

fn free_ends(side: usize, is_free: impl Fn(&usize) -> bool) -> (i32, i32) {
    let count = |n: usize| i32::try_from(n).unwrap_or(i32::MAX);
    (
        count((0..side).take_while(&is_free).count()),
        count((0..side).rev().take_while(&is_free).count()),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_heavier_side_moves_to_the_middle() {
        let mut picture = Picture::blank(9, 9);
        picture.fill_cell(1, 1, 1, 1.0);
        picture.fill_cell(2, 1, 1, 1.0);
        picture.fill_cell(3, 1, 1, 1.0);
        let mut expected = Picture::blank(9, 9);
        for x in 3..6 {
            expected.fill_cell(x, 4, 1, 1.0);
        }
        assert_eq!(picture.balanced(), expected);
        assert_eq!(expected.balanced(), expected);
    }

    #[test]
    fn no_ink_leaves_the_picture() {
        let mut picture = Picture::blank(8, 8);
        for y in 0..8 {
            picture.fill_cell(0, y, 1, 1.0);
        }
        picture.fill_cell(7, 0, 1, 1.0);
        assert_eq!(picture.balanced(), picture);
        assert_eq!(Picture::blank(3, 3).balanced(), Picture::blank(3, 3));
    }
}
