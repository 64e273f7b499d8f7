//! Values beside lists of a fixture that are too long to be kept whole.

use serde_json::Value;

use crate::common::integer;
use crate::values::{largest_difference, numbers};

/// The exact sum of the bits of all values.
pub fn bit_sum(values: &[f32]) -> u64 {
    values.iter().map(|value| u64::from(value.to_bits())).sum()
}

/// Values against a list of which only every so manieth was kept.
pub fn sampled_difference(ours: &[f32], sampled: &Value) -> f32 {
    assert_eq!(ours.len(), integer(&sampled["count"]));
    let ours: Vec<f32> = ours
        .iter()
        .copied()
        .step_by(integer(&sampled["stride"]))
        .collect();
    largest_difference(&ours, &numbers(&sampled["samples"]))
}
