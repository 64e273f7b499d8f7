//! A list of runs: what came of each, and what it says of the setting.

use crate::anomaly::format_error;
use crate::data::ItemKind;
use crate::evaluation::AnomalyKind;
use crate::session::variation::{List, ListedRun, RunState};
use crate::session::{Session, VariedSetting};

/// A list of runs.
#[derive(Clone, Debug, PartialEq)]
pub struct VariationView {
    /// What differs and what was detected, in words.
    pub title: String,
    /// What differs: "Code size".
    pub setting: &'static str,
    /// A group for each value, in the order of the list.
    pub groups: Vec<ValueGroup>,
    /// The part that is done, 0…1; `None` where nothing is under way.
    pub progress: Option<f64>,
    /// "4 of 6 runs are done."
    pub standing: String,
    /// What the figures say, as a sentence; empty while they say nothing.
    pub finding: String,
    /// Why some runs came to nothing, as sentences.
    pub failures: Vec<String>,
    /// Whether a run can take the place of the study in front.
    pub can_bring_to_front: bool,
}

/// The runs of one value.
#[derive(Clone, Debug, PartialEq)]
pub struct ValueGroup {
    /// As it was written.
    pub value: String,
    /// Those that are done.
    pub runs: Vec<RunDot>,
    /// Mean squared error of the calibration items; `None` before any is done.
    pub error: Option<MeanAndSpan>,
    /// The area under the ROC curve; `None` where nothing was detected.
    pub detection: Option<MeanAndSpan>,
}

/// A run that is done.
#[derive(Clone, Debug, PartialEq)]
pub struct RunDot {
    /// Its place in the list.
    pub run_idx: usize,
    /// "Code size 4, seed 1".
    pub name: String,
    /// Mean squared error of the calibration items.
    pub error: f64,
    /// The area under the ROC curve, 0…1.
    pub detection: Option<f64>,
    /// Whether it is the study in front.
    pub is_in_front: bool,
}

/// What several seeds gave.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MeanAndSpan {
    /// Their mean.
    pub mean: f64,
    /// The smallest.
    pub low: f64,
    /// The largest.
    pub high: f64,
}

impl MeanAndSpan {
    /// `None` without values.
    fn of(values: impl Iterator<Item = f64> + Clone) -> Option<Self> {
        let n_values = values.clone().count();
        (n_values > 0).then(|| Self {
            mean: values.clone().sum::<f64>() / n_values as f64,
            low: values.clone().fold(f64::INFINITY, f64::min),
            high: values.fold(f64::NEG_INFINITY, f64::max),
        })
    }
}

impl Session {
    /// The list at hand; `None` before the first.
    pub fn variation_view(&self) -> Option<VariationView> {
        let list = self.variation.list.as_ref()?;
        let groups = self.value_groups(list);
        let (setting, anomaly) = (list.order.setting.title(), list.order.anomaly.title());
        let n_done = groups.iter().map(|group| group.runs.len()).sum::<usize>();
        let n_runs = list.runs.len();
        let parts = list.runs.iter().map(|run| match run.state {
            RunState::Waiting => 0.0,
            RunState::Underway(progress) => f64::from(progress),
            RunState::Ended(_) | RunState::Failed(_) => 1.0,
        });
        let progress = parts.sum::<f64>() / n_runs.max(1) as f64;
        let with_setting = list.runs.iter().map(|run| (list.order.setting, run));
        let failures = with_setting.filter_map(failure);
        Some(VariationView {
            title: format!("{} · {anomaly}", list.name.title()),
            setting,
            progress: list.is_underway().then_some(progress),
            standing: format!("{n_done} of {n_runs} runs are done."),
            finding: finding(&groups),
            failures: failures.collect(),
            can_bring_to_front: self.can_bring_to_front(),
            groups,
        })
    }

    /// Why the last order of a list was not taken, as a sentence.
    pub fn variation_refusal(&self) -> Option<&str> {
        self.variation.refusal.as_deref()
    }

    /// The settings that a list can go through with the recipe at hand, each with values that are worth a look.
    pub fn varied_settings(&self) -> Vec<(VariedSetting, String)> {
        let recipe = self.recipe();
        let settings = VariedSetting::ALL.into_iter();
        let with_values = settings.map(|setting| (setting, setting.usual_values(recipe)));
        with_values
            .filter(|(_, values)| !values.is_empty())
            .collect()
    }

    /// The kinds of anomalies that a list can be measured by.
    pub fn detectable(&self) -> Vec<AnomalyKind> {
        let kind: ItemKind = self.kind();
        let corruptions = kind.corruptions().iter();
        let corrupted = corruptions.map(|&corruption| AnomalyKind::Corrupted(corruption));
        let has_others = !self.recipe().normality.anomalous_classes.is_empty();
        let held_out = has_others.then(|| AnomalyKind::of_held_out(kind));
        corrupted.chain(held_out).collect()
    }

    fn value_groups(&self, list: &List) -> Vec<ValueGroup> {
        let mut groups: Vec<ValueGroup> = Vec::new();
        for (run_idx, run) in list.runs.iter().enumerate() {
            let value = &run.planned.value;
            if groups.last().is_none_or(|group| group.value != *value) {
                groups.push(ValueGroup {
                    value: value.clone(),
                    runs: Vec::new(),
                    error: None,
                    detection: None,
                });
            }
            let dot = self.dot_of(run_idx, run, list.order.setting);
            if let Some(group) = groups.last_mut() {
                group.runs.extend(dot);
            }
        }
        for group in &mut groups {
            group.error = MeanAndSpan::of(group.runs.iter().map(|run| run.error));
            group.detection = MeanAndSpan::of(group.runs.iter().filter_map(|run| run.detection));
        }
        groups
    }

    fn dot_of(&self, run_idx: usize, run: &ListedRun, setting: VariedSetting) -> Option<RunDot> {
        let RunState::Ended(outcome) = &run.state else {
            return None;
        };
        Some(RunDot {
            run_idx,
            name: name_of(run, setting),
            error: outcome.calibration_error,
            detection: outcome.detection,
            is_in_front: self.is_in_front(run),
        })
    }
}

/// "Code size 4, seed 1".
fn name_of(run: &ListedRun, setting: VariedSetting) -> String {
    let (value, seed) = (&run.planned.value, run.planned.seed);
    format!("{} {value}, seed {seed}", setting.title())
}

/// Why nothing came of a run.
fn failure((setting, run): (VariedSetting, &ListedRun)) -> Option<String> {
    match &run.state {
        RunState::Failed(reason) => Some(format!("{}: {reason}", name_of(run, setting))),
        RunState::Waiting | RunState::Underway(_) | RunState::Ended(_) => None,
    }
}

/// Where the error is smallest and detection best, once there is something to compare.
fn finding(groups: &[ValueGroup]) -> String {
    let errors = groups
        .iter()
        .filter_map(|group| Some((group, group.error?.mean)));
    if errors.clone().count() < 2 {
        return String::new();
    }
    let smallest = errors.min_by(|(_, one), (_, other)| one.total_cmp(other));
    let areas = groups
        .iter()
        .filter_map(|group| Some((group, group.detection?.mean)));
    let best = areas.max_by(|(_, one), (_, other)| one.total_cmp(other));
    let smallest = smallest.map_or_else(String::new, |(group, error)| {
        let error = format_error(error as f32);
        format!("The error is smallest at {} ({error})", group.value)
    });
    let best = best.map_or_else(String::new, |(group, area)| {
        format!(", detection best at {} ({area:.3})", group.value)
    });
    format!("{smallest}{best}.")
}
