//! A small report for tests.

use super::super::{
    AnomalyKind, Corruption, DetectorKind, Estimate, Rate, metrics::PrecisionRecallCurve,
    metrics::RocCurve,
};
use super::{
    AnomalyReport, ClassAreas, Curve, DetectorFigures, FalseAlarms, PromisedRate, Report,
    ReportCounts,
};

const NORMAL: [f32; 4] = [0.1, 0.2, 0.3, 0.4];

/// Four normal items of classes 3 and 7, two kinds of three anomalies.
pub(super) fn report() -> Report {
    let rate = |n_hits| Rate { n_hits, n_items: 4 };
    let promised = |detector| FalseAlarms {
        detector,
        at_1: None,
        at_5: Some(PromisedRate {
            rate: rate(1),
            least: 0,
            most: 2,
        }),
    };
    Report {
        recipe: "Digits, \"well\" | trained".to_owned(),
        seed: 42,
        evaluation_seed: 7,
        counts: ReportCounts {
            n_training: 1_078,
            n_reference: 1_000,
            n_calibration: 25,
            n_test: 4,
            n_test_available: 360,
            n_components: 8,
            n_neighbours: 5,
        },
        false_alarms: DetectorKind::ALL.map(promised).to_vec(),
        anomalies: vec![
            anomaly(
                AnomalyKind::Corrupted(Corruption::Mirror),
                &[0.3, 0.35, 0.9],
            ),
            AnomalyReport {
                classes: vec![
                    of_class("late, or \"lost\"", &[0.05]),
                    of_class("early", &[0.5, 0.6]),
                ],
                ..anomaly(AnomalyKind::HeldOut, &[0.05, 0.5, 0.6])
            },
        ],
        normal_errors: NORMAL.to_vec(),
        normal_labels: vec![3, 7, 3, 7],
    }
}

fn anomaly(kind: AnomalyKind, errors: &[f32]) -> AnomalyReport {
    let roc = RocCurve::of(&NORMAL, errors).expect("there are scores");
    let precision_recall = PrecisionRecallCurve::of(&NORMAL, errors).expect("there are scores");
    let finding = |detector| DetectorFigures {
        detector,
        auroc: Estimate::auroc(&NORMAL, errors).map(rounded),
        average_precision: Estimate::average_precision(&NORMAL, errors, 1).map(rounded),
        precision_at_n: crate::evaluation::metrics::precision_at_n(&NORMAL, errors),
        detection_at_1: None,
        detection_at_5: Some(Rate::above(0.4, errors)),
        roc: Curve::of_roc(&roc),
        precision_recall: Curve::of_precision_recall(&precision_recall),
    };
    AnomalyReport {
        kind,
        errors: errors.to_vec(),
        findings: DetectorKind::ALL.map(finding).to_vec(),
        classes: Vec::new(),
    }
}

/// To few digits, which a reader of JSON gets back exactly.
fn rounded(estimate: Estimate) -> Estimate {
    let [value, low, high] = [estimate.value, estimate.low, estimate.high]
        .map(|figure| (figure * 1024.0).round() / 1024.0);
    Estimate { value, low, high }
}

fn of_class(name: &str, errors: &[f32]) -> ClassAreas {
    let area = |_| Estimate::auroc(&NORMAL, errors).map(rounded);
    ClassAreas {
        name: name.to_owned(),
        n_items: errors.len(),
        areas: DetectorKind::ALL.map(area).to_vec(),
    }
}
