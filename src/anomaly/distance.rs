//! How far an item is from others.

/// Which of some rows is nearest to an item by the Euclidean distance, and how far away; `None` without rows.
///
/// `rows` holds `n × item.len()` values. Of several equally near ones the first counts.
pub fn nearest_row(item: &[f32], rows: &[f32]) -> Option<(usize, f32)> {
    let squares = rows
        .chunks_exact(item.len().max(1))
        .map(|row| squared_distance(item, row));
    let (row_idx, square) = squares
        .enumerate()
        .min_by(|(_, one), (_, other)| one.total_cmp(other))?;
    Some((row_idx, square.sqrt()))
}

fn squared_distance(one: &[f32], other: &[f32]) -> f32 {
    let differences = one.iter().zip(other).map(|(x, y)| x - y);
    differences.map(|difference| difference * difference).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_of_the_nearest_rows_is_found() {
        let rows = [5.0, 5.0, 0.0, 3.0, 3.0, 0.0];
        assert_eq!(nearest_row(&[0.0, -1.0], &rows), Some((2, 10.0_f32.sqrt())));
        assert_eq!(nearest_row(&[4.0, 0.0], &[0.0, 3.0]), Some((0, 5.0)));
        assert_eq!(nearest_row(&[0.0, 0.0], &rows), Some((1, 3.0)));
        assert_eq!(nearest_row(&[5.0, 5.0], &rows), Some((0, 0.0)));
    }

    #[test]
    fn without_rows_nothing_is_near() {
        assert_eq!(nearest_row(&[0.0, 0.0], &[]), None);
        assert_eq!(nearest_row(&[], &[]), None);
    }
}
