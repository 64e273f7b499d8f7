//! Charts that know no session: numbers in, pictures out.

mod axis;
mod curves;
mod error_histogram;

pub(super) use axis::ErrorAxis;
pub(super) use curves::{Curve, curves};
pub(super) use error_histogram::{N_BINS, Pin, error_histogram};
