//! The parts of the bench, and what came of each.

use std::path::Path;

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};

use super::budget::{self, Outcome};
use super::summary::Summary;
use crate::files;

/// What a part is called on the command line, and what it measures.
pub const PARTS: [(&str, &str); 10] = [
    (
        "dense",
        "dense 65-32-8-32-65, batch 10, SGD: one epoch of 1,797",
    ),
    (
        "conv",
        "the convolutional article, batch 64, Adam: one step",
    ),
    (
        "latency",
        "stroke to verdict: from a pointer event until the document has it, and until it is painted",
    ),
    ("pause", "click on Pause to \"Paused\""),
    (
        "sweeps",
        "all sweeps of a drawing, 181 angles among them: from the order to the last error",
    ),
    ("tsne", "t-SNE of 2,000 codes, from the click to the map"),
    ("memory", "memory over 10,000 training steps"),
    ("webgpu", "WebGPU: what a training step asks of the adapter"),
    (
        "endurance",
        "memory over an hour of training, rewinding and opening files in turn",
    ),
    (
        "visits",
        "storage over a hundred visits, each with an epoch of training",
    ),
];

/// Those that are measured only when they are asked for.
pub const LONG: [&str; 2] = ["endurance", "visits"];

/// The parts that were asked for, in our order.
///
/// # Errors
/// When one of the names is unknown.
pub fn chosen(only: Option<&str>) -> Result<Vec<&'static str>> {
    let names = PARTS.map(|(name, _)| name);
    let wanted: Vec<_> = if let Some(only) = only {
        only.split(',').map(str::trim).collect()
    } else {
        let short = names.into_iter().filter(|name| !LONG.contains(name));
        short.collect()
    };
    if let Some(unknown) = wanted.iter().find(|name| !names.contains(name)) {
        bail!(
            "there is no measurement {unknown:?}; choose from {}",
            names.join(", ")
        );
    }
    Ok(names
        .into_iter()
        .filter(|name| wanted.contains(name))
        .collect())
}

/// What Playwright finds these parts by: their tags.
pub fn pattern(parts: &[&str]) -> String {
    let tags: Vec<_> = parts.iter().map(|name| format!("@{name}\\b")).collect();
    tags.join("|")
}

/// One measurement: several series of the same unit. Where there are peers, the first series is ours.
pub struct Part {
    /// As on the command line.
    pub name: String,
    /// Of every sample.
    pub unit: String,
    /// At least one.
    pub series: Vec<Series>,
}

/// What was measured of one.
pub struct Series {
    /// Who or what.
    pub name: String,
    /// In the order in which they were taken; empty for one who cannot.
    pub samples: Vec<f64>,
    /// Why there are none.
    pub cannot: Option<String>,
    /// All that was handed over, for the report.
    raw: Value,
}

impl Series {
    /// `None` for one who cannot.
    pub fn summary(&self) -> Option<Summary> {
        Summary::of(&self.samples)
    }

    /// The name without the way: "`TensorFlow.js` cpu" for its core and its layers.
    pub fn group(&self) -> &str {
        self.name.split(',').next().unwrap_or_default()
    }
}

/// Ours divided by theirs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ratio {
    /// Of the medians.
    pub of_medians: f64,
    /// Of the smallest samples, which a busy machine disturbs least.
    pub of_minima: f64,
}

