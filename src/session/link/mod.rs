//! What the page knows, as the fragment of a link: `#recipe=uci-digits&rotation=90`.
//!
//! A part that equals the default is left out, and a part that cannot be read is ignored and counted. The recipe is always
//! named, since what the page opens with may change; a link from before it did names none and means
//! [`RecipeName::OF_OLD_LINKS`].

mod curve;
mod ink;
mod layers;
mod names;
mod preparation;
mod rules;
mod run_file;
mod settings;

use super::{
    Bench, Change, Effect, EngineChoice, ItemChoice, Knob, Notice, PictureBench, Place, RowBench,
    Session, Shown, Source, Start,
};
use crate::data::Dataset;
use crate::picture::Steps;
use crate::recipe::{Recipe, RecipeName};

use curve::{LinkedCurve, curve_parts, is_curve, open_curve};
use ink::{ink_in_words, ink_of, is_ink};
use names::{find_in, name_in};
use preparation::{linked_steps, steps_of, steps_parts};
use rules::{is_rule, rule_of, rule_part};
pub use run_file::{RunFile, RunFileError};
use settings::{knob_of, numbers_of, settings_of};

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
    ink: Option<String>,
    row: Option<Vec<f32>>,
    curve: LinkedCurve,
    changes: Vec<Change>,
    is_centred: Option<bool>,
    /// The steps of the preparation without the one of `is_centred`; a link from before there were any says nothing.
    prepared: Option<Steps>,
}

impl LinkedBench {
    /// Whether it says what lies there.
    fn has_item(&self) -> bool {
        self.item.is_some() || self.ink.is_some() || self.row.is_some() || self.curve.has_samples()
    }
}

/// Parts that say nothing of the state, and that no link has had while the page began with another recipe.
const KEYS_OF_NO_STATE: [&str; 4] = ["at", "hide", "embed", "lesson"];

/// The recipe of a page that is opened by a fragment: the one that it names, or what the page opens with where it says nothing.
///
/// A link that names none, or one that is not known any more, opens what it opened when the page began with
/// [`RecipeName::OF_OLD_LINKS`].
pub(super) fn recipe_of(fragment: &str) -> RecipeName {
    let pairs = fragment.split('&').filter_map(|part| part.split_once('='));
    let mut pairs = pairs.filter(|(key, _)| !KEYS_OF_NO_STATE.contains(key));
    if pairs.clone().next().is_none() {
        return RecipeName::OPENING;
    }
    let named = pairs.find(|(key, _)| *key == "recipe");
    named
        .and_then(|(_, slug)| RecipeName::from_slug(slug))
        .unwrap_or(RecipeName::OF_OLD_LINKS)
}

impl Session {
    /// The fragment of a link to what the page shows, without `#`; empty while everything is as the page opens.
    pub fn link_fragment(&self) -> String {
        let lesson = self.linked_lesson();
        let mut parts = lesson.map_or_else(|| self.state_parts(), |lesson| vec![lesson]);
        if let Some(place) = self.place {
            parts.push(format!("at={}", place.slug()));
        }
        parts.extend(self.shown.link_parts());
        parts.join("&")
    }

    /// The fragment of a link for others, which shows what `shown` leaves of the page.
    pub fn shared_fragment(&self, start: &Start, shown: &Shown) -> String {
        let mut parts = match start {
            Start::AsItIs => self.state_parts(),
            Start::Fresh => Vec::new(),
            Start::Lesson(name) => vec![format!("lesson={name}")],
        };
        parts.extend(shown.link_parts());
        parts.join("&")
    }

    /// The recipe in front as it fits the data at hand before any setting is changed.
    pub(super) fn fitting_recipe(&self) -> Recipe {
        let front = &self.studies.front;
        let dataset = front.data.as_ref().map(|data| &*data.dataset);
        let fitting = dataset.and_then(|dataset| front.name.recipe_on(dataset));
        fitting.unwrap_or_else(|| front.name.recipe())
    }

    /// What lies on the bench, and the engine that was chosen: what a study does not say of itself.
    pub(super) fn bench_fragment(&self) -> String {
        let engine = name_in(&ENGINES, &self.engines.choice);
        let bench = self.benches.at_hand.link_parts().into_iter();
        let parts = [("engine", engine)].into_iter().chain(bench);
        let parts = parts.map(|(key, value)| format!("{key}={value}"));
        parts.collect::<Vec<_>>().join("&")
    }

