//! The pictures that the scripts draw.

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
