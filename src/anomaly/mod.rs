//! From reconstructions to a verdict: errors, a threshold with a promise, and words.
//!
//! An [`ErrorMeasure`] says how badly each item is reconstructed. A [`Calibration`] holds the errors of normal items that
//! were not trained on; a [`ThresholdRule`] sets the threshold by them; a [`Verdict`] compares one error with it and
//! says so in a sentence.
//! [`Histogram`], [`LogScale`] and [`LinearScale`] lay errors out for a chart.

mod batch_losses;
mod distance;
mod interval;
mod labelled;
mod rule;
#[cfg(test)]
mod rule_parity;
mod score;
mod threshold;

mod frequency;
mod verdict;

mod histogram;
mod linear;
mod scale;

pub use batch_losses::BatchLosses;
pub use distance::nearest_row;
pub use interval::{format_share, wilson_interval};
pub use labelled::{BestF1, LabelledErrors};
pub use rule::{
    DEFAULT_ALPHA, DEFAULT_DEVIATIONS, DEFAULT_PERCENT, DEFAULT_RANGES, DEFAULT_THETA, Evidence,
    Promise, ThresholdRule, normalised_error,
};
pub use score::{ErrorMeasure, mean_item, shares_of_error};
pub use threshold::{Calibration, ThresholdError};
pub use verdict::{Verdict, decimals_for, format_error, format_with_digits};

pub use histogram::Histogram;
pub use linear::LinearScale;
pub use scale::LogScale;
