//! The data that recipes bring along.

use serde::{Deserialize, Serialize};

use std::collections::BTreeSet;

use super::ItemShape;
use crate::data::{Dataset, HeartbeatClass, ItemKind, N_BEAT_SAMPLES, employees, heartbeats};

/// The data that a recipe brings along.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum DataName {
    /// 1,797 handwritten digits of 8 × 8 pixels.
    Digits,
    /// 10,000 handwritten digits of 28 × 28 pixels.
    Mnist,
    /// 2,200 of them, each prepared as the page prepares a drawing.
    Handwritten,
    /// Generated employees in five columns.
    Employees,
    /// Generated heartbeats of 140 samples, normal ones and five other kinds.
    Heartbeats,
}

/// Decides the generated employees and heartbeats; the same for every training seed.
const GENERATOR_SEED: u64 = 1;

impl DataName {
    /// The packed file in `www/data`; `None` for data that are generated.
    pub fn file_name(self) -> Option<&'static str> {
        match self {
            Self::Digits => Some("digits.bin"),
            Self::Mnist => Some("mnist.bin.gz"),
            Self::Handwritten => Some("handwritten.bin.gz"),
            Self::Employees | Self::Heartbeats => None,
        }
    }

    /// The data themselves where they are generated; `None` for those that come from a file.
    pub fn generated(self) -> Option<Dataset> {
        match self {
            Self::Digits | Self::Mnist | Self::Handwritten => None,
            Self::Employees => Some(employees(GENERATOR_SEED)),
            Self::Heartbeats => Some(heartbeats(GENERATOR_SEED)),
        }
    }

    /// What the data are, for the reader.
    pub fn title(self) -> &'static str {
        match self {
            Self::Digits => "UCI digits",
            Self::Mnist => "MNIST digits",
            Self::Handwritten => "handwritten digits",
            Self::Employees => "generated employees",
            Self::Heartbeats => "generated heartbeats",
        }
    }

    /// The shape of these data's items.
    pub fn item_shape(self) -> ItemShape {
        let pictures = |side: usize| ItemShape {
            n_features: side * side,
            kind: ItemKind::Picture {
                width: side,
                height: side,
            },
            has_labels: true,
        };
        match self {
            Self::Digits => pictures(8),
            Self::Mnist | Self::Handwritten => pictures(28),
            Self::Employees => ItemShape {
                n_features: 9,
                kind: ItemKind::Row,
                has_labels: false,
            },
            Self::Heartbeats => ItemShape {
                n_features: N_BEAT_SAMPLES,
                kind: ItemKind::Series {
                    n_samples: N_BEAT_SAMPLES,
                },
                has_labels: true,
            },
        }
    }

    /// The labels that are not normal unless the reader says so.
    pub fn usual_anomalies(self) -> BTreeSet<u8> {
        match self {
            Self::Digits | Self::Mnist | Self::Handwritten | Self::Employees => BTreeSet::new(),
            Self::Heartbeats => {
                let classes = HeartbeatClass::ALL.into_iter();
                let others = classes.filter(|&class| class != HeartbeatClass::Normal);
                others.map(HeartbeatClass::label).collect()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn generated_data_are_what_is_said_of_them() {
        for name in [DataName::Employees, DataName::Heartbeats] {
            let dataset = name.generated().expect("it is generated");
            assert_eq!(ItemShape::of(&dataset), name.item_shape());
            assert_eq!(dataset.usual_anomalies(), name.usual_anomalies());
        }
    }
}
