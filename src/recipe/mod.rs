//! The named experiments, as data.
//!
//! A [`RecipeName`] names an experiment; [`RecipeName::recipe_for`] makes a [`Recipe`] of it that fits the data at
//! hand. Each article's settings stand beside a variant that is trained well, so that both can be compared.

mod data_name;
mod differences;
mod fit;
mod name;
mod on_other_data;
mod registry;
mod validity;

use serde::{Deserialize, Serialize};

use crate::anomaly::ErrorMeasure;
use crate::autoencoder::{
    Architecture, Initialisation, Layer, LayerKind, Shape, TrainingConfig, powers_of_two,
};
use crate::data::{Dataset, Normality, Parts, Split, TrainingCounts};

pub use data_name::DataName;
pub use differences::Difference;
pub use fit::ItemShape;
pub use name::RecipeName;
use name::{Counterpart, Fit, NamedRecipe};
pub use validity::RecipeError;

/// Everything that decides a run on a given data set.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Recipe {
    /// Whether the label, scaled as by [`LabelScale`](crate::data::LabelScale), is one more input after the pixels.
    pub label_input: bool,
    /// Which items are learned from, and which are held out.
    pub parts: Parts,
    /// Which classes count as normal, and how many items of others are learned from all the same.
    pub normality: Normality,
    /// The network.
    pub architecture: Architecture,
    /// How it learns.
    pub training: TrainingConfig,
    /// How badly an item is reconstructed.
    pub measure: ErrorMeasure,
}

impl Recipe {
    /// Which items are trained on and which are held out: the one place that decides it.
    pub fn split(&self, dataset: &Dataset) -> Split {
        Split::of(dataset, self.training.seed, self.parts, &self.normality)
    }

    /// How many items [`Recipe::split`] puts into the training part, at the cost of looking at the labels only
    /// where nothing was copied.
    pub fn training_counts(&self, dataset: &Dataset) -> TrainingCounts {
        if dataset.is_stretched() {
            return self.split(dataset).counts(dataset, &self.normality);
        }
        Split::training_counts(dataset, self.parts, &self.normality)
    }

    /// Takes the label in as one more input, or leaves it out; a convolutional network has no place for it.
    pub fn set_label_input(&mut self, label_input: bool) {
        if label_input == self.label_input || self.architecture.is_convolutional() {
            return;
        }
        let n_inputs = self.architecture.input_size();
        let n_inputs = if label_input {
            n_inputs + 1
        } else {
            n_inputs - 1
        };
        self.label_input = label_input;
        self.architecture.input = Shape::row(n_inputs);
        if let Some(last) = self.architecture.layers.last_mut() {
            last.set_n_outputs(n_inputs);
        }
    }

    /// The labels that an item is tried with: the one that is known, or, for a drawing, every label of the data. Without
    /// a label input there is nothing to try, which is one `None`.
    pub fn candidate_labels(&self, dataset: &Dataset, known: Option<u8>) -> Vec<Option<u8>> {
        match (self.label_input, known) {
            (false, _) => vec![None],
            (true, Some(label)) => vec![Some(label)],
            (true, None) => dataset.classes().into_iter().map(Some).collect(),
        }
    }

    /// Asks for a code of another size.
    ///
    /// Layers by powers of two round it up to the next one, as the third article does, and the other layers
    /// follow; in other networks the code alone changes. No network is left without a bottleneck: a size that is
    /// not below those of the layers around it is lowered.
    pub fn set_code_size(&mut self, code_size: usize) {
        let sizes = self.architecture.layer_sizes();
        let n_inputs = self.architecture.input_size();
        if sizes == powers_of_two(n_inputs, self.architecture.code_size()) && self.is_plain() {
            let code_size = code_size.clamp(1, (n_inputs.next_power_of_two() / 2).max(1));
            self.architecture
                .resize(&powers_of_two(n_inputs, code_size));
            if let Initialisation::UniformAroundDiscarded { hidden_size } =
                &mut self.architecture.initialisation
            {
                *hidden_size = code_size;
            }
            return;
        }
        let code_layer = self.architecture.code_layer();
        let beside = [code_layer.checked_sub(1), Some(code_layer + 1)];
        let narrowest = beside
            .into_iter()
            .flatten()
            .filter_map(|idx| sizes.get(idx));
        let most = narrowest.min().copied().unwrap_or(1);
        let layer = code_layer.checked_sub(1);
        if let Some(layer) = layer.and_then(|idx| self.architecture.layers.get_mut(idx))
            && !layer.is_convolutional()
        {
            layer.set_n_outputs(code_size.clamp(1, most));
        }
    }

