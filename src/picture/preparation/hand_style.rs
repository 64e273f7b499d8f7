//! How the pictures of a data set were written.

use std::ops::RangeInclusive;

use serde::{Deserialize, Serialize};

use crate::picture::Picture;

/// Slants up to so many standard deviations from the mean are left as they are.
const SPREADS: f32 = 1.0;

/// Slant and stroke width of a data set's pictures, measured on them.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct HandStyle {
    /// The mean slant, to the right for each cell upwards.
    pub slant: f32,
    /// The standard deviation of the slants.
    pub slant_spread: f32,
    /// The mean width of strokes, in pixels of the network.
    pub stroke_width: f32,
}

impl HandStyle {
    /// The style of some pictures, one cell to a pixel; `None` where none of them has both a slant and strokes.
    pub fn of(pictures: impl IntoIterator<Item = Picture>) -> Option<Self> {
        let measure = |picture: Picture| Some((picture.slant()?, picture.stroke_width()?));
        let measured: Vec<(f32, f32)> = pictures.into_iter().filter_map(measure).collect();
        if measured.is_empty() {
            return None;
        }
        let n = measured.len() as f32;
        let slant = measured.iter().map(|it| it.0).sum::<f32>() / n;
        let variance = measured
            .iter()
            .map(|it| (it.0 - slant).powi(2))
            .sum::<f32>()
            / n;
        Some(Self {
            slant,
            slant_spread: variance.sqrt(),
            stroke_width: measured.iter().map(|it| it.1).sum::<f32>() / n,
        })
    }

    /// The slants that are usual in the data.
    pub fn slant_range(&self) -> RangeInclusive<f32> {
        let reach = SPREADS * self.slant_spread;
        self.slant - reach..=self.slant + reach
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::picture::Brush;

    fn line(slant: f32, radius: f32) -> Picture {
        let mut picture = Picture::blank(28, 28);
        let reach = 9.0 * slant;
        picture.stroke(
            (14.0 - reach, 23.0),
            (14.0 + reach, 5.0),
            radius,
            Brush::Ink,
        );
        picture
    }

    #[test]
    fn a_style_is_the_mean_of_its_pictures() {
        let pictures = [line(0.0, 1.0), line(0.3, 2.0), Picture::blank(28, 28)];
        let style = HandStyle::of(pictures).expect("two lines");
        assert!((style.slant - 0.15).abs() < 0.02, "{style:?}");
        assert!((style.slant_spread - 0.15).abs() < 0.02, "{style:?}");
        assert!((style.stroke_width - 3.0).abs() < 0.5, "{style:?}");
        assert_eq!(HandStyle::of([Picture::blank(8, 8)]), None);
    }
}
