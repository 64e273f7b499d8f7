//! In which precision a file holds its numbers.

use super::{floats, halves};

/// How exact the numbers of a file are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Precision {
    /// Four bytes each, as a network computes.
    Single,
    /// Two bytes each, for what must arrive soon.
    Half,
}

impl Precision {
    /// The little-endian bytes of numbers.
    pub fn to_bytes(self, values: &[f32]) -> Vec<u8> {
        match self {
            Self::Single => values
                .iter()
                .flat_map(|value| value.to_le_bytes())
                .collect(),
            Self::Half => halves::to_bytes(values),
        }
    }

    /// Numbers from their little-endian bytes; `None` when the last one is cut short.
    pub fn from_bytes(self, bytes: &[u8]) -> Option<Vec<f32>> {
        match self {
            Self::Single => floats::from_bytes(bytes),
            Self::Half => halves::from_bytes(bytes),
        }
    }
}
