//! Anomaly or normal, and why, in a sentence.

use std::ops::{Range, RangeInclusive};

use super::{Calibration, frequency::items_and_verb};

/// Digits that an error is normally written with.
const N_DIGITS: u8 = 2;

/// Decimals of a column of errors, unless they would be nothing but zeros.
const N_DECIMALS: usize = 4;

/// With so many digits, different numbers always look different.
const MAX_DIGITS: u8 = 9;

/// How the rarity of an error may differ from that of the threshold for a verdict that hangs by little.
const NEAR_RARITY: Range<f32> = 0.4..1.6;

/// The same for error and threshold themselves.
const NEAR_RATIO: RangeInclusive<f32> = 1.0 / 1.5..=1.5;

/// One error against a threshold, and against the errors of normal items.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Verdict {
    /// The error that is judged.
    pub error: f32,
    /// What it is compared with.
    pub threshold: f32,
    /// Whether the error is above the threshold; nothing else decides.
    pub is_anomaly: bool,
    /// [`Calibration::p_value`] of the error, 0…1.
    pub p_value: f32,
    /// The same of an error that is the threshold's own.
    pub p_value_of_threshold: f32,
    /// How many calibration items have at least this error.
    pub n_as_bad: usize,
    /// How many calibration items there are.
    pub n_calibration: usize,
}

impl Verdict {
    /// Compares an error with a threshold and with the errors of normal items.
    ///
    /// An error or threshold that is not a number gives no anomaly, and its sentence says so.
    pub fn new(error: f32, threshold: f32, calibration: &Calibration) -> Self {
        Self {
            error,
            threshold,
            is_anomaly: error > threshold,
            p_value: calibration.p_value(error),
            p_value_of_threshold: calibration.p_value(threshold),
            n_as_bad: calibration.count_as_large(error),
            n_calibration: calibration.n_items(),
        }
    }

    /// The verdict, how rare such an error is among normal items, and for an anomaly what most of it is made of.
    ///
    /// `several` names the items ("digits"); `reason` ends the sentence "Most of the error is …".
    pub fn sentence(&self, several: &str, reason: Option<String>) -> String {
        if self.error.is_nan() || self.threshold.is_nan() {
            let what = if self.error.is_nan() {
                "error"
            } else {
                "threshold"
            };
            return format!(
                "There is no verdict, because the {what} is not a number: reset the training, or try a smaller learning rate."
            );
        }
        let reason = reason
            .filter(|_| self.is_anomaly)
            .map(|reason| format!("Most of the error is {reason}."));
        let closeness = self.is_close().then(|| {
            "That is close to the threshold: a little more or less ink could turn it.".to_owned()
        });
        let sentences = [
            Some(self.comparison()),
            closeness,
            self.rarity(several),
            reason,
        ];
        sentences
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join(" ")
    }

    /// Whether the verdict hangs by little: the error is as rare among normal items as one at the threshold, within a
    /// factor of 0.4 to 1.6, and no more than half as large again as the threshold, nor the threshold as the error.
    ///
    /// At 5 % false alarms these are the errors with a p-value from 2 to 8 %.
    pub fn is_close(&self) -> bool {
        let ratio = self.error / self.threshold;
        let of_threshold = self.p_value_of_threshold;
        NEAR_RATIO.contains(&ratio)
            && (NEAR_RARITY.start * of_threshold..=NEAR_RARITY.end * of_threshold)
                .contains(&self.p_value)
    }

    fn comparison(&self) -> String {
        let (error, threshold) = format_apart(self.error, self.threshold);
        if self.is_anomaly {
            format!("Error {error} is above the threshold {threshold}: anomaly.")
        } else if self.error < self.threshold {
            format!("Error {error} is below the threshold {threshold}: normal.")
        } else {
            format!("Error {error} is at the threshold, not above it: normal.")
        }
    }

