//! The settings of a recipe as parts of a link.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use super::layers::{layers_in_words, layers_of};
use super::names::{find_in, name_in};
use crate::anomaly::ErrorMeasure;
use crate::autoencoder::{Activation, Optimiser};
use crate::data::{Normality, Parts};
use crate::recipe::Recipe;
use crate::session::Knob;

/// The parts of the data by their names in links.
const PARTS: [(&str, Parts); 4] = [
    ("3-1-1", Parts::ThreeOneOne),
    ("7-1-2", Parts::SevenOneTwo),
    ("all", Parts::Everything),
    ("given", Parts::AsGiven),
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

/// The classes of the data that come with the page.
const DIGITS: RangeInclusive<u8> = 0..=9;

const YES_OR_NO: [(&str, bool); 2] = [("yes", true), ("no", false)];

const LABEL: &str = "label";

/// What a list of layers says, too.
const KEYS_OF_LAYERS: [&str; 3] = ["code", "activation", "dropout"];

/// Every setting that differs from the named recipe's; `fitting` is that one as it fits the data at hand.
///
/// The layers are listed where no few words say what became of them.
pub(super) fn settings_of(
    now: &Recipe,
    named: &Recipe,
    fitting: &Recipe,
) -> Vec<(&'static str, String)> {
    let differing = settings(now).into_iter().zip(settings(named));
    let differing = differing.filter(|(now, named)| now != named);
    let mut differing: Vec<(&str, String)> = differing.map(|(now, _)| now).collect();
    let knobs = differing
        .iter()
        .filter_map(|(key, value)| knob_of(key, value));
    let by_knobs = knobs.fold(fitting.clone(), |recipe, knob| knob.applied_to(&recipe));
    if by_knobs.architecture.layers != now.architecture.layers {
        differing.retain(|(key, _)| !KEYS_OF_LAYERS.contains(key));
        differing.push(("layers", layers_in_words(&now.architecture.layers)));
        // Dense layers alone take a label, so they come first where there is one, and last where there is none any more.
        differing.sort_by_key(|(key, _)| *key == LABEL && now.label_input);
    }
    differing
}

fn settings(recipe: &Recipe) -> [(&'static str, String); 16] {
    let training = &recipe.training;
    [
        ("rate", training.learning_rate.to_string()),
        ("batch", training.batch_size.to_string()),
        ("epochs", training.epochs.to_string()),
        ("seed", training.seed.to_string()),
        ("optimiser", in_link(training.optimiser.name())),
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
            in_link(recipe.architecture.hidden_activation().name()),
        ),
        (LABEL, name_in(&YES_OR_NO, &recipe.label_input)),
        ("dropout", name_in(&YES_OR_NO, &recipe.has_dropout())),
        ("parts", name_in(&PARTS, &recipe.parts)),
        classes_part(&recipe.normality),
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
        "optimiser" => Knob::Optimiser(optimiser_of(value)?),
        "decay" => Knob::WeightDecay(value.parse().ok()?),
        "train-noise" => Knob::Noise(value.parse().ok()?),
        "beta" => Knob::Beta(value.parse().ok()?),
        "code" => Knob::CodeSize(value.parse().ok()?),
        "activation" => Knob::Activation(activation_of(value)?),
        "layers" => Knob::Layers(layers_of(value)?),
        LABEL => Knob::LabelInput(find_in(&YES_OR_NO, value)?),
        "dropout" => Knob::Dropout(find_in(&YES_OR_NO, value)?),
        "parts" => Knob::Parts(find_in(&PARTS, value)?),
        "normal" => Knob::AnomalousClasses(other_digits(value)?),
        "anomalous" => Knob::AnomalousClasses(classes_of(value)?),
        "contamination" => Knob::Contamination(value.parse().ok()?),
        "measure" => Knob::Measure(measure_of(value)?),
        _ => return None,
    })
}

/// A name as a link has it: "leaky-relu".
pub(super) fn in_link(name: &str) -> String {
    name.to_lowercase().replace(' ', "-")
}

pub(super) fn activation_of(value: &str) -> Option<Activation> {
    let mut all = Activation::ALL.into_iter();
    all.find(|activation| in_link(activation.name()) == value)
}

fn optimiser_of(value: &str) -> Option<Optimiser> {
    let mut all = Optimiser::ALL.into_iter();
    all.find(|optimiser| in_link(optimiser.name()) == value)
}

