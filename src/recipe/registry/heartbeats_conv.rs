//! Heartbeats, by windows that slide along them.

use super::heartbeats::{series_of, training};
use crate::anomaly::ThresholdRule;
use crate::autoencoder::{Activation, Architecture, TrainingConfig};
use crate::recipe::fit::recipe;
use crate::recipe::{Counterpart, DataName, Fit, ItemShape, NamedRecipe, Recipe, RecipeName};

impl RecipeName {
    /// Heartbeats, by windows that slide along them.
    pub const HEARTBEATS_CONV: Self = Self(&RECIPE);
}

static RECIPE: NamedRecipe = NamedRecipe {
    key: "heartbeats-conv",
    title: "Heartbeats through sliding windows",
    summary: "The same curves through one-dimensional convolutions; an epoch takes longer.",
    data: DataName::Heartbeats,
    threshold_rule: ThresholdRule::DEFAULT,
    counterpart: Some(Counterpart {
        name: || RecipeName::HEARTBEATS,
        difference: "The same curves through the same eight numbers; the variant has dense layers, which learn each wave at \
                     its place.",
    }),
    shipped: None,
    fit: Fit::ToSome(fit, "curves"),
};

const CODE_SIZE: usize = 8;

fn fit(shape: ItemShape) -> Option<Recipe> {
    let architecture =
        Architecture::along_series(series_of(shape)?, CODE_SIZE, Activation::Identity);
    let training = TrainingConfig {
        epochs: 30,
        ..training()
    };
    Some(recipe(architecture, training))
}
