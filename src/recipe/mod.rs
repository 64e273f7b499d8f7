//! The named experiments, as data.

use serde::{Deserialize, Serialize};

use crate::autoencoder::{Activation, Architecture, Optimiser, Schedule, TrainingConfig};

/// What a recipe is called in links, files and commands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum RecipeName {
    /// A dense autoencoder trained until it rebuilds digits well; the default.
    WellTrained,
    /// The first article, setting by setting: the label is a 65th input.
    UciDigits,
}

impl RecipeName {
    /// Every recipe, in the order in which the page offers them.
    pub const ALL: [Self; 2] = [Self::WellTrained, Self::UciDigits];

    /// The name in links and commands.
    pub fn slug(self) -> &'static str {
        match self {
            Self::WellTrained => "well-trained",
            Self::UciDigits => "uci-digits",
        }
    }

    /// The recipe of a slug; `None` for an unknown one.
    pub fn from_slug(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|name| name.slug() == slug)
    }

    /// The name that the page shows.
    pub fn title(self) -> &'static str {
        match self {
            Self::WellTrained => "Digits, well trained",
            Self::UciDigits => "Digits, as in the first article",
        }
    }

    /// One sentence on what the recipe shows.
    pub fn summary(self) -> &'static str {
        match self {
            Self::WellTrained => "Trained until most digits are rebuilt well.",
            Self::UciDigits => {
                "The label is a 65th input. 100 epochs of plain SGD teach it little."
            }
        }
    }

    /// The settings of the recipe.
    pub fn recipe(self) -> Recipe {
        match self {
            Self::WellTrained => Recipe {
                label_input: false,
                architecture: tanh_sigmoid(&[64, 32, 8, 32, 64]),
                training: TrainingConfig {
                    optimiser: Optimiser::Adam,
                    learning_rate: 0.01,
                    schedule: Schedule::Cosine,
                    batch_size: 16,
                    epochs: 150,
                    seed: 1,
                },
            },
            Self::UciDigits => Recipe {
                label_input: true,
                architecture: tanh_sigmoid(&[65, 32, 8, 32, 65]),
                training: TrainingConfig {
                    optimiser: Optimiser::Sgd,
                    learning_rate: 0.005,
                    schedule: Schedule::Constant,
                    batch_size: 10,
                    epochs: 100,
                    seed: 1,
                },
            },
        }
    }
}

/// Everything that decides a run on a given data set.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Recipe {
    /// Whether the label, divided by 9, is one more input after the pixels.
    pub label_input: bool,
    /// The network.
    pub architecture: Architecture,
    /// How it learns.
    pub training: TrainingConfig,
}

fn tanh_sigmoid(layer_sizes: &[usize]) -> Architecture {
    Architecture {
        layer_sizes: layer_sizes.to_vec(),
        hidden: Activation::Tanh,
        output: Activation::Sigmoid,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_recipe_is_valid_and_found_by_its_slug() {
        for name in RecipeName::ALL {
            let recipe = name.recipe();
            assert_eq!(recipe.architecture.validate(), Ok(()));
            assert_eq!(recipe.training.validate(), Ok(()));
            assert_eq!(RecipeName::from_slug(name.slug()), Some(name));
        }
        assert_eq!(RecipeName::from_slug("no-such-recipe"), None);
    }
}
