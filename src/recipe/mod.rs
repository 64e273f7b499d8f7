//! The named experiments, as data.
//!
//! A [`RecipeName`] names an experiment; [`RecipeName::recipe_for`] makes a [`Recipe`] of it that fits the data at
//! hand. Each article's settings stand beside a variant that is trained well, so that both can be compared.

mod fit;
mod name;

use serde::{Deserialize, Serialize};

use crate::anomaly::ErrorMeasure;
use crate::autoencoder::{Architecture, TrainingConfig};
use crate::data::Parts;

pub use fit::ItemShape;
pub use name::{DataName, RecipeName};

/// Everything that decides a run on a given data set.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Recipe {
    /// Whether the label, divided by 9, is one more input after the pixels.
    pub label_input: bool,
    /// Which items are learned from, and which are held out.
    pub parts: Parts,
    /// The network.
    pub architecture: Architecture,
    /// How it learns.
    pub training: TrainingConfig,
    /// How badly an item is rebuilt.
    pub measure: ErrorMeasure,
}
