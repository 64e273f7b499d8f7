//! The report of an evaluation as tables and curves.

use std::sync::Arc;

use crate::data::with_commas;
use crate::evaluation::{AnomalyReport, ClassAreas, Curve, DetectorKind, Estimate, Rate, Report};

/// A report with what is needed to show it. Two are equal when they are one and the same report.
#[derive(Clone, Debug)]
pub struct EvaluationView {
    pub(super) report: Arc<Report>,
    /// One item and several.
    pub nouns: (&'static str, &'static str),
}

impl PartialEq for EvaluationView {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.report, &other.report)
    }
}

/// One kind of anomaly in the table of all detectors.
#[derive(Clone, Debug, PartialEq)]
pub struct HeatRow {
    /// What the kind is called.
    pub title: String,
    /// One per detector.
    pub cells: Vec<HeatCell>,
    /// The classes that it is made of, each with the number of its anomalies; empty where there are not several.
    pub classes: Vec<HeatRow>,
}

/// How well one detector finds one kind of anomaly.
#[derive(Clone, Debug, PartialEq)]
pub struct HeatCell {
    /// The area under the ROC curve, or a dash.
    pub figure: String,
    /// In which its true value lies; empty where it stands elsewhere.
    pub interval: String,
    /// How far it is on the way from chance to perfection, 0…1; squared, so that the best differ most.
    pub share: f32,
    /// Whether anomalies look more normal than normal items do.
    pub is_worse_than_chance: bool,
    /// Whether no detector does better.
    pub is_best: bool,
}

/// What one detector makes of one kind of anomaly.
#[derive(Clone, Debug, PartialEq)]
pub struct DetectorRow {
    /// Which one.
    pub detector: DetectorKind,
    /// Area under the ROC curve.
    pub area: DetectorFigure,
    /// Average precision: the area under the curve of precision and recall.
    pub average_precision: DetectorFigure,
    /// Part of anomalies among as many of the highest scores as there are anomalies.
    pub precision_at_n: DetectorFigure,
    /// Part of the anomalies that is found at 1 % false alarms.
    pub detection_at_1: DetectorFigure,
    /// Part of the anomalies that is found at 5 % false alarms.
    pub detection_at_5: DetectorFigure,
}

/// A figure with the interval in which its true value lies, both written out.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DetectorFigure {
    /// Such as "0.981" or "72 %"; a dash where nothing can be said.
    pub value: String,
    /// Such as "0.972–0.988"; empty where nothing can be said.
    pub interval: String,
}

/// Which of the two curves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CurveKind {
    /// Detection against false alarms.
    Roc,
    /// Precision against recall.
    PrecisionRecall,
}

/// Right and wrong at one threshold, by the plain error of the network.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Outcomes {
    /// Normal items that are flagged.
    pub n_false_alarms: usize,
    /// Normal items in all.
    pub n_normal: usize,
    /// Anomalies that are flagged.
    pub n_detected: usize,
    /// Anomalies in all.
    pub n_anomalies: usize,
}

impl Outcomes {
    /// The part of all items that are anomalies, 0…1.
    pub fn prevalence(self) -> f32 {
        self.n_anomalies as f32 / (self.n_anomalies + self.n_normal).max(1) as f32
    }

    /// Where it lies on one of the curves; `None` where that has no meaning.
    pub fn on_curve(self, curve: CurveKind) -> Option<(f32, f32)> {
        let share = |part: usize, of: usize| (of > 0).then(|| part as f32 / of as f32);
        let detection = share(self.n_detected, self.n_anomalies)?;
        match curve {
            CurveKind::Roc => Some((share(self.n_false_alarms, self.n_normal)?, detection)),
            CurveKind::PrecisionRecall => {
                let n_flagged = self.n_detected + self.n_false_alarms;
                Some((detection, share(self.n_detected, n_flagged)?))
            }
        }
    }
}

/// False alarms among the normal items with one label.
#[derive(Clone, Debug, PartialEq)]
pub struct LabelFalseAlarms {
    /// What the items show.
    pub label: u8,
    /// Part of them that is flagged, 0…1.
    pub rate: f32,
    /// In which the true rate lies, 0…1.
    pub interval: (f32, f32),
    /// How many are flagged.
    pub n_flagged: usize,
    /// Of how many.
    pub n_items: usize,
}

