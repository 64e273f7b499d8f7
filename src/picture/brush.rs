//! What a pen or a finger leaves on the grid.

use super::Picture;

/// What a stroke does to the grid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Brush {
    /// Adds ink; strokes that overlap do not get darker than one alone.
    Ink,
    /// Takes ink away.
    Eraser,
}

impl Picture {
    /// Moves a round brush from one point to another; equal points give a dot.
    ///
    /// Points and `radius` are in cells: (0, 0) is the upper left corner of the picture and (0.5, 0.5) the middle of
    /// its first cell. Edges are smooth over one cell. Parts beyond the picture are lost; a point or radius that is
    /// not finite, or a radius that is not positive, changes nothing.
    pub fn stroke(&mut self, from: (f32, f32), to: (f32, f32), radius: f32, tool: Brush) {
        let finite = [from.0, from.1, to.0, to.1, radius]
            .iter()
            .all(|x| x.is_finite());
        if !finite || radius <= 0.0 {
            return;
        }
        let columns = touched_cells(from.0, to.0, radius, self.width());
        let rows = touched_cells(from.1, to.1, radius, self.height());
        for y in rows {
            for x in columns.clone() {
                let middle = (x as f32 + 0.5, y as f32 + 0.5);
                let beyond_edge = distance_to_segment(middle, from, to) - f64::from(radius);
                let coverage = (0.5 - beyond_edge).clamp(0.0, 1.0) as f32;
                let before = self.get(x, y);
                let after = match tool {
                    Brush::Ink => before.max(coverage),
                    Brush::Eraser => before.min(1.0 - coverage),
                };
                self.set(x, y, after);
            }
        }
    }

    /// Sets the ink of one pixel of the network: a block of `factor × factor` cells, `cell_x` and `cell_y` blocks in.
    ///
    /// A block beyond the picture, or ink that is NaN, changes nothing.
    pub fn fill_cell(&mut self, cell_x: usize, cell_y: usize, factor: usize, ink: f32) {
        if ink.is_nan() {
            return;
        }
        let columns = block_cells(cell_x, factor, self.width());
        for y in block_cells(cell_y, factor, self.height()) {
            for x in columns.clone() {
                self.set(x, y, ink);
            }
        }
    }
}

/// The cells along one axis that a brush can reach between two coordinates.
fn touched_cells(from: f32, to: f32, radius: f32, n_cells: usize) -> std::ops::Range<usize> {
    let reach = radius + 1.0;
    let first = (from.min(to) - reach).max(0.0) as usize;
    let end = (from.max(to) + reach).clamp(0.0, n_cells as f32).ceil() as usize;
    first..end
}

fn block_cells(block_idx: usize, factor: usize, n_cells: usize) -> std::ops::Range<usize> {
    let start = block_idx.saturating_mul(factor).min(n_cells);
    start..start.saturating_add(factor).min(n_cells)
}

