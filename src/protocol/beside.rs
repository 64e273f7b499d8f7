//! What page and examiner say to each other of a second network, which judges the same item.

use serde::{Deserialize, Serialize};

use super::{RunId, Snapshot};
use crate::encoding::floats;
use crate::recipe::Recipe;

/// A network beside the one that judges.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BesideNetwork {
    /// The run that its weights belong to.
    pub run: RunId,
    /// Its layers, and how its errors are measured.
    pub recipe: Recipe,
    /// Its weights.
    pub snapshot: Snapshot,
}

/// An item to be judged by the network beside.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BesideOrder {
    /// Returned with the answer, a [`Judgement`](super::Judgement) as any.
    pub request: u32,
    /// The network, where the examiner has not been given it yet.
    pub network: Option<BesideNetwork>,
    /// The item, as for [`ExamineCommand::Judge`](super::ExamineCommand::Judge).
    #[serde(with = "floats")]
    pub values: Vec<f32>,
    /// Its label where it is known.
    pub label: Option<u8>,
}
