//! Moving and enlarging a drawing so that it fills the grid.

use super::{INK_EPSILON, Picture};

/// Ink is raised to this before it is enlarged.
///
/// Mixing leaves each visible cell of an edge at half its ink or more somewhere in the new edge, so four times
/// the epsilon cannot fade below it, and the new drawing's edges stay where they were put.
const FAINTEST: f32 = 4.0 * INK_EPSILON;

/// A rectangle of cells: columns `left..left + width`, rows `top..top + height`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct CellBox {
    left: usize,
    top: usize,
    width: usize,
    height: usize,
}

impl Picture {
    /// The drawing cut out, enlarged until it fills the grid in one direction, and put in the middle of the other.
    ///
    /// Width and height grow by the same factor, rounded to whole cells. What counts as drawing is ink above
    /// [`INK_EPSILON`]. Centring a centred picture changes nothing, and a blank picture stays as it is.
    #[must_use]
    pub fn centred(&self) -> Self {
        self.centred_within(0)
    }

    /// The same with `margin` cells left empty on every side; one that leaves no room counts as none.
    #[must_use]
    pub fn centred_within(&self, margin: usize) -> Self {
        let Some(drawing) = self.drawing_box() else {
            return self.clone();
        };
        let has_room = 2 * margin < self.width().min(self.height());
        let margin = if has_room { margin } else { 0 };
        let target = drawing
            .enlarged_into(self.width() - 2 * margin, self.height() - 2 * margin)
            .moved_by(margin);
        if target == drawing {
            return self.clone();
        }
        let cut = self.cut_out(drawing);
        Self::from_cells(self.width(), self.height(), |x, y| {
            let inside_x = x.checked_sub(target.left).filter(|&x| x < target.width);
            let inside_y = y.checked_sub(target.top).filter(|&y| y < target.height);
            let (Some(x), Some(y)) = (inside_x, inside_y) else {
                return 0.0;
            };
            cut.sample(
                source_middle(x, drawing.width, target.width),
                source_middle(y, drawing.height, target.height),
            )
        })
    }

    /// The smallest rectangle around all visible ink; `None` for a blank picture.
    fn drawing_box(&self) -> Option<CellBox> {
        let visible = |x: usize, y: usize| self.get(x, y) > INK_EPSILON;
        let in_row = |&y: &usize| (0..self.width()).any(|x| visible(x, y));
        let in_column = |&x: &usize| (0..self.height()).any(|y| visible(x, y));
        let (top, bottom) = (
            (0..self.height()).find(in_row)?,
            (0..self.height()).rfind(in_row)?,
        );
        let (left, right) = (
            (0..self.width()).find(in_column)?,
            (0..self.width()).rfind(in_column)?,
        );
        Some(CellBox {
            left,
            top,
            width: right - left + 1,
            height: bottom - top + 1,
        })
    }

    fn cut_out(&self, part: CellBox) -> Self {
        Self::from_cells(part.width, part.height, |x, y| {
            let ink = self.get(part.left + x, part.top + y);
            if ink > INK_EPSILON {
                ink.max(FAINTEST)
            } else {
                0.0
            }
        })
    }
}

impl CellBox {
    /// This rectangle, so many cells further right and down.
    fn moved_by(self, cells: usize) -> Self {
        Self {
            left: self.left + cells,
            top: self.top + cells,
            ..self
        }
    }

    /// This rectangle as large as a grid allows, and in its middle.
    fn enlarged_into(self, grid_width: usize, grid_height: usize) -> Self {
        let width_decides = grid_width * self.height <= grid_height * self.width;
        let (width, height) = if width_decides {
            (
                grid_width,
                rounded_ratio(self.height * grid_width, self.width).min(grid_height),
            )
        } else {
            (
                rounded_ratio(self.width * grid_height, self.height).min(grid_width),
                grid_height,
            )
        };
        Self {
            left: (grid_width - width) / 2,
            top: (grid_height - height) / 2,
            width,
            height,
        }
    }
}

/// `numerator / denominator` to the nearest whole number, halves upwards.
fn rounded_ratio(numerator: usize, denominator: usize) -> usize {
    (2 * numerator + denominator) / (2 * denominator)
}