/// In double precision, where the square of the largest single number is still finite.
fn distance_to_segment(point: (f32, f32), from: (f32, f32), to: (f32, f32)) -> f64 {
    let wide = |(x, y): (f32, f32)| (f64::from(x), f64::from(y));
    let (point, from, to) = (wide(point), wide(from), wide(to));
    let along = (to.0 - from.0, to.1 - from.1);
    let offset = (point.0 - from.0, point.1 - from.1);
    let squared_length = along.0 * along.0 + along.1 * along.1;
    let nearest = if squared_length > 0.0 {
        ((offset.0 * along.0 + offset.1 * along.1) / squared_length).clamp(0.0, 1.0)
    } else {
        0.0
    };
    (offset.0 - nearest * along.0).hypot(offset.1 - nearest * along.1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dot_covers_the_area_of_its_circle() {
        let mut picture = Picture::blank(32, 32);
        picture.stroke((16.0, 16.0), (16.0, 16.0), 6.0, Brush::Ink);
        let area = std::f32::consts::PI * 36.0;
        assert!(
            (picture.ink_total() - area).abs() < 0.01 * area,
            "ink {}",
            picture.ink_total()
        );
        assert!(picture.get(16, 16) > 0.999 && picture.get(0, 0) < 0.001);
    }

    #[test]
    fn a_line_covers_its_length_times_its_width_and_two_half_circles() {
        let mut picture = Picture::blank(64, 64);
        picture.stroke((10.0, 12.0), (40.0, 52.0), 4.0, Brush::Ink);
        let area = 50.0 * 8.0 + std::f32::consts::PI * 16.0;
        assert!(
            (picture.ink_total() - area).abs() < 0.01 * area,
            "ink {}",
            picture.ink_total()
        );
    }

    #[test]
    fn edges_are_smooth() {
        let mut picture = Picture::blank(16, 16);
        picture.stroke((8.0, 8.0), (8.0, 8.0), 3.3, Brush::Ink);
        assert!(picture.ink().iter().any(|&ink| ink > 0.1 && ink < 0.9));
    }

    #[test]
    fn drawing_twice_is_drawing_once() {
        let mut once = Picture::blank(16, 16);
        once.stroke((2.0, 3.0), (12.5, 9.0), 1.7, Brush::Ink);
        let mut twice = once.clone();
        twice.stroke((2.0, 3.0), (12.5, 9.0), 1.7, Brush::Ink);
        assert_eq!(once, twice);
    }

    #[test]
    fn the_eraser_takes_away_what_the_same_stroke_drew() {
        let mut picture = Picture::blank(16, 16);
        picture.stroke((4.0, 4.0), (12.0, 12.0), 2.0, Brush::Ink);
        picture.stroke((4.0, 4.0), (12.0, 12.0), 3.5, Brush::Eraser);
        assert!(picture.is_blank());
    }

    #[test]
    fn points_off_the_grid_are_harmless() {
        let mut picture = Picture::blank(8, 8);
        for wild in [f32::NAN, f32::INFINITY, f32::NEG_INFINITY] {
            picture.stroke((wild, 1.0), (2.0, 2.0), 2.0, Brush::Ink);
            picture.stroke((1.0, 1.0), (2.0, wild), 2.0, Brush::Ink);
            picture.stroke((1.0, 1.0), (2.0, 2.0), wild, Brush::Ink);
        }
        picture.stroke((1.0, 1.0), (2.0, 2.0), -1.0, Brush::Ink);
        picture.stroke((-50.0, -50.0), (-40.0, -60.0), 2.0, Brush::Ink);
        picture.stroke((1e9, 4.0), (2e9, 4.0), 2.0, Brush::Ink);
        assert!(picture.is_blank());
    }

    #[test]
    fn a_stroke_across_the_whole_plane_still_crosses_the_grid() {
        let mut picture = Picture::blank(8, 8);
        picture.stroke((f32::MIN, 4.0), (f32::MAX, 4.0), 1.5, Brush::Ink);
        let row = |y: usize| &picture.ink()[8 * y..8 * (y + 1)];
        assert_eq!(row(4), [1.0; 8]);
        assert_eq!(row(0), [0.0; 8]);
    }

    #[test]
    fn a_filled_pixel_is_a_whole_block() {
        let mut picture = Picture::blank(8, 8);
        picture.fill_cell(1, 0, 4, 0.5);
        assert_eq!(picture.downscale(4).ink(), [0.0, 0.5, 0.0, 0.0]);
        picture.fill_cell(1, 0, 4, 0.0);
        assert!(picture.is_blank());
    }

    #[test]
    fn a_pixel_beyond_the_picture_is_not_filled() {
        let mut picture = Picture::blank(8, 8);
        picture.fill_cell(2, 0, 4, 1.0);
        picture.fill_cell(usize::MAX, usize::MAX, 4, 1.0);
        picture.fill_cell(0, 0, 4, f32::NAN);
        assert!(picture.is_blank());
        picture.fill_cell(0, 0, usize::MAX, 1.0);
        assert_eq!(picture.ink(), [1.0; 64]);
    }
}
