//! Where a run stands.

use serde::{Deserialize, Serialize};

/// How much of a run is done; with the seed it decides which batch comes next.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Position {
    /// Whole epochs done.
    pub epoch: usize,
    /// Batches done in the epoch at hand.
    pub batch: usize,
}