/// The right end of an axis for rates, 0…1: the first round one that has room for all of them.
pub fn axis_end(rates: impl Iterator<Item = f32>) -> f32 {
    const ENDS: [f32; 5] = [0.05, 0.1, 0.2, 0.3, 0.5];
    let largest = rates.fold(0.0, f32::max);
    let end = ENDS.into_iter().find(|&end| largest <= end);
    end.unwrap_or(1.0)
}

impl EvaluationView {
    /// Items that both are measured on: normal test items, as they are.
    pub fn n_test(&self) -> usize {
        self.report.counts.n_test
    }

    /// What the kinds of anomaly are called, in the order of the report.
    pub fn kind_titles(&self) -> Vec<String> {
        let kinds = self.report.anomalies.iter();
        kinds.map(|anomaly| anomaly.kind.title()).collect()
    }

    /// What the detectors are called, in the order of the cells of a row.
    pub fn detectors(&self) -> [DetectorKind; DetectorKind::ALL.len()] {
        DetectorKind::ALL
    }

    /// What the other detectors are, in a sentence.
    pub fn rivals_in_words(&self) -> String {
        let counts = &self.report.counts;
        let (_, several) = self.nouns;
        format!(
            "PCA keeps {} components, as many as the code has values; the neighbours are the {} nearest of {} \
             training {several}.",
            counts.n_components,
            counts.n_neighbours,
            with_commas(counts.n_reference)
        )
    }

    /// The area under the ROC curve of every detector, for every kind of anomaly and, last, for all of them.
    pub fn heat_rows(&self) -> Vec<HeatRow> {
        let rows = self.report.anomalies.iter().map(|anomaly| {
            let areas = anomaly.findings.iter();
            HeatRow {
                title: anomaly.kind.title(),
                cells: heat_cells(areas.map(|finding| Some(finding.auroc.as_ref()?.value))),
                classes: anomaly.classes.iter().map(class_row).collect(),
            }
        });
        let means = DetectorKind::ALL.map(|detector| self.report.mean_auroc(detector));
        let mean = HeatRow {
            title: "Mean of all".to_owned(),
            cells: heat_cells(means.into_iter()),
            classes: Vec::new(),
        };
        rows.chain([mean]).collect()
    }

    /// What every detector makes of one kind of anomaly; empty beyond the last kind.
    pub fn detector_rows(&self, kind_idx: usize) -> Vec<DetectorRow> {
        let findings = self.anomaly(kind_idx).map_or(&[][..], |it| &it.findings);
        let rows = findings.iter().map(|finding| DetectorRow {
            detector: finding.detector,
            area: DetectorFigure::of_area(finding.auroc.as_ref()),
            average_precision: DetectorFigure::of_area(finding.average_precision.as_ref()),
            precision_at_n: DetectorFigure::of_rate(finding.precision_at_n.as_ref()),
            detection_at_1: DetectorFigure::of_rate(finding.detection_at_1.as_ref()),
            detection_at_5: DetectorFigure::of_rate(finding.detection_at_5.as_ref()),
        });
        rows.collect()
    }

    /// The curves of every detector for one kind of anomaly, as points (across, up).
    pub fn curves(
        &self,
        kind_idx: usize,
        curve: CurveKind,
    ) -> Vec<(DetectorKind, Vec<(f32, f32)>)> {
        let findings = self.anomaly(kind_idx).map_or(&[][..], |it| &it.findings);
        let points = |curve: &Curve| curve.points().collect::<Vec<_>>();
        let curves = findings.iter().map(|finding| match curve {
            CurveKind::Roc => (finding.detector, points(&finding.roc)),
            CurveKind::PrecisionRecall => (finding.detector, points(&finding.precision_recall)),
        });
        curves.collect()
    }

    /// Right and wrong at a threshold for one kind of anomaly.
    pub fn outcomes(&self, kind_idx: usize, threshold: f32) -> Option<Outcomes> {
        let confusions = self.report.confusion_at(threshold);
        let confusion = confusions.get(kind_idx)?;
        Some(Outcomes {
            n_false_alarms: confusion.false_alarms.n_hits,
            n_normal: confusion.false_alarms.n_items,
            n_detected: confusion.detected.n_hits,
            n_anomalies: confusion.detected.n_items,
        })
    }