    /// `None` without calibration items to compare with.
    fn rarity(&self, several: &str) -> Option<String> {
        let n = self.n_calibration;
        match (self.is_anomaly, self.n_as_bad) {
            _ if n == 0 => None,
            (_, n_as_bad) => Some(format!(
                "{} reconstructed better.",
                items_and_verb(n - n_as_bad.min(n), n, several)
            )),
        }
    }
}

/// An error with two significant digits: 0.031, 0.0071, 0.13; from 10 on to the nearest whole number.
///
/// Beyond a millionth and a million it only says so.
pub fn format_error(error: f32) -> String {
    format_with_digits(error, N_DIGITS)
}

/// Both numbers with as few digits as tell them apart, two at least.
fn format_apart(one: f32, other: f32) -> (String, String) {
    let with_digits = |n_digits| {
        (
            format_with_digits(one, n_digits),
            format_with_digits(other, n_digits),
        )
    };
    let told_apart = (N_DIGITS..MAX_DIGITS)
        .map(with_digits)
        .find(|(one, other)| one != other);
    told_apart.unwrap_or_else(|| with_digits(N_DIGITS))
}

/// How many decimals a column of errors needs: four, as in the first article, and more where the largest is small.
pub fn decimals_for(errors: impl Iterator<Item = f32>) -> usize {
    let largest = errors.fold(0.0, f32::max);
    if largest <= 0.0 || !largest.is_finite() {
        return N_DECIMALS;
    }
    let n_zeros = (-largest.log10()).ceil().max(0.0) as usize;
    (n_zeros + usize::from(N_DIGITS)).clamp(N_DECIMALS, usize::from(MAX_DIGITS))
}