    /// Recipe, settings and bench, as far as they are not as the page opens with them.
    fn state_parts(&self) -> Vec<String> {
        let mut parts = Vec::new();
        let mut add = |key: &str, value: String| parts.push(format!("{key}={value}"));
        let name = self.studies.front.name;
        if self.engines.choice != EngineChoice::Auto {
            add("engine", name_in(&ENGINES, &self.engines.choice));
        }
        let (now, named) = (&self.studies.front.recipe, name.recipe());
        for (key, value) in settings_of(now, &named, &self.fitting_recipe()) {
            add(key, value);
        }
        if self.studies.front.rule != self.studies.front.name.threshold_rule() {
            let (key, value) = rule_part(self.studies.front.rule);
            add(key, value);
        }
        for (key, value) in self.benches.at_hand.link_parts() {
            add(key, value);
        }
        if !parts.is_empty() || name != RecipeName::OPENING {
            parts.insert(0, format!("recipe={}", name.slug()));
        }
        parts
    }

    /// Sets the page up as a link says; the fragment comes without `#`.
    pub(super) fn open_link(&mut self, fragment: &str) -> Vec<Effect> {
        let mut effects = Vec::new();
        let mut n_ignored = 0;
        for part in parts_in_order(fragment) {
            match self.open_pair(part) {
                Some(more) => effects.extend(more),
                None => n_ignored += 1,
            }
        }
        // Data that were here before set the bench up now; others do so when they arrive.
        self.follow_linked_bench();
        if n_ignored > 0 {
            let text = "Part of the link could not be understood and was left out; the rest is set up as it says.";
            self.notice = Some(Notice::new(text));
        }
        effects
    }

    /// The first part of a fragment that says nothing about the state of a page.
    pub(super) fn first_mistake_in(fragment: &str) -> Option<&str> {
        let (mut scratch, _) = Self::open();
        parts_in_order(fragment)
            .find(|part| part.starts_with("lesson=") || scratch.open_pair(part).is_none())
    }

    /// "key=value".
    fn open_pair(&mut self, part: &str) -> Option<Vec<Effect>> {
        let (key, value) = part.split_once('=')?;
        self.open_part(key, value)
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
            "at" => return Some(self.go_to(Some(Place::from_slug(value)?))),
            "hide" => self.shown.hidden = Shown::hidden_of(value)?,
            "embed" => self.shown.is_embedded = (value == "1").then_some(true)?,
            "lesson" => return self.open_linked_lesson(value),
            key if is_rule(key) => self.studies.front.rule = rule_of(key, value)?,
            "item" => self.benches.linked.item = Some(value.parse().ok()?),
            "ink" => {
                self.benches.linked.ink = Some(is_ink(value).then(|| value.to_owned())?);
            }
            "row" => self.benches.linked.row = Some(numbers_of(value)?),
            key if is_curve(key) => self.benches.linked.curve.open_part(key, value)?,
            "rotation" => self.benches.linked.changes.push(Change::Rotate(number()?)),
            "noise" => self
                .benches
                .linked
                .changes
                .push(Change::AddNoise(number()?)),
            "centred" => self.benches.linked.is_centred = Some(value.parse().ok()?),
            "prepared" => self.benches.linked.prepared = Some(steps_of(value)?),
            _ => {
                let knob = self.linked_knob(key, value)?;
                self.studies.front.recipe = self.turned(&knob).ok()?;
            }
        }
        Some(Vec::new())
    }

    /// A setting; what concerns labels is one only where the recipe's data have them.
    fn linked_knob(&self, key: &str, value: &str) -> Option<Knob> {
        let knob = knob_of(key, value)?;
        let needs_labels = matches!(
            knob,
            Knob::AnomalousClasses(_) | Knob::Contamination(_) | Knob::LabelInput(true)
        );
        let has_labels = self.studies.front.name.data().item_shape().has_labels;
        (has_labels || !needs_labels).then_some(knob)
    }

    /// Lays an example on the empty bench, and what the link says in its place.
    pub(super) fn lay_linked(&mut self) {
        self.lay(ItemChoice::Example);
        let has_item = self.benches.linked.has_item();
        self.follow_linked_bench();
        if let (Bench::Picture(bench), false) = (&mut self.benches.at_hand, has_item) {
            bench.make_provisional();
        }
    }

    /// Lays on the bench what the link says of it, once the data are here.
    fn follow_linked_bench(&mut self) {
        if let Some(data) = &self.studies.front.data {
            let linked = std::mem::take(&mut self.benches.linked);
            self.benches.at_hand.open_link(linked, &data.dataset);
        }
    }
}

