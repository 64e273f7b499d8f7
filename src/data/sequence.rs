//! Columns that count or name the rows instead of describing them.

use std::collections::BTreeSet;

/// Fewer rows can be in order, or all different, by chance.
pub(super) const FEWEST_ROWS: usize = 10;
/// From here on double precision does not tell whole numbers apart.
const LARGEST_COUNTED: f64 = 9_007_199_254_740_992.0;
/// How far a step may differ from the first one, by rounding.
const TOLERANCE: f64 = 1e-6;

/// Whether all numbers are one and the same.
pub(super) fn is_constant(numbers: &[f64]) -> bool {
    numbers
        .windows(2)
        .all(|pair| pair[0].total_cmp(&pair[1]).is_eq())
}

/// Whether numbers go up or down by the same step from row to row, or are whole and never turn back.
pub(super) fn is_running(numbers: &[f64]) -> bool {
    let [first, second, ..] = *numbers else {
        return false;
    };
    let step = second - first;
    let steps = || numbers.windows(2).map(|pair| pair[1] - pair[0]);
    let is_even = steps().all(|it| (it - step).abs() <= step.abs() * TOLERANCE);
    let are_whole = numbers.iter().all(|number| number.fract() == 0.0);
    let never_turns = steps().all(|it| it * step > 0.0);
    step != 0.0 && (is_even || are_whole && never_turns)
}

/// Whether numbers are whole and longer than any amount that is measured.
pub(super) fn are_long(numbers: &[f64]) -> bool {
    numbers
        .iter()
        .all(|number| number.fract() == 0.0 && number.abs() > LARGEST_COUNTED)
}

/// Whether no two cells are equal.
pub(super) fn are_all_different<'a>(mut cells: impl Iterator<Item = &'a str>) -> bool {
    let mut seen = BTreeSet::new();
    cells.all(|cell| seen.insert(cell))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn running_numbers_are_told_from_measured_ones() {
        assert!(is_running(&[0.0, 1.0, 2.0]));
        assert!(is_running(&[0.0, 0.1, 0.2, 0.300_000_000_000_000_04]));
        assert!(is_running(&[9.0, 7.0, 2.0]));
        assert!(!is_running(&[1.0, 2.5, 2.7]));
        assert!(!is_running(&[1.0, 3.0, 2.0]));
        assert!(!is_running(&[5.0, 5.0]));
        assert!(is_constant(&[5.0, 5.0]) && !is_constant(&[5.0, 6.0]));
    }
}
