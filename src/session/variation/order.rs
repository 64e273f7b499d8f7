//! What a list of runs is made of: one setting, some values of it, and some seeds.

use thiserror::Error;

use crate::autoencoder::{Activation, Layer};
use crate::data::{Dataset, with_commas};
use crate::evaluation::AnomalyKind;
use crate::recipe::Recipe;
use crate::session::Knob;

/// The most values of a list.
pub const MOST_VALUES: usize = 8;

/// The most seeds of a list.
pub const MOST_SEEDS: usize = 5;

/// The most parameters of all networks of a list together: with Adam's moments a tab holds 120 MB of them.
const MOST_PARAMETERS: usize = 10_000_000;

/// A setting that a list can go through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VariedSetting {
    /// Values at the bottleneck.
    CodeSize,
    /// Step size.
    LearningRate,
    /// Standard deviation of the noise that is trained with.
    Noise,
    /// Passes over the training items.
    Epochs,
    /// Widths of the encoder, which the decoder mirrors: `64-16`.
    Layers,
    /// What a nat of a variational code costs.
    Beta,
}

impl VariedSetting {
    /// Every setting, in the order in which the page offers them.
    pub const ALL: [Self; 6] = [
        Self::CodeSize,
        Self::LearningRate,
        Self::Noise,
        Self::Epochs,
        Self::Layers,
        Self::Beta,
    ];

    /// What the page calls it.
    pub fn title(self) -> &'static str {
        match self {
            Self::CodeSize => "Code size",
            Self::LearningRate => "Learning rate",
            Self::Noise => "Training noise",
            Self::Epochs => "Epochs",
            Self::Layers => "Layers of the encoder",
            Self::Beta => "β, price of the code",
        }
    }

    /// Values that are worth a look for a recipe, with commas between them; empty where it has no such setting.
    pub fn usual_values(self, recipe: &Recipe) -> String {
        let training = &recipe.training;
        let candidates: Vec<String> = match self {
            Self::CodeSize => ["1", "2", "4", "8", "16", "32"].map(str::to_owned).to_vec(),
            Self::LearningRate => [0.25, 0.5, 1.0, 2.0, 4.0]
                .map(|times| rounded(times * training.learning_rate).to_string())
                .to_vec(),
            Self::Noise => ["0", "0.1", "0.2", "0.3", "0.4"]
                .map(str::to_owned)
                .to_vec(),
            Self::Epochs => ["1", "3", "10", "30", "100"].map(str::to_owned).to_vec(),
            Self::Layers => {
                let code = recipe.architecture.code_size();
                let (double, fourfold) = (2 * code, 4 * code);
                vec![
                    code.to_string(),
                    format!("{double}-{code}"),
                    format!("{fourfold}-{code}"),
                    format!("{fourfold}-{double}-{code}"),
                ]
            }
            Self::Beta => ["0.01", "0.03", "0.1", "0.3", "1"]
                .map(str::to_owned)
                .to_vec(),
        };
        let fitting = candidates.into_iter().filter(|words| {
            let recipe = self.applied_to(recipe, words);
            recipe.is_ok_and(|recipe| recipe.validate().is_ok())
        });
        fitting.collect::<Vec<_>>().join(", ")
    }

    /// The recipe with this setting at a value.
    fn applied_to(self, recipe: &Recipe, words: &str) -> Result<Recipe, VariationError> {
        let knob = self.knob(recipe, words).ok_or_else(|| {
            let words = words.to_owned();
            VariationError::NotAValue {
                setting: self,
                words,
            }
        })?;
        let turned = knob.applied_to(recipe);
        let refuse = |reason: String| VariationError::Refused {
            setting: self,
            words: words.to_owned(),
            reason,
        };
        match self {
            Self::CodeSize if turned.architecture.code_size().to_string() != words => {
                let got = turned.architecture.code_size();
                Err(refuse(format!("in this network it would become {got}")))
            }
            Self::Beta if recipe.architecture.beta().is_none() => Err(refuse(
                "this recipe's code is not drawn by chance".to_owned(),
            )),
            Self::Layers
                if turned.architecture.code_layer() * 2 != turned.architecture.layers.len() =>
            {
                Err(refuse(
                    "the last width is that of the code, which none before it may be below"
                        .to_owned(),
                ))
            }
            Self::CodeSize
            | Self::LearningRate
            | Self::Noise
            | Self::Epochs
            | Self::Layers
            | Self::Beta => Ok(turned),
        }
    }

    fn knob(self, recipe: &Recipe, words: &str) -> Option<Knob> {
        Some(match self {
            Self::CodeSize => Knob::CodeSize(words.parse().ok()?),
            Self::LearningRate => Knob::LearningRate(words.parse().ok()?),
            Self::Noise => Knob::Noise(words.parse().ok()?),
            Self::Epochs => Knob::Epochs(words.parse().ok()?),
            Self::Layers => Knob::Layers(mirrored_layers(recipe, words)?),
            Self::Beta => Knob::Beta(words.parse().ok()?),
        })
    }

    /// What a value looks like.
    fn example(self) -> &'static str {
        match self {
            Self::CodeSize | Self::Epochs => "8",
            Self::LearningRate => "0.005",
            Self::Noise | Self::Beta => "0.1",
            Self::Layers => "64-16",
        }
    }
}

