//! What the page knows, as the fragment of a link: `#recipe=uci-digits&rotation=90`.
//!
//! A part that equals the default is left out; a part that cannot be read is ignored and counted.

use super::{Bench, Change, Effect, EngineChoice, Knob, Notice, Session, Source};
use crate::anomaly::{ErrorMeasure, ThresholdRule};
use crate::autoencoder::Optimiser;
use crate::data::Parts;
use crate::picture::Picture;
use crate::recipe::{Recipe, RecipeName};

/// Shades of ink that a link can hold, as the letters `a` (paper) to `p` (full ink).
const N_SHADES: u8 = 16;

/// The optimisers by their names in links.
const OPTIMISERS: [(&str, Optimiser); 2] = [("sgd", Optimiser::Sgd), ("adam", Optimiser::Adam)];

/// The engines by their names in links.
const ENGINES: [(&str, EngineChoice); 3] = [
    ("auto", EngineChoice::Auto),
    ("webgpu", EngineChoice::WebGpu),
    ("cpu", EngineChoice::Cpu),
];

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

/// What a link says about the bench; it takes effect when the digits have arrived.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct LinkedBench {
    item: Option<usize>,
    ink: Option<String>,
    row: Option<Vec<f32>>,
    changes: Vec<Change>,
}

impl Session {
    /// The fragment of a link to what the page shows, without `#`; empty while everything is at its default.
    pub fn link_fragment(&self) -> String {
        let mut parts = Vec::new();
        let mut add = |key: &str, value: String| parts.push(format!("{key}={value}"));
        if self.recipe_name != RecipeName::WellTrained {
            add("recipe", self.recipe_name.slug().to_owned());
        }
        if self.engines.choice != EngineChoice::Auto {
            add("engine", name_in(&ENGINES, &self.engines.choice));
        }
        for (key, value) in settings_of(&self.recipe, &self.recipe_name.recipe()) {
            add(key, value);
        }
        if self.rule != self.recipe_name.threshold_rule() {
            let (key, value) = rule_part(self.rule);
            add(key, value);
        }
        for (key, value) in self.bench_parts() {
            add(key, value);
        }
        parts.join("&")
    }

    /// Sets the page up as a link says; the fragment comes without `#`.
    pub(super) fn open_link(&mut self, fragment: &str) -> Vec<Effect> {
        let pairs = || fragment.split('&').filter(|part| !part.is_empty());
        let mut effects = Vec::new();
        let mut n_ignored = 0;
        // The recipe comes first, whatever its place: the settings are differences from it.
        let by_recipe_first = |part: &&str| !part.starts_with("recipe=");
        let mut ordered: Vec<&str> = pairs().collect();
        ordered.sort_by_key(by_recipe_first);
        for part in ordered {
            let understood = part
                .split_once('=')
                .and_then(|(key, value)| self.open_part(key, value));
            match understood {
                Some(more) => effects.extend(more),
                None => n_ignored += 1,
            }
        }
        if self.is_table() {
            // Generated data are there at once; others set the bench up when they arrive.
            self.set_linked_row();
        }
        if n_ignored > 0 {
            let text = "Part of the link could not be understood and was left out; the rest is set up as it says.";
            self.notice = Some(Notice::new(text));
        }
        effects
    }

