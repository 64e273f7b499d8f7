//! What each method makes of each kind of anomaly.

use serde::{Deserialize, Serialize};

use super::super::{AnomalyKind, DetectorKind, Estimate, Rate};
use super::Curve;

/// What all methods make of one kind of anomaly.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AnomalyReport {
    /// The kind of anomaly.
    pub kind: AnomalyKind,
    /// The network's errors of these anomalies.
    #[serde(with = "crate::encoding::floats")]
    pub errors: Vec<f32>,
    /// One per [`DetectorKind::ALL`], in that order.
    pub findings: Vec<DetectorFigures>,
    /// The same anomalies class by class; empty where they are not of several classes.
    #[serde(default)]
    pub classes: Vec<ClassAreas>,
}

/// How well all methods tell the anomalies of one class from normal test items.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ClassAreas {
    /// What the class is called.
    pub name: String,
    /// Number of its anomalies.
    pub n_items: usize,
    /// The area under the ROC curve, one per [`DetectorKind::ALL`], in that order; `None` where a score is not a number.
    pub areas: Vec<Option<Estimate>>,
}

impl AnomalyReport {
    /// What a method makes of these anomalies.
    pub fn finding(&self, detector: DetectorKind) -> Option<&DetectorFigures> {
        self.findings.iter().find(|it| it.detector == detector)
    }

    /// Number of anomalies.
    pub fn n_items(&self) -> usize {
        self.errors.len()
    }
}

/// How well a method tells one kind of anomaly from normal test items.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DetectorFigures {
    /// The method.
    pub detector: DetectorKind,
    /// The area under the ROC curve; `None` where a score is not a number.
    pub auroc: Option<Estimate>,
    /// The average precision; `None` where a score is not a number.
    pub average_precision: Option<Estimate>,
    /// Among as many of the highest scores as there are anomalies, those of anomalies; `None` where a score is not a
    /// number. Of equal scores at the end of them the share that is of anomalies counts, rounded down.
    pub precision_at_n: Option<Rate>,
    /// Anomalies above the threshold that calibration items set for 1 % false alarms; `None` with fewer than 99 of
    /// them.
    pub detection_at_1: Option<Rate>,
    /// The same for 5 %; `None` with fewer than 19 calibration items.
    pub detection_at_5: Option<Rate>,
    /// False alarm rate along x, detection rate along y.
    pub roc: Curve,
    /// Recall along x, precision along y.
    pub precision_recall: Curve,
}

/// How a method keeps its promises on normal test items.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct FalseAlarms {
    /// The method.
    pub detector: DetectorKind,
    /// Above the conformal threshold for 1 %; `None` with fewer than 99 calibration items.
    pub at_1: Option<PromisedRate>,
    /// Above the conformal threshold for 5 %; `None` with fewer than 19 calibration items.
    pub at_5: Option<PromisedRate>,
}

/// False alarms, and what to expect of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PromisedRate {
    /// Normal test items that were flagged.
    pub rate: Rate,
    /// In 95 of 100 evaluations at least so many are flagged,
    pub least: usize,
    /// and at most so many.
    pub most: usize,
}

impl PromisedRate {
    /// Whether the number of false alarms is one to expect.
    pub fn is_as_expected(&self) -> bool {
        (self.least..=self.most).contains(&self.rate.n_hits)
    }
}
