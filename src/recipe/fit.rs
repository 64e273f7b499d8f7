//! Making a named experiment fit the data at hand.

use super::{DataName, Recipe, RecipeName, generative};
use crate::anomaly::ErrorMeasure;
use crate::autoencoder::{
    Activation, Architecture, Initialisation, Layer, Loss, Optimiser, Schedule, Shape,
    TrainingConfig, powers_of_two,
};
use crate::data::{Dataset, ItemKind, Normality, Parts};

/// The code size that the third article's network is asked for; half the values of a narrow table.
const HIDDEN_SIZE: usize = 8;

fn hidden_size(shape: ItemShape) -> usize {
    HIDDEN_SIZE.min(shape.n_features / 2).max(1)
}

/// What a recipe must know of the data: what an item is, and its size.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ItemShape {
    /// Values of an item, its label not counted.
    pub n_features: usize,
    /// What an item is.
    pub kind: ItemKind,
    /// Whether items have labels.
    pub has_labels: bool,
}

impl ItemShape {
    /// The shape of a data set's items.
    pub fn of(dataset: &Dataset) -> Self {
        Self {
            n_features: dataset.n_features(),
            kind: dataset.kind(),
            has_labels: dataset.has_labels(),
        }
    }
}

impl DataName {
    /// The shape of these data's items.
    pub fn item_shape(self) -> ItemShape {
        let pictures = |side: usize| ItemShape {
            n_features: side * side,
            kind: ItemKind::Picture {
                width: side,
                height: side,
            },
            has_labels: true,
        };
        match self {
            Self::Digits => pictures(8),
            Self::Mnist => pictures(28),
            Self::Employees => ItemShape {
                n_features: 9,
                kind: ItemKind::Row,
                has_labels: false,
            },
        }
    }
}

impl RecipeName {
    /// The recipe for the data that it brings along.
    pub fn recipe(self) -> Recipe {
        let shape = self.data().item_shape();
        self.recipe_for(shape)
            .unwrap_or_else(|| well_trained(shape))
    }

    /// The recipe for other data; `None` where its network cannot take them.
    pub fn recipe_for(self, shape: ItemShape) -> Option<Recipe> {
        if shape.n_features == 0 {
            return None;
        }
        Some(match self {
            Self::WellTrained => well_trained(shape),
            Self::UciDigits => uci_digits(shape),
            Self::UciDigitsTuned => uci_digits_tuned(shape),
            Self::MnistConv => mnist_conv(shape)?,
            Self::MnistConvTuned => mnist_conv_tuned(shape)?,
            Self::DeepFitPredict => deep_fit_predict(shape),
            Self::DeepFitPredictTuned => deep_fit_predict_tuned(shape),
            Self::Employees => employees(shape),
            Self::EmployeesTuned => employees_tuned(shape),
            Self::Denoiser => generative::denoiser(shape),
            Self::MnistDenoiser => generative::mnist_denoiser(shape)?,
            Self::Vae => generative::vae(shape),
            Self::MnistVae => generative::mnist_vae(shape)?,
        })
    }
}

fn well_trained(shape: ItemShape) -> Recipe {
    let training = TrainingConfig {
        schedule: Schedule::Cosine,
        batch_size: 16,
        epochs: 150,
        ..adam(0.01)
    };
    recipe(dense(shape, false, &[32, 8, 32]), training)
}

fn uci_digits(shape: ItemShape) -> Recipe {
    let training = TrainingConfig {
        optimiser: Optimiser::Sgd,
        batch_size: 10,
        epochs: 100,
        ..adam(0.005)
    };
    Recipe {
        label_input: shape.has_labels,
        ..recipe(dense(shape, shape.has_labels, &[32, 8, 32]), training)
    }
}

fn uci_digits_tuned(shape: ItemShape) -> Recipe {
    let training = TrainingConfig {
        schedule: Schedule::Cosine,
        batch_size: 16,
        epochs: 60,
        ..adam(0.01)
    };
    Recipe {
        training,
        ..uci_digits(shape)
    }
}

