//! One drawing, as it is kept.

use std::sync::Arc;

use crate::picture::{INK_PER_PIXEL, Picture, Preparation, PreparationStep, Steps, Treatment};

/// Pixels along a side of what a network sees of a drawing.
pub(super) const SIDE: usize = 28;

/// Cells of a kept drawing along a side of a network's pixel: twice as fine, so that copies are as sharp as drawings.
pub(super) const CELLS_PER_PIXEL: usize = 2;

/// Cells of a kept drawing.
pub(super) const N_CELLS: usize = (SIDE * CELLS_PER_PIXEL).pow(2);

/// Ink of 56 × 56 cells, 0 (paper) to 255, row by row: in the middle, and as large as pictures of the data are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drawing(Arc<[u8]>);

impl Drawing {
    /// What was drawn on a surface of 112 × 112 cells, prepared as a bench prepares a drawing of which nobody knows the
    /// hand; `None` where nothing was drawn, or on a surface of another size.
    pub fn of(ink: &Picture) -> Option<Self> {
        let side = SIDE * INK_PER_PIXEL;
        if ink.is_blank() || (ink.width(), ink.height()) != (side, side) {
            return None;
        }
        let treatment = Treatment {
            preparation: Preparation {
                steps: Steps::NONE.with(PreparationStep::Fit, true),
                hand: None,
            },
            ..Treatment::default()
        };
        let placed = treatment.place(ink);
        let cells = placed.downscale(INK_PER_PIXEL / CELLS_PER_PIXEL);
        Self::from_levels(&levels_of(&cells))
    }

    /// A drawing that was kept; `None` for another number of cells, or without any ink.
    pub(super) fn from_levels(levels: &[u8]) -> Option<Self> {
        let is_drawing = levels.len() == N_CELLS && levels.iter().any(|&level| level > 0);
        is_drawing.then(|| Self(Arc::from(levels)))
    }

    /// The cells, 0 to 255.
    pub(super) fn levels(&self) -> &[u8] {
        &self.0
    }

    /// The drawing on its own grid.
    pub(super) fn picture(&self) -> Picture {
        let side = SIDE * CELLS_PER_PIXEL;
        let ink = self.0.iter().map(|&level| f32::from(level) / 255.0);
        Picture::from_ink(side, side, ink.collect()).unwrap_or_default()
    }

    /// What a network sees of it: 28 × 28 values, 0 to 1.
    pub fn seen(&self) -> Vec<f32> {
        self.picture().downscale(CELLS_PER_PIXEL).into_ink()
    }
}

/// Ink as levels, 0 to 255.
pub(super) fn levels_of(picture: &Picture) -> Vec<u8> {
    let levels = picture.ink().iter().map(|ink| (ink * 255.0).round() as u8);
    levels.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::picture::{Brush, margin_of};

    fn surface() -> Picture {
        Picture::blank(SIDE * INK_PER_PIXEL, SIDE * INK_PER_PIXEL)
    }

    #[test]
    fn a_drawing_lies_in_the_middle_at_the_size_of_the_data() {
        let mut ink = surface();
        ink.stroke((10.0, 12.0), (30.0, 12.0), 4.0, Brush::Ink);
        let seen = Drawing::of(&ink).expect("a line").seen();
        let inked: Vec<usize> = (0..seen.len()).filter(|&idx| seen[idx] > 0.5).collect();
        let columns = inked.iter().map(|idx| idx % SIDE);
        let margin = margin_of(SIDE, SIDE);
        assert_eq!(columns.clone().min(), Some(margin));
        assert_eq!(columns.max(), Some(SIDE - 1 - margin));
        let rows: f64 = inked.iter().map(|idx| (idx / SIDE) as f64).sum();
        assert!((rows / inked.len() as f64 - 13.5).abs() < 0.6);
    }

    #[test]
    fn what_is_seen_is_what_a_bench_shows() {
        let mut ink = surface();
        ink.stroke((20.0, 30.0), (70.0, 90.0), 5.0, Brush::Ink);
        let treatment = Treatment {
            preparation: Preparation {
                steps: Steps::NONE.with(PreparationStep::Fit, true),
                hand: None,
            },
            ..Treatment::default()
        };
        let seen = Drawing::of(&ink).expect("a line").seen();
        let shown = treatment.apply(&ink);
        let pairs = seen.iter().zip(shown.ink());
        assert!(
            pairs
                .clone()
                .all(|(one, other)| (one - other).abs() < 0.003)
        );
    }

    #[test]
    fn nothing_and_other_surfaces_are_no_drawing() {
        assert_eq!(Drawing::of(&surface()), None);
        let mut small = Picture::blank(32, 32);
        small.stroke((4.0, 4.0), (20.0, 20.0), 2.0, Brush::Ink);
        assert_eq!(Drawing::of(&small), None);
    }
}