/// The parts of a fragment. The recipe comes first, whatever its place: the settings are differences from it.
fn parts_in_order(fragment: &str) -> impl Iterator<Item = &str> {
    let parts = || fragment.split('&').filter(|part| !part.is_empty());
    let names_recipe = |part: &&str| part.starts_with("recipe=");
    let others = parts().filter(move |part| !names_recipe(part));
    parts().filter(names_recipe).chain(others)
}

impl Bench {
    /// What a link must say to lay the same there.
    fn link_parts(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Picture(bench) => picture_parts(bench),
            Self::Row(bench) => row_parts(bench),
            Self::Series(bench) => curve_parts(bench),
        }
    }

    /// Takes what a link says of such an item in the place of the example; what it says of others is left out.
    fn open_link(&mut self, linked: LinkedBench, dataset: &Dataset) {
        match self {
            Self::Picture(bench) => open_picture(bench, linked, dataset),
            Self::Row(bench) => {
                if let Some(item) = linked.item {
                    bench.load_item(dataset, item);
                }
                if let Some(values) = linked.row {
                    bench.load_values(values);
                }
            }
            Self::Series(bench) => open_curve(bench, linked, dataset),
        }
    }
}

fn open_picture(bench: &mut PictureBench, linked: LinkedBench, dataset: &Dataset) {
    if let Some(item) = linked.item {
        bench.load_item(dataset, item);
    }
    let ink = linked.ink.and_then(|words| ink_of(&words, bench.ink()));
    let has_ink = ink.is_some();
    if let Some(ink) = ink {
        bench.load_drawing(ink);
    }
    bench.set_steps(linked_steps(
        bench.steps(),
        has_ink,
        linked.prepared,
        linked.is_centred,
    ));
    for change in linked.changes {
        bench.apply(change);
    }
}

fn row_parts(bench: &RowBench) -> Vec<(&'static str, String)> {
    let item = bench.item().map(|item| ("item", item.to_string()));
    let values = bench.values().iter().map(ToString::to_string);
    let is_none_of_the_table = bench.is_edited() || bench.from().is_some();
    let row = is_none_of_the_table.then(|| ("row", values.collect::<Vec<_>>().join(",")));
    item.into_iter().chain(row).collect()
}

