//! Everything that is done to a drawing before a network sees it, in one place.

use serde::{Deserialize, Serialize};

use super::{INK_PER_PIXEL, Picture, Preparation, PreparationStep};

/// Pictures of at least this side have a margin around their digits, as MNIST has: 4 of 28 pixels.
const SIDE_WITH_MARGIN: usize = 20;
const PIXELS_PER_MARGIN: usize = 7;

/// Pixels that stay empty on each side of a centred drawing, for a network that sees `width × height` pixels.
pub fn margin_of(width: usize, height: usize) -> usize {
    let shortest = width.min(height);
    if shortest < SIDE_WITH_MARGIN {
        0
    } else {
        shortest / PIXELS_PER_MARGIN
    }
}

/// From a drawing on its fine grid to what a network sees: prepared, turned, moved, scaled down, made noisy.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Treatment {
    /// Degrees clockwise.
    pub rotation_degrees: f32,
    /// What is done so that the drawing resembles the data: partly before it is turned, partly after.
    pub preparation: Preparation,
    /// Where it is moved to after that, right and down, in cells of the fine grid: [`INK_PER_PIXEL`] to a pixel.
    pub shift: (i32, i32),
    /// Standard deviation of the noise on the network's pixels, 0…1.
    pub noise: f32,
    /// Which field of noise.
    pub noise_seed: u64,
}

impl Treatment {
    /// What a network sees of `ink`.
    pub fn apply(&self, ink: &Picture) -> Picture {
        self.finish(&self.place(ink))
    }

    /// The first half: mended, turned and fitted, still on the fine grid.
    pub fn place(&self, ink: &Picture) -> Picture {
        let preparation = &self.preparation;
        let mended = preparation.take_all(&PreparationStep::BEFORE_TURN, ink.clone());
        let turned = mended.rotated(self.rotation_degrees);
        preparation.take_all(&PreparationStep::AFTER_TURN, turned)
    }

    /// What [`Treatment::place`] makes of `ink`, after each step on its way, be it taken or not.
    pub fn stages(&self, ink: &Picture) -> Vec<(PreparationStep, Picture)> {
        let mut stages = Vec::new();
        let mut now = ink.clone();
        for (half, degrees) in [
            (&PreparationStep::BEFORE_TURN[..], 0.0),
            (&PreparationStep::AFTER_TURN[..], self.rotation_degrees),
        ] {
            now = now.rotated(degrees);
            for &step in half {
                now = self.preparation.take(step, &now);
                stages.push((step, now.clone()));
            }
        }
        stages
    }

    /// The second half: moved, scaled down and made noisy.
    pub fn finish(&self, placed: &Picture) -> Picture {
        let pixels = if self.shift == (0, 0) {
            placed.downscale(INK_PER_PIXEL)
        } else {
            let (right, down) = self.shift;
            placed.moved(right, down).downscale(INK_PER_PIXEL)
        };
        pixels.noisy(self.noise, self.noise_seed)
    }
}

impl Picture {
    /// The picture moved by whole cells, right and down; what leaves it is lost, and paper follows.
    #[must_use]
    pub fn moved(&self, right: i32, down: i32) -> Self {
        let source = |place: usize, by: i32| {
            let way = by.unsigned_abs() as usize;
            let source = if by > 0 {
                place.checked_sub(way)
            } else {
                place.checked_add(way)
            };
            source.unwrap_or(usize::MAX)
        };
        Self::from_cells(self.width(), self.height(), |x, y| {
            self.get(source(x, right), source(y, down))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::picture::{Brush, HandStyle, Steps};

    #[test]
    fn what_is_moved_out_is_lost_and_paper_follows() {
        let picture = Picture::from_ink(2, 2, vec![0.1, 0.2, 0.3, 0.4]).expect("four cells");
        assert_eq!(picture.moved(1, 0).ink(), [0.0, 0.1, 0.0, 0.3]);
        assert_eq!(picture.moved(0, -1).ink(), [0.3, 0.4, 0.0, 0.0]);
        assert!(picture.moved(i32::MIN, i32::MAX).is_blank());
        assert_eq!(picture.moved(0, 0), picture);
    }

    #[test]
    fn a_shift_of_a_pixel_moves_what_the_network_sees_by_one() {
        let ink: Vec<f32> = (0..9_u8).map(|idx| f32::from(idx) / 10.0).collect();
        let pixels = Picture::from_ink(3, 3, ink).expect("nine cells");
        let cells = i32::try_from(INK_PER_PIXEL).expect("a few cells");
        let treatment = Treatment {
            shift: (cells, -cells),
            ..Treatment::default()
        };
        let seen = treatment.apply(&pixels.upscale(INK_PER_PIXEL));
        assert_eq!(seen, pixels.moved(1, -1));
    }

    #[test]
    fn the_last_stage_is_what_is_placed() {
        let mut ink = Picture::blank(112, 112);
        ink.stroke((20.0, 20.0), (40.0, 60.0), 4.0, Brush::Ink);
        let treatment = Treatment {
            rotation_degrees: 20.0,
            preparation: Preparation {
                steps: Steps::all(),
                hand: HandStyle::of([ink.downscale(INK_PER_PIXEL)]),
            },
            ..Treatment::default()
        };
        let stages = treatment.stages(&ink);
        let steps: Vec<_> = stages.iter().map(|stage| stage.0).collect();
        assert_eq!(steps, PreparationStep::ALL);
        assert_eq!(stages.last().map(|it| &it.1), Some(&treatment.place(&ink)));
        let untouched = Treatment::default();
        assert!(
            untouched
                .stages(&ink)
                .iter()
                .all(|(_, stage)| *stage == ink)
        );
    }

    #[test]
    fn only_large_pictures_have_a_margin() {
        assert_eq!(
            [margin_of(8, 8), margin_of(28, 28), margin_of(40, 10)],
            [0, 4, 0]
        );
    }
}
