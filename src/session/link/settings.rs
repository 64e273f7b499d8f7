//! The settings of a recipe as parts of a link.

use std::collections::BTreeSet;

use super::names::{find_in, name_in};
use crate::anomaly::ErrorMeasure;
use crate::autoencoder::{Activation, Optimiser};
use crate::data::{LARGEST_LABEL, Normality, Parts};
use crate::recipe::Recipe;
use crate::session::Knob;

/// The optimisers by their names in links.
const OPTIMISERS: [(&str, Optimiser); 2] = [("sgd", Optimiser::Sgd), ("adam", Optimiser::Adam)];

/// The parts of the data by their names in links.
const PARTS: [(&str, Parts); 3] = [
    ("3-1-1", Parts::ThreeOneOne),
    ("7-1-2", Parts::SevenOneTwo),
    ("all", Parts::Everything),
];

/// The measures of an error by their names in links; weights follow theirs after a colon.
const MEASURES: [(&str, ErrorMeasure); 5] = [
    ("mean-squared", ErrorMeasure::MeanSquared),
    ("summed-squared", ErrorMeasure::SummedSquared),
    ("mean-absolute", ErrorMeasure::MeanAbsolute),
    ("summed-absolute", ErrorMeasure::SummedAbsolute),
    ("maximum", ErrorMeasure::Maximum),
];
const WEIGHTED: &str = "weighted:";

const YES_OR_NO: [(&str, bool); 2] = [("yes", true), ("no", false)];

/// Every setting that differs from the named recipe's.
pub(super) fn settings_of(now: &Recipe, named: &Recipe) -> Vec<(&'static str, String)> {
    let differing = settings(now).into_iter().zip(settings(named));
    let differing = differing.filter(|(now, named)| now != named);
    differing.map(|(now, _)| now).collect()
}

fn settings(recipe: &Recipe) -> [(&'static str, String); 16] {
    let training = &recipe.training;
    [
        ("rate", training.learning_rate.to_string()),
        ("batch", training.batch_size.to_string()),
        ("epochs", training.epochs.to_string()),
        ("seed", training.seed.to_string()),
        ("optimiser", name_in(&OPTIMISERS, &training.optimiser)),
        ("decay", training.weight_decay.to_string()),
        ("train-noise", training.noise.to_string()),
        (
            "beta",
            recipe
                .architecture
                .beta()
                .map_or_else(String::new, |beta| beta.to_string()),
        ),
        ("code", recipe.architecture.code_size().to_string()),
        (
            "activation",
            name_of(recipe.architecture.hidden_activation()),
        ),
        ("label", name_in(&YES_OR_NO, &recipe.label_input)),
        ("dropout", name_in(&YES_OR_NO, &recipe.has_dropout())),
        ("parts", name_in(&PARTS, &recipe.parts)),
        ("normal", normal_classes(&recipe.normality)),
        ("contamination", recipe.normality.contamination.to_string()),
        ("measure", measure_in_words(&recipe.measure)),
    ]
}

pub(super) fn knob_of(key: &str, value: &str) -> Option<Knob> {
    Some(match key {
        "rate" => Knob::LearningRate(value.parse().ok()?),
        "batch" => Knob::BatchSize(value.parse().ok()?),
        "epochs" => Knob::Epochs(value.parse().ok()?),
        "seed" => Knob::Seed(u64::from(value.parse::<u32>().ok()?)),
        "optimiser" => Knob::Optimiser(find_in(&OPTIMISERS, value)?),
        "decay" => Knob::WeightDecay(value.parse().ok()?),
        "train-noise" => Knob::Noise(value.parse().ok()?),
        "beta" => Knob::Beta(value.parse().ok()?),
        "code" => Knob::CodeSize(value.parse().ok()?),
        "activation" => Knob::Activation(activation_of(value)?),
        "label" => Knob::LabelInput(find_in(&YES_OR_NO, value)?),
        "dropout" => Knob::Dropout(find_in(&YES_OR_NO, value)?),
        "parts" => Knob::Parts(find_in(&PARTS, value)?),
        "normal" => Knob::AnomalousClasses(other_classes(value)?),
        "contamination" => Knob::Contamination(value.parse().ok()?),
        "measure" => Knob::Measure(measure_of(value)?),
        _ => return None,
    })
}

/// An activation's name as a link has it: "leaky-relu".
fn name_of(activation: Activation) -> String {
    activation.name().to_lowercase().replace(' ', "-")
}

fn activation_of(name: &str) -> Option<Activation> {
    let mut all = Activation::ALL.into_iter();
    all.find(|&activation| name_of(activation) == name)
}

/// The digits that are normal, with commas between them.
fn normal_classes(normality: &Normality) -> String {
    let digits = 0..=LARGEST_LABEL;
    let normal = digits.filter(|&digit| normality.is_normal(Some(digit)));
    let words: Vec<String> = normal.map(|digit| digit.to_string()).collect();
    words.join(",")
}

/// The digits that are not among these; `None` where one is no digit, or none is normal.
fn other_classes(words: &str) -> Option<BTreeSet<u8>> {
    let digit = |word: &str| word.parse().ok().filter(|&it: &u8| it <= LARGEST_LABEL);
    let normal: BTreeSet<u8> = words.split(',').map(digit).collect::<Option<_>>()?;
    Some(
        (0..=LARGEST_LABEL)
            .filter(|it| !normal.contains(it))
            .collect(),
    )
}

fn measure_in_words(measure: &ErrorMeasure) -> String {
    if let ErrorMeasure::Weighted { weights } = measure {
        let weights: Vec<String> = weights.iter().map(ToString::to_string).collect();
        return format!("{WEIGHTED}{}", weights.join(","));
    }
    name_in(&MEASURES, measure)
}

fn measure_of(words: &str) -> Option<ErrorMeasure> {
    if let Some(weights) = words.strip_prefix(WEIGHTED) {
        let weights = numbers_of(weights)?;
        let are_valid = weights.iter().all(|&weight| weight >= 0.0);
        return are_valid.then_some(ErrorMeasure::Weighted { weights });
    }
    find_in(&MEASURES, words)
}

/// Finite numbers with commas between them; `None` for anything else, or for more than any row has.
pub(super) fn numbers_of(words: &str) -> Option<Vec<f32>> {
    const MOST: usize = 4_096;
    let numbers = words.split(',').take(MOST + 1).map(|word| {
        let number = word.parse::<f32>().ok();
        number.filter(|number| number.is_finite())
    });
    let numbers: Vec<f32> = numbers.collect::<Option<_>>()?;
    (numbers.len() <= MOST).then_some(numbers)
}
