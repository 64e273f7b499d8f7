//! A dense variational autoencoder, whose decoder makes digits from random codes.

use crate::anomaly::ThresholdRule;
use crate::autoencoder::{Schedule, TrainingConfig};
use crate::encoding::Precision;
use crate::recipe::fit::{adam, dense, recipe};
use crate::recipe::{Counterpart, DataName, Fit, ItemShape, NamedRecipe, Recipe, RecipeName};

impl RecipeName {
    /// A dense variational autoencoder, whose decoder makes digits from random codes.
    pub const VAE: Self = Self(&RECIPE);
}

static RECIPE: NamedRecipe = NamedRecipe {
    key: "vae",
    title: "Making new small digits",
    summary: "Its code is drawn by chance while it learns, so that random codes give new digits.",
    data: DataName::Digits,
    threshold_rule: ThresholdRule::DEFAULT,
    counterpart: Some(Counterpart {
        name: || RecipeName::WELL_TRAINED,
        difference: "The other network may put its codes anywhere; this one pays for every code that is far from a \
                     standard normal draw, reconstructs less exactly for it, and can make new items from random codes.",
    }),
    shipped: Some(Precision::Single),
    fit: Fit::ToAny(fit),
};

/// What a nat of the code costs: on larger pictures each nat is worth more pixels.
const BETA: f32 = 0.1;

/// A dense variational autoencoder (Kingma and Welling, 2014). It is deeper than the plain recipes, since the decoder
/// must bend a normal distribution into the shape of the data.
fn fit(shape: ItemShape) -> Recipe {
    let training = TrainingConfig {
        schedule: Schedule::Cosine,
        batch_size: 16,
        epochs: 150,
        ..adam(0.005)
    };
    let architecture = dense(shape, false, &[64, 32, 8, 32, 64]);
    recipe(architecture.with_variational_code(BETA), training)
}
