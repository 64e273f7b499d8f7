//! What the page knows, as the fragment of a link: `#recipe=uci-digits&rotation=90`.
//!
//! A part that equals the default is left out; a part that cannot be read is ignored and counted.

use super::{Bench, Change, Effect, EngineChoice, Knob, Notice, Session, Source, ThresholdRule};
use crate::autoencoder::{Optimiser, TrainingConfig};
use crate::picture::Picture;
use crate::recipe::RecipeName;

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

/// What a link says about the bench; it takes effect when the digits have arrived.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct LinkedBench {
    item: Option<usize>,
    ink: Option<Picture>,
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
        for (key, value) in settings_of(&self.recipe.training, &self.recipe_name.recipe().training)
        {
            add(key, value);
        }
        if let ThresholdRule::Manual(threshold) = self.rule {
            add("threshold", threshold.to_string());
        }
        for (key, value) in bench_parts(&self.bench) {
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
            "item" => self.linked_bench.item = Some(value.parse().ok()?),
            "ink" => self.linked_bench.ink = Some(ink_of(value, self.bench.ink())?),
            "rotation" => self.linked_bench.changes.push(Change::Rotate(number()?)),
            "noise" => self.linked_bench.changes.push(Change::AddNoise(number()?)),
            "centred" => self
                .linked_bench
                .changes
                .push(Change::Centre(value.parse().ok()?)),
            _ => {
                let training = knob_of(key, value)?.applied_to(&self.recipe.training);
                training.validate().ok()?;
                self.recipe.training = training;
            }
        }
        Some(Vec::new())
    }

    /// Lays on the bench what the link says; `false` when it says nothing of a drawing.
    pub(super) fn set_linked_bench(&mut self) -> bool {
        let LinkedBench { item, ink, changes } = std::mem::take(&mut self.linked_bench);
        let has_drawing = item.is_some() || ink.is_some();
        if let (Some(item), Some(data)) = (item, &self.data) {
            self.bench.load_item(&data.dataset, item);
        }
        if let Some(ink) = ink {
            self.bench.load_drawing(ink);
        }
        if !has_drawing {
            self.load_example();
        }
        for change in changes {
            self.bench.apply(change);
        }
        has_drawing
    }
}

fn settings_of(now: &TrainingConfig, named: &TrainingConfig) -> Vec<(&'static str, String)> {
    let optimiser = |config: &TrainingConfig| name_in(&OPTIMISERS, &config.optimiser);
    let all = [
        (
            "rate",
            now.learning_rate.to_string(),
            named.learning_rate.to_string(),
        ),
        (
            "batch",
            now.batch_size.to_string(),
            named.batch_size.to_string(),
        ),
        ("epochs", now.epochs.to_string(), named.epochs.to_string()),
        ("seed", now.seed.to_string(), named.seed.to_string()),
        ("optimiser", optimiser(now), optimiser(named)),
    ];
    let changed = all.into_iter().filter(|(_, now, named)| now != named);
    changed.map(|(key, now, _)| (key, now)).collect()
}

fn knob_of(key: &str, value: &str) -> Option<Knob> {
    Some(match key {
        "rate" => Knob::LearningRate(value.parse().ok()?),
        "batch" => Knob::BatchSize(value.parse().ok()?),
        "epochs" => Knob::Epochs(value.parse().ok()?),
        "seed" => Knob::Seed(u64::from(value.parse::<u32>().ok()?)),
        "optimiser" => Knob::Optimiser(find_in(&OPTIMISERS, value)?),
        _ => return None,
    })
}

fn bench_parts(bench: &Bench) -> Vec<(&'static str, String)> {
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

fn name_in<T: PartialEq>(names: &[(&str, T)], wanted: &T) -> String {
    let found = names.iter().find(|(_, known)| known == wanted);
    found.map_or_else(String::new, |(name, _)| (*name).to_owned())
}

fn find_in<T: Copy>(names: &[(&str, T)], wanted: &str) -> Option<T> {
    names
        .iter()
        .find(|(name, _)| *name == wanted)
        .map(|&(_, value)| value)
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
