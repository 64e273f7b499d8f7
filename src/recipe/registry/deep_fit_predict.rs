//! The third article: layers by powers of two, no activations, fit and predict.

use crate::anomaly::{DEFAULT_THETA, ErrorMeasure, ThresholdRule};
use crate::autoencoder::{
    Activation, Architecture, Initialisation, Loss, TrainingConfig, powers_of_two,
};
use crate::encoding::Precision;
use crate::recipe::fit::{adam, hidden_size, recipe};
use crate::recipe::{Counterpart, DataName, Fit, ItemShape, NamedRecipe, Recipe, RecipeName};

impl RecipeName {
    /// The third article: layers by powers of two, no activations, fit and predict.
    pub const DEEP_FIT_PREDICT: Self = Self(&RECIPE);
}

static RECIPE: NamedRecipe = NamedRecipe {
    key: "deep-fit-predict",
    title: "Linear layers only (article 3)",
    summary: "Layers halve down to the code and double back, all of them linear.",
    data: DataName::Digits,
    threshold_rule: ThresholdRule::MinMax {
        theta: DEFAULT_THETA,
    },
    counterpart: Some(Counterpart {
        name: || RecipeName::DEEP_FIT_PREDICT_TUNED,
        difference: "Without activations all layers together are one linear map, so that the article's network can do \
                     no more than PCA; the variant bends each hidden layer by tanh and lets the rate fall.",
    }),
    shipped: Some(Precision::Single),
    fit: Fit::ToAny(fit),
};

fn fit(shape: ItemShape) -> Recipe {
    let sizes = powers_of_two(shape.n_features, hidden_size(shape));
    let training = TrainingConfig {
        loss: Loss::SummedSquared,
        batch_size: 32,
        drops_last_batch: true,
        epochs: 100,
        ..adam(0.01)
    };
    let architecture = Architecture {
        initialisation: Initialisation::UniformAroundDiscarded {
            hidden_size: hidden_size(shape),
        },
        ..Architecture::dense(&sizes, Activation::Identity, Activation::Identity)
    };
    Recipe {
        measure: ErrorMeasure::SummedAbsolute,
        ..recipe(architecture, training)
    }
}
