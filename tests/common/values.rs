//! Lists of a fixture.

use serde_json::Value;

/// A list of a fixture.
pub fn list(value: &Value) -> &Vec<Value> {
    value.as_array().expect("a list")
}

/// A number of a fixture.
pub fn number(value: &Value) -> f64 {
    value.as_f64().expect("a number")
}

/// A list of numbers.
pub fn numbers(value: &Value) -> Vec<f32> {
    list(value).iter().map(|one| number(one) as f32).collect()
}

/// A list of lists of numbers, one after the other.
pub fn rows(value: &Value) -> Vec<f32> {
    list(value).iter().flat_map(numbers).collect()
}

/// The largest difference between two lists of the same length.
pub fn largest_difference(ours: &[f32], theirs: &[f32]) -> f32 {
    assert_eq!(ours.len(), theirs.len());
    // The largest of some numbers passes over those that are none.
    assert!(ours.iter().all(|value| value.is_finite()), "{ours:?}");
    let differences = ours.iter().zip(theirs).map(|(a, b)| (a - b).abs());
    differences.fold(0.0, f32::max)
}
