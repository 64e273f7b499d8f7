//! Ink between cells.

use super::Picture;

impl Picture {
    /// The ink at a point, mixed linearly from the four cells around it.
    ///
    /// Whole numbers are the middles of cells, (0, 0) that of the first one; there the cell's ink comes back exactly.
    /// Beyond the picture is paper.
    pub(super) fn sample(&self, x: f64, y: f64) -> f32 {
        let (left, top) = (x.floor(), y.floor());
        let (right_weight, lower_weight) = (x - left, y - top);
        let upper = self.mix_in_row(left, top, right_weight);
        let lower = self.mix_in_row(left, top + 1.0, right_weight);
        (upper * (1.0 - lower_weight) + lower * lower_weight) as f32
    }

    fn mix_in_row(&self, left: f64, y: f64, right_weight: f64) -> f64 {
        let at = |x: f64| {
            let inside = x >= 0.0 && y >= 0.0;
            f64::from(if inside {
                self.get(x as usize, y as usize)
            } else {
                0.0
            })
        };
        at(left) * (1.0 - right_weight) + at(left + 1.0) * right_weight
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn four_cells() -> Picture {
        Picture::from_ink(2, 2, vec![0.0, 1.0, 0.5, 0.25]).expect("four cells")
    }

    #[test]
    fn the_middle_of_a_cell_is_the_cell() {
        let samples = vec![four_cells().sample(1.0, 0.0), four_cells().sample(0.0, 1.0)];
        assert_eq!(samples, [1.0, 0.5]);
    }

    #[test]
    fn between_cells_is_their_mix() {
        assert!((four_cells().sample(0.25, 0.0) - 0.25).abs() < 1e-6);
        assert!((four_cells().sample(0.5, 0.5) - 0.4375).abs() < 1e-6);
    }

    #[test]
    fn beyond_the_picture_is_paper() {
        assert!((four_cells().sample(1.5, 0.0) - 0.5).abs() < 1e-6);
        for (x, y) in [(-1.0, 0.0), (2.0, 0.0), (0.0, -1.0), (0.0, 1e300)] {
            assert!(four_cells().sample(x, y).abs() < 1e-6);
        }
    }
}
