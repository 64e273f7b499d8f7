//! Which of the items are listed.

use std::collections::BTreeSet;

use crate::data::Dataset;
use crate::session::Part;
use crate::session::study::Scored;

/// Which end of the list comes first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ItemOrder {
    /// The largest error first.
    #[default]
    MostAnomalous,
    /// The smallest error first.
    MostTypical,
}

/// On which side of the threshold an item's error lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Above: flagged as an anomaly.
    Above,
    /// Not above: passed as normal.
    Below,
}

/// What an item must be, to be listed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ItemFilter {
    /// It shows one of these; any, where there are none.
    pub classes: BTreeSet<u8>,
    /// It lies on this side of the threshold; `None` for either.
    pub side: Option<Side>,
    /// It was used for this; `None` for whatever it was used for.
    pub part: Option<Part>,
}

impl ItemFilter {
    /// Whether every item is listed.
    pub fn is_open(&self) -> bool {
        *self == Self::default()
    }

    /// Adds a class to those that are listed, or takes it away.
    pub(super) fn toggle(&mut self, class: u8) {
        if !self.classes.remove(&class) {
            self.classes.insert(class);
        }
    }

    /// The indices of the items that are listed, in `order`.
    pub(super) fn apply(
        &self,
        scored: &Scored,
        dataset: &Dataset,
        threshold: f32,
        order: ItemOrder,
    ) -> Vec<usize> {
        let errors = &scored.scores.errors;
        let is_listed = |&item: &usize| {
            let is_above = errors.get(item).is_some_and(|&error| error > threshold);
            let is_on_side = self
                .side
                .is_none_or(|side| is_above == (side == Side::Above));
            let is_in_part = self
                .part
                .is_none_or(|part| scored.parts.get(item) == Some(&part));
            let label = || dataset.label_of(item);
            let is_in_class = || label().is_some_and(|label| self.classes.contains(&label));
            is_on_side && is_in_part && (self.classes.is_empty() || is_in_class())
        };
        let listed = scored.ranking.iter().copied().filter(is_listed);
        match order {
            ItemOrder::MostAnomalous => listed.collect(),
            ItemOrder::MostTypical => listed.rev().collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::Split;
    use crate::protocol::{Moment, Scores};

    /// Six items with errors 0.1 to 0.6; even ones show a 2, odd ones a 3.
    fn six() -> (Scored, Dataset) {
        let scores = Scores {
            of: Moment::default(),
            errors: vec![0.1, 0.2, 0.3, 0.4, 0.5, 0.6],
            codes: Vec::new(),
            mean_item_errors: Vec::new(),
        };
        let split = Split {
            train: vec![0, 1, 2],
            calibration: vec![3],
            test: vec![4, 5],
            held_out: Vec::new(),
            set_aside: Vec::new(),
        };
        let dataset = Dataset::pictures(1, 1, 1, vec![0; 6], vec![2, 3, 2, 3, 2, 3]);
        (Scored::new(scores, &split), dataset.expect("six pictures"))
    }

    fn listed(filter: &ItemFilter, order: ItemOrder) -> Vec<usize> {
        let (scored, dataset) = six();
        filter.apply(&scored, &dataset, 0.3, order)
    }

    #[test]
    fn an_open_filter_lists_every_item_from_either_end() {
        let open = ItemFilter::default();
        assert!(open.is_open());
        assert_eq!(listed(&open, ItemOrder::MostAnomalous), [5, 4, 3, 2, 1, 0]);
        assert_eq!(listed(&open, ItemOrder::MostTypical), [0, 1, 2, 3, 4, 5]);
    }

    #[test]
    fn an_item_on_the_line_is_below_it() {
        let of = |side| ItemFilter {
            side: Some(side),
            ..ItemFilter::default()
        };
        let order = ItemOrder::MostAnomalous;
        assert_eq!(listed(&of(Side::Above), order), [5, 4, 3]);
        assert_eq!(listed(&of(Side::Below), order), [2, 1, 0]);
    }

    #[test]
    fn classes_add_up_and_no_class_means_all() {
        let mut filter = ItemFilter::default();
        filter.toggle(3);
        assert_eq!(listed(&filter, ItemOrder::MostTypical), [1, 3, 5]);
        filter.toggle(2);
        assert_eq!(listed(&filter, ItemOrder::MostTypical).len(), 6);
        filter.toggle(3);
        assert_eq!(listed(&filter, ItemOrder::MostTypical), [0, 2, 4]);
        filter.toggle(2);
        assert!(filter.is_open());
    }

    #[test]
    fn class_side_and_part_must_all_fit() {
        let filter = ItemFilter {
            classes: BTreeSet::from([3]),
            side: Some(Side::Above),
            part: Some(Part::Test),
        };
        assert_eq!(listed(&filter, ItemOrder::MostAnomalous), [5]);
        let none = ItemFilter {
            classes: BTreeSet::from([7]),
            ..filter
        };
        assert!(listed(&none, ItemOrder::MostAnomalous).is_empty());
    }

    #[test]
    fn seventy_thousand_items_without_labels_have_no_class() {
        let n_items = 70_000;
        let scores = Scores {
            of: Moment::default(),
            errors: (0..n_items).map(|idx| idx as f32).collect(),
            codes: Vec::new(),
            mean_item_errors: Vec::new(),
        };
        let split = Split {
            train: (14_000..n_items).collect(),
            test: (0..14_000).collect(),
            ..Split::default()
        };
        let all = Scored::new(scores, &split);
        let dataset = Dataset::pictures(1, 1, 1, vec![0; n_items], Vec::new()).expect("pictures");
        let order = ItemOrder::MostAnomalous;
        let test = ItemFilter {
            part: Some(Part::Test),
            ..ItemFilter::default()
        };
        assert_eq!(test.apply(&all, &dataset, 1.0, order).len(), 14_000);
        let sevens = ItemFilter {
            classes: BTreeSet::from([7]),
            ..ItemFilter::default()
        };
        assert!(sevens.apply(&all, &dataset, 1.0, order).is_empty());
    }
}
