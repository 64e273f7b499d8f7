//! Pictures that no data set holds, put to the detector all at once.

use serde::{Deserialize, Serialize};

use super::Moment;
use crate::encoding::floats;

/// How the network took some pictures.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Tried {
    /// The request that this answers.
    pub request: u32,
    /// The weights that were used.
    pub of: Moment,
    /// One per picture, in their order.
    pub attempts: Vec<Attempt>,
    /// The median distance of a test item from the nearest item that was trained on; `None` without test items.
    pub typical_distance: Option<f32>,
}

/// How the network took one picture.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Attempt {
    /// By the recipe's measure, over all inputs, a label included.
    pub error: f32,
    /// The values as the network reconstructed them, a label not included.
    #[serde(with = "floats")]
    pub reconstruction: Vec<f32>,
    /// The values of the bottleneck.
    #[serde(with = "floats")]
    pub code: Vec<f32>,
    /// The Euclidean distance, over the values, from the nearest item that was trained on.
    pub distance: f32,
}
