//! What an evaluation found.
//!
//! A [`Report`] holds what does not depend on the threshold on the page, and the errors from which the rest follows
//! while the threshold moves. It can be written as Markdown, CSV and JSON.

mod counts;
mod csv;
mod curve;
mod finding;
mod json;
mod markdown;

#[cfg(test)]
mod samples;

use serde::{Deserialize, Serialize};

use super::{DetectorKind, Rate};
pub use counts::{ClassFalseAlarms, Confusion, ReportCounts};
pub use curve::Curve;
pub use finding::{AnomalyReport, ClassAreas, DetectorFigures, FalseAlarms, PromisedRate};

/// What an evaluation found.
///
/// Numbers of normal items and of anomalies are about equal, so that scores without any order have an area and an
/// average precision of about a half.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// What the recipe is called.
    pub recipe: String,
    /// Of the run that trained the network.
    pub seed: u64,
    /// Of the evaluation: which items, which anomalies.
    pub evaluation_seed: u64,
    /// How many items took part.
    pub counts: ReportCounts,
    /// On normal test items, one entry per [`DetectorKind::ALL`].
    pub false_alarms: Vec<FalseAlarms>,
    /// One entry per kind of anomaly.
    pub anomalies: Vec<AnomalyReport>,
    /// The network's errors of the normal test items.
    #[serde(with = "crate::encoding::floats")]
    pub normal_errors: Vec<f32>,
    /// What the normal test items show; empty where that is not known.
    #[serde(with = "serde_bytes")]
    pub normal_labels: Vec<u8>,
}

impl Report {
    /// How many anomalies of each kind the network finds at a threshold, and at what price.
    pub fn confusion_at(&self, threshold: f32) -> Vec<Confusion> {
        let false_alarms = Rate::above(threshold, &self.normal_errors);
        let of = |anomaly: &AnomalyReport| Confusion {
            kind: anomaly.kind,
            detected: Rate::above(threshold, &anomaly.errors),
            false_alarms,
        };
        self.anomalies.iter().map(of).collect()
    }

    /// The network's false alarms at a threshold, by what the items show; empty where that is not known.
    pub fn false_alarms_by_class(&self, threshold: f32) -> Vec<ClassFalseAlarms> {
        let errors_of = |class: u8| -> Vec<f32> {
            let pairs = self.normal_labels.iter().zip(&self.normal_errors);
            let own = pairs.filter(|&(&label, _)| label == class);
            own.map(|(_, &error)| error).collect()
        };
        let classes = (0..=u8::MAX).filter(|class| self.normal_labels.contains(class));
        let of = |class| ClassFalseAlarms {
            class,
            rate: Rate::above(threshold, &errors_of(class)),
        };
        classes.map(of).collect()
    }

    /// The mean area under the ROC curve over all kinds of anomaly; `None` where one could not be measured.
    pub fn mean_auroc(&self, detector: DetectorKind) -> Option<f64> {
        let areas: Option<Vec<f64>> = self
            .anomalies
            .iter()
            .map(|anomaly| Some(anomaly.finding(detector)?.auroc?.value))
            .collect();
        let areas = areas.filter(|areas| !areas.is_empty())?;
        Some(areas.iter().sum::<f64>() / areas.len() as f64)
    }
}

#[cfg(test)]
mod tests {
    use super::samples::report;
    use super::*;

    #[test]
    fn counts_follow_the_threshold() {
        let report = report();
        let n_hits = |threshold| {
            let confusion = report.confusion_at(threshold);
            (
                confusion[0].false_alarms.n_hits,
                confusion[0].detected.n_hits,
            )
        };
        assert_eq!(n_hits(0.25), (2, 3));
        assert_eq!(n_hits(0.4), (0, 1));
        assert_eq!(n_hits(f32::NAN), (0, 0));
    }

    #[test]
    fn every_class_has_its_own_false_alarms() {
        let report = report();
        let of = |threshold| -> Vec<(u8, usize, usize)> {
            let classes = report.false_alarms_by_class(threshold);
            classes
                .iter()
                .map(|it| (it.class, it.rate.n_hits, it.rate.n_items))
                .collect()
        };
        assert_eq!(of(0.25), [(3, 1, 2), (7, 1, 2)]);
        assert_eq!(of(0.35), [(3, 0, 2), (7, 1, 2)]);
        let unlabelled = Report {
            normal_labels: Vec::new(),
            ..report.clone()
        };
        assert!(unlabelled.false_alarms_by_class(0.25).is_empty());
    }

    #[test]
    fn the_mean_area_is_over_all_kinds() {
        let mut report = report();
        let mean = report
            .mean_auroc(DetectorKind::Network)
            .expect("all are measured");
        let single = |report: &Report, idx: usize| {
            report.anomalies[idx].findings[0]
                .auroc
                .expect("measured")
                .value
        };
        let expected = f64::midpoint(single(&report, 0), single(&report, 1));
        assert!((mean - expected).abs() < 1e-12);
        report.anomalies[1].findings[0].auroc = None;
        assert_eq!(report.mean_auroc(DetectorKind::Network), None);
        report.anomalies.clear();
        assert_eq!(report.mean_auroc(DetectorKind::Network), None);
    }

    #[test]
    fn a_report_survives_the_journey_from_a_worker() {
        let sent = report();
        let text = serde_json::to_string(&sent).expect("writes");
        let received: Report = serde_json::from_str(&text).expect("reads");
        assert_eq!(received, sent);
    }
}
