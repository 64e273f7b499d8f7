//! The named experiments, as data.
//!
//! A [`RecipeName`] names an experiment; [`RecipeName::recipe_for`] makes a [`Recipe`] of it that fits the data at
//! hand. Each article's settings stand beside a variant that is trained well, so that both can be compared.

mod fit;
mod name;

use serde::{Deserialize, Serialize};

use crate::anomaly::ErrorMeasure;
use crate::autoencoder::{Architecture, LayerKind, Shape, TrainingConfig};
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

impl Recipe {
    /// Takes the label in as one more input, or leaves it out; a convolutional network has no place for it.
    pub fn set_label_input(&mut self, label_input: bool) {
        if label_input == self.label_input || self.architecture.is_convolutional() {
            return;
        }
        let n_inputs = self.architecture.input_size();
        let n_inputs = if label_input {
            n_inputs + 1
        } else {
            n_inputs - 1
        };
        self.label_input = label_input;
        self.architecture.input = Shape::row(n_inputs);
        if let Some(last) = self.architecture.layers.last_mut() {
            last.kind = LayerKind::Dense {
                n_outputs: n_inputs,
            };
        }
    }

    /// Whether any layer leaves some of its outputs out while training.
    pub fn has_dropout(&self) -> bool {
        let layers = &self.architecture.layers;
        layers.iter().any(|layer| layer.dropout > 0.0)
    }
}
