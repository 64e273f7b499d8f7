//! A dense autoencoder of digits that look like a person's own drawing; what the page opens with.

use crate::anomaly::ThresholdRule;
use crate::autoencoder::{Activation, Schedule, TrainingConfig};
use crate::encoding::Precision;
use crate::recipe::fit::{adam, dense, recipe};
use crate::recipe::{DataName, Fit, ItemShape, NamedRecipe, Recipe, RecipeName};

impl RecipeName {
    /// A dense autoencoder of digits that look like a person's own drawing.
    pub const HANDWRITTEN: Self = Self(&RECIPE);
}

static RECIPE: NamedRecipe = NamedRecipe {
    key: "handwritten",
    title: "Handwritten digits, 28 × 28",
    summary: "A part of MNIST, every digit prepared as your drawing is; trained in seconds.",
    data: DataName::Handwritten,
    threshold_rule: ThresholdRule::DEFAULT,
    counterpart: None,
    shipped: Some(Precision::Half),
    fit: Fit::ToAny(fit),
};

/// Pixels that are zero or not, as strokes are, are learned soonest with rectified units.
fn fit(shape: ItemShape) -> Recipe {
    let training = TrainingConfig {
        schedule: Schedule::Cosine,
        epochs: 70,
        ..adam(0.006)
    };
    let mut architecture = dense(shape, false, &[64, 16, 64]);
    architecture.set_hidden_activation(Activation::Relu);
    recipe(architecture, training)
}
