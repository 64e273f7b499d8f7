//! Small changes of a drawing, as a hand makes them from one time to the next.

use super::Picture;

/// What is done to a drawing about its middle: leaned and stretched, then turned, then moved.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Warp {
    /// Degrees clockwise.
    pub degrees: f32,
    /// How many times as wide; above 0.
    pub width: f32,
    /// How many times as high; above 0.
    pub height: f32,
    /// To the right for each cell upwards.
    pub slant: f32,
    /// Right and down, in cells.
    pub shift: (f32, f32),
}

impl Warp {
    /// Nothing is done.
    pub const NONE: Self = Self {
        degrees: 0.0,
        width: 1.0,
        height: 1.0,
        slant: 0.0,
        shift: (0.0, 0.0),
    };
}

impl Picture {
    /// The picture after all of a warp in one step, so that cells are mixed once; what leaves it is lost.
    ///
    /// A warp that is no such thing, as with a width of 0, changes nothing.
    #[must_use]
    pub fn warped(&self, warp: Warp) -> Self {
        let Warp {
            degrees,
            width,
            height,
            slant,
            shift,
        } = warp;
        let numbers = [degrees, width, height, slant, shift.0, shift.1];
        let is_sound = numbers.iter().all(|it| it.is_finite()) && width > 0.0 && height > 0.0;
        if !is_sound || warp == Warp::NONE {
            return self.clone();
        }
        let (sine, cosine) = f64::from(degrees).to_radians().sin_cos();
        let (width, height) = (f64::from(width), f64::from(height));
        let middle_x = (self.width() as f64 - 1.0) / 2.0;
        let middle_y = (self.height() as f64 - 1.0) / 2.0;
        Self::from_cells(self.width(), self.height(), |x, y| {
            let right = x as f64 - middle_x - f64::from(shift.0);
            let down = y as f64 - middle_y - f64::from(shift.1);
            // Back from where it was turned to, then from where it was leaned and stretched to.
            let (right, down) = (right * cosine + down * sine, down * cosine - right * sine);
            let down = down / height;
            let right = (right + f64::from(slant) * down) / width;
            self.sample(middle_x + right, middle_y + down)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::picture::Brush;

    fn upright() -> Picture {
        let mut picture = Picture::blank(41, 41);
        picture.stroke((20.5, 10.5), (20.5, 30.5), 1.5, Brush::Ink);
        picture
    }

    #[test]
    fn turning_is_that_of_a_rotation() {
        let warp = Warp {
            degrees: 30.0,
            ..Warp::NONE
        };
        let (warped, rotated) = (upright().warped(warp), upright().rotated(30.0));
        let pairs = warped.ink().iter().zip(rotated.ink());
        assert!(pairs.clone().all(|(one, other)| (one - other).abs() < 1e-5));
    }

    #[test]
    fn a_slant_leans_to_the_right() {
        let warp = Warp {
            slant: 0.3,
            ..Warp::NONE
        };
        let slant = upright().warped(warp).slant().expect("it stands");
        assert!((slant - 0.3).abs() < 0.03, "{slant}");
    }

    #[test]
    fn width_height_and_place_are_as_asked() {
        let mut square = Picture::blank(41, 41);
        for row in 15..26 {
            square.stroke(
                (15.5, row as f32 + 0.5),
                (25.5, row as f32 + 0.5),
                0.6,
                Brush::Ink,
            );
        }
        let warp = Warp {
            width: 1.5,
            height: 0.5,
            ..Warp::NONE
        };
        let ratio = square.warped(warp).ink_total() / square.ink_total();
        assert!((ratio - 0.75).abs() < 0.07, "{ratio}");
        let warp = Warp {
            shift: (3.0, -4.0),
            ..Warp::NONE
        };
        assert_eq!(square.warped(warp), square.moved(3, -4));
    }

    #[test]
    fn what_is_no_warp_changes_nothing() {
        for width in [0.0, -1.0, f32::NAN, f32::INFINITY] {
            let warp = Warp {
                width,
                ..Warp::NONE
            };
            assert_eq!(upright().warped(warp), upright());
        }
    }
}