fn picture_parts(bench: &PictureBench) -> Vec<(&'static str, String)> {
    let mut parts = Vec::new();
    match bench.source() {
        _ if bench.is_provisional() => {}
        Source::Item { index, .. } => parts.push(("item", index.to_string())),
        Source::Hand | Source::OtherFile(_) => parts.push(("ink", ink_in_words(bench.ink()))),
    }
    if bench.rotation_degrees().abs() > 0.0 {
        parts.push(("rotation", bench.rotation_degrees().to_string()));
    }
    if bench.noise() > 0.0 {
        parts.push(("noise", bench.noise().to_string()));
    }
    let is_item = matches!(bench.source(), Source::Item { .. });
    parts.extend(steps_parts(bench.steps(), is_item));
    parts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::encode;
    use crate::recipe::DataName;
    use crate::session::{DataMessage, Message};

    #[test]
    fn a_link_sets_another_page_up_alike() {
        let (mut session, _) = Session::open_for("recipe=well-trained");
        session.update(Message::OpenLink(
            "rate=0.5&noise=0.25&recipe=uci-digits&threshold=0.125&engine=cpu&rotation=90&centred=false&activation=leaky-relu".to_owned(),
        ));
        load_pictures(&mut session);
        let fragment = session.link_fragment();
        for part in [
            "recipe=uci-digits",
            "engine=cpu",
            "rate=0.5",
            "activation=leaky-relu",
            "threshold=0.125",
            "rotation=90",
            "noise=0.25",
        ] {
            assert!(fragment.contains(part), "{part} in {fragment}");
        }
        assert!(session.notice().is_none());
    }

    /// A page that was opened by a link, its bench still empty.
    fn opened(fragment: &str) -> (Session, Vec<Effect>) {
        let (mut session, mut effects) = Session::open_for(fragment);
        effects.extend(session.update(Message::OpenLink(fragment.to_owned())));
        (session, effects)
    }

    #[test]
    fn a_label_goes_into_layers_that_take_one() {
        for fragment in [
            "recipe=mnist-vae&layers=32relu,8drawn,20gelu,sigmoid&label=yes",
            "recipe=uci-digits&label=no&layers=20gelu,8tanh,20gelu,sigmoid",
        ] {
            let said = opened(fragment).0.link_fragment();
            assert!(said.starts_with(fragment), "{said} for {fragment}");
        }
    }

    #[test]
    fn a_link_that_names_no_recipe_opens_what_it_opened_before() {
        for (fragment, expected) in [
            ("", RecipeName::OPENING),
            ("top", RecipeName::OPENING),
            ("rotation=90", RecipeName::WELL_TRAINED),
            ("normal=0,1&noise=0.5", RecipeName::WELL_TRAINED),
            ("recipe=uci-digits", RecipeName::UCI_DIGITS),
            ("rate=0.5&recipe=handwritten", RecipeName::HANDWRITTEN),
            ("recipe=nothing&noise=0.5", RecipeName::OF_OLD_LINKS),
        ] {
            let (session, effects) = opened(fragment);
            assert_eq!(session.recipe_name(), expected, "{fragment}");
            let fetched: Vec<_> = effects
                .iter()
                .filter(|effect| matches!(effect, Effect::FetchDataset(_)))
                .collect();
            let asked = Effect::FetchDataset(expected.data());
            assert_eq!(fetched, [&asked], "nothing else is asked for: {fragment}");
        }
    }

    /// Fifty pictures, as large as the recipe at hand has them, arrive.
    fn load_pictures(session: &mut Session) {
        let name = session.recipe_name().data();
        let side = if name == DataName::Digits { 8_u8 } else { 28 };
        let n_pixels = 50 * usize::from(side) * usize::from(side);
        let labels: Vec<u8> = (0..50).map(|idx| idx % 10).collect();
        let bytes = encode(side, side, 16, &vec![7; n_pixels], &labels).expect("well formed");
        session.update(Message::Data(DataMessage::DatasetLoaded { name, bytes }));
    }

    #[test]
    fn a_link_of_now_always_names_its_recipe() {
        let (mut session, _) = Session::open();
        load_pictures(&mut session);
        assert_eq!(session.link_fragment(), "", "as the page opens");
        for part in ["engine=cpu", "rate=0.5", "percentile=95", "rotation=90"] {
            let (mut session, _) = Session::open();
            session.update(Message::OpenLink(part.to_owned()));
            load_pictures(&mut session);
            let named = format!("recipe={}&{part}", RecipeName::OPENING.slug());
            assert_eq!(session.link_fragment(), named);
            let (mut again, _) = opened(&named);
            load_pictures(&mut again);
            assert_eq!(again.link_fragment(), named);
        }
        let (mut old, _) = Session::open_for("recipe=well-trained");
        load_pictures(&mut old);
        assert_eq!(old.link_fragment(), "recipe=well-trained");
    }

    #[test]
    fn garbage_in_a_link_is_left_out_with_a_notice() {
        for garbage in [
            "recipe=nothing",
            "rate=-1",
            "rate=NaN",
            "activation=cosine",
            "seed=99999999999999",
            "x",
            "ink=zz",
            "%%%=&&=",
            "threshold=inf",
            "normal=",
            "normal=7,12",
            "normal=3,x",
            "contamination=0.6",
            "contamination=NaN",
            "anomalous=0-9",
            "anomalous=256",
        ] {
            let (mut session, _) = Session::open_for("recipe=well-trained");
            session.update(Message::OpenLink(format!("{garbage}&noise=0.5")));
            load_pictures(&mut session);
            assert!(session.notice().is_some(), "{garbage}");
            assert!((session.treatment().noise - 0.5).abs() < 1e-6, "{garbage}");
            assert!(session.training().validate().is_ok());
        }
    }
}
