//! What the items of a data set are used for.

use serde::{Deserialize, Serialize};

use super::Split;

/// What an item was used for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Part {
    /// Trained on.
    Training,
    /// Held out, to set the threshold.
    Calibration,
    /// Held out, to measure the result.
    Test,
    /// Of a class that is not normal, and not trained on: an anomaly to be found.
    HeldOut,
    /// Neither learned from nor measured with: a value of it cannot be.
    SetAside,
}

impl Part {
    /// Every part, in the order in which the page offers them.
    pub const ALL: [Self; 5] = [
        Self::Training,
        Self::Calibration,
        Self::Test,
        Self::HeldOut,
        Self::SetAside,
    ];

    /// The name that the page shows.
    pub fn title(self) -> &'static str {
        match self {
            Self::Training => "training",
            Self::Calibration => "calibration",
            Self::Test => "test",
            Self::HeldOut => "other class",
            Self::SetAside => "set aside",
        }
    }

    /// The name with a capital, as it stands by itself.
    pub fn heading(self) -> &'static str {
        match self {
            Self::Training => "Training",
            Self::Calibration => "Calibration",
            Self::Test => "Test",
            Self::HeldOut => "Other classes",
            Self::SetAside => "Set aside",
        }
    }
}

impl Split {
    /// What each of `n_items` items is used for; where everything is trained on, the training counts.
    pub fn parts(&self, n_items: usize) -> Vec<Part> {
        let mut parts = vec![Part::Test; n_items];
        let of_parts = [
            (&self.set_aside, Part::SetAside),
            (&self.held_out, Part::HeldOut),
            (&self.calibration, Part::Calibration),
            (&self.train, Part::Training),
        ];
        for (items, part) in of_parts {
            for &item_idx in items {
                if let Some(place) = parts.get_mut(item_idx) {
                    *place = part;
                }
            }
        }
        parts
    }
}
