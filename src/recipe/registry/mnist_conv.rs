//! The second article: a convolutional autoencoder of MNIST's digits.

use std::ops::RangeInclusive;

use crate::anomaly::ThresholdRule;
use crate::autoencoder::{Activation, Architecture, Initialisation, Layer, Shape, TrainingConfig};
use crate::data::{ItemKind, Parts};
use crate::encoding::Precision;
use crate::recipe::fit::{adam, recipe};
use crate::recipe::{Counterpart, DataName, Fit, ItemShape, NamedRecipe, Recipe, RecipeName};

impl RecipeName {
    /// The second article: a convolutional autoencoder of MNIST's digits.
    pub const MNIST_CONV: Self = Self(&RECIPE);
}

static RECIPE: NamedRecipe = NamedRecipe {
    key: "mnist-conv",
    title: "Convolutions as published (article 2)",
    summary: "Convolutions down to a code of 20 and back, on 28 × 28 pixels; an epoch takes seconds.",
    data: DataName::Mnist,
    threshold_rule: ThresholdRule::DEFAULT,
    counterpart: Some(Counterpart {
        name: || RecipeName::MNIST_CONV_TUNED,
        difference: "The article takes batches of 64 at one learning rate; the variant takes batches of 16 at a larger \
                     rate that falls along a cosine, and so reconstructs held-out digits better with the same network and \
                     the same number of epochs.",
    }),
    shipped: Some(Precision::Single),
    fit: Fit::ToSome(fit, NEEDS),
};

/// What can be halved twice and then taken in by one window.
pub(super) const NEEDS: &str =
    "square pictures whose side can be halved twice, from 8 × 8 to 64 × 64 pixels";
const SIDES: RangeInclusive<usize> = 8..=64;

/// The second article's layers, for square pictures whose side can be halved twice: its two convolutions halve, and the
/// window of the third takes in all that is left.
pub(super) fn fit(shape: ItemShape) -> Option<Recipe> {
    use Activation::{Identity, Relu, Sigmoid};
    let side = side_of(shape.kind)?;
    let window = side / 4;
    let architecture = Architecture {
        input: Shape {
            channels: 1,
            height: side,
            width: side,
        },
        layers: vec![
            Layer::convolution(16, 3, 2, 1, Relu),
            Layer::convolution(32, 3, 2, 1, Relu),
            Layer::convolution(64, window, 1, 0, Identity),
            Layer::dense(20, Identity),
            Layer::dense(64, Identity),
            Layer::transposed_convolution(32, window, 1, 0, Relu),
            Layer::transposed_convolution(16, 3, 2, 1, Relu),
            Layer::transposed_convolution(1, 3, 2, 1, Sigmoid),
        ],
        initialisation: Initialisation::Uniform,
    };
    let training = TrainingConfig {
        batch_size: 64,
        epochs: 20,
        seed: 42,
        weight_decay: 1e-5,
        ..adam(1e-3)
    };
    Some(Recipe {
        parts: Parts::SevenOneTwo,
        ..recipe(architecture, training)
    })
}

/// The side of pictures that the layers take.
fn side_of(kind: ItemKind) -> Option<usize> {
    match kind {
        ItemKind::Picture { width, height } => {
            let fits = width == height && SIDES.contains(&width) && width.is_multiple_of(4);
            fits.then_some(width)
        }
        ItemKind::Row | ItemKind::Series { .. } => None,
    }
}
