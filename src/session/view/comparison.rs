//! The runs that are kept, and one of them beside the present one.

use super::{Session, counted};
use crate::anomaly::{Evidence, Histogram, LogScale, Verdict, format_error};
use crate::evaluation::{AnomalyKind, DetectorKind, Report};
use crate::picture::signed_error;
use crate::session::study::{KeptRun, MOST_KEPT_RUNS, Study};

/// A run on the shelf.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptView {
    /// Tells it from the others, from 1.
    pub number: usize,
    /// What the reader calls it.
    pub name: String,
    /// How far it was trained, and how well it did.
    pub summary: String,
    /// Whether it is the one that is compared with.
    pub is_beside: bool,
}

/// What a run makes of the item on the bench.
#[derive(Clone, Debug, PartialEq)]
pub struct SideView {
    /// What the run is called.
    pub name: String,
    /// The item as reconstructed; empty before it was judged.
    pub reconstruction: Vec<f32>,
    /// Positive where there is ink that was not expected.
    pub signed_error: Vec<f32>,
    /// "Normal", "Anomaly", or that there is none yet.
    pub verdict: &'static str,
    /// Whether that is an anomaly; `None` without a verdict.
    pub is_anomaly: Option<bool>,
    /// Error and threshold, as a sentence.
    pub sentence: String,
    /// The error of the item, for a pin.
    pub error: Option<f32>,
    /// Above it an item is an anomaly.
    pub threshold: Option<f32>,
    /// How many calibration items have errors in each of the bins of the axis.
    pub bins: Vec<usize>,
}

/// Two runs on one item.
#[derive(Clone, Debug, PartialEq)]
pub struct ComparisonView {
    /// The present run, and the one that was kept.
    pub sides: [SideView; 2],
    /// Errors are shown on this axis on both sides.
    pub axis: LogScale,
    /// What was measured of both, and the settings that differ.
    pub rows: Vec<ComparedRow>,
    /// Why there is nothing to compare, as a sentence.
    pub obstacle: Option<String>,
}

/// A figure, or a setting, of two runs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ComparedRow {
    /// What it is: "threshold".
    pub title: String,
    /// Of the present run, and of the one that was kept.
    pub sides: [String; 2],
}

impl Session {
    /// The runs on the shelf.
    pub fn kept_runs(&self) -> Vec<KeptView> {
        let beside = self.shelf.beside().map(|kept| kept.number);
        let view = |kept: &KeptRun| KeptView {
            number: kept.number,
            name: kept.name.clone(),
            summary: summary_of(&kept.study),
            is_beside: beside == Some(kept.number),
        };
        self.shelf.runs().iter().map(view).collect()
    }

    /// Why the present run cannot be kept, as a sentence; `None` where it can.
    pub fn why_not_keep(&self) -> Option<String> {
        if self.can_keep_run() {
            None
        } else if self.shelf.is_full() {
            Some(format!(
                "{MOST_KEPT_RUNS} runs are kept, and there is room for no more: remove one first."
            ))
        } else {
            Some(
                "This network has learned nothing yet: train it, and keep what comes of it."
                    .to_owned(),
            )
        }
    }

    /// The present run beside the one that is compared with; `None` where none is.
    pub fn comparison(&self, n_bins: usize) -> Option<ComparisonView> {
        let kept = self.shelf.beside()?;
        let front = self.study();
        let axis = self.error_axis();
        let name = if front.run.id == kept.study.run.id {
            "The same run"
        } else {
            "This run"
        };
        let obstacle = (!self.can_judge_here(&kept.study)).then(|| {
            format!(
                "“{}” was trained on other data, and cannot judge what lies here. Bring it to the front to look at it.",
                kept.name
            )
        });
        let here = side(
            name.to_owned(),
            front,
            self.measured().judgement.as_ref(),
            axis,
            n_bins,
        );
        let there = side(
            kept.name.clone(),
            &kept.study,
            self.judgement_beside.as_ref(),
            axis,
            n_bins,
        );
        Some(ComparisonView {
            sides: [here, there],
            axis,
            rows: self.rows_of(kept),
            obstacle,
        })
    }

