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

    /// Every cell's neighbours within `radius` cells, those inside the picture, folded into one.
    fn of_neighbours(&self, radius: f32, first: f32, fold: fn(f32, f32) -> f32) -> Self {
        let offsets = offsets_within(radius.min(Self::MAX_SIDE as f32));
        Self::from_cells(self.width(), self.height(), |x, y| {
            let inks = offsets.iter().filter_map(|&(right, down)| {
                let x = x.checked_add_signed(right)?;
                let y = y.checked_add_signed(down)?;
                (x < self.width() && y < self.height()).then(|| self.get(x, y))
            });
            inks.fold(first, fold)
        })
    }
}

fn offsets_within(radius: f32) -> Vec<(isize, isize)> {
    let reach = radius.floor() as isize;
    let is_within =
        |&(right, down): &(isize, isize)| ((right * right + down * down) as f32) <= radius * radius;
    let rows = (-reach..=reach).flat_map(|down| (-reach..=reach).map(move |right| (right, down)));
    rows.filter(is_within).collect()
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
