//! A few items as the network reconstructs them, to be shown beside them.

use serde::{Deserialize, Serialize};

use super::Moment;
use crate::encoding::{floats, integers};

/// How a network reconstructs some items of a data set; the errors of all items come as [`super::Scores`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ReconstructedItems {
    /// The request that this answers.
    pub request: u32,
    /// The weights that were used.
    pub of: Moment,
    /// Which items, in the order in which they were asked for; those beyond the data set are left out.
    #[serde(with = "integers")]
    pub items: Vec<u32>,
    /// `n × n_features`, in the same order, a label not included.
    #[serde(with = "floats")]
    pub values: Vec<f32>,
}