    fn open_part(&mut self, key: &str, value: &str) -> Option<Vec<Effect>> {
        let number = || {
            value
                .parse::<f32>()
                .ok()
                .filter(|number| number.is_finite())
        };
        match key {
            "recipe" => return Some(self.choose_recipe(RecipeName::from_slug(value)?)),
            "engine" => return Some(self.choose_engine(find_in(&ENGINES, value)?)),
            "threshold" => self.rule = ThresholdRule::Manual(number().filter(|&line| line >= 0.0)?),
            "false-alarms" => {
                let alpha = number().filter(|&alpha| alpha > 0.0 && alpha < 1.0)?;
                self.rule = ThresholdRule::Conformal { alpha };
            }
            "theta" => self.rule = ThresholdRule::MinMax { theta: number()? },
            "batch-losses" => {
                let batch_size = value.parse().ok().filter(|&size| size > 0)?;
                self.rule = ThresholdRule::BatchLosses { batch_size };
            }
            "item" => self.linked_bench.item = Some(value.parse().ok()?),
            "ink" => {
                self.linked_bench.ink = Some(is_ink(value).then(|| value.to_owned())?);
            }
            "row" => self.linked_bench.row = Some(numbers_of(value)?),
            "rotation" => self.linked_bench.changes.push(Change::Rotate(number()?)),
            "noise" => self.linked_bench.changes.push(Change::AddNoise(number()?)),
            "centred" => self
                .linked_bench
                .changes
                .push(Change::Centre(value.parse().ok()?)),
            _ => {
                let recipe = knob_of(key, value)?.applied_to(&self.recipe);
                recipe.training.validate().ok()?;
                recipe.architecture.validate().ok()?;
                self.recipe = recipe;
            }
        }
        Some(Vec::new())
    }

    /// Lays on the bench what the link says; `false` when it says nothing of a drawing.
    pub(super) fn set_linked_bench(&mut self) -> bool {
        let linked = std::mem::take(&mut self.linked_bench);
        let ink = linked
            .ink
            .and_then(|words| ink_of(&words, self.bench.ink()));
        let has_drawing = linked.item.is_some() || ink.is_some();
        if let (Some(item), Some(data)) = (linked.item, &self.data) {
            self.bench.load_item(&data.dataset, item);
        }
        if let Some(ink) = ink {
            self.bench.load_drawing(ink);
        }
        if !has_drawing {
            self.load_example();
        }
        for change in linked.changes {
            self.bench.apply(change);
        }
        has_drawing
    }

    /// Lays the row on the bench that the link names or spells out.
    pub(super) fn set_linked_row(&mut self) {
        let linked = std::mem::take(&mut self.linked_bench);
        if let (Some(item), Some(data)) = (linked.item, &self.data) {
            self.row_bench.load_item(&data.dataset, item);
        }
        if let Some(values) = linked.row {
            self.row_bench.load_values(values);
        }
    }

    fn bench_parts(&self) -> Vec<(&'static str, String)> {
        let is_table = self
            .data
            .as_ref()
            .is_some_and(|data| data.dataset.schema().is_some());
        if !is_table {
            return picture_parts(&self.bench);
        }
        let item = self.row_bench.item().map(|item| ("item", item.to_string()));
        let values = self.row_bench.values().iter().map(ToString::to_string);
        let row = self
            .row_bench
            .is_edited()
            .then(|| ("row", values.collect::<Vec<_>>().join(",")));
        item.into_iter().chain(row).collect()
    }
}

fn rule_part(rule: ThresholdRule) -> (&'static str, String) {
    match rule {
        ThresholdRule::Conformal { alpha } => ("false-alarms", alpha.to_string()),
        ThresholdRule::BatchLosses { batch_size } => ("batch-losses", batch_size.to_string()),
        ThresholdRule::MinMax { theta } => ("theta", theta.to_string()),
        ThresholdRule::Manual(threshold) => ("threshold", threshold.to_string()),
    }
}

/// Every setting that differs from the named recipe's.
fn settings_of(now: &Recipe, named: &Recipe) -> Vec<(&'static str, String)> {
    let differing = settings(now).into_iter().zip(settings(named));
    let differing = differing.filter(|(now, named)| now != named);
    differing.map(|(now, _)| now).collect()
}

