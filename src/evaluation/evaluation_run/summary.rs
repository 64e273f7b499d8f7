//! From scores to the report, one figure at a time.

use super::super::baselines::CombinedScore;
use super::super::metrics::{PrecisionRecallCurve, RocCurve, false_alarm_band, precision_at_n};
use super::super::{
    AnomalyKind, AnomalyReport, ClassAreas, Curve, DetectorFigures, DetectorKind, Estimate,
    FalseAlarms, PromisedRate, Rate, Report,
};
use super::plan::{Group, Plan};
use super::scores::GroupScores;
use crate::anomaly::Calibration;

/// The rates of false alarms that are promised: 1 % and 5 %.
const ALPHAS: [f64; 2] = [0.01, 0.05];

/// Figures in progress.
#[derive(Clone, Debug)]
pub(super) struct Summary {
    scores: Vec<GroupScores>,
    combined: CombinedScore,
    /// Of each method, for both rates; none where too few items calibrate it.
    thresholds: Vec<[Option<f32>; 2]>,
    report: Report,
    /// The next group and the next method.
    next: (usize, usize),
}

impl Summary {
    /// Begins with the scores of all groups.
    pub fn new(plan: &Plan, scores: Vec<GroupScores>) -> Self {
        let of = |group| {
            let idx = plan.groups.iter().position(|&other| other == group);
            idx.and_then(|idx| scores.get(idx))
                .cloned()
                .unwrap_or_default()
        };
        let (calibration, normal) = (of(Group::Calibration), of(Group::Normal));
        let combined = CombinedScore::fit(&calibration.errors, &calibration.code_distances);
        let thresholds = DetectorKind::ALL.map(|detector| {
            let scores = Calibration::new(calibration.of(detector, &combined));
            ALPHAS.map(|alpha| scores.conformal_threshold(alpha as f32).ok())
        });
        let false_alarms = DetectorKind::ALL.iter().zip(&thresholds);
        let false_alarms = false_alarms.map(|(&detector, thresholds)| {
            let scores = normal.of(detector, &combined);
            let [at_1, at_5] = [0, 1].map(|idx| promised(idx, thresholds[idx], plan, &scores));
            FalseAlarms {
                detector,
                at_1,
                at_5,
            }
        });
        Self {
            report: Report {
                recipe: plan.recipe_title.clone(),
                seed: plan.run_seed,
                evaluation_seed: plan.evaluation_seed,
                counts: plan.counts,
                false_alarms: false_alarms.collect(),
                anomalies: Vec::new(),
                normal_errors: normal.errors.clone(),
                normal_labels: plan.items.normal_labels.clone(),
            },
            thresholds: thresholds.to_vec(),
            combined,
            scores,
            next: (0, 0),
        }
    }

    /// The part of the figures that is there, 0…1.
    pub fn progress(&self, plan: &Plan) -> f32 {
        self.next.0 as f32 / plan.groups.len().max(1) as f32
    }

    /// Whether all figures are there.
    pub fn is_done(&self, plan: &Plan) -> bool {
        self.next.0 >= plan.groups.len()
    }

    /// The report, as far as it is.
    pub fn report(&self) -> &Report {
        &self.report
    }

    /// Finds what one method makes of one kind of anomaly.
    pub fn step(&mut self, plan: &Plan) {
        let (group_idx, detector_idx) = self.next;
        let Some(&Group::Anomalous(kind)) = plan.groups.get(group_idx) else {
            self.next = (group_idx + 1, 0);
            return;
        };
        let (Some(&detector), Some(scores)) = (
            DetectorKind::ALL.get(detector_idx),
            self.scores.get(group_idx),
        ) else {
            self.next = (group_idx + 1, 0);
            return;
        };
        if detector_idx == 0 {
            self.report.anomalies.push(AnomalyReport {
                kind,
                errors: scores.errors.clone(),
                findings: Vec::new(),
                classes: classes_of(plan, kind),
            });
        }
        let finding = self.finding(plan, detector_idx, detector, scores);
        let normal = self.normal_scores(plan, detector);
        let anomalous = scores.of(detector, &self.combined);
        if let Some(anomaly) = self.report.anomalies.last_mut() {
            anomaly.findings.push(finding);
            let labels = &plan.items.held_out_labels;
            for (class, (label, _)) in anomaly.classes.iter_mut().zip(&plan.class_names) {
                let pairs = labels.iter().zip(&anomalous);
                let own = pairs.filter(|&(other, _)| other == label);
                let own: Vec<f32> = own.map(|(_, &score)| score).collect();
                class.n_items = own.len();
                class.areas.push(Estimate::auroc(&normal, &own));
            }
        }
        self.next.1 += 1;
    }

    fn normal_scores(&self, plan: &Plan, detector: DetectorKind) -> Vec<f32> {
        let normal_idx = plan.groups.iter().position(|&group| group == Group::Normal);
        let normal = normal_idx.and_then(|idx| self.scores.get(idx));
        normal.map_or_else(Vec::new, |it| it.of(detector, &self.combined))
    }

    fn finding(
        &self,
        plan: &Plan,
        detector_idx: usize,
        detector: DetectorKind,
        scores: &GroupScores,
    ) -> DetectorFigures {
        let normal = self.normal_scores(plan, detector);
        let anomalous = scores.of(detector, &self.combined);
        let roc = RocCurve::of(&normal, &anomalous);
        let precision_recall = PrecisionRecallCurve::of(&normal, &anomalous);
        let thresholds = self
            .thresholds
            .get(detector_idx)
            .copied()
            .unwrap_or_default();
        let [detection_at_1, detection_at_5] =
            thresholds.map(|it| it.map(|threshold| Rate::above(threshold, &anomalous)));
        DetectorFigures {
            detector,
            auroc: Estimate::auroc(&normal, &anomalous),
            average_precision: Estimate::average_precision(
                &normal,
                &anomalous,
                plan.evaluation_seed,
            ),
            precision_at_n: precision_at_n(&normal, &anomalous),
            detection_at_1,
            detection_at_5,
            roc: roc.as_ref().map(Curve::of_roc).unwrap_or_default(),
            precision_recall: precision_recall
                .as_ref()
                .map(Curve::of_precision_recall)
                .unwrap_or_default(),
        }
    }
}

/// The classes that anomalies of a kind are told apart by, before anything is found.
fn classes_of(plan: &Plan, kind: AnomalyKind) -> Vec<ClassAreas> {
    let is_by_class = match kind {
        AnomalyKind::HeldOut | AnomalyKind::Known => true,
        AnomalyKind::Corrupted(_) => false,
    };
    let named = plan.class_names.iter().filter(|_| is_by_class);
    let of_class = |(_, name): &(u8, String)| ClassAreas {
        name: name.clone(),
        n_items: 0,
        areas: Vec::new(),
    };
    named.map(of_class).collect()
}

/// The false alarms of a method beside what was promised.
fn promised(
    alpha_idx: usize,
    threshold: Option<f32>,
    plan: &Plan,
    scores: &[f32],
) -> Option<PromisedRate> {
    let rate = Rate::above(threshold?, scores);
    let (n_calibration, n_test) = (plan.counts.n_calibration, rate.n_items);
    let (least, most) = false_alarm_band(ALPHAS[alpha_idx], n_calibration, n_test)?;
    Some(PromisedRate { rate, least, most })
}