/// Where the middle of an enlarged cell lies in the original, as [`Picture::sample`] counts, kept within it.
fn source_middle(idx: usize, original_size: usize, enlarged_size: usize) -> f64 {
    let middle = (idx as f64 + 0.5) * original_size as f64 / enlarged_size as f64 - 0.5;
    middle.clamp(0.0, original_size as f64 - 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::picture::Brush;
    use crate::random::Mt19937;

    fn assert_centred(picture: &Picture) {
        let centred = picture.centred();
        assert_eq!(centred.centred(), centred, "from {picture:?}");
        let Some(drawing) = centred.drawing_box() else {
            assert!(picture.is_blank());
            return;
        };
        assert!(drawing.width == picture.width() || drawing.height == picture.height());
        assert_eq!(drawing.left, (picture.width() - drawing.width) / 2);
        assert_eq!(drawing.top, (picture.height() - drawing.height) / 2);
    }

    fn random_drawing(generator: &mut Mt19937) -> Picture {
        let side = |generator: &mut Mt19937| 1 + generator.next_u32() as usize % 40;
        let mut picture = Picture::blank(side(generator), side(generator));
        for _ in 0..generator.next_u32() % 4 {
            let mut point = || {
                let x = generator.uniform(-2.0, 42.0);
                (x, generator.uniform(-2.0, 42.0))
            };
            let (from, to) = (point(), point());
            picture.stroke(from, to, generator.uniform(0.1, 4.0), Brush::Ink);
        }
        picture
    }

    #[test]
    fn a_margin_stays_empty() {
        let mut picture = Picture::blank(28, 28);
        picture.fill_cell(0, 1, 5, 1.0);
        let centred = picture.centred_within(4);
        let inked = |x: usize, y: usize| centred.get(x, y) > INK_EPSILON;
        assert!(inked(4, 4) && inked(23, 23));
        for idx in 0..28 {
            assert!(!inked(3, idx) && !inked(24, idx) && !inked(idx, 3) && !inked(idx, 24));
        }
        assert_eq!(picture.centred_within(20), picture.centred());
    }

    #[test]
    fn centring_twice_is_centring_once_for_strokes_at_any_angle() {
        let mut generator = Mt19937::new(17);
        for _ in 0..3_000 {
            let picture = random_drawing(&mut generator);
            assert_centred(&picture);
            assert_centred(&picture.rotated(generator.uniform(-180.0, 180.0)));
        }
    }

    #[test]
    fn centring_twice_is_centring_once_for_the_faintest_ink() {
        let mut generator = Mt19937::new(18);
        for _ in 0..3_000 {
            let side = 1 + generator.next_u32() as usize % 24;
            let faint = |_| match generator.next_u32() % 8 {
                0 => INK_EPSILON * (0.5 + generator.uniform(0.0, 4.0)),
                _ => 0.0,
            };
            let ink = (0..side * side).map(faint).collect();
            assert_centred(&Picture::from_ink(side, side, ink).expect("as many cells as asked"));
        }
    }

    #[test]
    fn a_small_square_in_a_corner_fills_the_grid() {
        let mut picture = Picture::blank(8, 8);
        picture.fill_cell(3, 3, 2, 1.0);
        assert_eq!(picture.centred().ink(), [1.0; 64]);
    }

    #[test]
    fn proportions_are_kept() {
        let mut picture = Picture::blank(32, 32);
        for cell_y in 0..8 {
            picture.fill_cell(0, cell_y, 2, 1.0);
        }
        let centred = picture.centred();
        let expected = CellBox {
            left: 14,
            top: 0,
            width: 4,
            height: 32,
        };
        assert_eq!(centred.drawing_box(), Some(expected));
        assert!((centred.ink_total() - 128.0).abs() < 1e-3);
    }

    #[test]
    fn where_a_drawing_was_made_does_not_matter() {
        let draw = |x: f32, y: f32| {
            let mut picture = Picture::blank(32, 32);
            picture.stroke((x, y), (x + 7.0, y + 4.0), 2.0, Brush::Ink);
            picture.centred()
        };
        assert_eq!(draw(4.0, 5.0), draw(19.0, 22.0));
    }

    #[test]
    fn blank_stays_blank() {
        assert_eq!(Picture::blank(8, 8).centred(), Picture::blank(8, 8));
        assert_eq!(Picture::default().centred(), Picture::default());
    }
}
