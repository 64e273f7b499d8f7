//! The figures of the run at hand, as a lesson writes them.

use crate::anomaly::{format_error, format_share};
use crate::evaluation::{AnomalyKind, DetectorKind};
use crate::lesson::Figure;
use crate::session::{Session, Trick};
use crate::sweep::SweepKind;

impl Session {
    /// A figure in words; `None` while it is not known.
    pub(super) fn figure(&self, figure: Figure) -> Option<String> {
        Some(match figure {
            Figure::Error => format_error(self.judgement()?.error),
            Figure::Threshold => format_error(self.threshold()?),
            Figure::Verdict => {
                let is_anomaly = self.judgement()?.error > self.threshold()?;
                if is_anomaly { "an anomaly" } else { "normal" }.to_owned()
            }
            Figure::Reason => self.reason(self.judgement()?)?,
            Figure::Rotation => {
                format!("{:.0}°", self.treatment().rotation_degrees).replace('-', "−")
            }
            Figure::Noise => format!("{:.2}", self.treatment().noise),
            Figure::Denoised => self.denoising()?.gain_in_words(),
            Figure::AnglesPercent => self.angles_above()?,
            Figure::Values => self.dataset()?.n_features().to_string(),
            Figure::CodeSize => self.architecture().code_size().to_string(),
            Figure::Epochs => self.progress().epoch.to_string(),
            Figure::TrainingLoss => format_error(self.losses().last()?.training as f32),
            Figure::CalibrationLoss => format_error(self.losses().last()?.calibration as f32),
            Figure::Flagged
            | Figure::FlaggedPercent
            | Figure::TestItems
            | Figure::TrainingItems
            | Figure::LeftOutPercent
            | Figure::LeftOutItems
            | Figure::Contaminating
            | Figure::MeanError
            | Figure::AverageItemError => return self.figure_of_items(figure),
            Figure::AreaNetwork => self.area(DetectorKind::Network)?,
            Figure::AreaCombined => self.area(DetectorKind::Combined)?,
            Figure::AreaAverageItem => self.area(DetectorKind::MeanItem)?,
            Figure::AreaPca => self.area(DetectorKind::Pca)?,
            Figure::AreaNeighbours => self.area(DetectorKind::NearestNeighbours)?,
            Figure::StrokeError => format_error(self.tried_error(Trick::Stroke)?),
            Figure::ThickError => format_error(self.tried_error(Trick::ThickDigit)?),
            Figure::OwnError => format_error(self.tried_error(Trick::Own)?),
            Figure::Fooled => {
                self.challenge_attempts()?;
                self.challenge_view().n_fooled.to_string()
            }
        })
    }

    /// A figure of all items, by the weights at hand.
    fn figure_of_items(&self, figure: Figure) -> Option<String> {
        if figure == Figure::TrainingItems {
            let counts = self.recipe().training_counts(self.dataset()?);
            return Some(counts.total().to_string());
        }
        if !self.is_measured() || self.are_scores_old() {
            return None;
        }
        let alarms = || self.false_alarms(self.threshold_rule());
        let against_mean = || self.figures_against_mean();
        let left_out = || self.found()?.held_out;
        Some(match figure {
            Figure::Flagged => alarms()?.n_flagged.to_string(),
            Figure::FlaggedPercent => format_percent(alarms()?.share()),
            Figure::TestItems => alarms()?.n_items.to_string(),
            Figure::LeftOutPercent => format_percent(left_out()?.flagged.into()),
            Figure::LeftOutItems => left_out()?.n_items.to_string(),
            Figure::Contaminating => self.n_contaminating()?.to_string(),
            Figure::MeanError => format_error(against_mean()?.network),
            Figure::AverageItemError => format_error(against_mean()?.mean_item),
            _ => return None,
        })
    }

    /// The part of all angles at which what lies on the bench is above the threshold.
    fn angles_above(&self) -> Option<String> {
        if !self.are_sweeps_finished() {
            return None;
        }
        let (line, threshold) = (self.sweep(SweepKind::Rotation).line, self.threshold()?);
        let n_above = line.iter().filter(|point| point.error > threshold).count();
        (!line.is_empty()).then(|| format_percent(n_above as f64 / line.len() as f64))
    }

    /// The area under a detector's ROC curve for classes that were left out, or over all kinds of anomalies.
    fn area(&self, detector: DetectorKind) -> Option<String> {
        let known = self.evaluation.as_ref();
        let report = &known.filter(|_| !self.is_evaluation_old())?.report;
        let mut anomalies = report.anomalies.iter();
        let area = match anomalies
            .find(|it| matches!(it.kind, AnomalyKind::HeldOut | AnomalyKind::Known))
        {
            Some(left_out) => left_out.finding(detector)?.auroc.as_ref()?.value,
            None => report.mean_auroc(detector)?,
        };
        Some(format!("{area:.2}"))
    }
}

/// Whole percents, but for what is nearly nothing.
fn format_percent(share: f64) -> String {
    if share > 0.0 && share < 0.01 {
        format_share(share)
    } else {
        format!("{:.0} %", share * 100.0)
    }
}
