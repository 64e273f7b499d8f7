//! The recipes that give more than a copy: denoisers, and variational autoencoders that make new items.

use super::Recipe;
use super::fit::{ItemShape, adam, dense, mnist_conv_tuned, recipe};
use crate::autoencoder::{Schedule, TrainingConfig};

/// Standard deviation of the noise that the denoisers are trained with, where values lie in 0…1.
const NOISE: f32 = 0.2;

/// What a nat of a variational code costs: on smaller pictures each nat is worth fewer pixels.
const DIGITS_BETA: f32 = 0.1;
const MNIST_BETA: f32 = 0.5;

/// Values of the convolutional variational code.
const MNIST_CODE_SIZE: usize = 10;

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

/// A dense variational autoencoder (Kingma and Welling, 2014). It is deeper than the plain recipes, since the decoder
/// must bend a normal distribution into the shape of the data.
pub(super) fn vae(shape: ItemShape) -> Recipe {
    let training = TrainingConfig {
        schedule: Schedule::Cosine,
        batch_size: 16,
        epochs: 150,
        ..adam(0.005)
    };
    let architecture = dense(shape, false, &[64, 32, 8, 32, 64]);
    recipe(architecture.with_variational_code(DIGITS_BETA), training)
}

/// The second article's layers around a variational code; `None` for other sizes of pictures.
pub(super) fn mnist_vae(shape: ItemShape) -> Option<Recipe> {
    let mut recipe = mnist_conv_tuned(shape)?;
    recipe.set_code_size(MNIST_CODE_SIZE);
    recipe.architecture = recipe.architecture.with_variational_code(MNIST_BETA);
    Some(recipe)
}

#[cfg(test)]
mod tests {
    use super::super::RecipeName;

    #[test]
    fn another_code_size_keeps_the_code_variational() {
        for name in [RecipeName::Vae, RecipeName::MnistVae] {
            let mut recipe = name.recipe();
            let beta = recipe.architecture.beta();
            assert!(beta.is_some());
            recipe.set_code_size(3);
            assert_eq!(recipe.architecture.code_size(), 3);
            assert_eq!(recipe.architecture.beta(), beta);
            assert_eq!(recipe.architecture.validate(), Ok(()));
        }
    }
}
