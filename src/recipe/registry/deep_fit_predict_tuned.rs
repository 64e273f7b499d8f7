//! The third article's layer sizes, with activations.

use crate::anomaly::{DEFAULT_THETA, ErrorMeasure, ThresholdRule};
use crate::autoencoder::{Activation, Architecture, Schedule, TrainingConfig, powers_of_two};
use crate::encoding::Precision;
use crate::recipe::fit::{adam, hidden_size, recipe};
use crate::recipe::{Counterpart, DataName, Fit, ItemShape, NamedRecipe, Recipe, RecipeName};

impl RecipeName {
    /// The third article's layer sizes, with activations.
    pub const DEEP_FIT_PREDICT_TUNED: Self = Self(&RECIPE);
}

static RECIPE: NamedRecipe = NamedRecipe {
    key: "deep-fit-predict-tuned",
    title: "Linear layers, bent by tanh (article 3)",
    summary: "The same layers, bent by tanh.",
    data: DataName::Digits,
    threshold_rule: ThresholdRule::MinMax {
        theta: DEFAULT_THETA,
    },
    counterpart: Some(Counterpart {
        name: || RecipeName::DEEP_FIT_PREDICT,
        difference: "Without activations all layers together are one linear map, so that the article's network can do \
                     no more than PCA; the variant bends each hidden layer by tanh and lets the rate fall.",
    }),
    shipped: Some(Precision::Single),
    fit: Fit::ToAny(fit),
};

fn fit(shape: ItemShape) -> Recipe {
    let sizes = powers_of_two(shape.n_features, hidden_size(shape));
    let training = TrainingConfig {
        schedule: Schedule::Cosine,
        batch_size: 16,
        ..adam(0.005)
    };
    let architecture = Architecture::dense(&sizes, Activation::Tanh, Activation::Identity);
    Recipe {
        measure: ErrorMeasure::SummedAbsolute,
        ..recipe(architecture, training)
    }
}
