//! Lists of a fixture, and the pictures that the scripts draw.

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

/// A blunt peak somewhere on each of some pictures of 28 × 28 pixels.
pub fn pictures(n_items: usize) -> Vec<f32> {
    let pixel = |i: usize, row: usize, column: usize| {
        let below = row.abs_diff(4 + 3 * i % 19);
        let beside = column.abs_diff(4 + 5 * i % 17);
        16_usize.saturating_sub(2 * below + beside) as f32 / 16.0
    };
    let picture =
        |i: usize| (0..28).flat_map(move |row| (0..28).map(move |column| pixel(i, row, column)));
    (0..n_items).flat_map(picture).collect()
}

/// The largest difference between two lists of the same length.
pub fn largest_difference(ours: &[f32], theirs: &[f32]) -> f32 {
    assert_eq!(ours.len(), theirs.len());
    // The largest of some numbers passes over those that are none.
    assert!(ours.iter().all(|value| value.is_finite()), "{ours:?}");
    let differences = ours.iter().zip(theirs).map(|(a, b)| (a - b).abs());
    differences.fold(0.0, f32::max)
}
