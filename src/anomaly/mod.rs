//! From reconstructions to a verdict: errors, a threshold with a promise, and words.
//!
//! [`item_errors`] measures how badly each item is rebuilt. A [`Calibration`] holds the errors of normal items that
//! were not trained on and sets the threshold; a [`Verdict`] compares one error with it and says so in a sentence.
//! [`Histogram`] and [`LogScale`] lay errors out for a chart.

mod score;
mod threshold;

mod frequency;
mod verdict;

mod histogram;
mod scale;

pub use score::{item_errors, mean_squared_error};
pub use threshold::{Calibration, ThresholdError};
pub use verdict::{Verdict, format_error};

pub use histogram::Histogram;
pub use scale::LogScale;
