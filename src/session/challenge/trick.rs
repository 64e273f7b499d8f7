//! The pictures that may fool a detector of anomalies.

use super::super::{Change, PictureBench};
use crate::picture::{Brush, Picture};

/// The middle of the drawing, and the ends of a single stroke, in units of the drawing's side.
const MIDDLE: (f32, f32) = (0.5, 0.5);
const STROKE: [(f32, f32); 2] = [(0.5, 0.15), (0.5, 0.85)];

/// A way to fool the detector.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trick {
    /// An empty picture.
    Blank,
    /// One touch of the pen.
    Dot,
    /// One straight stroke of the pen.
    Stroke,
    /// An item of the data, written with a broader pen.
    ThickDigit,
    /// What the reader drew and handed in.
    Own,
}

impl Trick {
    /// Every trick, in the order in which the page shows them.
    pub const ALL: [Self; 5] = [
        Self::Blank,
        Self::Dot,
        Self::Stroke,
        Self::ThickDigit,
        Self::Own,
    ];

    /// The name that the page shows.
    pub fn title(self) -> &'static str {
        match self {
            Self::Blank => "Blank",
            Self::Dot => "Dot",
            Self::Stroke => "Single stroke",
            Self::ThickDigit => "Thick strokes",
            Self::Own => "Your own",
        }
    }

    /// Whether a person would call it normal, so that the detector is fooled when it does not.
    pub fn is_normal(self) -> bool {
        self == Self::ThickDigit
    }

    /// The drawing, as the reader's pen would leave it on a bench for pictures of `size`; `None` for what comes
    /// from elsewhere. `item` is drawn over with the broader pen.
    pub fn drawing(self, size: (usize, usize), item: Option<&Picture>) -> Option<Picture> {
        let mut bench = PictureBench::new(size.0, size.1);
        let pen = |bench: &mut PictureBench, from, to| {
            bench.apply(Change::Stroke {
                from,
                to,
                brush: Brush::Ink,
                is_first: true,
            });
        };
        match self {
            Self::Blank => {}
            Self::Dot => pen(&mut bench, MIDDLE, MIDDLE),
            Self::Stroke => pen(&mut bench, STROKE[0], STROKE[1]),
            Self::ThickDigit => return Some(item?.thickened(bench.brush_radius())),
            Self::Own => return None,
        }
        Some(bench.ink().clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dot_has_less_ink_than_a_stroke_and_a_blank_has_none() {
        for size in [(8, 8), (28, 28), (5, 9)] {
            let ink = |trick: Trick| trick.drawing(size, None).map(|ink| ink.ink_total());
            let (blank, dot, stroke) = (ink(Trick::Blank), ink(Trick::Dot), ink(Trick::Stroke));
            assert_eq!(blank, Some(0.0));
            assert!(
                dot > Some(0.0) && stroke > dot,
                "{dot:?}, {stroke:?} at {size:?}"
            );
        }
    }

    #[test]
    fn a_thick_digit_is_the_digit_and_more() {
        let thin = Trick::Stroke.drawing((8, 8), None).expect("a stroke");
        let thick = Trick::ThickDigit
            .drawing((8, 8), Some(&thin))
            .expect("a digit");
        assert!(thick.ink_total() > 1.5 * thin.ink_total());
        assert_eq!(Trick::ThickDigit.drawing((8, 8), None), None);
        assert_eq!(Trick::Own.drawing((8, 8), Some(&thin)), None);
    }
}
