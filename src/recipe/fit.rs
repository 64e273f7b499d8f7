//! What recipes have in common: making a network fit the data at hand.

use super::Recipe;
use crate::anomaly::ErrorMeasure;
use crate::autoencoder::{
    Activation, Architecture, Initialisation, Loss, Optimiser, Schedule, TrainingConfig,
};
use crate::data::{Dataset, ItemKind, Normality, Parts};

/// The code size that the third article's network is asked for; half the values of a narrow table.
const HIDDEN_SIZE: usize = 8;

pub(super) fn hidden_size(shape: ItemShape) -> usize {
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

    /// Whether labels can be an input: those of pictures say what is to be seen, those of rows and curves which of them
    /// are normal, and that is never an input.
    pub fn label_can_be_input(self) -> bool {
        match self.kind {
            ItemKind::Picture { .. } => self.has_labels,
            ItemKind::Row | ItemKind::Series { .. } => false,
        }
    }
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

/// Layers of tanh between two ends of the data's size; pictures end in a sigmoid, table rows and curves stay linear.
pub(super) fn dense(shape: ItemShape, with_label: bool, inner: &[usize]) -> Architecture {
    let n_inputs = shape.n_features + usize::from(with_label);
    let mut sizes = [&[n_inputs], inner, &[n_inputs]].concat();
    // A code as wide as a narrow table would be no bottleneck.
    let code_layer = sizes.len() / 2;
    sizes[code_layer] = sizes[code_layer].min(n_inputs.saturating_sub(1).max(1));
    let output = match shape.kind {
        ItemKind::Picture { .. } => Activation::Sigmoid,
        ItemKind::Row | ItemKind::Series { .. } => Activation::Identity,
    };
    Architecture::dense(&sizes, Activation::Tanh, output)
}

pub(super) fn xavier(architecture: Architecture) -> Architecture {
    Architecture {
        initialisation: Initialisation::XavierUniform,
        ..architecture
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::recipe::{DataName, RecipeName};

    #[test]
    fn the_second_articles_network_has_213013_parameters_and_takes_nothing_but_its_pictures() {
        let recipe = RecipeName::MNIST_CONV.recipe();
        assert_eq!(recipe.architecture.n_parameters(), 213_013);
        assert_eq!(
            recipe.architecture.layer_sizes(),
            [784, 3136, 1568, 64, 20, 64, 1568, 3136, 784]
        );
        assert_eq!(recipe.architecture.code_size(), 20);
    }

    #[test]
    fn convolutional_recipes_take_squares_that_they_can_halve_twice() {
        let pictures = |width, height| ItemShape {
            n_features: width * height,
            kind: ItemKind::Picture { width, height },
            has_labels: false,
        };
        let convolutional = RecipeName::ALL
            .into_iter()
            .filter(|name| name.needs().is_some_and(|needs| needs.contains("pictures")));
        for name in convolutional {
            for side in (8..=64).step_by(4) {
                let recipe = name.recipe_for(pictures(side, side)).expect("it fits");
                assert_eq!(recipe.architecture.validate(), Ok(()), "{name:?} on {side}");
                assert_eq!(
                    recipe.architecture.layer_sizes().last(),
                    Some(&(side * side))
                );
            }
            for (width, height) in [(4, 4), (30, 30), (28, 32), (68, 68)] {
                assert_eq!(name.recipe_for(pictures(width, height)), None);
            }
            assert_eq!(name.recipe_for(DataName::Employees.item_shape()), None);
        }
    }

    #[test]
    fn the_fourth_articles_network_has_107_parameters() {
        let recipe = RecipeName::EMPLOYEES.recipe();
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
