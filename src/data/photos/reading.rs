//! How pictures of any size become a data set.

use serde::{Deserialize, Serialize};

use super::Photos;
use super::frame::GreyPicture;
use crate::data::{Dataset, DatasetError, Turn};

/// The fewest pixels a side that a network is given.
pub const SMALLEST_SIDE: u8 = 8;
/// The most, as many values as a row of a table may have.
pub const LARGEST_SIDE: u8 = 64;
const DEFAULT_SIDE: u8 = 28;

/// What of a picture that is no square is seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Framing {
    /// All of it, with a margin above and below, or at the sides.
    Fit,
    /// As much of its middle as fills the square.
    Crop,
}

/// How pictures of any size become pictures of one size.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PhotoReading {
    /// Pixels a side, [`SMALLEST_SIDE`]…[`LARGEST_SIDE`].
    pub side: u8,
    /// What is seen of those that are no squares.
    pub framing: Framing,
    /// Whether what is dark is ink; otherwise what is light is.
    pub is_inverted: bool,
    /// How all of them are turned.
    pub turn: Turn,
}

impl PhotoReading {
    /// The same with a size in its range.
    pub(super) fn in_range(self) -> Self {
        Self {
            side: self.side.clamp(SMALLEST_SIDE, LARGEST_SIDE),
            ..self
        }
    }
}

impl Photos {
    /// The reading that fits: all of each picture, and inverted where most of them are light along their border, as
    /// what is dark on light paper.
    pub fn proposal(&self) -> PhotoReading {
        let n_light = self.pictures().filter(|it| it.border() >= 128).count();
        PhotoReading {
            side: DEFAULT_SIDE,
            framing: Framing::Fit,
            is_inverted: 2 * n_light > self.n_pictures(),
            turn: Turn::default(),
        }
    }

    /// The pictures as a data set, their folders as classes.
    ///
    /// # Errors
    /// When there is no picture.
    pub fn read(&self, reading: PhotoReading) -> Result<Dataset, DatasetError> {
        let reading = reading.in_range();
        let side = usize::from(reading.side);
        let framed = |picture: GreyPicture| picture.framed(side, reading.framing);
        let mut pixels: Vec<u8> = self.pictures().flat_map(framed).collect();
        if reading.is_inverted {
            for pixel in &mut pixels {
                *pixel = u8::MAX - *pixel;
            }
        }
        let (labels, names) = self.classes();
        let dataset = Dataset::pictures(side, side, u8::MAX, pixels, labels.to_vec())?;
        let dataset = dataset.with_class_names(names.to_vec());
        let dataset = dataset.turned(reading.turn);
        let remarks = self.remarks(reading).into_iter();
        Ok(remarks.fold(dataset, Dataset::with_remark))
    }

    fn remarks(&self, reading: PhotoReading) -> Vec<String> {
        let ink = if reading.is_inverted {
            "what is dark is ink"
        } else {
            "what is light is ink"
        };
        let read = format!(
            "The pictures were turned to grey and scaled to {0} × {0} pixels; {ink}.",
            reading.side
        );
        [read].into_iter().chain(self.left_out_in_words()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::photos::set::tests::{Drawn, photos};

    #[test]
    fn dark_on_light_is_inverted_and_light_on_dark_is_not() {
        let of = |border, inner| {
            photos(&[Drawn {
                path: "a.png",
                border,
                inner,
            }])
            .proposal()
        };
        assert!(of(250, 10).is_inverted);
        assert!(!of(3, 200).is_inverted);
    }

    #[test]
    fn ink_is_what_differs_from_the_paper() {
        let photos = photos(&[Drawn {
            path: "a.png",
            border: 255,
            inner: 0,
        }]);
        let dataset = photos.read(photos.proposal()).expect("a picture");
        assert_eq!(dataset.picture_size(), Some((28, 28)));
        let ink = dataset.item(0).expect("a picture");
        assert!(ink[0] < 0.01 && ink[14 * 28 + 14] > 0.99);
        let light = PhotoReading {
            is_inverted: false,
            ..photos.proposal()
        };
        let ink = photos.read(light).expect("a picture").item(0).expect("it");
        assert!(ink[0] > 0.99);
    }

    #[test]
    fn sizes_stay_in_their_range_and_what_was_done_is_said() {
        let photos = photos(&[Drawn {
            path: "a.png",
            border: 255,
            inner: 0,
        }]);
        for (side, expected) in [(0, 8), (8, 8), (64, 64), (255, 64)] {
            let reading = PhotoReading {
                side,
                ..photos.proposal()
            };
            let dataset = photos.read(reading).expect("a picture");
            assert_eq!(dataset.picture_size(), Some((expected, expected)));
        }
        let dataset = photos.read(photos.proposal()).expect("a picture");
        assert_eq!(
            dataset.remarks(),
            ["The pictures were turned to grey and scaled to 28 × 28 pixels; what is dark is ink."]
        );
    }
}
