//! The second article's network as a denoiser.

use super::{mnist_conv, mnist_conv_tuned};
use crate::anomaly::ThresholdRule;
use crate::autoencoder::TrainingConfig;
use crate::encoding::Precision;
use crate::recipe::{Counterpart, DataName, Fit, ItemShape, NamedRecipe, Recipe, RecipeName};

impl RecipeName {
    /// The second article's network as a denoiser.
    pub const MNIST_DENOISER: Self = Self(&RECIPE);
}

static RECIPE: NamedRecipe = NamedRecipe {
    key: "mnist-denoiser",
    title: "Taking noise off, with convolutions",
    summary: "The second article's layers, trained to take noise of 0.2 off; an epoch takes seconds.",
    data: DataName::Mnist,
    threshold_rule: ThresholdRule::DEFAULT,
    counterpart: Some(Counterpart {
        name: || RecipeName::MNIST_CONV_TUNED,
        difference: "The other network has only seen what is clean, and noise confuses it; this one was shown noisy \
                     items with the clean ones as its targets, and so has learned to leave noise out.",
    }),
    shipped: Some(Precision::Single),
    fit: Fit::ToSome(fit, mnist_conv::NEEDS),
};

/// Standard deviation of the noise that it is trained with, where values lie in 0…1.
const NOISE: f32 = 0.2;

/// The second article's layers and the training of its variant, with noise; `None` for other sizes of pictures.
fn fit(shape: ItemShape) -> Option<Recipe> {
    let clean = mnist_conv_tuned::fit(shape)?;
    let training = TrainingConfig {
        noise: NOISE,
        ..clean.training
    };
    Some(Recipe { training, ..clean })
}
