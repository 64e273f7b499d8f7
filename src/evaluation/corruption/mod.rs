//! What can be done to a normal item so that it is normal no longer.

mod corruptor;

use serde::{Deserialize, Serialize};

use crate::data::ItemKind;
pub use corruptor::Corruptor;

/// What is done to a normal item so that it is normal no longer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Corruption {
    /// A picture turned by 90°, clockwise.
    QuarterTurn,
    /// A picture turned by 180°.
    HalfTurn,
    /// Left and right of a picture exchanged, or first and last of a curve.
    Mirror,
    /// A picture moved to the right by a ninth of its width: 1 pixel of 8, 3 of 28; a curve by as much of its length.
    /// What leaves it is lost.
    Shift,
    /// A block of three eighths of each side turned to paper, or as much of a curve held still, somewhere inside.
    Occlusion,
    /// Normal noise on every value; a picture's pixels are cut to 0…1 again.
    Noise {
        /// The standard deviation in hundredths.
        percent: u8,
    },
    /// Paper and ink exchanged, or a curve turned upside down.
    Inversion,
    /// All pixels of a picture in another order, the same one for all items.
    ShuffledPixels,
    /// One column of a row, any of them, taken from another row.
    ForeignColumn,
    /// Every column of a row taken from a row of its own.
    ShuffledColumns,
}

const OF_PICTURES: [Corruption; 10] = [
    Corruption::QuarterTurn,
    Corruption::HalfTurn,
    Corruption::Mirror,
    Corruption::Shift,
    Corruption::Occlusion,
    Corruption::Noise { percent: 10 },
    Corruption::Noise { percent: 20 },
    Corruption::Noise { percent: 30 },
    Corruption::Inversion,
    Corruption::ShuffledPixels,
];

const OF_ROWS: [Corruption; 5] = [
    Corruption::ForeignColumn,
    Corruption::ShuffledColumns,
    Corruption::Noise { percent: 10 },
    Corruption::Noise { percent: 20 },
    Corruption::Noise { percent: 30 },
];

const OF_CURVES: [Corruption; 7] = [
    Corruption::Mirror,
    Corruption::Shift,
    Corruption::Occlusion,
    Corruption::Noise { percent: 10 },
    Corruption::Noise { percent: 20 },
    Corruption::Noise { percent: 30 },
    Corruption::Inversion,
];

impl ItemKind {
    /// All that an evaluation can do to such an item, in the order of the report.
    pub fn corruptions(self) -> &'static [Corruption] {
        match self {
            Self::Picture { .. } => &OF_PICTURES,
            Self::Row => &OF_ROWS,
            Self::Series { .. } => &OF_CURVES,
        }
    }
}

impl Corruption {
    /// What the page calls it.
    pub fn title(self) -> String {
        let title = match self {
            Self::QuarterTurn => "Turned by 90°",
            Self::HalfTurn => "Turned by 180°",
            Self::Mirror => "Mirrored",
            Self::Shift => "Shifted to the right",
            Self::Occlusion => "A block erased",
            Self::Noise { percent } => return format!("Noise {}", decimal(percent)),
            Self::Inversion => "Inverted",
            Self::ShuffledPixels => "Pixels shuffled",
            Self::ForeignColumn => "One column of another row",
            Self::ShuffledColumns => "All columns of other rows",
        };
        title.to_owned()
    }

    /// What files call it.
    pub fn slug(self) -> String {
        let slug = match self {
            Self::QuarterTurn => "turned-90",
            Self::HalfTurn => "turned-180",
            Self::Mirror => "mirrored",
            Self::Shift => "shifted",
            Self::Occlusion => "occluded",
            Self::Noise { percent } => return format!("noise-{}", decimal(percent)),
            Self::Inversion => "inverted",
            Self::ShuffledPixels => "pixels-shuffled",
            Self::ForeignColumn => "foreign-column",
            Self::ShuffledColumns => "columns-shuffled",
        };
        slug.to_owned()
    }
}

/// Hundredths without a closing zero: 0.1, 0.25.
fn decimal(percent: u8) -> String {
    (f64::from(percent) / 100.0).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_told_apart() {
        for all in [&OF_PICTURES[..], &OF_ROWS[..], &OF_CURVES[..]] {
            for (idx, one) in all.iter().enumerate() {
                assert!(all[..idx].iter().all(|other| other.title() != one.title()));
                assert!(all[..idx].iter().all(|other| other.slug() != one.slug()));
            }
        }
        assert_eq!(Corruption::Noise { percent: 10 }.title(), "Noise 0.1");
    }
}
