//! Heartbeats, normal ones learned from.

use crate::anomaly::ThresholdRule;
use crate::autoencoder::{Architecture, Schedule, Shape, TrainingConfig};
use crate::data::ItemKind;
use crate::encoding::Precision;
use crate::recipe::fit::{adam, dense, recipe, xavier};
use crate::recipe::{Counterpart, DataName, Fit, ItemShape, NamedRecipe, Recipe, RecipeName};

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
    counterpart: Some(Counterpart {
        name: || RecipeName::HEARTBEATS_CONV,
        difference: "The same curves through the same eight numbers; the variant slides windows of seven samples along a \
                     curve, so that it knows a wave wherever it comes.",
    }),
    shipped: Some(Precision::Single),
    fit: Fit::ToSome(fit, "curves"),
};

fn fit(shape: ItemShape) -> Option<Recipe> {
    let input = series_of(shape)?;
    let architecture = Architecture {
        input,
        ..xavier(dense(shape, false, &[32, 8, 32]))
    };
    Some(recipe(architecture, training()))
}

/// The series that a network takes; `None` of anything but curves.
pub(super) fn series_of(shape: ItemShape) -> Option<Shape> {
    match shape.kind {
        ItemKind::Series { .. } => Some(Shape::series(1, shape.n_features)),
        ItemKind::Picture { .. } | ItemKind::Row => None,
    }
}

/// What the networks of curves are trained by.
pub(super) fn training() -> TrainingConfig {
    TrainingConfig {
        schedule: Schedule::Cosine,
        batch_size: 16,
        epochs: 100,
        ..adam(0.003)
    }
}
