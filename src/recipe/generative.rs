//! The recipes that give back something else than they got: denoisers.

use super::Recipe;
use super::fit::{ItemShape, adam, dense, mnist_conv_tuned, recipe};
use crate::autoencoder::{Schedule, TrainingConfig};

/// Standard deviation of the noise that the denoisers are trained with, where values lie in 0…1.
const NOISE: f32 = 0.2;

/// A denoising autoencoder (Vincent and others, 2008): noisy items in, clean items as targets.
///
/// Its code is wide, for leaving noise out needs detail more than brevity.
pub(super) fn denoiser(shape: ItemShape) -> Recipe {
    let training = TrainingConfig {
        schedule: Schedule::Cosine,
        batch_size: 16,
        epochs: 200,
        noise: NOISE,
        ..adam(0.005)
    };
    recipe(dense(shape, false, &[64, 32, 64]), training)
}

/// The second article's layers and the training of its variant, with noise; `None` for other sizes of pictures.
pub(super) fn mnist_denoiser(shape: ItemShape) -> Option<Recipe> {
    let clean = mnist_conv_tuned(shape)?;
    let training = TrainingConfig {
        noise: NOISE,
        ..clean.training
    };
    Some(Recipe { training, ..clean })
}
