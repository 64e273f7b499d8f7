//! The bench of a table: one row, as it was or as the reader changed it.

use super::{FIRST_EXAMPLE, ItemSource};
use crate::data::Dataset;

/// How many changes of the row can be taken back.
const UNDO_DEPTH: usize = 50;

/// A change of the row on the bench.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum RowChange {
    /// Give one of the encoded values another value.
    Set {
        /// Its place in the encoded row.
        value_idx: usize,
        /// What it becomes; anything but a finite number is ignored.
        value: f32,
    },
    /// The same while a number is being typed: its figures are one change, taken back together.
    Type {
        /// Its place in the encoded row.
        value_idx: usize,
        /// What the figures so far say; anything but a finite number is ignored.
        value: f32,
    },
    /// Typing is over: what comes next is another change.
    EndTyping,
    /// Take back the last change.
    Undo,
}

/// A row and what was done to it.
#[derive(Clone, Debug, PartialEq)]
pub struct RowBench {
    of: ItemSource,
    row: Row,
    undo: Vec<Row>,
    /// The value that is being typed.
    typed_idx: Option<usize>,
    n_examples: u64,
}

#[derive(Clone, Debug, Default, PartialEq)]
struct Row {
    values: Vec<f32>,
    item: Option<usize>,
    /// Where a row is from that is none of the table.
    from: Option<String>,
    is_edited: bool,
}

impl RowBench {
    /// A bench for the rows of one table, without a row.
    pub fn new(of: ItemSource) -> Self {
        Self {
            of,
            row: Row::default(),
            undo: Vec::new(),
            typed_idx: None,
            n_examples: FIRST_EXAMPLE,
        }
    }

    /// The table whose rows it is for.
    pub fn source(&self) -> ItemSource {
        self.of
    }

    /// Counts the rows that have been loaded; decides which comes next.
    pub fn n_examples(&self) -> u64 {
        self.n_examples
    }

    /// The encoded values; empty before a row was laid on the bench.
    pub fn values(&self) -> &[f32] {
        &self.row.values
    }

    /// The item that the row is, or was before it was changed.
    pub fn item(&self) -> Option<usize> {
        self.row.item
    }

    /// Where the row is from, or was before it was changed, if it is none of the table.
    pub fn from(&self) -> Option<&str> {
        self.row.from.as_deref()
    }

    /// Whether the row differs from the item that it was.
    pub fn is_edited(&self) -> bool {
        self.row.is_edited
    }

    /// Whether there is a change to take back.
    pub fn can_undo(&self) -> bool {
        !self.undo.is_empty()
    }

    /// Makes a change.
    pub fn apply(&mut self, change: RowChange) {
        match change {
            RowChange::Set { value_idx, value } => {
                self.typed_idx = None;
                self.set(value_idx, value);
            }
            RowChange::Type { value_idx, value } => {
                if self.set(value_idx, value) {
                    self.typed_idx = Some(value_idx);
                }
            }
            RowChange::EndTyping => self.typed_idx = None,
            RowChange::Undo => {
                self.typed_idx = None;
                if let Some(row) = self.undo.pop() {
                    self.row = row;
                }
            }
        }
    }

    /// Gives a value another value; `false` where that changes nothing or is no number.
    fn set(&mut self, value_idx: usize, value: f32) -> bool {
        let known = self.row.values.get(value_idx);
        let is_other = known.is_some_and(|known| known.to_bits() != value.to_bits());
        if !(value.is_finite() && is_other) {
            return false;
        }
        if self.typed_idx != Some(value_idx) {
            self.remember();
        }
        self.row.values[value_idx] = value;
        self.row.is_edited = true;
        true
    }

    /// Lays a row of the table on the bench.
    pub fn load_item(&mut self, dataset: &Dataset, item_idx: usize) {
        if let Some(values) = dataset.item(item_idx) {
            if !self.row.values.is_empty() {
                self.remember();
            }
            self.row = Row {
                values,
                item: Some(item_idx),
                from: None,
                is_edited: false,
            };
            self.n_examples += 1;
        }
    }

    /// Lays a row on the bench that is none of the table, `from` some other file; ignored unless it has as many values.
    pub fn load_row_from(&mut self, values: Vec<f32>, from: String) {
        if values.len() != self.row.values.len() {
            return;
        }
        self.remember();
        self.row = Row {
            values,
            item: None,
            from: Some(from),
            is_edited: false,
        };
    }

    /// Lays values on the bench that come from a link; ignored unless there are as many as the row has.
    pub fn load_values(&mut self, values: Vec<f32>) {
        let fits = values.len() == self.row.values.len();
        if fits && values.iter().all(|value| value.is_finite()) {
            self.remember();
            self.row.values = values;
            self.row.is_edited = true;
        }
    }

    fn remember(&mut self) {
        self.typed_idx = None;
        if self.undo.len() == UNDO_DEPTH {
            self.undo.remove(0);
        }
        self.undo.push(self.row.clone());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::employees;

    #[test]
    fn a_change_can_be_taken_back() {
        let employees = employees(1);
        let mut bench = RowBench::new(ItemSource::Page);
        bench.load_item(&employees, 3);
        assert!(!bench.can_undo() && !bench.is_edited());
        let original = bench.values().to_vec();
        let age = RowChange::Set {
            value_idx: 1,
            value: 1.4,
        };
        bench.apply(age);
        assert!(bench.is_edited() && bench.values() != original);
        bench.apply(RowChange::Undo);
        assert!(!bench.is_edited() && bench.values() == original);
    }

    #[test]
    fn what_changes_nothing_or_is_no_number_is_ignored() {
        let mut bench = RowBench::new(ItemSource::Page);
        bench.load_item(&employees(1), 0);
        let original = bench.clone();
        let (known, nothing) = (original.values()[1], (9, 0.0));
        for (value_idx, value) in [(0, f32::NAN), (1, f32::INFINITY), (1, known), nothing] {
            bench.apply(RowChange::Set { value_idx, value });
        }
        assert_eq!(bench, original);
    }

    #[test]
    fn the_figures_of_a_typed_number_are_taken_back_together() {
        let mut bench = RowBench::new(ItemSource::Page);
        bench.load_item(&employees(1), 3);
        let original = bench.values().to_vec();
        let typed = |value| RowChange::Type {
            value_idx: 1,
            value,
        };
        for value in [0.01, 0.14, 1.4] {
            bench.apply(typed(value));
        }
        bench.apply(RowChange::EndTyping);
        bench.apply(typed(0.5));
        bench.apply(RowChange::Undo);
        assert!((bench.values()[1] - 1.4).abs() < 1e-6);
        bench.apply(RowChange::Undo);
        assert_eq!(bench.values(), original);
    }
}
