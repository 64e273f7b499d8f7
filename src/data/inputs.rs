//! From items to the rows of numbers that a network takes.

use super::Dataset;

/// The label that is encoded as 1.
pub const LARGEST_LABEL: u8 = 9;

/// A label as an input, 0 to 1 for digits: divided by 9, as in the first article.
pub fn label_input(label: u8) -> f32 {
    f32::from(label) / f32::from(LARGEST_LABEL)
}

/// Rows for the network, one per index: the pixels, then the label as one more input where `with_label` asks for it.
///
/// The shape is `n × n_features`, or `n × (n_features + 1)` with labels. An index beyond the data set gives no row.
pub fn inputs_of(dataset: &Dataset, item_indices: &[usize], with_label: bool) -> Vec<f32> {
    let mut inputs = Vec::new();
    for &item_idx in item_indices {
        let (Some(pixels), Some(label)) = (dataset.pixels_of(item_idx), dataset.label_of(item_idx))
        else {
            continue;
        };
        inputs.extend_from_slice(pixels);
        if with_label {
            inputs.push(label_input(label));
        }
    }
    inputs
}

#[cfg(test)]
mod tests {
    use super::*;

    fn two_items() -> Dataset {
        Dataset {
            width: 2,
            height: 1,
            pixels: vec![0.0, 0.25, 0.5, 1.0],
            labels: vec![3, 9],
        }
    }

    #[test]
    fn rows_follow_the_order_of_the_indices() {
        assert_eq!(
            inputs_of(&two_items(), &[1, 0], false),
            [0.5, 1.0, 0.0, 0.25]
        );
    }

    #[test]
    fn the_label_over_nine_follows_the_pixels() {
        let inputs = inputs_of(&two_items(), &[0, 1], true);
        assert_eq!(inputs, [0.0, 0.25, 3.0 / 9.0, 0.5, 1.0, 1.0]);
    }

    #[test]
    fn an_index_beyond_the_data_gives_no_row() {
        assert_eq!(
            inputs_of(&two_items(), &[5, 0, usize::MAX], false),
            [0.0, 0.25]
        );
    }
}