/// Layers of these widths and the same backwards: `64-16` is 64 units, a code of 16, and 64 again.
fn mirrored_layers(recipe: &Recipe, words: &str) -> Option<Vec<Layer>> {
    let widths: Vec<usize> = words
        .split('-')
        .map(|width| width.parse().ok().filter(|&width| width > 0))
        .collect::<Option<_>>()?;
    let (&code, before) = widths.split_last()?;
    let architecture = &recipe.architecture;
    let hidden = architecture.hidden_activation();
    let output = architecture.layers.last();
    let output = output.map_or(Activation::Identity, |last| last.activation);
    let inner = |&width: &usize| Layer::dense(width, hidden);
    let code = match architecture.beta() {
        Some(beta) => Layer::variational(code, beta),
        None => Layer::dense(code, hidden),
    };
    let decoder = before.iter().rev().map(inner);
    let last = Layer::dense(architecture.input_size(), output);
    Some(
        before
            .iter()
            .map(inner)
            .chain([code])
            .chain(decoder)
            .chain([last])
            .collect(),
    )
}

/// Without what a product of decimal numbers leaves far behind the comma.
fn rounded(number: f64) -> f64 {
    (number * 1e9).round() / 1e9
}

/// What the reader asks for.
#[derive(Clone, Debug, PartialEq)]
pub struct VariationOrder {
    /// The setting that differs.
    pub setting: VariedSetting,
    /// Its values, with commas between them; 1 to [`MOST_VALUES`].
    pub values: String,
    /// How many seeds, from the recipe's own on; 1 to [`MOST_SEEDS`].
    pub n_seeds: usize,
    /// What is to be detected.
    pub anomaly: AnomalyKind,
    /// How many runs may be under way at once.
    pub n_runners: usize,
}

/// Why there is no such list.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum VariationError {
    /// Nothing to try.
    #[error("A list needs values, with commas between them.")]
    NoValues,
    /// More than can be looked at.
    #[error("These are {n_values} values; a list takes up to {MOST_VALUES}.")]
    TooManyValues {
        /// How many there are.
        n_values: usize,
    },
    /// None, or more than anyone will wait for.
    #[error("A list takes 1 to {MOST_SEEDS} seeds.")]
    Seeds,
    /// Something that the setting cannot read.
    #[error("“{words}” is no value of this setting; one looks like {}.", setting.example())]
    NotAValue {
        /// The setting.
        setting: VariedSetting,
        /// What was written.
        words: String,
    },
    /// A value that the recipe or the data do not allow.
    #[error("{} {words} does not fit: {reason}.", setting.title())]
    Refused {
        /// The setting.
        setting: VariedSetting,
        /// The value.
        words: String,
        /// Why, as a part of a sentence.
        reason: String,
    },
    /// More than a tab should hold.
    #[error(
        "These networks have {} parameters together, and a list keeps {}: take fewer values or seeds.",
        with_commas(*n_parameters), with_commas(MOST_PARAMETERS)
    )]
    TooLarge {
        /// Of all networks.
        n_parameters: usize,
    },
}

/// A run of a list.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::session) struct PlannedRun {
    /// The value as it was written.
    pub value: String,
    pub seed: u64,
    pub recipe: Recipe,
}