/// An error with so many significant digits, otherwise as [`format_error`] writes it.
pub fn format_with_digits(error: f32, n_digits: u8) -> String {
    match error.abs() {
        size if size.is_nan() => return "not a number".to_owned(),
        size if size > 1e6 => return "beyond 1000000".to_owned(),
        size if size <= 0.0 => return "0".to_owned(),
        size if size < 1e-6 => return "under 0.000001".to_owned(),
        _ => {}
    }
    // The exponent is read after rounding, so that 0.0996 becomes 0.10 and not 0.100.
    let scientific = format!("{error:.*e}", usize::from(n_digits - 1));
    let exponent = scientific
        .rsplit('e')
        .next()
        .and_then(|digits| digits.parse::<i32>().ok());
    let n_decimals = i32::from(n_digits) - 1 - exponent.unwrap_or(0);
    format!("{error:.*}", n_decimals.max(0) as usize)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::picture::{Reason, ReasonKind, Region};

    /// 400 normal errors, 0.0001 to 0.04 in equal steps.
    fn calibration() -> Calibration {
        Calibration::new(
            (1_u16..=400)
                .map(|step| f32::from(step) / 10_000.0)
                .collect(),
        )
    }

    fn sentence(error: f32, threshold: f32) -> String {
        Verdict::new(error, threshold, &calibration()).sentence("digits", None)
    }

    #[test]
    fn a_column_of_errors_has_four_decimals_and_more_where_they_would_be_nothing_but_zeros() {
        let of = |error: f32| decimals_for([error, error / 2.0].into_iter());
        assert_eq!([of(0.1352), of(13.5), of(0.0), of(f32::NAN)], [4; 4]);
        assert_eq!((of(0.0008), of(0.000_012)), (6, 7));
    }

    #[test]
    fn an_anomaly_says_how_rare_it_is_and_why() {
        let verdict = Verdict::new(0.03985, 0.012, &calibration());
        assert!(verdict.is_anomaly);
        let reason = Reason {
            kind: ReasonKind::UnexpectedInk,
            region: Region::UpperLeft,
            share: 0.6,
        };
        assert_eq!(
            verdict.sentence("digits", Some(reason.in_words())),
            "Error 0.040 is above the threshold 0.012: anomaly. 199 in 200 normal digits are reconstructed better. \
             Most of the error is ink of the picture that the reconstruction lacks, above all in the upper left."
        );
    }

    #[test]
    fn a_normal_digit_says_how_many_are_better_and_needs_no_reason() {
        let verdict = Verdict::new(0.016, 0.038, &calibration());
        assert!(!verdict.is_anomaly);
        let reason = Reason {
            kind: ReasonKind::MissingInk,
            region: Region::Everywhere,
            share: 1.0,
        };
        assert_eq!(
            verdict.sentence("digits", Some(reason.in_words())),
            "Error 0.016 is below the threshold 0.038: normal. About 2 in 5 normal digits are reconstructed better."
        );
    }

    #[test]
    fn an_error_beyond_all_normal_ones_is_rarer_than_one_in_their_number() {
        assert_eq!(
            sentence(0.13, 0.038),
            "Error 0.13 is above the threshold 0.038: anomaly. All of the 400 normal digits are reconstructed better."
        );
    }

    #[test]
    fn a_threshold_moved_by_hand_gets_words_that_still_fit() {
        assert_eq!(
            sentence(0.02, 0.0071),
            "Error 0.020 is above the threshold 0.0071: anomaly. About half of the normal digits are reconstructed better."
        );
        assert_eq!(
            sentence(0.5, 0.9),
            "Error 0.50 is below the threshold 0.90: normal. All of the 400 normal digits are reconstructed better."
        );
    }

    #[test]
    fn numbers_that_would_look_alike_get_more_digits() {
        assert!(
            sentence(0.012_04, 0.011_96)
                .starts_with("Error 0.01204 is above the threshold 0.01196: anomaly.")
        );
        assert!(
            sentence(0.011_96, 0.012_4)
                .starts_with("Error 0.0120 is below the threshold 0.0124: normal.")
        );
    }

    #[test]
    fn an_error_near_the_threshold_hangs_by_little_and_says_so() {
        // 400 errors in even steps: 380 of them lie below the threshold, as at 5 % false alarms.
        let closeness = |error| Verdict::new(error, 0.038, &calibration()).is_close();
        let cases = [
            (0.036, false),
            (0.037, true),
            (0.039, true),
            (0.0395, false),
            (0.13, false),
            (f32::NAN, false),
        ];
        for (error, is_close) in cases {
            assert_eq!(closeness(error), is_close, "{error}");
        }
        assert!(sentence(0.039, 0.038).contains("close to the threshold"));
        // Beyond every normal error all are equally rare: there the factor decides.
        assert!(!Verdict::new(0.2, 0.1, &calibration()).is_close());
    }

    #[test]
    fn an_error_at_the_threshold_is_normal() {
        let verdict = Verdict::new(0.02, 0.02, &calibration());
        assert!(!verdict.is_anomaly);
        assert!(
            verdict
                .sentence("digits", None)
                .starts_with("Error 0.020 is at the threshold, not above it: normal.")
        );
    }

    #[test]
    fn what_is_not_a_number_gets_no_verdict() {
        for (error, threshold) in [(f32::NAN, 0.1), (0.1, f32::NAN)] {
            let verdict = Verdict::new(error, threshold, &calibration());
            assert!(!verdict.is_anomaly);
            assert!(
                verdict
                    .sentence("digits", None)
                    .starts_with("There is no verdict")
            );
        }
    }

    #[test]
    fn without_calibration_items_nothing_is_said_of_rarity() {
        let verdict = Verdict::new(f32::INFINITY, 0.1, &Calibration::default());
        assert_eq!(
            verdict.sentence("digits", None),
            "Error beyond 1000000 is above the threshold 0.10: anomaly."
        );
    }

    #[test]
    fn errors_are_written_with_two_significant_digits() {
        let written = [
            0.031_2, 0.007_06, 0.134, 0.099_6, 1.234, 12.3, 456.7, 0.0, 1e-9,
        ]
        .map(format_error);
        let expected = [
            "0.031",
            "0.0071",
            "0.13",
            "0.10",
            "1.2",
            "12",
            "457",
            "0",
            "under 0.000001",
        ];
        assert_eq!(written, expected);
    }
}