    /// False alarms at a threshold, label by label; empty without labels.
    pub fn label_false_alarms(&self, threshold: f32) -> Vec<LabelFalseAlarms> {
        let classes = self.report.false_alarms_by_class(threshold);
        let rows = classes.iter().filter_map(|class| {
            let (low, high) = class.rate.interval()?;
            Some(LabelFalseAlarms {
                label: class.class,
                rate: class.rate.value() as f32,
                interval: (low as f32, high as f32),
                n_flagged: class.rate.n_hits,
                n_items: class.rate.n_items,
            })
        });
        rows.collect()
    }

    /// The report for a text, with the figures at a threshold.
    pub fn to_markdown(&self, threshold: Option<f32>) -> String {
        self.report.to_markdown(threshold)
    }

    /// The report for a table.
    pub fn to_csv(&self) -> String {
        self.report.to_csv()
    }

    /// The report for a program, with the figures at a threshold.
    pub fn to_json(&self, threshold: Option<f32>) -> String {
        self.report.to_json(threshold)
    }

    /// What files of this report are called, without their ending: "evaluation-small-digits-8-8-seed-1".
    pub fn file_name(&self) -> String {
        let title = self.report.recipe.to_lowercase();
        let words = title
            .split(|character: char| !character.is_ascii_alphanumeric())
            .filter(|word| !word.is_empty());
        let words: Vec<&str> = words.collect();
        format!("evaluation-{}-seed-{}", words.join("-"), self.report.seed)
    }

    fn anomaly(&self, kind_idx: usize) -> Option<&AnomalyReport> {
        self.report.anomalies.get(kind_idx)
    }
}

/// A class of anomalies, with its number and the intervals of its areas.
fn class_row(class: &ClassAreas) -> HeatRow {
    let areas = class.areas.iter();
    let mut cells = heat_cells(areas.map(|area| Some(area.as_ref()?.value)));
    for (cell, area) in cells.iter_mut().zip(&class.areas) {
        cell.interval = DetectorFigure::of_area(area.as_ref()).interval;
    }
    HeatRow {
        title: format!("{} ({})", class.name, with_commas(class.n_items)),
        cells,
        classes: Vec::new(),
    }
}

fn heat_cells(areas: impl Iterator<Item = Option<f64>>) -> Vec<HeatCell> {
    let areas: Vec<Option<f64>> = areas.collect();
    // What is written alike counts as alike.
    let written = |area: f64| format!("{area:.3}");
    let best = areas.iter().flatten().copied().fold(f64::NAN, f64::max);
    let cell = |area: Option<f64>| {
        let Some(area) = area else {
            return HeatCell {
                figure: "–".to_owned(),
                interval: String::new(),
                share: 0.0,
                is_worse_than_chance: false,
                is_best: false,
            };
        };
        HeatCell {
            figure: written(area),
            interval: String::new(),
            share: ((area - 0.5) * 2.0).clamp(0.0, 1.0).powi(2) as f32,
            is_worse_than_chance: area < 0.5,
            is_best: written(area) == written(best),
        }
    };
    areas.into_iter().map(cell).collect()
}

impl DetectorFigure {
    fn of_area(area: Option<&Estimate>) -> Self {
        let Some(area) = area else {
            return Self::unknown();
        };
        Self {
            value: format!("{:.3}", area.value),
            interval: format!("{:.3}–{:.3}", area.low, area.high),
        }
    }

    fn of_rate(rate: Option<&Rate>) -> Self {
        let (Some(rate), Some((low, high))) = (rate, rate.and_then(|rate| rate.interval())) else {
            return Self::unknown();
        };
        Self {
            value: format!("{:.0} %", rate.value() * 100.0),
            interval: format!("{:.0}–{:.0} %", low * 100.0, high * 100.0),
        }
    }

    fn unknown() -> Self {
        Self {
            value: "–".to_owned(),
            interval: String::new(),
        }
    }
}