/// The runs of a list, value by value.
///
/// # Errors
/// When a value or the number of seeds is none, or the whole is too large.
pub(super) fn plan(
    order: &VariationOrder,
    base: &Recipe,
    dataset: &Dataset,
) -> Result<Vec<PlannedRun>, VariationError> {
    let mut values: Vec<&str> = Vec::new();
    let is_between = |it: char| it == ',' || it == ';' || it.is_whitespace();
    for value in order.values.split(is_between).filter(|it| !it.is_empty()) {
        if !values.contains(&value) {
            values.push(value);
        }
    }
    let n_values = values.len();
    if n_values == 0 {
        return Err(VariationError::NoValues);
    }
    if n_values > MOST_VALUES {
        return Err(VariationError::TooManyValues { n_values });
    }
    if !(1..=MOST_SEEDS).contains(&order.n_seeds) {
        return Err(VariationError::Seeds);
    }
    let mut runs = Vec::new();
    for value in values {
        let recipe = order.setting.applied_to(base, value)?;
        let checked = recipe.validate_for(dataset);
        checked.map_err(|error| VariationError::Refused {
            setting: order.setting,
            words: value.to_owned(),
            reason: error.to_string(),
        })?;
        for seed in (base.training.seed..).take(order.n_seeds) {
            let mut recipe = recipe.clone();
            recipe.training.seed = seed;
            runs.push(PlannedRun {
                value: value.to_owned(),
                seed,
                recipe,
            });
        }
    }
    let n_parameters = runs
        .iter()
        .map(|run| run.recipe.architecture.n_parameters());
    let n_parameters = n_parameters.sum();
    if n_parameters > MOST_PARAMETERS {
        return Err(VariationError::TooLarge { n_parameters });
    }
    Ok(runs)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evaluation::Corruption;
    use crate::recipe::RecipeName;

    fn digits() -> Dataset {
        let labels: Vec<u8> = (0..50).map(|idx| idx % 10).collect();
        Dataset::pictures(28, 28, 255, vec![7; 50 * 784], labels).expect("fifty pictures")
    }

    fn order(setting: VariedSetting, values: &str, n_seeds: usize) -> VariationOrder {
        VariationOrder {
            setting,
            values: values.to_owned(),
            n_seeds,
            anomaly: AnomalyKind::Corrupted(Corruption::QuarterTurn),
            n_runners: 2,
        }
    }

    fn planned(setting: VariedSetting, values: &str) -> Result<Vec<PlannedRun>, VariationError> {
        let base = RecipeName::OPENING.recipe();
        plan(&order(setting, values, 1), &base, &digits())
    }

    #[test]
    fn a_list_has_a_run_for_each_value_and_seed() {
        let base = RecipeName::OPENING.recipe();
        let order = order(VariedSetting::CodeSize, "2, 4; 8 4,", 3);
        let runs = plan(&order, &base, &digits()).expect("it can be");
        let found: Vec<_> = runs
            .iter()
            .map(|run| {
                (
                    run.value.as_str(),
                    run.seed,
                    run.recipe.architecture.code_size(),
                )
            })
            .collect();
        let expected = [("2", 2), ("4", 4), ("8", 8)];
        let expected = expected
            .into_iter()
            .flat_map(|(words, size)| [1, 2, 3].map(|seed| (words, seed, size)));
        assert_eq!(found, expected.collect::<Vec<_>>());
        assert!(runs.iter().all(|run| run.recipe.training.seed == run.seed));
    }

    #[test]
    fn the_usual_values_of_every_recipe_can_be_run() {
        for name in RecipeName::ALL {
            let recipe = name.recipe();
            for setting in VariedSetting::ALL {
                let usual = setting.usual_values(&recipe);
                let is_there =
                    setting != VariedSetting::Beta || recipe.architecture.beta().is_some();
                assert_eq!(!usual.is_empty(), is_there, "{name:?} {setting:?}");
                for words in usual.split(", ").filter(|words| !words.is_empty()) {
                    let applied = setting.applied_to(&recipe, words);
                    assert!(applied.is_ok(), "{name:?} {words}");
                }
            }
        }
        let opening = RecipeName::OPENING.recipe();
        let usual = VariedSetting::CodeSize.usual_values(&opening);
        assert_eq!(usual, "1, 2, 4, 8, 16, 32");
        let rates = VariedSetting::LearningRate.usual_values(&opening);
        assert_eq!(rates, "0.0015, 0.003, 0.006, 0.012, 0.024");
    }

    #[test]
    fn layers_are_the_encoders_widths() {
        let runs = planned(VariedSetting::Layers, "16, 128-64-16").expect("it can be");
        let sizes = |run: &PlannedRun| run.recipe.architecture.layer_sizes();
        assert_eq!(sizes(&runs[0]), [784, 16, 784]);
        assert_eq!(sizes(&runs[1]), [784, 128, 64, 16, 64, 128, 784]);
        assert!(runs[1].recipe.architecture.is_mirrored());
        let drawn = RecipeName::VAE.recipe();
        let turned = VariedSetting::Layers
            .applied_to(&drawn, "24-3")
            .expect("it can be");
        assert_eq!(
            (turned.architecture.code_size(), turned.architecture.beta()),
            (3, Some(0.1))
        );
    }

    #[test]
    fn what_cannot_be_is_refused_with_its_reason() {
        let sentence = |setting, values: &str| {
            planned(setting, values)
                .expect_err("no such list")
                .to_string()
        };
        let code = VariedSetting::CodeSize;
        assert_eq!(
            sentence(code, " , "),
            "A list needs values, with commas between them."
        );
        assert_eq!(
            sentence(code, "1 2 3 4 5 6 7 8 9"),
            "These are 9 values; a list takes up to 8."
        );
        assert_eq!(
            sentence(code, "4, many"),
            "“many” is no value of this setting; one looks like 8."
        );
        assert_eq!(
            sentence(code, "100"),
            "Code size 100 does not fit: in this network it would become 64."
        );
        let rate = sentence(VariedSetting::LearningRate, "0.1, -3");
        assert!(
            rate.starts_with("Learning rate -3 does not fit: the learning rate is -3;"),
            "{rate}"
        );
        let layers = sentence(VariedSetting::Layers, "16-64");
        assert!(
            layers.contains("the last width is that of the code"),
            "{layers}"
        );
        let beta = sentence(VariedSetting::Beta, "0.1");
        assert!(beta.contains("not drawn by chance"), "{beta}");
        let wide = sentence(VariedSetting::Layers, "3000-16, 3001-16, 3002-16");
        assert!(wide.contains("parameters together"), "{wide}");
        let base = RecipeName::OPENING.recipe();
        let none = plan(&order(code, "4", 0), &base, &digits());
        assert_eq!(none, Err(VariationError::Seeds));
    }
}
