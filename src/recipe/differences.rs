//! Which settings two recipes differ in, in words.

use super::Recipe;
use crate::autoencoder::{Activation, Layer, Loss, Schedule};
use crate::data::Parts;

/// A setting that two recipes have differently.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// What the setting is called: "code size".
    pub setting: &'static str,
    /// What the first recipe has: "16 values".
    pub one: String,
    /// What the second has.
    pub other: String,
}

impl Recipe {
    /// The settings that `other` has differently, the network first.
    pub fn differences(&self, other: &Self) -> Vec<Difference> {
        let settings = self
            .settings_in_words()
            .into_iter()
            .zip(other.settings_in_words());
        let differing = settings.filter(|((_, one), (_, other))| one != other);
        let mut differences: Vec<Difference> = differing
            .map(|((setting, one), (_, other))| Difference {
                setting,
                one,
                other,
            })
            .collect();
        // Another code changes the list of layers too, which then says nothing more.
        let is_code_alone = differences.iter().any(|known| known.setting == CODE_SIZE)
            && self.architecture.layers.len() == other.architecture.layers.len();
        differences.retain(|known| known.setting != LAYERS || !is_code_alone);
        differences
    }

    /// Every setting in words: what it is called, and what it is.
    fn settings_in_words(&self) -> Vec<(&'static str, String)> {
        let training = &self.training;
        let architecture = &self.architecture;
        let hidden = architecture
            .layers
            .split_last()
            .map_or(&[][..], |(_, hidden)| hidden);
        vec![
            (CODE_SIZE, architecture.code_size().to_string()),
            (LAYERS, joined(architecture.layer_sizes(), " – ")),
            ("activations", activations(hidden)),
            (
                "β",
                architecture
                    .beta()
                    .map_or_else(|| "none".to_owned(), |beta| beta.to_string()),
            ),
            ("dropout", dropout(&architecture.layers)),
            ("learning rate", training.learning_rate.to_string()),
            (
                "schedule",
                match training.schedule {
                    Schedule::Constant => "constant".to_owned(),
                    Schedule::Cosine => "cosine".to_owned(),
                },
            ),
            ("batch size", training.batch_size.to_string()),
            ("epochs", training.epochs.to_string()),
            ("optimiser", training.optimiser.name().to_owned()),
            (
                "loss",
                match training.loss {
                    Loss::MeanSquared => "mean square".to_owned(),
                    Loss::SummedSquared => "sum of squares".to_owned(),
                },
            ),
            ("weight decay", training.weight_decay.to_string()),
            ("training noise", training.noise.to_string()),
            ("seed", training.seed.to_string()),
            (
                "label as an input",
                if self.label_input { "yes" } else { "no" }.to_owned(),
            ),
            (
                "parts",
                match self.parts {
                    Parts::ThreeOneOne => "3 : 1 : 1".to_owned(),
                    Parts::SevenOneTwo => "7 : 1 : 2".to_owned(),
                    Parts::Everything => "everything trained on".to_owned(),
                    Parts::AsGiven => "as the files say".to_owned(),
                },
            ),
            (
                "anomalous classes",
                if self.normality.anomalous_classes.is_empty() {
                    "none".to_owned()
                } else {
                    joined(self.normality.anomalous_classes.iter(), ", ")
                },
            ),
            (
                "contamination",
                format!("{} %", self.normality.contamination * 100.0),
            ),
            ("measure of error", self.measure.name().to_owned()),
        ]
    }
}

const CODE_SIZE: &str = "code size";
const LAYERS: &str = "layers";

fn joined<T: ToString>(parts: impl IntoIterator<Item = T>, between: &str) -> String {
    let parts: Vec<String> = parts.into_iter().map(|part| part.to_string()).collect();
    parts.join(between)
}

/// "sigmoid", or each layer's where they are not alike.
fn activations(hidden: &[Layer]) -> String {
    let mut of_layers: Vec<Activation> = hidden.iter().map(|layer| layer.activation).collect();
    if of_layers.windows(2).all(|pair| pair[0] == pair[1]) {
        of_layers.truncate(1);
    }
    joined(of_layers.into_iter().map(Activation::name), ", ")
}

fn dropout(layers: &[Layer]) -> String {
    if layers.iter().all(|layer| layer.dropout <= 0.0) {
        return "none".to_owned();
    }
    joined(layers.iter().map(|layer| layer.dropout), ", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::recipe::RecipeName;

    fn settings(one: &Recipe, other: &Recipe) -> Vec<&'static str> {
        let differences = one.differences(other);
        differences.iter().map(|known| known.setting).collect()
    }

    #[test]
    fn a_recipe_differs_from_itself_in_nothing() {
        for name in RecipeName::ALL {
            assert_eq!(name.recipe().differences(&name.recipe()), []);
        }
    }

    #[test]
    fn another_code_is_one_difference_and_other_layers_another() {
        let recipe = RecipeName::OPENING.recipe();
        let mut narrow = recipe.clone();
        narrow.set_code_size(2);
        narrow.training.noise = 0.25;
        assert_eq!(settings(&recipe, &narrow), ["code size", "training noise"]);
        let [code, noise] = &recipe.differences(&narrow)[..] else {
            panic!("two differences");
        };
        assert_eq!((code.one.as_str(), code.other.as_str()), ("16", "2"));
        assert_eq!((noise.one.as_str(), noise.other.as_str()), ("0", "0.25"));
        let convolutional = RecipeName::MNIST_CONV.recipe();
        assert!(settings(&recipe, &convolutional).contains(&"layers"));
    }

    #[test]
    fn whatever_recipes_of_the_registry_differ_in_is_told() {
        for one in RecipeName::ALL {
            for other in RecipeName::ALL {
                let (a, b) = (one.recipe(), other.recipe());
                if a != b && a.architecture.input == b.architecture.input {
                    let kernels_alone =
                        a.architecture.layer_sizes() == b.architecture.layer_sizes();
                    assert!(
                        !a.differences(&b).is_empty() || kernels_alone,
                        "{} and {}",
                        one.slug(),
                        other.slug()
                    );
                }
            }
        }
    }
}
