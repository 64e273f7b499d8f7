//! The first article's network, trained well.

use super::uci_digits;
use crate::anomaly::ThresholdRule;
use crate::autoencoder::{Schedule, TrainingConfig};
use crate::encoding::Precision;
use crate::recipe::fit::adam;
use crate::recipe::{Counterpart, DataName, Fit, ItemShape, NamedRecipe, Recipe, RecipeName};

impl RecipeName {
    /// The first article's network, trained well.
    pub const UCI_DIGITS_TUNED: Self = Self(&RECIPE);
}

static RECIPE: NamedRecipe = NamedRecipe {
    key: "uci-digits-tuned",
    title: "The same network, trained well (article 1)",
    summary: "The same 65-32-8-32-65 network, with Adam and a falling rate.",
    data: DataName::Digits,
    threshold_rule: ThresholdRule::DEFAULT,
    counterpart: Some(Counterpart {
        name: || RecipeName::UCI_DIGITS,
        difference: "The article takes small steps of plain SGD and stops while the network still reconstructs little more \
                     than the mean image; the variant uses Adam with a falling rate, so that the error tells items \
                     apart.",
    }),
    shipped: Some(Precision::Single),
    fit: Fit::ToAny(fit),
};

fn fit(shape: ItemShape) -> Recipe {
    let training = TrainingConfig {
        schedule: Schedule::Cosine,
        batch_size: 16,
        epochs: 60,
        ..adam(0.01)
    };
    Recipe {
        training,
        ..uci_digits::fit(shape)
    }
}
