//! Heartbeats, normal ones learned from.

use crate::anomaly::ThresholdRule;
use crate::autoencoder::{Schedule, TrainingConfig};
use crate::data::ItemKind;
use crate::encoding::Precision;
use crate::recipe::fit::{adam, dense, recipe, xavier};
use crate::recipe::{DataName, Fit, ItemShape, NamedRecipe, Recipe, RecipeName};

impl RecipeName {
    /// Heartbeats, normal ones learned from.
    pub const HEARTBEATS: Self = Self(&RECIPE);
}

static RECIPE: NamedRecipe = NamedRecipe {
    key: "heartbeats",
    title: "Heartbeats and other curves",
    summary: "Usual curves go through eight numbers; five kinds of unusual heartbeats were never seen.",
    data: DataName::Heartbeats,
    threshold_rule: ThresholdRule::DEFAULT,
    counterpart: None,
    shipped: Some(Precision::Single),
    fit: Fit::ToSome(fit, "curves"),
};

fn fit(shape: ItemShape) -> Option<Recipe> {
    match shape.kind {
        ItemKind::Series { .. } => {}
        ItemKind::Picture { .. } | ItemKind::Row => return None,
    }
    let training = TrainingConfig {
        schedule: Schedule::Cosine,
        batch_size: 16,
        epochs: 100,
        ..adam(0.003)
    };
    Some(recipe(xavier(dense(shape, false, &[32, 8, 32])), training))
}
