//! What the comparisons with PyTorch share: the fixtures, and the items that they were made with.

use serde_json::Value;

/// A committed fixture of PyTorch's.
pub fn fixture(name: &str) -> Value {
    let path = format!(
        "{}/tests/fixtures/torch/{name}.json",
        env!("CARGO_MANIFEST_DIR")
    );
    let text = std::fs::read_to_string(&path).expect("the fixtures are committed");
    serde_json::from_str(&text).expect("the fixtures are JSON")
}

/// An integer of a fixture.
pub fn integer(value: &Value) -> usize {
    value.as_u64().expect("an integer") as usize
}

/// The same sixteenths that the scripts compute.
pub fn items(n_items: usize, input_size: usize) -> Vec<f32> {
    let item =
        |i: usize| (0..input_size).map(move |j| ((31 * i + 17 * j + 7 * i * j) % 17) as f32 / 16.0);
    (0..n_items).flat_map(item).collect()
}
