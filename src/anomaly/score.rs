//! How badly an item is rebuilt.

/// The mean of the squared differences between an input and its reconstruction; 0 for no values.
///
/// Where one is longer than the other, what it has more is left out.
pub fn mean_squared_error(input: &[f32], reconstruction: &[f32]) -> f32 {
    let n_values = input.len().min(reconstruction.len());
    if n_values == 0 {
        return 0.0;
    }
    let pairs = input.iter().zip(reconstruction);
    let sum: f32 = pairs
        .map(|(input, rebuilt)| (input - rebuilt).powi(2))
        .sum();
    sum / n_values as f32
}

/// The mean squared error of each row of `n × n_features` values; a last row that is cut off is left out.
pub fn item_errors(inputs: &[f32], reconstructions: &[f32], n_features: usize) -> Vec<f32> {
    if n_features == 0 {
        return Vec::new();
    }
    let rows = inputs
        .chunks_exact(n_features)
        .zip(reconstructions.chunks_exact(n_features));
    rows.map(|(input, reconstruction)| mean_squared_error(input, reconstruction))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_worked_example_of_the_first_article_gives_0_0667() {
        let error = mean_squared_error(&[0.5, 0.7, 0.2], &[0.1, 0.7, 0.4]);
        assert!((error - 0.0667).abs() < 0.00005, "error {error}");
    }

    #[test]
    fn every_row_has_its_own_error() {
        let errors = item_errors(&[0.0, 0.0, 1.0, 0.5], &[0.0, 0.0, 0.0, 0.5], 2);
        assert_eq!(errors, [0.0, 0.5]);
    }

    #[test]
    fn shapes_that_do_not_fit_do_no_harm() {
        assert!(item_errors(&[0.1, 0.2], &[0.1, 0.2], 0).is_empty());
        assert!(item_errors(&[], &[], 64).is_empty());
        assert_eq!(item_errors(&[1.0, 0.5, 0.5], &[0.0, 0.5, 0.5], 2), [0.5]);
        assert!(mean_squared_error(&[], &[1.0]).abs() < f32::EPSILON);
    }
}
