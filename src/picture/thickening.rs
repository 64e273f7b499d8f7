//! Strokes made thicker, as with a broader pen, or thinner.

use super::Picture;

impl Picture {
    /// Every cell takes the most ink found within `radius` cells of it, so that strokes grow by the radius on each side.
    ///
    /// A radius that is not finite, or not positive, changes nothing.
    #[must_use]
    pub fn thickened(&self, radius: f32) -> Self {
        if !(radius.is_finite() && radius > 0.0) {
            return self.clone();
        }
        self.of_neighbours(radius, 0.0, f32::max)
    }

    /// Every cell takes the least ink found within `radius` cells of it, so that strokes shrink by the radius on each side.
    ///
    /// A radius that is not finite, or not positive, changes nothing.
    #[must_use]
    pub fn thinned(&self, radius: f32) -> Self {
        if !(radius.is_finite() && radius > 0.0) {
            return self.clone();
        }
        self.of_neighbours(radius, 1.0, f32::min)
    }

    /// Every cell's neighbours within `radius` cells, those inside the picture, folded into one; `first` is what `fold`
    /// leaves out.
    ///
    /// A disc is a row of cells for each of its rows, and rows of one length are folded once for all cells: a drawing
    /// is prepared with every movement of the pen.
    fn of_neighbours(&self, radius: f32, first: f32, fold: fn(f32, f32) -> f32) -> Self {
        let radius = radius.min(Self::MAX_SIDE as f32);
        let reach = radius.floor() as usize;
        // Cells to each side in the disc's rows, from its middle to its edge.
        let sides =
            (0..=reach).map(|down| (radius * radius - (down * down) as f32).sqrt() as usize);
        let sides: Vec<usize> = sides.collect();
        let width = self.width().max(1);
        let mut folded_rows = self.ink().to_vec();
        let mut result = vec![first; folded_rows.len()];
        for side in 0..=reach {
            if side > 0 {
                folded_rows = folded_with_both_beside(&folded_rows, width, fold);
            }
            for down in (0..=reach).filter(|&down| sides[down] == side) {
                let cells = down * width;
                let Some(below) = folded_rows.get(cells..) else {
                    continue;
                };
                fold_into(&mut result, below, fold);
                fold_into(&mut result[cells..], &folded_rows, fold);
            }
        }
        Self::from_cells(self.width(), self.height(), |x, y| result[y * width + x])
    }
}

/// Every value folded with those to its left and right in its row.
fn folded_with_both_beside(rows: &[f32], width: usize, fold: fn(f32, f32) -> f32) -> Vec<f32> {
    let mut folded = rows.to_vec();
    for (folded, row) in folded.chunks_mut(width).zip(rows.chunks(width)) {
        fold_into(&mut folded[1..], row, fold);
        fold_into(folded, &row[1..], fold);
    }
    folded
}

fn fold_into(values: &mut [f32], others: &[f32], fold: fn(f32, f32) -> f32) {
    for (value, &other) in values.iter_mut().zip(others) {
        *value = fold(*value, other);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::picture::Brush;

    #[test]
    fn a_stroke_grows_by_the_radius_on_each_side() {
        let line = |radius| {
            let mut picture = Picture::blank(40, 40);
            picture.stroke((20.0, 5.0), (20.0, 35.0), radius, Brush::Ink);
            picture
        };
        let grown = line(2.0).thickened(3.0).ink_total();
        let drawn = line(5.0).ink_total();
        assert!((grown - drawn).abs() < 0.06 * drawn, "{grown} for {drawn}");
    }

    #[test]
    fn thinning_takes_back_what_thickening_added() {
        let mut line = Picture::blank(40, 40);
        line.stroke((20.0, 8.0), (20.0, 32.0), 5.0, Brush::Ink);
        let again = line.thickened(3.0).thinned(3.0).ink_total();
        assert!((again / line.ink_total() - 1.0).abs() < 0.05, "{again}");
        let thin = line.thinned(3.0).ink_total();
        assert!(thin > 0.2 * line.ink_total() && thin < 0.5 * line.ink_total());
    }

    #[test]
    fn neighbours_are_those_within_the_radius() {
        let mut dot = Picture::blank(15, 13);
        dot.fill_cell(7, 6, 1, 1.0);
        dot.fill_cell(0, 12, 1, 0.5);
        for radius in [1.0_f32, 1.5, 2.3, 4.0, 5.1, 30.0] {
            let is_near = |x: usize, y: usize, of: (usize, usize)| {
                let (right, down) = (x.abs_diff(of.0) as f32, y.abs_diff(of.1) as f32);
                right * right + down * down <= radius * radius
            };
            let expected = Picture::from_cells(15, 13, |x, y| {
                if is_near(x, y, (7, 6)) {
                    1.0
                } else if is_near(x, y, (0, 12)) {
                    0.5
                } else {
                    0.0
                }
            });
            assert_eq!(dot.thickened(radius), expected, "{radius}");
        }
        assert_eq!(Picture::default().thickened(3.0), Picture::default());
    }

    #[test]
    fn thickening_adds_ink_and_never_takes_any() {
        let mut picture = Picture::blank(8, 8);
        picture.fill_cell(7, 7, 1, 0.5);
        let thick = picture.thickened(1.0);
        assert!((thick.ink_total() - 1.5).abs() < 1e-6);
        assert!(
            thick
                .ink()
                .iter()
                .zip(picture.ink())
                .all(|(after, before)| after >= before)
        );
    }

    #[test]
    fn a_radius_of_nothing_changes_nothing() {
        let mut picture = Picture::blank(8, 8);
        picture.fill_cell(3, 3, 1, 0.7);
        for radius in [0.0, -1.0, f32::NAN, f32::INFINITY, 0.5] {
            assert_eq!(picture.thickened(radius), picture);
            assert_eq!(picture.thinned(radius), picture);
        }
    }
}
