//! Turning a picture.

use super::Picture;

impl Picture {
    /// The picture turned about its middle, clockwise as on a screen for positive angles.
    ///
    /// Multiples of 90° move the cells of a square picture exactly; other angles mix neighbouring cells.
    /// Ink that falls outside is lost. An angle that is not finite turns nothing.
    #[must_use]
    pub fn rotated(&self, degrees: f32) -> Self {
        if !degrees.is_finite() || degrees % 360.0 == 0.0 {
            return self.clone();
        }
        let (sin, cos) = sin_cos_of_degrees(degrees.into());
        let middle_x = (self.width() as f64 - 1.0) / 2.0;
        let middle_y = (self.height() as f64 - 1.0) / 2.0;
        Self::from_cells(self.width(), self.height(), |x, y| {
            let (from_middle_x, from_middle_y) = (x as f64 - middle_x, y as f64 - middle_y);
            let source_x = middle_x + from_middle_x * cos + from_middle_y * sin;
            let source_y = middle_y + from_middle_y * cos - from_middle_x * sin;
            self.sample(source_x, source_y)
        })
    }
}

/// Sine and cosine, exactly 0, 1 or −1 at multiples of 90°.
fn sin_cos_of_degrees(degrees: f64) -> (f64, f64) {
    let quarter_turns = (degrees / 90.0).round();
    let (sin, cos) = (degrees - quarter_turns * 90.0).to_radians().sin_cos();
    match quarter_turns.rem_euclid(4.0) as u8 {
        0 => (sin, cos),
        1 => (cos, -sin),
        2 => (-sin, -cos),
        _ => (-cos, sin),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::picture::Brush;
    use crate::random::Mt19937;

    fn random_square(side: usize, seed: u64) -> Picture {
        let mut generator = Mt19937::new(seed);
        let ink = (0..side * side)
            .map(|_| generator.uniform(0.0, 1.0))
            .collect();
        Picture::from_ink(side, side, ink).expect("as many cells as asked")
    }

    #[test]
    fn a_quarter_turn_is_clockwise() {
        let picture = Picture::from_ink(2, 2, vec![0.1, 0.2, 0.3, 0.4]).expect("four cells");
        assert_eq!(picture.rotated(90.0).ink(), [0.3, 0.1, 0.4, 0.2]);
        assert_eq!(picture.rotated(-90.0).ink(), [0.2, 0.4, 0.1, 0.3]);
        assert_eq!(picture.rotated(180.0).ink(), [0.4, 0.3, 0.2, 0.1]);
    }

    #[test]
    fn four_quarter_turns_are_none() {
        for side in [1, 2, 7, 8, 32] {
            let picture = random_square(side, side as u64);
            for quarter in [90.0, -90.0, 270.0, 450.0] {
                let turned = (0..4).fold(picture.clone(), |turned, _| turned.rotated(quarter));
                assert_eq!(turned, picture);
            }
        }
    }

    #[test]
    fn whole_turns_change_nothing() {
        let picture = random_square(8, 3);
        for degrees in [0.0, -0.0, 360.0, -360.0, 720.0] {
            assert_eq!(picture.rotated(degrees), picture);
        }
    }

    #[test]
    fn an_upright_line_leans_to_the_right_when_turned_clockwise() {
        let mut picture = Picture::blank(32, 32);
        picture.stroke((16.0, 6.0), (16.0, 26.0), 2.0, Brush::Ink);
        let turned = picture.rotated(30.0);
        // The upper end at (0, −10) from the middle goes to (10 sin 30°, −10 cos 30°).
        assert!(turned.get(20, 7) > 0.9);
        assert!(turned.get(11, 7) < 0.1);
    }

    #[test]
    fn turning_keeps_the_ink_that_stays_inside() {
        let mut picture = Picture::blank(32, 32);
        picture.stroke((12.0, 10.0), (21.0, 20.0), 3.0, Brush::Ink);
        for degrees in [1.0, 33.0, 45.0, 137.0, -160.0] {
            let ratio = picture.rotated(degrees).ink_total() / picture.ink_total();
            assert!((ratio - 1.0).abs() < 0.01, "{degrees} degrees: {ratio}");
        }
    }

    #[test]
    fn angles_that_are_no_angles_turn_nothing() {
        let picture = random_square(8, 4);
        for degrees in [f32::NAN, f32::INFINITY, f32::NEG_INFINITY] {
            assert_eq!(picture.rotated(degrees), picture);
        }
        assert_eq!(Picture::default().rotated(f32::MAX), Picture::default());
    }

    #[test]
    fn a_picture_that_is_not_square_keeps_its_size() {
        let picture = Picture::from_ink(3, 1, vec![0.5, 1.0, 0.25]).expect("three cells");
        assert_eq!(picture.rotated(90.0).ink(), [0.0, 1.0, 0.0]);
        assert_eq!(picture.rotated(180.0).ink(), [0.25, 1.0, 0.5]);
    }
}