/// The digits that are normal, with commas between them; where that does not say it all, the classes that are not normal,
/// such as `3,10-12`.
fn classes_part(normality: &Normality) -> (&'static str, String) {
    let anomalous = &normality.anomalous_classes;
    let normal: Vec<String> = DIGITS
        .filter(|digit| !anomalous.contains(digit))
        .map(|digit| digit.to_string())
        .collect();
    if anomalous.iter().any(|it| !DIGITS.contains(it)) || normal.is_empty() {
        return ("anomalous", ranges_in_words(anomalous));
    }
    ("normal", normal.join(","))
}

/// Ranges without gaps, with commas between them.
fn ranges_in_words(classes: &BTreeSet<u8>) -> String {
    let mut ranges: Vec<RangeInclusive<u8>> = Vec::new();
    for &class in classes {
        match ranges.last_mut() {
            Some(last) if last.end().checked_add(1) == Some(class) => *last = *last.start()..=class,
            _ => ranges.push(class..=class),
        }
    }
    let in_words = |range: &RangeInclusive<u8>| match (range.start(), range.end()) {
        (start, end) if start == end => start.to_string(),
        (start, end) => format!("{start}-{end}"),
    };
    ranges.iter().map(in_words).collect::<Vec<_>>().join(",")
}

/// The digits that are not among these; `None` where one is no digit, or none is normal.
fn other_digits(words: &str) -> Option<BTreeSet<u8>> {
    let digit = |word: &str| word.parse().ok().filter(|it| DIGITS.contains(it));
    let normal: BTreeSet<u8> = words.split(',').map(digit).collect::<Option<_>>()?;
    Some(DIGITS.filter(|it| !normal.contains(it)).collect())
}

/// The classes of ranges with commas between them; `None` where a part is neither a class nor a range of them.
fn classes_of(words: &str) -> Option<BTreeSet<u8>> {
    let range = |word: &str| -> Option<RangeInclusive<u8>> {
        let (start, end) = word.split_once('-').unwrap_or((word, word));
        let (start, end) = (start.parse().ok()?, end.parse().ok()?);
        (start <= end).then_some(start..=end)
    };
    let ranges: Vec<_> = words.split(',').map(range).collect::<Option<_>>()?;
    Some(ranges.into_iter().flatten().collect())
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

#[cfg(test)]
mod tests {
    use super::*;

    fn without(classes: impl IntoIterator<Item = u8>) -> Normality {
        Normality {
            anomalous_classes: classes.into_iter().collect(),
            ..Normality::default()
        }
    }

    fn read((key, value): (&str, String)) -> Knob {
        knob_of(key, &value).unwrap_or_else(|| panic!("{key}={value} is understood"))
    }

    #[test]
    fn a_link_says_which_digits_are_normal() {
        let part = |classes: &[u8]| classes_part(&without(classes.iter().copied()));
        assert_eq!(part(&[]), ("normal", "0,1,2,3,4,5,6,7,8,9".to_owned()));
        assert_eq!(part(&[0, 3]), ("normal", "1,2,4,5,6,7,8,9".to_owned()));
    }

    #[test]
    fn a_link_says_which_of_other_classes_are_not_normal() {
        let part = |classes: &[u8]| classes_part(&without(classes.iter().copied()));
        assert_eq!(
            part(&[3, 10, 11, 12, 26]),
            ("anomalous", "3,10-12,26".to_owned())
        );
        let digits: Vec<u8> = DIGITS.collect();
        assert_eq!(part(&digits), ("anomalous", "0-9".to_owned()));
        let all: Vec<u8> = (0..=u8::MAX).collect();
        assert_eq!(part(&all), ("anomalous", "0-255".to_owned()));
    }

    #[test]
    fn classes_come_back_from_a_link() {
        let some = [
            without([]),
            without([7]),
            without(DIGITS),
            without([0, 25]),
            without((1..=26).step_by(2)),
            without([9, 10]),
            without([254, 255]),
            without(1..=u8::MAX),
        ];
        for normality in some {
            let read = read(classes_part(&normality));
            assert_eq!(read, Knob::AnomalousClasses(normality.anomalous_classes));
        }
    }

    #[test]
    fn what_is_no_range_of_classes_is_refused() {
        for words in ["", "256", "5-3", "1-", "-4", "1--2", "a", "1,,2", "0-256"] {
            assert_eq!(knob_of("anomalous", words), None, "{words}");
        }
    }
}
