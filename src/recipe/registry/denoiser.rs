//! A dense autoencoder that sees noisy digits and must give back clean ones (Vincent and others, 2008).

use crate::anomaly::ThresholdRule;
use crate::autoencoder::{Schedule, TrainingConfig};
use crate::encoding::Precision;
use crate::recipe::fit::{adam, dense, recipe};
use crate::recipe::{Counterpart, DataName, Fit, ItemShape, NamedRecipe, Recipe, RecipeName};

impl RecipeName {
    /// A dense autoencoder that sees noisy digits and must give back clean ones (Vincent and others, 2008).
    pub const DENOISER: Self = Self(&RECIPE);
}

static RECIPE: NamedRecipe = NamedRecipe {
    key: "denoiser",
    title: "Taking noise off small digits",
    summary: "It sees noise of 0.2 on every digit and must give back the clean one.",
    data: DataName::Digits,
    threshold_rule: ThresholdRule::DEFAULT,
    counterpart: Some(Counterpart {
        name: || RecipeName::WELL_TRAINED,
        difference: "The other network has only seen what is clean, and noise confuses it; this one was shown noisy \
                     items with the clean ones as its targets, and so has learned to leave noise out.",
    }),
    shipped: Some(Precision::Single),
    fit: Fit::ToAny(fit),
};

/// Standard deviation of the noise that it is trained with, where values lie in 0…1.
const NOISE: f32 = 0.2;

/// A denoising autoencoder (Vincent and others, 2008): noisy items in, clean items as targets.
///
/// Its code is wide, for leaving noise out needs detail more than brevity.
fn fit(shape: ItemShape) -> Recipe {
    let training = TrainingConfig {
        schedule: Schedule::Cosine,
        batch_size: 16,
        epochs: 200,
        noise: NOISE,
        ..adam(0.005)
    };
    recipe(dense(shape, false, &[64, 32, 64]), training)
}
