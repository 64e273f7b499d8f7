//! The item on the bench over the epochs of the run, in curves.

use super::Session;
use crate::anomaly::Evidence;

/// The error of what lies on the bench, and the threshold, after the epochs that were kept.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PastCurves {
    /// Points as (epoch, error), as far as they are measured.
    pub errors: Vec<(f64, f64)>,
    /// Points as (epoch, threshold), where the calibration items are measured and the rule gives one.
    pub thresholds: Vec<(f64, f64)>,
    /// What there is to see, or what is being waited for.
    pub sentence: String,
}

impl Session {
    /// The error of what lies on the bench, and the threshold, epoch by epoch.
    pub fn past_curves(&self) -> PastCurves {
        let mut curves = PastCurves::default();
        let measured = self.measured().past.as_ref();
        let run = &self.study().run;
        for kept in run.history.epochs() {
            let epoch = kept.epoch() as f64;
            let error = measured.and_then(|measured| measured.of(&kept.checkpoint));
            curves
                .errors
                .extend(error.map(|error| (epoch, f64::from(error))));
            let threshold = kept.calibration.as_ref().and_then(|calibration| {
                let evidence = Evidence {
                    calibration,
                    training_range: None,
                    labelled: None,
                };
                self.study().rule.threshold(&evidence).ok()
            });
            curves
                .thresholds
                .extend(threshold.map(|threshold| (epoch, f64::from(threshold))));
        }
        curves.sentence = self.past_sentence(&curves);
        curves
    }

    fn past_sentence(&self, curves: &PastCurves) -> String {
        let (one, _) = self.nouns();
        if self.item_on_bench().is_none() {
            return format!("Draw or choose a {one}: its error after every epoch appears here.");
        }
        if curves.errors.is_empty() {
            return "Measuring it by the weights of every epoch that was kept…".to_owned();
        }
        if curves.thresholds.is_empty() {
            return format!("The error of your {one} after the epochs of this run.");
        }
        match became_normal(curves) {
            Some(0) => format!("Your {one} was below the threshold from the beginning."),
            Some(epoch) => format!("Your {one} is below the threshold from epoch {epoch} on."),
            None => format!("Your {one} is above the threshold by the newest weights of these."),
        }
    }
}

/// The first epoch from which on the error stays below the threshold; `None` where it is above it in the end.
fn became_normal(curves: &PastCurves) -> Option<usize> {
    let mut since = None;
    for &(epoch, error) in &curves.errors {
        let of_epoch = |&&(of, _): &&(f64, f64)| of as usize == epoch as usize;
        let Some(&(_, threshold)) = curves.thresholds.iter().find(of_epoch) else {
            continue;
        };
        if error > threshold {
            since = None;
        } else {
            since = since.or(Some(epoch as usize));
        }
    }
    since
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_item_is_normal_from_the_epoch_after_which_it_stays_so() {
        let curves = |errors: &[f64]| PastCurves {
            errors: errors
                .iter()
                .enumerate()
                .map(|(epoch, &error)| (epoch as f64, error))
                .collect(),
            thresholds: (0..errors.len()).map(|epoch| (epoch as f64, 0.5)).collect(),
            sentence: String::new(),
        };
        assert_eq!(became_normal(&curves(&[0.9, 0.4, 0.6, 0.5, 0.1])), Some(3));
        assert_eq!(became_normal(&curves(&[0.1, 0.2])), Some(0));
        assert_eq!(became_normal(&curves(&[0.1, 0.9])), None);
    }
}