    /// Figures of both, and then the settings that differ.
    fn rows_of(&self, kept: &KeptRun) -> Vec<ComparedRow> {
        let front = self.study();
        let row = |title: &str, figure: &dyn Fn(&Study) -> Option<String>| {
            let in_words = |study| figure(study).unwrap_or_else(|| "–".to_owned());
            ComparedRow {
                title: title.to_owned(),
                sides: [in_words(front), in_words(&kept.study)],
            }
        };
        let mut rows = vec![
            row("epochs done", &|study| {
                Some(study.run.newest_position().epoch.to_string())
            }),
            row("calibration loss", &calibration_loss),
            row("threshold", &|study| {
                Some(format_error(threshold_of(study)?))
            }),
            row("false alarms among test items", &false_alarms),
        ];
        if let (Some(one), Some(other)) = (self.report_of_front(), &kept.report) {
            rows.extend(areas(&one, other));
        }
        if front.name != kept.study.name {
            rows.push(row("recipe", &|study| Some(study.name.title().to_owned())));
        }
        let differences = front.recipe.differences(&kept.study.recipe);
        rows.extend(differences.into_iter().map(|known| ComparedRow {
            title: known.setting.to_owned(),
            sides: [known.one, known.other],
        }));
        rows
    }
}

/// The area under the ROC curve of each kind of anomaly that both evaluations hold, after their mean.
fn areas(one: &Report, other: &Report) -> Vec<ComparedRow> {
    let row = |what: &str, sides: [f64; 2]| ComparedRow {
        title: format!("area under the curve, {what}"),
        sides: sides.map(|area| format!("{area:.3}")),
    };
    let mean = |report: &Report| report.mean_auroc(DetectorKind::Network);
    let of_kind = |report: &Report, kind: AnomalyKind| {
        let anomaly = report.anomalies.iter().find(|it| it.kind == kind)?;
        Some(anomaly.finding(DetectorKind::Network)?.auroc?.value)
    };
    let means = mean(one).zip(mean(other));
    let means = means.map(|(one, other)| row("mean", [one, other]));
    let kinds = one.anomalies.iter().filter_map(|anomaly| {
        let sides = [of_kind(one, anomaly.kind)?, of_kind(other, anomaly.kind)?];
        Some(row(&anomaly.kind.title().to_lowercase(), sides))
    });
    means.into_iter().chain(kinds).collect()
}

/// What a run makes of the item that it has judged.
fn side(
    name: String,
    study: &Study,
    judgement: Option<&crate::protocol::Judgement>,
    axis: LogScale,
    n_bins: usize,
) -> SideView {
    let calibration = study.measured.calibration.as_ref();
    let calibration = calibration.map(|known| &known.errors);
    let threshold = threshold_of(study);
    let verdict = judgement.zip(threshold).zip(calibration);
    let verdict = verdict.map(|((judgement, threshold), calibration)| {
        Verdict::new(judgement.error, threshold, calibration)
    });
    let sentence = match (judgement, threshold) {
        (Some(judgement), Some(threshold)) => format!(
            "Error {}, threshold {}.",
            format_error(judgement.error),
            format_error(threshold)
        ),
        (Some(judgement), None) => format!("Error {}.", format_error(judgement.error)),
        (None, _) => "Nothing lies on the bench, or it is being judged.".to_owned(),
    };
    SideView {
        name,
        reconstruction: judgement.map_or_else(Vec::new, |known| known.reconstruction.clone()),
        signed_error: judgement.map_or_else(Vec::new, |known| {
            signed_error(&known.values, &known.reconstruction)
        }),
        verdict: match &verdict {
            Some(verdict) if verdict.is_anomaly => "Anomaly",
            Some(_) => "Normal",
            None => "No verdict yet",
        },
        is_anomaly: verdict.map(|verdict| verdict.is_anomaly),
        sentence,
        error: judgement.map(|known| known.error),
        threshold,
        bins: calibration.map_or_else(Vec::new, |known| {
            Histogram::new(known.errors(), axis, n_bins)
                .counts()
                .to_vec()
        }),
    }
}

fn threshold_of(study: &Study) -> Option<f32> {
    let calibration = &study.measured.calibration.as_ref()?.errors;
    let scores = study.measured.scores.as_ref();
    let evidence = Evidence {
        calibration,
        training_range: scores.and_then(|scored| scored.training_range),
        labelled: scores.and_then(|scored| scored.labelled.as_ref()),
    };
    study.rule.threshold(&evidence).ok()
}

fn calibration_loss(study: &Study) -> Option<String> {
    let last = study.run.losses.last()?;
    Some(format_error(last.calibration as f32))
}

fn false_alarms(study: &Study) -> Option<String> {
    let test = &study.measured.scores.as_ref()?.test;
    let n_flagged = test.count_larger(threshold_of(study)?);
    let share = 100.0 * n_flagged as f64 / test.n_items().max(1) as f64;
    (test.n_items() > 0).then(|| format!("{share:.1} %"))
}

fn summary_of(study: &Study) -> String {
    let epochs = counted(study.run.newest_position().epoch, "epoch");
    match calibration_loss(study) {
        Some(loss) => format!("{epochs}, calibration loss {loss}"),
        None => epochs,
    }
}
