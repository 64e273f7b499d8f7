//! From items to the rows of numbers that a network takes.

use super::Dataset;

/// The label that is encoded as 1.
pub const LARGEST_LABEL: u8 = 9;

/// A label as an input, 0 to 1 for digits: divided by 9, as in the first article.
pub fn label_input(label: u8) -> f32 {
    f32::from(label) / f32::from(LARGEST_LABEL)
}

/// Rows for the network, one per index: the values of the item, then the label as one more input where `with_label` asks for it.
///
/// The shape is `n × n_features`, or `n × (n_features + 1)` with labels. An index beyond the data set gives no row,
/// and neither does an item without the label that is asked for.
pub fn inputs_of(dataset: &Dataset, item_indices: &[usize], with_label: bool) -> Vec<f32> {
    item_indices
        .iter()
        .filter_map(|&item_idx| row_of(dataset, item_idx, with_label))
        .flatten()
        .collect()
}

fn row_of(dataset: &Dataset, item_idx: usize, with_label: bool) -> Option<Vec<f32>> {
    let mut row = dataset.item(item_idx)?;
    if with_label {
        row.push(label_input(dataset.label_of(item_idx)?));
    }
    Some(row)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn two_items() -> Dataset {
        Dataset::pictures(2, 1, 4, vec![0, 1, 2, 4], vec![3, 9]).expect("two pictures")
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
    fn items_without_labels_give_rows_without_labels_only() {
        let bare = Dataset::pictures(2, 1, 4, vec![0, 4], Vec::new()).expect("a picture");
        assert_eq!(inputs_of(&bare, &[0], false), [0.0, 1.0]);
        assert!(inputs_of(&bare, &[0], true).is_empty());
    }

    #[test]
    fn an_index_beyond_the_data_gives_no_row() {
        assert_eq!(
            inputs_of(&two_items(), &[5, 0, usize::MAX], false),
            [0.0, 0.25]
        );
    }
}
