//! The first article, setting by setting: the label is a 65th input.

use crate::anomaly::ThresholdRule;
use crate::autoencoder::{Optimiser, TrainingConfig};
use crate::encoding::Precision;
use crate::recipe::fit::{adam, dense, recipe};
use crate::recipe::{Counterpart, DataName, Fit, ItemShape, NamedRecipe, Recipe, RecipeName};

impl RecipeName {
    /// The first article, setting by setting: the label is a 65th input.
    pub const UCI_DIGITS: Self = Self(&RECIPE);
}

static RECIPE: NamedRecipe = NamedRecipe {
    key: "uci-digits",
    title: "A network that learns little (article 1)",
    summary: "The label is a 65th input. 100 epochs of plain SGD teach it little.",
    data: DataName::Digits,
    threshold_rule: ThresholdRule::DEFAULT,
    counterpart: Some(Counterpart {
        name: || RecipeName::UCI_DIGITS_TUNED,
        difference: "The article takes small steps of plain SGD and stops while the network still reconstructs little more \
                     than the mean image; the variant uses Adam with a falling rate, so that the error tells items \
                     apart.",
    }),
    shipped: Some(Precision::Single),
    fit: Fit::ToAny(fit),
};

pub(super) fn fit(shape: ItemShape) -> Recipe {
    let training = TrainingConfig {
        optimiser: Optimiser::Sgd,
        batch_size: 10,
        epochs: 100,
        ..adam(0.005)
    };
    Recipe {
        label_input: shape.label_can_be_input(),
        ..recipe(
            dense(shape, shape.label_can_be_input(), &[32, 8, 32]),
            training,
        )
    }
}