impl Part {
    /// What it measures.
    pub fn title(&self) -> &'static str {
        let mut parts = PARTS.iter();
        parts
            .find(|(name, _)| *name == self.name)
            .map_or("", |(_, title)| title)
    }

    /// Whether series are compared with the first one.
    pub fn has_peers(&self) -> bool {
        matches!(self.name.as_str(), "dense" | "conv")
    }

    /// How ours compares with a peer; `None` for ourselves, and where there are no figures.
    pub fn ratio(&self, series: &Series) -> Option<Ratio> {
        let ours = self.series.first().filter(|_| self.has_peers())?;
        if std::ptr::eq(ours, series) {
            return None;
        }
        let (ours, theirs) = (ours.summary()?, series.summary()?);
        Some(Ratio {
            of_medians: ours.median() / theirs.median(),
            of_minima: ours.minimum() / theirs.minimum(),
        })
    }

    /// Whether no other way of the same peer was quicker.
    pub fn is_best_of_group(&self, series: &Series) -> bool {
        let median = |one: &Series| one.summary().map_or(f64::INFINITY, |one| one.median());
        let others = self
            .series
            .iter()
            .filter(|other| other.group() == series.group());
        others.map(median).fold(f64::INFINITY, f64::min) >= median(series)
    }

    fn parse(text: &str) -> Result<Self> {
        let value: Value = serde_json::from_str(text)?;
        let series = value["series"].as_array().context("no series")?;
        Ok(Self {
            name: text_at(&value, "name")?,
            unit: text_at(&value, "unit")?,
            series: series
                .iter()
                .map(|raw| {
                    Ok(Series {
                        name: text_at(raw, "name")?,
                        samples: numbers(&raw["samples"]),
                        cannot: raw["cannot"].as_str().map(ToOwned::to_owned),
                        raw: raw.clone(),
                    })
                })
                .collect::<Result<_>>()?,
        })
    }

    /// With every sample, and what the table shows of them.
    pub fn to_json(&self) -> Value {
        let series = self.series.iter().map(|series| {
            let mut value = series.raw.clone();
            if let Some(summary) = series.summary() {
                value["median"] = summary.median().into();
                value["percentile_95"] = summary.percentile_95().into();
                value["minimum"] = summary.minimum().into();
            }
            if let Some(ratio) = self.ratio(series) {
                value["ours_by_theirs"] =
                    json!({ "medians": ratio.of_medians, "minima": ratio.of_minima });
            }
            if let Some(Outcome { budget, is_met }) = budget::outcome(self, series) {
                value["budget"] = json!({ "wanted": budget, "is_met": is_met });
            }
            value
        });
        json!({
            "name": self.name,
            "title": self.title(),
            "unit": self.unit,
            "series": series.collect::<Vec<_>>(),
        })
    }
}

/// The parts that a run has left in a folder, in our order.
pub fn read_all(folder: &Path) -> Result<Vec<Part>> {
    let paths = PARTS.map(|(name, _)| folder.join(format!("{name}.json")));
    let found = paths.iter().filter(|path| path.is_file());
    found
        .map(|path| {
            let text = files::read_text(path)?;
            Part::parse(&text).with_context(|| format!("{} is broken", path.display()))
        })
        .collect()
}

fn text_at(value: &Value, key: &str) -> Result<String> {
    let text = value[key].as_str().with_context(|| format!("no {key}"))?;
    Ok(text.to_owned())
}

/// Empty for anything but a list of numbers.
fn numbers(value: &Value) -> Vec<f64> {
    let list = value.as_array().into_iter().flatten();
    list.filter_map(Value::as_f64).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    pub const DENSE: &str = r#"{"name": "dense", "unit": "ms", "series": [
        {"name": "Bottleneck", "samples": [12, 10, 8]},
        {"name": "TensorFlow.js cpu, core", "samples": [200, 100, 400]},
        {"name": "TensorFlow.js cpu, layers", "samples": [300, 500]},
        {"name": "TensorFlow.js wasm, core", "samples": [], "cannot": "no such kernel"}]}"#;

    #[test]
    fn ours_is_divided_by_theirs() {
        let part = Part::parse(DENSE).expect("a part");
        let ratio = part.ratio(&part.series[1]).expect("a ratio");
        assert!((ratio.of_medians - 0.05).abs() < 1e-12);
        assert!((ratio.of_minima - 0.08).abs() < 1e-12);
        assert_eq!(part.ratio(&part.series[0]), None);
        assert_eq!(part.ratio(&part.series[3]), None);
    }

    #[test]
    fn the_quicker_way_stands_for_a_peer() {
        let part = Part::parse(DENSE).expect("a part");
        assert!(part.is_best_of_group(&part.series[1]));
        assert!(!part.is_best_of_group(&part.series[2]));
    }

    #[test]
    fn the_report_has_samples_and_figures() {
        let report = Part::parse(DENSE).expect("a part").to_json();
        assert_eq!(report["series"][0]["samples"], json!([12, 10, 8]));
        assert_eq!(report["series"][0]["median"], 10.0);
        assert_eq!(report["series"][3]["cannot"], "no such kernel");
        assert_eq!(report["series"][1]["budget"]["is_met"], true);
    }

    #[test]
    fn tags_are_matched_as_whole_words() {
        assert_eq!(pattern(&["dense", "conv"]), "@dense\\b|@conv\\b");
    }
}
