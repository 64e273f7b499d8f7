//! A report as JSON.

use serde::{Deserialize, Serialize};

use super::{
    ClassAreas, ClassFalseAlarms, Confusion, Curve, DetectorFigures, PromisedRate, Report,
    ReportCounts,
};
use crate::evaluation::{DetectorKind, Estimate, Rate};

/// What the file holds; names instead of variants, curves as pairs.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct File {
    recipe: String,
    seed: u64,
    evaluation_seed: u64,
    counts: ReportCounts,
    false_alarms: Vec<Alarms>,
    anomalies: Vec<Anomaly>,
    at_threshold: Option<AtThreshold>,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Alarms {
    detector: String,
    at_1_percent: Option<PromisedRate>,
    at_5_percent: Option<PromisedRate>,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Anomaly {
    kind: String,
    n_items: usize,
    detectors: Vec<Detector>,
    classes: Vec<Class>,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Class {
    name: String,
    n_items: usize,
    /// A detector and its area.
    auroc: Vec<(String, Option<Estimate>)>,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Detector {
    name: String,
    auroc: Option<Estimate>,
    average_precision: Option<Estimate>,
    precision_at_n: Option<Rate>,
    detection_at_1_percent: Option<Rate>,
    detection_at_5_percent: Option<Rate>,
    /// False alarm rate and detection rate.
    roc: Vec<(f32, f32)>,
    /// Recall and precision.
    precision_recall: Vec<(f32, f32)>,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct AtThreshold {
    threshold: f32,
    confusion: Vec<Counts>,
    false_alarms_by_class: Vec<ClassFalseAlarms>,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Counts {
    anomaly: String,
    n_detected: usize,
    n_missed: usize,
    n_false_alarms: usize,
    n_passed: usize,
}

impl Report {
    /// All figures and curves, with recipe and seeds, and what follows from a threshold where one is given.
    pub fn to_json(&self, threshold: Option<f32>) -> String {
        // Names and finite numbers can always be written; what is not finite becomes null.
        serde_json::to_string(&self.file(threshold)).unwrap_or_default()
    }

    fn file(&self, threshold: Option<f32>) -> File {
        let alarms = self.false_alarms.iter().map(|it| Alarms {
            detector: it.detector.slug().to_owned(),
            at_1_percent: it.at_1,
            at_5_percent: it.at_5,
        });
        let anomalies = self.anomalies.iter().map(|it| Anomaly {
            kind: it.kind.slug(),
            n_items: it.n_items(),
            detectors: it.findings.iter().map(Detector::of).collect(),
            classes: it.classes.iter().map(Class::of).collect(),
        });
        File {
            recipe: self.recipe.clone(),
            seed: self.seed,
            evaluation_seed: self.evaluation_seed,
            counts: self.counts,
            false_alarms: alarms.collect(),
            anomalies: anomalies.collect(),
            at_threshold: threshold.map(|threshold| AtThreshold {
                threshold,
                confusion: self
                    .confusion_at(threshold)
                    .iter()
                    .map(Counts::of)
                    .collect(),
                false_alarms_by_class: self.false_alarms_by_class(threshold),
            }),
        }
    }
}

impl Class {
    fn of(class: &ClassAreas) -> Self {
        let areas = DetectorKind::ALL.iter().zip(&class.areas);
        Self {
            name: class.name.clone(),
            n_items: class.n_items,
            auroc: areas
                .map(|(detector, &area)| (detector.slug().to_owned(), area))
                .collect(),
        }
    }
}

impl Detector {
    fn of(finding: &DetectorFigures) -> Self {
        let points = |curve: &Curve| curve.points().collect();
        Self {
            name: finding.detector.slug().to_owned(),
            auroc: finding.auroc,
            average_precision: finding.average_precision,
            precision_at_n: finding.precision_at_n,
            detection_at_1_percent: finding.detection_at_1,
            detection_at_5_percent: finding.detection_at_5,
            roc: points(&finding.roc),
            precision_recall: points(&finding.precision_recall),
        }
    }
}

impl Counts {
    fn of(confusion: &Confusion) -> Self {
        Self {
            anomaly: confusion.kind.slug(),
            n_detected: confusion.detected.n_hits,
            n_missed: confusion.n_missed(),
            n_false_alarms: confusion.false_alarms.n_hits,
            n_passed: confusion.n_passed(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples::report;
    use super::*;

    #[test]
    fn what_is_written_can_be_read_again() {
        let report = report();
        for threshold in [None, Some(0.25)] {
            let file: File = serde_json::from_str(&report.to_json(threshold)).expect("reads");
            assert_eq!(file, report.file(threshold));
            assert_eq!(file.recipe, "Digits, \"well\" | trained");
            assert_eq!(file.at_threshold.is_some(), threshold.is_some());
        }
    }

    #[test]
    fn counts_at_a_threshold_add_up() {
        let file = report().file(Some(0.25));
        let at_threshold = file.at_threshold.expect("it was asked for");
        let mirrored = &at_threshold.confusion[0];
        assert_eq!(mirrored.anomaly, "mirrored");
        assert_eq!((mirrored.n_detected, mirrored.n_missed), (3, 0));
        assert_eq!((mirrored.n_false_alarms, mirrored.n_passed), (2, 2));
    }
}
