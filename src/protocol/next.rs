//! Items of another file than the one that was trained on, measured by the same network.

use serde::{Deserialize, Serialize};

use super::Moment;
use crate::data::Dataset;
use crate::encoding::{floats, integers};

/// The worst items come with their reconstructions, so that it can be said what is odd of them.
pub const MOST_WORST: usize = 100;

/// Items to be measured by the weights at hand.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NextOrder {
    /// Returned with all news of it.
    pub request: u32,
    /// The items, read as those were that were trained on; `None` where the examiner holds them already.
    pub dataset: Option<Dataset>,
}

/// How a network reconstructs the items of another file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NextScores {
    /// The request that this answers.
    pub request: u32,
    /// The weights that were used.
    pub of: Moment,
    /// One error per item, in the order of the file.
    #[serde(with = "floats")]
    pub errors: Vec<f32>,
    /// The items with the largest errors, the largest first; at most [`MOST_WORST`].
    #[serde(with = "integers")]
    pub worst: Vec<u32>,
    /// How those are reconstructed, `n × n_features`, a label not included.
    #[serde(with = "floats")]
    pub reconstructions: Vec<f32>,
}
