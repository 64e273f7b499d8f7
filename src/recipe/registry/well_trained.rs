//! A dense autoencoder trained until it reconstructs digits well; the default.

use crate::anomaly::ThresholdRule;
use crate::autoencoder::{Schedule, TrainingConfig};
use crate::encoding::Precision;
use crate::recipe::fit::{adam, dense, recipe};
use crate::recipe::{DataName, Fit, ItemShape, NamedRecipe, Recipe, RecipeName};

impl RecipeName {
    /// A dense autoencoder trained until it reconstructs digits well; the default.
    pub const WELL_TRAINED: Self = Self(&RECIPE);
}

static RECIPE: NamedRecipe = NamedRecipe {
    key: "well-trained",
    title: "Small digits, 8 × 8",
    summary: "Trained until most digits are reconstructed well.",
    data: DataName::Digits,
    threshold_rule: ThresholdRule::DEFAULT,
    counterpart: None,
    shipped: Some(Precision::Single),
    fit: Fit::ToAny(fit),
};

fn fit(shape: ItemShape) -> Recipe {
    let training = TrainingConfig {
        schedule: Schedule::Cosine,
        batch_size: 16,
        epochs: 150,
        ..adam(0.01)
    };
    recipe(dense(shape, false, &[32, 8, 32]), training)
}
