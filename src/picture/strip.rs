//! Several pictures as one.

/// Paper between two pictures, as a part of a picture's width: at least one cell.
const CELLS_PER_GAP: usize = 10;

/// Columns between two pictures of `width` columns.
pub fn gap_between(width: usize) -> usize {
    width.div_ceil(CELLS_PER_GAP)
}

/// Ink of `width` columns each as one wide picture, with paper between, and how wide that is.
pub fn side_by_side(width: usize, pictures: &[Vec<f32>]) -> (usize, Vec<f32>) {
    let n_rows = pictures.first().map_or(0, Vec::len) / width.max(1);
    let gap = vec![0.0; gap_between(width)];
    let row_of = |picture: &Vec<f32>, row: usize| {
        picture
            .get(row * width..(row + 1) * width)
            .map_or_else(|| vec![0.0; width], <[f32]>::to_vec)
    };
    let rows = (0..n_rows).map(|row| {
        let parts: Vec<Vec<f32>> = pictures
            .iter()
            .map(|picture| row_of(picture, row))
            .collect();
        parts.join(&gap[..])
    });
    let ink: Vec<f32> = rows.flatten().collect();
    let strip_width = ink.len().checked_div(n_rows).unwrap_or(0);
    (strip_width, ink)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_are_joined_row_by_row_with_paper_between() {
        let (width, ink) = side_by_side(2, &[vec![1.0; 4], vec![0.5; 4]]);
        assert_eq!(width, 5);
        assert_eq!(ink, [1.0, 1.0, 0.0, 0.5, 0.5, 1.0, 1.0, 0.0, 0.5, 0.5]);
        assert_eq!(side_by_side(2, &[]), (0, Vec::new()));
    }
}
