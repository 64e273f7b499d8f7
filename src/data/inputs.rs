//! From items to the rows of numbers that a network takes.

use super::Dataset;

/// The first article's label that is 1 as an input.
const LARGEST_DIGIT: u8 = 9;

/// How the labels of a data set become inputs from 0 to 1.
///
/// They are divided by 9, as in the first article, even where no 9 is among the digits; where a larger label occurs, by
/// the largest one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LabelScale {
    /// The label that is 1 as an input.
    largest: u8,
}

impl LabelScale {
    /// The scale that fits the labels of a data set.
    pub fn of(dataset: &Dataset) -> Self {
        let largest = dataset.classes().last().copied().unwrap_or(0);
        Self {
            largest: largest.max(LARGEST_DIGIT),
        }
    }

    /// The scale by which this label is 1 as an input; it is above 0.
    pub fn up_to(largest: u8) -> Self {
        Self {
            largest: largest.max(1),
        }
    }

    /// The label that is 1 as an input.
    pub fn largest(self) -> u8 {
        self.largest
    }

    /// A label as an input.
    pub fn input(self, label: u8) -> f32 {
        f32::from(label) / f32::from(self.largest)
    }
}

/// Rows for the network, one per index: the values of the item, then the label as one more input where `with_label` asks for it.
///
/// The shape is `n × n_features`, or `n × (n_features + 1)` with labels. An index beyond the data set gives no row,
/// and neither does an item without the label that is asked for.
pub fn inputs_of(dataset: &Dataset, item_indices: &[usize], with_label: bool) -> Vec<f32> {
    let scale = with_label.then(|| LabelScale::of(dataset));
    inputs_scaled(dataset, item_indices, scale)
}

/// The same with labels on a scale that is known, be it of other data; without one they are left out.
pub fn inputs_scaled(
    dataset: &Dataset,
    item_indices: &[usize],
    scale: Option<LabelScale>,
) -> Vec<f32> {
    item_indices
        .iter()
        .filter_map(|&item_idx| row_of(dataset, item_idx, scale))
        .flatten()
        .collect()
}

fn row_of(dataset: &Dataset, item_idx: usize, scale: Option<LabelScale>) -> Option<Vec<f32>> {
    let mut row = dataset.item(item_idx)?;
    if let Some(scale) = scale {
        row.push(scale.input(dataset.label_of(item_idx)?));
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
    fn digits_without_a_nine_are_scaled_like_all_digits() {
        let few = Dataset::pictures(2, 1, 4, vec![0, 1, 2, 4], vec![0, 1]).expect("two pictures");
        assert_eq!(inputs_of(&few, &[1], true), [0.5, 1.0, 1.0 / 9.0]);
    }

    #[test]
    fn labels_beyond_the_digits_stay_between_0_and_1() {
        for largest in [10, 26, 255] {
            let labels = vec![largest, 0];
            let data = Dataset::pictures(2, 1, 4, vec![0, 1, 2, 4], labels).expect("two pictures");
            assert_eq!(
                inputs_of(&data, &[0, 1], true),
                [0.0, 0.25, 1.0, 0.5, 1.0, 0.0]
            );
        }
        let letters = Dataset::pictures(1, 1, 1, vec![0; 26], (1..=26).collect());
        let scale = LabelScale::of(&letters.expect("26 pictures"));
        assert!((scale.input(13) - 0.5).abs() < f32::EPSILON);
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
