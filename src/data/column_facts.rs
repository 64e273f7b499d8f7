//! What is known of a column from all its cells.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::answer::{is_among, is_named_in};
use super::columns::MOST_LEVELS;
use super::missing::{is_level_missing, is_missing, is_nothing_a_value};
use super::number_format::{DecimalMark, has_sign, is_unusable, usable};
use super::sequence::{FEWEST_ROWS, are_all_different, are_long, is_constant, is_running};
use super::{ColumnChoice, detect};

/// What was found in a column when its file was read.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct ColumnFacts {
    /// What its cells look like.
    looks: ColumnChoice,
    /// Why it begins as left out.
    reason: Option<Reason>,
    gaps: Gaps,
    /// Whether signs of currency or percent stand beside numbers.
    has_signs: bool,
    /// Whether "-" and "none" are levels of a category.
    is_nothing_a_value: bool,
    /// What stands for a missing number; `None` where there is no number.
    median: Option<f64>,
    /// What stands for a missing level; `None` where there is none, or nothing is missing.
    most_frequent: Option<String>,
}

/// Cells without a value.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
struct Gaps {
    /// In a column of numbers.
    among_numbers: usize,
    /// Numbers that cannot be learned from, which are gaps among numbers too.
    unusable: usize,
    /// In a category.
    among_levels: usize,
}

/// Why a column begins as left out.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
enum Reason {
    NoValue,
    ManyWords,
    Answer,
    Constant,
    Running,
    Identifier,
}

impl Reason {
    fn sentence(self) -> &'static str {
        match self {
            Self::NoValue => "Left out: no cell holds a value.",
            Self::ManyWords => "Left out: more than 32 different words or codes.",
            Self::Answer => "Left out: it seems to say which rows are normal.",
            Self::Constant => "Left out: it never changes.",
            Self::Running => "Left out: it runs from row to row like a number of rows or a clock.",
            Self::Identifier => "Left out: every value is different, as in an identifier.",
        }
    }

    /// Whether the column could be learned from all the same.
    fn is_advice(self) -> bool {
        !matches!(self, Self::NoValue | Self::ManyWords)
    }

    /// Why a column that looks like something should not be learned from unless it is chosen.
    fn against<'a>(
        name: &str,
        column: impl Iterator<Item = &'a str> + Clone,
        numbers: &[f64],
        looks: ColumnChoice,
    ) -> Option<Self> {
        let n_rows = column.clone().count();
        let is_long = n_rows >= FEWEST_ROWS;
        let is_full = is_long && numbers.len() == n_rows;
        let is_category = looks == ColumnChoice::Category;
        let values = column.clone().filter(|cell| !is_missing(cell));
        let never_changes = if is_category {
            let first = values.clone().next();
            values.clone().all(|cell| Some(cell) == first)
        } else {
            is_constant(numbers)
        };
        if is_named_in(name) || is_category && is_among(column.clone()) {
            Some(Self::Answer)
        } else if is_long && never_changes {
            Some(Self::Constant)
        } else if !is_category && is_full && is_running(numbers) {
            Some(Self::Running)
        } else if is_long
            && (is_category || is_full && are_long(numbers))
            && are_all_different(column)
        {
            Some(Self::Identifier)
        } else {
            None
        }
    }
}

