//! The same drawing as it might have been made another time.

use super::Picture;
use crate::random::Mt19937;

/// A small turn, and another width.
///
/// Everything is computed by the four operations and square roots, so that it is the same to the bit on every machine.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Variation {
    /// The tangent of the angle, clockwise.
    pub turn: f32,
    /// Times as wide, above 0, the height being what it was.
    pub width: f32,
}

impl Variation {
    /// One that is drawn at random: turned by a tangent of up to `most_turn` either way, and with a width from `narrowest`
    /// to `widest` times its own.
    pub fn draw(generator: &mut Mt19937, most_turn: f32, narrowest: f32, widest: f32) -> Self {
        Self {
            turn: generator.uniform(-most_turn, most_turn),
            width: generator.uniform(narrowest, widest),
        }
    }
}

impl Picture {
    /// The picture turned, then widened about its middle. A wider one is made smaller as a whole, so that it keeps its
    /// room: the proportions change, and nothing that lies in the middle is lost.
    #[must_use]
    pub fn varied(&self, variation: Variation) -> Self {
        let Variation { turn, width } = variation;
        let smaller = width.max(1.0);
        let length = (1.0 + turn * turn).sqrt();
        let (sine, cosine) = (f64::from(turn / length), f64::from(1.0 / length));
        let (per_column, per_row) = (f64::from(smaller / width), f64::from(smaller));
        let middle_x = (self.width() as f64 - 1.0) / 2.0;
        let middle_y = (self.height() as f64 - 1.0) / 2.0;
        Self::from_cells(self.width(), self.height(), |x, y| {
            let right = (x as f64 - middle_x) * per_column;
            let down = (y as f64 - middle_y) * per_row;
            self.sample(
                middle_x + right * cosine + down * sine,
                middle_y + down * cosine - right * sine,
            )
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::picture::Brush;

    fn line() -> Picture {
        let mut picture = Picture::blank(80, 80);
        picture.stroke((40.0, 20.0), (40.0, 60.0), 4.0, Brush::Ink);
        picture
    }

    #[test]
    fn no_variation_changes_nothing() {
        let as_it_was = Variation {
            turn: 0.0,
            width: 1.0,
        };
        assert_eq!(line().varied(as_it_was), line());
    }

    #[test]
    fn a_turn_is_one_about_the_middle() {
        let turn = 10.0_f32.to_radians().tan();
        let turned = line().varied(Variation { turn, width: 1.0 });
        let expected = line().rotated(10.0);
        let furthest = turned
            .ink()
            .iter()
            .zip(expected.ink())
            .map(|(a, b)| (a - b).abs())
            .fold(0.0, f32::max);
        assert!(furthest < 1e-3, "{furthest}");
    }

    #[test]
    fn a_wider_drawing_has_other_proportions() {
        let wide = line().varied(Variation {
            turn: 0.0,
            width: 1.5,
        });
        // As wide as before, two thirds as high.
        let ratio = wide.ink_total() / line().ink_total();
        assert!((ratio - 1.0 / 1.5).abs() < 0.05, "{ratio}");
        let narrow = line().varied(Variation {
            turn: 0.0,
            width: 0.5,
        });
        let ratio = narrow.ink_total() / line().ink_total();
        assert!((ratio - 0.5).abs() < 0.05, "{ratio}");
    }

    #[test]
    fn variations_are_drawn_within_their_limits() {
        let mut generator = Mt19937::new(1);
        for _ in 0..1_000 {
            let drawn = Variation::draw(&mut generator, 0.1, 0.9, 1.4);
            assert!(drawn.turn.abs() <= 0.1 && (0.9..=1.4).contains(&drawn.width));
        }
    }
}