/// The second article's layers, for pictures of 28 × 28 pixels only.
fn mnist_conv(shape: ItemShape) -> Option<Recipe> {
    use Activation::{Identity, Relu, Sigmoid};
    let its_pictures = ItemKind::Picture {
        width: 28,
        height: 28,
    };
    if shape.kind != its_pictures {
        return None;
    }
    let architecture = Architecture {
        input: Shape {
            channels: 1,
            height: 28,
            width: 28,
        },
        layers: vec![
            Layer::convolution(16, 3, 2, 1, Relu),
            Layer::convolution(32, 3, 2, 1, Relu),
            Layer::convolution(64, 7, 1, 0, Identity),
            Layer::dense(20, Identity),
            Layer::dense(64, Identity),
            Layer::transposed_convolution(32, 7, 1, 0, Relu),
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

pub(super) fn mnist_conv_tuned(shape: ItemShape) -> Option<Recipe> {
    let article = mnist_conv(shape)?;
    let training = TrainingConfig {
        schedule: Schedule::Cosine,
        learning_rate: 3e-3,
        batch_size: 16,
        weight_decay: 0.0,
        ..article.training
    };
    Some(Recipe {
        training,
        ..article
    })
}

fn deep_fit_predict(shape: ItemShape) -> Recipe {
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

fn deep_fit_predict_tuned(shape: ItemShape) -> Recipe {
    let sizes = powers_of_two(shape.n_features, hidden_size(shape));
    let training = TrainingConfig {
        schedule: Schedule::Cosine,
        batch_size: 16,
        ..adam(0.005)
    };
    let architecture = Architecture::dense(&sizes, Activation::Tanh, Activation::Identity);
    Recipe {
        measure: ErrorMeasure::SummedAbsolute,
        ..recipe(architecture, training)
    }
}

fn employees(shape: ItemShape) -> Recipe {
    let training = TrainingConfig {
        batch_size: 10,
        epochs: 1000,
        ..adam(0.005)
    };
    recipe(xavier(dense(shape, false, &[4, 2, 4])), training)
}

fn employees_tuned(shape: ItemShape) -> Recipe {
    let training = TrainingConfig {
        schedule: Schedule::Cosine,
        batch_size: 10,
        epochs: 200,
        ..adam(0.01)
    };
    recipe(xavier(dense(shape, false, &[16, 7, 16])), training)
}

pub(super) fn recipe(architecture: Architecture, training: TrainingConfig) -> Recipe {
    Recipe {
        label_input: false,
        parts: Parts::ThreeOneOne,
        normality: Normality::default(),
        architecture,
        training,
        measure: ErrorMeasure::MeanSquared,
    }
}

/// Adam at a constant rate, and what most recipes have in common.
pub(super) fn adam(learning_rate: f64) -> TrainingConfig {
    TrainingConfig {
        optimiser: Optimiser::Adam,
        learning_rate,
        schedule: Schedule::Constant,
        batch_size: 32,
        drops_last_batch: false,
        epochs: 100,
        seed: 1,
        loss: Loss::MeanSquared,
        weight_decay: 0.0,
        noise: 0.0,
    }
}

/// Layers of tanh between two ends of the data's size; pictures end in a sigmoid, table rows stay linear.
pub(super) fn dense(shape: ItemShape, with_label: bool, inner: &[usize]) -> Architecture {
    let n_inputs = shape.n_features + usize::from(with_label);
    let mut sizes = [&[n_inputs], inner, &[n_inputs]].concat();
    // A code as wide as a narrow table would be no bottleneck.
    let code_layer = sizes.len() / 2;
    sizes[code_layer] = sizes[code_layer].min(n_inputs.saturating_sub(1).max(1));
    let output = match shape.kind {
        ItemKind::Picture { .. } => Activation::Sigmoid,
        ItemKind::Row => Activation::Identity,
    };
    Architecture::dense(&sizes, Activation::Tanh, output)
}

fn xavier(architecture: Architecture) -> Architecture {
    Architecture {
        initialisation: Initialisation::XavierUniform,
        ..architecture
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_recipe_is_valid_on_its_own_data() {
        for name in RecipeName::ALL {
            let recipe = name.recipe_for(name.data().item_shape());
            let recipe = recipe.expect("a recipe takes its own data");
            assert_eq!(recipe.architecture.validate(), Ok(()));
            assert_eq!(recipe.training.validate(), Ok(()));
            let n_inputs = name.data().item_shape().n_features + usize::from(recipe.label_input);
            assert_eq!(recipe.architecture.input_size(), n_inputs);
        }
    }

    #[test]
    fn the_second_articles_network_has_213013_parameters_and_takes_nothing_but_its_pictures() {
        let recipe = RecipeName::MnistConv.recipe();
        assert_eq!(recipe.architecture.n_parameters(), 213_013);
        assert_eq!(
            recipe.architecture.layer_sizes(),
            [784, 3136, 1568, 64, 20, 64, 1568, 3136, 784]
        );
        assert_eq!(recipe.architecture.code_size(), 20);
        assert_eq!(
            RecipeName::MnistConv.recipe_for(DataName::Digits.item_shape()),
            None
        );
    }

    #[test]
    fn the_fourth_articles_network_has_107_parameters() {
        let recipe = RecipeName::Employees.recipe();
        assert_eq!(recipe.architecture.n_parameters(), 107);
    }

    #[test]
    fn dense_recipes_take_any_table() {
        for n_features in [1, 2, 5, 7, 300] {
            let shape = ItemShape {
                n_features,
                kind: ItemKind::Row,
                has_labels: false,
            };
            for name in RecipeName::ALL {
                let Some(recipe) = name.recipe_for(shape) else {
                    continue;
                };
                assert_eq!(recipe.architecture.validate(), Ok(()), "{name:?}");
                assert_eq!(recipe.architecture.input_size(), n_features);
                let is_narrow = recipe.architecture.code_size() < n_features.max(2);
                assert!(is_narrow, "{name:?} on {n_features}");
            }
        }
    }
}
