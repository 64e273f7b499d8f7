//! The places that a drawing is moved to.

use crate::picture::INK_PER_PIXEL;

/// Most steps to one side.
const MOST_STEPS: usize = 7;

/// Up to this reach in pixels the steps are halves of a pixel.
const REACH_IN_HALVES: usize = 3;

/// Places around the present one: up to a quarter of the picture's side in all directions, at equal steps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ShiftGrid {
    horizontal: Axis,
    vertical: Axis,
}

/// Steps to each side, and the cells of the fine grid from one to the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Axis {
    n_steps: usize,
    cells_per_step: usize,
}

impl Axis {
    fn of(n_pixels: usize) -> Self {
        let reach = n_pixels / 4;
        if reach <= REACH_IN_HALVES {
            return Self {
                n_steps: 2 * reach,
                cells_per_step: INK_PER_PIXEL / 2,
            };
        }
        let pixels_per_step = reach.div_ceil(MOST_STEPS);
        Self {
            n_steps: reach / pixels_per_step,
            cells_per_step: pixels_per_step * INK_PER_PIXEL,
        }
    }

    fn n_places(self) -> usize {
        2 * self.n_steps + 1
    }

    fn cells_at(self, place_idx: usize) -> i32 {
        let cells =
            |n_steps: usize| i32::try_from(n_steps * self.cells_per_step).unwrap_or(i32::MAX);
        cells(place_idx) - cells(self.n_steps)
    }

    /// Whether a place is one of those `stride` steps apart, counted from the middle, or an end.
    fn is_on(self, place_idx: usize, stride: usize) -> bool {
        let from_middle = place_idx.abs_diff(self.n_steps);
        from_middle.is_multiple_of(stride) || from_middle == self.n_steps
    }
}

impl ShiftGrid {
    /// The places for a network that sees `width × height` pixels.
    pub fn of(width: usize, height: usize) -> Self {
        Self {
            horizontal: Axis::of(width),
            vertical: Axis::of(height),
        }
    }

    /// Places in a row.
    pub fn n_columns(self) -> usize {
        self.horizontal.n_places()
    }

    /// Rows.
    pub fn n_rows(self) -> usize {
        self.vertical.n_places()
    }

    /// Places in all, row by row from the upper left; the one in the middle is the present one.
    pub fn n_places(self) -> usize {
        self.n_columns() * self.n_rows()
    }

    /// How far a place is from the present one, right and down, in cells of the fine grid.
    pub(super) fn cells_at(self, place_idx: usize) -> (i32, i32) {
        let (column, row) = self.column_and_row(place_idx);
        (
            self.horizontal.cells_at(column),
            self.vertical.cells_at(row),
        )
    }

    /// How far a place is from the present one, right and down, in the network's pixels.
    pub fn pixels_at(self, place_idx: usize) -> (f32, f32) {
        let (right, down) = self.cells_at(place_idx);
        let pixels = |cells: i32| cells as f32 / INK_PER_PIXEL as f32;
        (pixels(right), pixels(down))
    }

    /// Whether a place is one of those `stride` steps apart in both directions.
    pub(super) fn is_on(self, place_idx: usize, stride: usize) -> bool {
        let (column, row) = self.column_and_row(place_idx);
        self.horizontal.is_on(column, stride) && self.vertical.is_on(row, stride)
    }

    pub(super) fn column_and_row(self, place_idx: usize) -> (usize, usize) {
        (place_idx % self.n_columns(), place_idx / self.n_columns())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_reach_a_quarter_of_the_side() {
        let small = ShiftGrid::of(8, 8);
        assert_eq!((small.n_columns(), small.n_rows()), (9, 9));
        assert_eq!(small.pixels_at(0), (-2.0, -2.0));
        assert_eq!(small.pixels_at(41), (0.5, 0.0));
        let large = ShiftGrid::of(28, 28);
        assert_eq!(large.n_places(), 225);
        assert_eq!(large.pixels_at(224), (7.0, 7.0));
    }

    #[test]
    fn the_middle_is_the_present_place_whatever_the_size() {
        for (width, height) in [(1, 1), (3, 40), (10, 4), (100, 64)] {
            let grid = ShiftGrid::of(width, height);
            assert!(grid.n_columns().max(grid.n_rows()) <= 15);
            assert_eq!(grid.cells_at(grid.n_places() / 2), (0, 0));
            assert!(grid.is_on(grid.n_places() / 2, 4));
        }
    }
}