impl ColumnFacts {
    pub(super) fn of<'a>(
        name: &str,
        column: impl Iterator<Item = &'a str> + Clone,
        mark: DecimalMark,
    ) -> Self {
        let numbers: Vec<f64> = column
            .clone()
            .filter_map(|cell| usable(cell, mark))
            .collect();
        let is_nothing_a_value = is_nothing_a_value(column.clone(), !numbers.is_empty());
        let is_level_missing = |cell: &str| is_level_missing(cell, is_nothing_a_value);
        let (mut gaps, mut has_signs) = (Gaps::default(), false);
        for cell in column.clone() {
            let (is_missing, is_unusable) = (is_missing(cell), is_unusable(cell, mark));
            gaps.among_numbers += usize::from(is_missing);
            gaps.unusable += usize::from(is_unusable && !is_missing);
            gaps.among_levels += usize::from(is_level_missing(cell));
            has_signs |= has_sign(cell);
        }
        let levels = column.clone().filter(|cell| !is_level_missing(cell));
        let looks = detect::choice(column.clone(), mark);
        let reason = match looks {
            ColumnChoice::LeaveOut if levels.clone().next().is_none() => Some(Reason::NoValue),
            ColumnChoice::LeaveOut => Some(Reason::ManyWords),
            _ => Reason::against(name, column, &numbers, looks),
        };
        Self {
            looks,
            reason,
            has_signs: has_signs && !numbers.is_empty(),
            is_nothing_a_value,
            median: median_of(numbers),
            most_frequent: (gaps.among_levels > 0)
                .then(|| most_frequent(levels))
                .flatten(),
            gaps,
        }
    }

    /// Takes the column although it had better be left out, where nothing else would be left.
    pub(super) fn take_all_the_same(&mut self) {
        self.reason = self.reason.filter(|reason| !reason.is_advice());
    }

    /// How the column begins.
    pub(super) fn proposal(&self) -> ColumnChoice {
        match self.reason {
            Some(_) => ColumnChoice::LeaveOut,
            None => self.looks,
        }
    }

    /// What stands for a missing number.
    pub(super) fn median(&self) -> Option<f64> {
        self.median
    }

    /// What a cell says in a category.
    pub(super) fn level<'a>(&'a self, cell: &'a str) -> Option<&'a str> {
        if is_level_missing(cell, self.is_nothing_a_value) {
            self.most_frequent.as_deref()
        } else {
            Some(cell)
        }
    }

    /// What the reader should know where the column is taken in a way.
    pub(super) fn note(&self, choice: ColumnChoice, n_rows: usize) -> Option<String> {
        match choice {
            ColumnChoice::Number => self.note_of_numbers(n_rows),
            ColumnChoice::Category => {
                let level = self.most_frequent.as_deref()?;
                let n = self.gaps.among_levels;
                Some(format!(
                    "{n} of {n_rows} missing, filled with the most frequent: {level}."
                ))
            }
            ColumnChoice::LeaveOut => self.reason.map(|reason| reason.sentence().to_owned()),
        }
    }

    fn note_of_numbers(&self, n_rows: usize) -> Option<String> {
        let Gaps {
            among_numbers,
            unusable,
            ..
        } = self.gaps;
        let signs = self
            .has_signs
            .then(|| "Signs of currency and percent are left away.".to_owned());
        let which = match (among_numbers, unusable) {
            (0, 0) => return signs,
            (n, 0) => format!("{n} of {n_rows} missing"),
            (0, n) => format!("{n} of {n_rows} infinite, too large or hexadecimal"),
            (n, m) => format!("{n} of {n_rows} missing and {m} infinite, too large or hexadecimal"),
        };
        let median = self.median?;
        let gaps = format!("{which}, filled with the median, {median}.");
        Some(match signs {
            Some(signs) => format!("{gaps} {signs}"),
            None => gaps,
        })
    }
}

/// The value in the middle; of two the lower one, so that it is a value of the column.
fn median_of(mut numbers: Vec<f64>) -> Option<f64> {
    let middle = numbers.len().checked_sub(1)? / 2;
    let (_, median, _) = numbers.select_nth_unstable_by(middle, f64::total_cmp);
    Some(*median)
}

/// The level that most cells hold, of several the first in alphabetical order; `None` where there are too many.
fn most_frequent<'a>(levels: impl Iterator<Item = &'a str>) -> Option<String> {
    let mut counts = BTreeMap::new();
    for level in levels {
        *counts.entry(level).or_insert(0_usize) += 1;
        if counts.len() > MOST_LEVELS {
            return None;
        }
    }
    let most = counts.into_iter().rev().max_by_key(|&(_, n)| n)?;
    Some(most.0.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facts(cells: &[&str]) -> ColumnFacts {
        ColumnFacts::of("x", cells.iter().copied(), DecimalMark::Point)
    }

    #[test]
    fn gaps_are_counted_and_filled_with_what_is_usual() {
        let numbers = facts(&["1", "?", "4", "inf", "9", "2"]);
        assert_eq!(numbers.median(), Some(2.0));
        assert_eq!(
            numbers.note(ColumnChoice::Number, 6).as_deref(),
            Some(
                "1 of 6 missing and 1 infinite, too large or hexadecimal, filled with the median, 2."
            )
        );
        let words = facts(&["b", "a", "NA", "b", "a", "c"]);
        assert_eq!(words.level("NA"), Some("a"));
        assert_eq!(
            words.note(ColumnChoice::Category, 6).as_deref(),
            Some("1 of 6 missing, filled with the most frequent: a.")
        );
        assert_eq!(words.note(ColumnChoice::LeaveOut, 6), None);
    }

    #[test]
    fn a_column_without_values_says_why_it_is_left_out() {
        let empty = facts(&["NA", "", "?"]);
        assert_eq!(empty.proposal(), ColumnChoice::LeaveOut);
        assert_eq!(
            empty.note(ColumnChoice::LeaveOut, 3).as_deref(),
            Some("Left out: no cell holds a value.")
        );
    }
}
