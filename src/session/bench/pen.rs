//! What the pen does to the drawing, wherever the drawing is turned to.

use super::PictureBench;
use crate::picture::{Brush, INK_PER_PIXEL};

/// Radius of the brush as a part of the surface: a stroke is about as wide as those of the digits.
const BRUSH_RADIUS: f32 = 0.62 / 8.0;

/// Pictures with room around the digits have narrower strokes.
const FINE_BRUSH_RADIUS: f32 = 1.2 / 28.0;

/// The eraser is wider, so that it does not leave slivers.
const ERASER_FACTOR: f32 = 1.45;

impl PictureBench {
    /// Draws or erases along a segment, in units of the drawing's side.
    pub(super) fn stroke(
        &mut self,
        from: (f32, f32),
        to: (f32, f32),
        brush: Brush,
        is_first: bool,
    ) {
        if is_first {
            self.touch();
        }
        let on_grid = |place| self.unturned(place);
        let (from, to) = (on_grid(from), on_grid(to));
        let radius = match brush {
            Brush::Ink => self.brush_radius(),
            Brush::Eraser => self.brush_radius() * ERASER_FACTOR,
        };
        self.ink.stroke(from, to, radius, brush);
    }

    /// Half the width of a stroke, in cells of the drawing.
    pub fn brush_radius(&self) -> f32 {
        let of_side = if self.margin() > 0 {
            FINE_BRUSH_RADIUS
        } else {
            BRUSH_RADIUS
        };
        of_side * self.ink.width() as f32
    }

    /// Turns one of the network's pixels to paper where it holds ink, else to ink.
    pub(super) fn toggle_cell(&mut self, column: usize, row: usize) {
        self.touch();
        let along =
            |cell: usize, side: usize| (cell as f32 + 0.5) * INK_PER_PIXEL as f32 / side as f32;
        let (width, height) = (self.ink.width(), self.ink.height());
        let (x, y) = self.unturned((along(column, width), along(row, height)));
        let cell_at = |place: f32, side: usize| {
            (place.clamp(0.0, side as f32 - 1.0) as usize) / INK_PER_PIXEL
        };
        let (column, row) = (cell_at(x, width), cell_at(y, height));
        let is_ink = self.ink.downscale(INK_PER_PIXEL).get(column, row) > 0.5;
        self.ink
            .fill_cell(column, row, INK_PER_PIXEL, if is_ink { 0.0 } else { 1.0 });
    }

    /// Where a place of the turned drawing, in units of its side, lies on the grid of the drawing itself.
    fn unturned(&self, (x, y): (f32, f32)) -> (f32, f32) {
        let (width, height) = (self.ink.width() as f32, self.ink.height() as f32);
        let (sine, cosine) = (-self.rotation_degrees.to_radians()).sin_cos();
        let (right, down) = ((x - 0.5) * width, (y - 0.5) * height);
        (
            right * cosine - down * sine + width / 2.0,
            right * sine + down * cosine + height / 2.0,
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::Change;

    #[test]
    fn a_cell_of_a_picture_that_is_not_square_is_found() {
        let mut bench = PictureBench::new(10, 4);
        bench.apply(Change::ToggleCell { column: 8, row: 3 });
        let cells = bench.turned().downscale(INK_PER_PIXEL);
        assert!(cells.get(8, 3) > 0.5);
        assert!((cells.ink_total() - 1.0).abs() < 1e-3);
    }
}
