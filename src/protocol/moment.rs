//! Which weights something was measured by.

use serde::{Deserialize, Serialize};

use super::RunId;
use crate::autoencoder::Position;

/// A moment of a run: the weights of that moment measured whatever carries it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Moment {
    /// The run that the weights belong to.
    pub run: RunId,
    /// Where in the run they were taken.
    pub position: Position,
}