    /// Gives the network other layers; what comes in and goes out stays.
    pub fn set_layers(&mut self, layers: &[Layer]) {
        self.architecture = self.architecture.with_layers(layers);
    }

    /// Whether its hidden layers are dense and bend alike, so that others can take their place.
    fn is_plain(&self) -> bool {
        let layers = &self.architecture.layers;
        let hidden = layers.split_last().map_or(&[][..], |(_, hidden)| hidden);
        let first = hidden.first().map(|layer| layer.activation);
        hidden.iter().all(|layer| {
            matches!(layer.kind, LayerKind::Dense { .. }) && Some(layer.activation) == first
        })
    }

    /// Whether any layer leaves some of its outputs out while training.
    pub fn has_dropout(&self) -> bool {
        let layers = &self.architecture.layers;
        layers.iter().any(|layer| layer.dropout > 0.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::ItemKind;

    #[test]
    fn layers_by_powers_of_two_follow_the_code() {
        let mut recipe = RecipeName::DEEP_FIT_PREDICT.recipe();
        recipe.set_code_size(20);
        assert_eq!(recipe.architecture.layer_sizes(), [64, 32, 64]);
        recipe.set_code_size(3);
        assert_eq!(
            recipe.architecture.layer_sizes(),
            [64, 32, 16, 8, 4, 8, 16, 32, 64]
        );
        assert_eq!(recipe.architecture.validate(), Ok(()));
    }

    #[test]
    fn one_column_can_be_given_any_code() {
        let shape = ItemShape {
            n_features: 1,
            kind: ItemKind::Row,
            has_labels: false,
        };
        for name in RecipeName::ALL {
            let Some(mut recipe) = name.recipe_for(shape) else {
                continue;
            };
            recipe.set_code_size(8);
            assert_eq!(recipe.architecture.validate(), Ok(()), "{name:?}");
        }
    }

    #[test]
    fn the_code_of_other_networks_changes_alone_and_stays_the_bottleneck() {
        let mut recipe = RecipeName::MNIST_CONV.recipe();
        recipe.set_code_size(2);
        assert_eq!(
            recipe.architecture.layer_sizes(),
            [784, 3136, 1568, 64, 2, 64, 1568, 3136, 784]
        );
        let mut recipe = RecipeName::UCI_DIGITS.recipe();
        recipe.set_code_size(500);
        assert_eq!(recipe.architecture.layer_sizes(), [65, 32, 32, 32, 65]);
        recipe.set_code_size(0);
        assert_eq!(recipe.architecture.code_size(), 1);
        assert_eq!(recipe.architecture.validate(), Ok(()));
    }

    #[test]
    fn a_drawing_is_tried_with_every_label_of_the_data() {
        let labels: Vec<u8> = (1..=26).collect();
        let letters = Dataset::pictures(1, 1, 1, vec![0; 26], labels.clone()).expect("26 pictures");
        let reads_labels = RecipeName::UCI_DIGITS.recipe();
        let all: Vec<_> = labels.into_iter().map(Some).collect();
        assert_eq!(reads_labels.candidate_labels(&letters, None), all);
        assert_eq!(reads_labels.candidate_labels(&letters, Some(5)), [Some(5)]);
        let reads_none = RecipeName::WELL_TRAINED.recipe();
        assert_eq!(reads_none.candidate_labels(&letters, None), [None]);
    }

    #[test]
    fn the_label_comes_in_and_goes_out() {
        let mut recipe = RecipeName::UCI_DIGITS.recipe();
        let original = recipe.clone();
        recipe.set_label_input(false);
        assert_eq!(recipe.architecture.layer_sizes(), [64, 32, 8, 32, 64]);
        recipe.set_label_input(true);
        assert_eq!(recipe, original);
    }
}
