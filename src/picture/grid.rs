//! A grid of ink.

/// Ink up to this amount counts as paper: it is half of the smallest step that a screen can show.
pub const INK_EPSILON: f32 = 1.0 / 512.0;

/// A picture of `width × height` cells, each from 0 (paper) to 1 (ink), row by row from the upper left.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Picture {
    width: usize,
    height: usize,
    ink: Vec<f32>,
}

impl Picture {
    /// The largest width and height; 28 pixels of 4 cells each are far below it.
    pub const MAX_SIDE: usize = 1_024;

    /// A picture without ink. Sides above [`Self::MAX_SIDE`] are cut to it.
    pub fn blank(width: usize, height: usize) -> Self {
        Self::from_cells(width, height, |_, _| 0.0)
    }

    /// A picture of given ink, row by row; amounts beyond 0…1 are moved to its nearer end, NaN becomes paper.
    ///
    /// `None` when `ink` does not hold `width × height` values or a side is above [`Self::MAX_SIDE`].
    pub fn from_ink(width: usize, height: usize, ink: Vec<f32>) -> Option<Self> {
        if width.max(height) > Self::MAX_SIDE || ink.len() != width * height {
            return None;
        }
        let ink = ink.into_iter().map(clamp_ink).collect();
        Some(Self { width, height, ink })
    }

    /// A picture whose cells are computed from their column and row.
    pub(super) fn from_cells(
        width: usize,
        height: usize,
        cell: impl Fn(usize, usize) -> f32,
    ) -> Self {
        let (width, height) = (width.min(Self::MAX_SIDE), height.min(Self::MAX_SIDE));
        let rows = (0..height).flat_map(|y| (0..width).map(move |x| (x, y)));
        let ink = rows.map(|(x, y)| clamp_ink(cell(x, y))).collect();
        Self { width, height, ink }
    }

    /// Cells in a row.
    pub fn width(&self) -> usize {
        self.width
    }

    /// Rows.
    pub fn height(&self) -> usize {
        self.height
    }

    /// All cells, 0…1, row by row: what a network of this size takes as its input.
    pub fn ink(&self) -> &[f32] {
        &self.ink
    }

    /// All cells, 0…1, row by row, without a copy.
    pub fn into_ink(self) -> Vec<f32> {
        self.ink
    }

    /// The ink of a cell, 0…1; beyond the picture is paper.
    pub fn get(&self, x: usize, y: usize) -> f32 {
        let inside = x < self.width && y < self.height;
        if inside {
            self.ink[y * self.width + x]
        } else {
            0.0
        }
    }

    /// Replaces the ink of a cell; nothing happens outside the picture.
    pub(super) fn set(&mut self, x: usize, y: usize, ink: f32) {
        if x < self.width && y < self.height {
            self.ink[y * self.width + x] = clamp_ink(ink);
        }
    }

    /// Whether no cell has more ink than [`INK_EPSILON`].
    pub fn is_blank(&self) -> bool {
        self.ink.iter().all(|&ink| ink <= INK_EPSILON)
    }

    /// The ink of all cells together, 0 to `width × height`.
    pub fn ink_total(&self) -> f32 {
        self.ink.iter().sum()
    }
}

fn clamp_ink(ink: f32) -> f32 {
    if ink.is_nan() {
        0.0
    } else {
        ink.clamp(0.0, 1.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_found_by_column_and_row() {
        let picture = Picture::from_ink(2, 2, vec![0.1, 0.2, 0.3, 0.4]).expect("four cells");
        let places = [(1, 0), (0, 1), (2, 0), (0, usize::MAX)];
        let cells: Vec<f32> = places.iter().map(|&(x, y)| picture.get(x, y)).collect();
        assert_eq!(cells, [0.2, 0.3, 0.0, 0.0]);
    }

    #[test]
    fn ink_is_always_between_paper_and_full() {
        let wild = vec![-1.0, 2.0, f32::NAN, f32::INFINITY];
        let picture = Picture::from_ink(4, 1, wild).expect("four cells");
        assert_eq!(picture.ink(), [0.0, 1.0, 0.0, 1.0]);
    }

    #[test]
    fn ink_of_another_size_makes_no_picture() {
        assert_eq!(Picture::from_ink(2, 2, vec![0.0; 3]), None);
        assert_eq!(Picture::from_ink(usize::MAX, 2, vec![0.0; 3]), None);
    }

    #[test]
    fn a_picture_is_blank_until_ink_can_be_seen() {
        assert!(Picture::blank(8, 8).is_blank());
        assert!(
            Picture::from_ink(1, 1, vec![INK_EPSILON])
                .expect("one cell")
                .is_blank()
        );
        assert!(
            !Picture::from_ink(1, 1, vec![2.0 * INK_EPSILON])
                .expect("one cell")
                .is_blank()
        );
    }

    #[test]
    fn sides_are_limited() {
        let picture = Picture::blank(usize::MAX, 1);
        assert_eq!((picture.width(), picture.height()), (Picture::MAX_SIDE, 1));
    }

    #[test]
    fn the_total_adds_all_cells() {
        let picture = Picture::from_ink(2, 1, vec![0.25, 0.5]).expect("two cells");
        assert!((picture.ink_total() - 0.75).abs() < 1e-6);
    }
}
