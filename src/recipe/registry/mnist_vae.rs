//! The second article's network with a variational code.

use super::{mnist_conv, mnist_conv_tuned};
use crate::anomaly::ThresholdRule;
use crate::encoding::Precision;
use crate::recipe::{Counterpart, DataName, Fit, ItemShape, NamedRecipe, Recipe, RecipeName};

impl RecipeName {
    /// The second article's network with a variational code.
    pub const MNIST_VAE: Self = Self(&RECIPE);
}

static RECIPE: NamedRecipe = NamedRecipe {
    key: "mnist-vae",
    title: "Making new digits, with convolutions",
    summary: "The second article's layers around a code that is drawn by chance; an epoch takes seconds.",
    data: DataName::Mnist,
    threshold_rule: ThresholdRule::DEFAULT,
    counterpart: Some(Counterpart {
        name: || RecipeName::MNIST_CONV_TUNED,
        difference: "The other network may put its codes anywhere; this one pays for every code that is far from a \
                     standard normal draw, reconstructs less exactly for it, and can make new items from random codes.",
    }),
    shipped: Some(Precision::Single),
    fit: Fit::ToSome(fit, mnist_conv::NEEDS),
};

/// What a nat of the code costs: on smaller pictures each nat is worth fewer pixels.
const MNIST_BETA: f32 = 0.5;

/// Values of the code.
const MNIST_CODE_SIZE: usize = 10;

/// The second article's layers around a variational code; `None` for other sizes of pictures.
fn fit(shape: ItemShape) -> Option<Recipe> {
    let mut recipe = mnist_conv_tuned::fit(shape)?;
    recipe.set_code_size(MNIST_CODE_SIZE);
    recipe.architecture = recipe.architecture.with_variational_code(MNIST_BETA);
    Some(recipe)
}
