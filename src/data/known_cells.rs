//! Cells of another table that are unlike those that a column was learned from.

use std::collections::BTreeMap;

use super::columns::{EMPTY_LEVEL, OTHER_LEVELS, level_of, quoted};
use super::missing::is_missing;
use super::number_format::is_usable;
use super::{Column, Encoding, RawTable};

/// A number is far outside where it lies beyond the range by so many times its width, on the scale of its column.
const FAR_WIDTHS: f32 = 0.5;
/// So many levels that were never seen are named.
const MOST_NAMED: usize = 3;
/// Of so many different ones the others are no more told apart.
const MOST_COUNTED: usize = 1000;

/// What does not fit in a column of another table.
#[derive(Debug, Default)]
pub(super) struct Misfits {
    n_missing: usize,
    n_words: usize,
    n_far: usize,
    n_new: usize,
    /// The first of each, and its row.
    first_word: Option<(usize, String)>,
    first_far: Option<(usize, String)>,
    /// Levels that were never seen, and the row where each is first.
    new_levels: BTreeMap<String, usize>,
}

impl Misfits {
    /// A cell that is no number, for whatever reason.
    pub(super) fn note_gap(&mut self, row_idx: usize, cell: &str) {
        if is_missing(cell) {
            self.n_missing += 1;
        } else {
            self.n_words += 1;
            self.first_word
                .get_or_insert_with(|| (row_idx, quoted(cell)));
        }
    }

    /// A number, which may lie where none did.
    pub(super) fn note_number(&mut self, row_idx: usize, number: f64, column: &Column) {
        if is_far(number, column) {
            self.n_far += 1;
            self.first_far
                .get_or_insert_with(|| (row_idx, number.to_string()));
        }
    }

    /// A level that was never seen.
    pub(super) fn note_level(&mut self, row_idx: usize, cell: &str) {
        self.n_new += 1;
        if self.new_levels.len() < MOST_COUNTED {
            self.new_levels.entry(quoted(cell)).or_insert(row_idx);
        }
    }

    /// The level that a cell counts as; `None` where it is none of them.
    pub(super) fn level_of<'a>(
        &mut self,
        row_idx: usize,
        cell: &'a str,
        levels: &'a [String],
        column: &'a Column,
    ) -> Option<&'a str> {
        let known = |level: &str| levels.iter().find(|it| *it == level).map(String::as_str);
        if let Some(level) = known(cell) {
            return Some(level);
        }
        if is_missing(cell) {
            let usual = column.usual.most_frequent.as_deref();
            let filler = known(EMPTY_LEVEL).or(usual);
            if filler.is_some() {
                self.n_missing += usize::from(filler == usual);
                return filler;
            }
        }
        self.note_level(row_idx, level_of(cell));
        known(OTHER_LEVELS)
    }

    /// What the reader should know, a sentence each.
    pub(super) fn in_words(&self, column: &Column, table: &RawTable) -> Vec<String> {
        let sentences = [
            self.gaps(column, table),
            self.far(column, table),
            self.strangers(column, table),
        ];
        sentences.into_iter().flatten().collect()
    }

    fn gaps(&self, column: &Column, table: &RawTable) -> Option<String> {
        let n_rows = table.n_rows();
        let words = self.first_word.as_ref().map(|(row, word)| {
            format!(
                "{} not a number (\"{word}\" on line {})",
                self.n_words,
                table.line_of(*row)
            )
        });
        let which = match (self.n_missing, words) {
            (0, None) => return None,
            (n, None) => format!("{n} of {n_rows} missing"),
            (0, Some(words)) => words,
            (n, Some(words)) => format!("{n} of {n_rows} missing and {words}"),
        };
        let usual = &column.usual;
        let filler = match (usual.median, &usual.most_frequent) {
            (Some(median), _) => format!("{median}, the median of what was learned from"),
            (None, Some(level)) => {
                format!("\"{level}\", the most frequent of what was learned from")
            }
            (None, None) => "the median of this file".to_owned(),
        };
        Some(format!(
            "{}: {which}, read as {filler}.",
            quoted(&column.name)
        ))
    }

    fn far(&self, column: &Column, table: &RawTable) -> Option<String> {
        let (row, number) = self.first_far.as_ref()?;
        let (low, high) = column.usual.range?;
        Some(format!(
            "{}: {} of {} far outside of {low} to {high}, which is all that was learned from ({number} on line {}).",
            quoted(&column.name),
            self.n_far,
            table.n_rows(),
            table.line_of(*row)
        ))
    }

    fn strangers(&self, column: &Column, table: &RawTable) -> Option<String> {
        let mut levels: Vec<_> = self.new_levels.iter().collect();
        levels.sort_by_key(|(_, row)| **row);
        let named = levels.iter().take(MOST_NAMED);
        let named =
            named.map(|(level, row)| format!("\"{level}\" on line {}", table.line_of(**row)));
        let named: Vec<String> = named.collect();
        let more = if levels.len() > MOST_NAMED {
            ", …"
        } else {
            ""
        };
        let read_as = match &column.encoding {
            Encoding::OneHot { levels } if levels.iter().any(|it| it == OTHER_LEVELS) => {
                format!("\"{OTHER_LEVELS}\"")
            }
            _ => "none of the known values".to_owned(),
        };
        (self.n_new > 0).then(|| {
            format!(
                "{}: {} of {} never seen while learning ({}{more}), read as {read_as}.",
                quoted(&column.name),
                self.n_new,
                table.n_rows(),
                named.join(", ")
            )
        })
    }
}

/// Whether a number lies far from all that its column was learned from, on the scale that the network sees.
fn is_far(number: f64, column: &Column) -> bool {
    let Some((low, high)) = column.usual.range else {
        return !is_usable(number);
    };
    let value = |number: f64| column.encoding.value_of(number).unwrap_or(0.0);
    let (low, high) = (value(low), value(high));
    let beyond = (high - low) * FAR_WIDTHS;
    !(low - beyond..=high + beyond).contains(&value(number))
}