fn settings(recipe: &Recipe) -> [(&'static str, String); 12] {
    let training = &recipe.training;
    [
        ("rate", training.learning_rate.to_string()),
        ("batch", training.batch_size.to_string()),
        ("epochs", training.epochs.to_string()),
        ("seed", training.seed.to_string()),
        ("optimiser", name_in(&OPTIMISERS, &training.optimiser)),
        ("decay", training.weight_decay.to_string()),
        ("train-noise", training.noise.to_string()),
        ("code", recipe.architecture.code_size().to_string()),
        ("label", name_in(&YES_OR_NO, &recipe.label_input)),
        ("dropout", name_in(&YES_OR_NO, &recipe.has_dropout())),
        ("parts", name_in(&PARTS, &recipe.parts)),
        ("measure", measure_in_words(&recipe.measure)),
    ]
}

fn knob_of(key: &str, value: &str) -> Option<Knob> {
    Some(match key {
        "rate" => Knob::LearningRate(value.parse().ok()?),
        "batch" => Knob::BatchSize(value.parse().ok()?),
        "epochs" => Knob::Epochs(value.parse().ok()?),
        "seed" => Knob::Seed(u64::from(value.parse::<u32>().ok()?)),
        "optimiser" => Knob::Optimiser(find_in(&OPTIMISERS, value)?),
        "decay" => Knob::WeightDecay(value.parse().ok()?),
        "train-noise" => Knob::Noise(value.parse().ok()?),
        "code" => Knob::CodeSize(value.parse().ok()?),
        "label" => Knob::LabelInput(find_in(&YES_OR_NO, value)?),
        "dropout" => Knob::Dropout(find_in(&YES_OR_NO, value)?),
        "parts" => Knob::Parts(find_in(&PARTS, value)?),
        "measure" => Knob::Measure(measure_of(value)?),
        _ => return None,
    })
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
fn numbers_of(words: &str) -> Option<Vec<f32>> {
    const MOST: usize = 4_096;
    let numbers = words.split(',').take(MOST + 1).map(|word| {
        let number = word.parse::<f32>().ok();
        number.filter(|number| number.is_finite())
    });
    let numbers: Vec<f32> = numbers.collect::<Option<_>>()?;
    (numbers.len() <= MOST).then_some(numbers)
}

fn picture_parts(bench: &Bench) -> Vec<(&'static str, String)> {
    let mut parts = Vec::new();
    let is_item = matches!(bench.source(), Source::Item { .. });
    match bench.source() {
        _ if bench.is_provisional() => {}
        Source::Item { index, .. } => parts.push(("item", index.to_string())),
        Source::Hand => parts.push(("ink", ink_in_words(bench.ink()))),
    }
    if bench.rotation_degrees().abs() > 0.0 {
        parts.push(("rotation", bench.rotation_degrees().to_string()));
    }
    if bench.noise() > 0.0 {
        parts.push(("noise", bench.noise().to_string()));
    }
    if bench.is_centring() == is_item {
        parts.push(("centred", bench.is_centring().to_string()));
    }
    parts
}

/// Ink as runs of one shade: a letter, and how often it comes where that is more than once.
fn ink_in_words(picture: &Picture) -> String {
    let shade = |ink: f32| (ink * f32::from(N_SHADES - 1)).round() as u8;
    let shades: Vec<u8> = picture.ink().iter().map(|&ink| shade(ink)).collect();
    let runs = shades.chunk_by(|a, b| a == b).map(|run| {
        let letter = char::from(b'a' + run[0]);
        if run.len() == 1 {
            letter.to_string()
        } else {
            format!("{letter}{}", run.len())
        }
    });
    runs.collect()
}

/// The inverse of [`ink_in_words`] for a picture of the size of `like`; `None` unless it fills it exactly.
fn ink_of(words: &str, like: &Picture) -> Option<Picture> {
    let n_values = like.ink().len();
    let mut ink: Vec<f32> = Vec::with_capacity(n_values);
    let mut rest = words;
    while let Some(letter) = rest.bytes().next() {
        let shade = letter.checked_sub(b'a').filter(|&shade| shade < N_SHADES)?;
        rest = &rest[1..];
        let n_digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let (digits, after) = rest.split_at(n_digits);
        rest = after;
        let length = if digits.is_empty() {
            1
        } else {
            digits.parse::<usize>().ok()?
        };
        if length > n_values - ink.len() {
            return None;
        }
        ink.resize(
            ink.len() + length,
            f32::from(shade) / f32::from(N_SHADES - 1),
        );
    }
    (ink.len() == n_values).then(|| Picture::from_ink(like.width(), like.height(), ink))?
}

/// Whether words could be the ink of some picture: letters of shades with counts.
fn is_ink(words: &str) -> bool {
    let mut letters = words.bytes();
    let is_shade = |byte: u8| (b'a'..b'a' + N_SHADES).contains(&byte);
    letters.next().is_some_and(is_shade)
        && letters.all(|byte| is_shade(byte) || byte.is_ascii_digit())
}

fn name_in<T: PartialEq>(names: &[(&str, T)], wanted: &T) -> String {
    let found = names.iter().find(|(_, known)| known == wanted);
    found.map_or_else(String::new, |(name, _)| (*name).to_owned())
}

fn find_in<T: Clone>(names: &[(&str, T)], wanted: &str) -> Option<T> {
    names
        .iter()
        .find(|(name, _)| *name == wanted)
        .map(|(_, value)| value.clone())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::picture::Brush;

    fn drawn() -> Picture {
        let mut picture = Picture::blank(32, 32);
        picture.stroke((4.0, 4.0), (28.0, 20.0), 2.5, Brush::Ink);
        picture
    }

    #[test]
    fn ink_survives_its_way_through_a_link() {
        let words = ink_in_words(&drawn());
        let again = ink_of(&words, &drawn()).expect("the words are our own");
        assert_eq!(ink_in_words(&again), words);
        let furthest = again
            .ink()
            .iter()
            .zip(drawn().ink())
            .map(|(a, b)| (a - b).abs())
            .fold(0.0, f32::max);
        assert!(furthest <= 0.5 / 15.0 + 1e-6, "{furthest}");
    }

    #[test]
    fn broken_ink_is_refused() {
        for words in [
            "",
            "a",
            "a1025",
            "a99999999999999999999",
            "q1024",
            "a1023é",
            "A1024",
            "1024a",
        ] {
            assert_eq!(ink_of(words, &drawn()), None, "{words}");
        }
        assert!(ink_of("a1024", &drawn()).is_some());
    }

    #[test]
    fn a_link_sets_another_page_up_alike() {
        let (mut session, _) = Session::open();
        session.update(super::super::Message::OpenLink(
            "rate=0.5&noise=0.25&recipe=uci-digits&threshold=0.125&engine=cpu&rotation=90&centred=false".to_owned(),
        ));
        session.set_linked_bench();
        let fragment = session.link_fragment();
        for part in [
            "recipe=uci-digits",
            "engine=cpu",
            "rate=0.5",
            "threshold=0.125",
            "rotation=90",
            "noise=0.25",
        ] {
            assert!(fragment.contains(part), "{part} in {fragment}");
        }
        assert!(session.notice().is_none());
    }

    #[test]
    fn garbage_in_a_link_is_left_out_with_a_notice() {
        for garbage in [
            "recipe=nothing",
            "rate=-1",
            "rate=NaN",
            "seed=99999999999999",
            "x",
            "ink=zz",
            "%%%=&&=",
            "threshold=inf",
        ] {
            let (mut session, _) = Session::open();
            session.update(super::super::Message::OpenLink(format!(
                "{garbage}&noise=0.5"
            )));
            session.set_linked_bench();
            assert!(session.notice().is_some(), "{garbage}");
            assert!((session.bench().noise() - 0.5).abs() < 1e-6, "{garbage}");
            assert!(session.training().validate().is_ok());
        }
    }
}
