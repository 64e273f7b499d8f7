//! What is known of a column from all its cells.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::answer::{Answer, is_among, is_named_in};
use super::cells::Cells;
use super::column_summary::{ColumnSummary, summary_of_levels, summary_of_numbers};
use super::columns::{MOST_LEVELS, quoted};
use super::missing::{is_level_missing, is_missing, is_nothing_a_value};
use super::number_format::{DecimalMark, has_sign, is_unusable, is_usable, number, usable};
use super::scale::quantile;
use super::sequence::{FEWEST_ROWS, are_all_different, are_long, is_constant, is_running};
use super::{ColumnChoice, ColumnRole, Scale, detect};

/// Of this many rows one may have a number that cannot be measured, for those rows to be set aside.
const ONE_WILD_OF: usize = 100;
/// A number is wild where it lies outside the middle 98 % by as many times their width.
const WILD_WIDTHS: f64 = 1000.0;
/// Among fewer numbers none is called wild.
const FEWEST_NUMBERS: usize = 20;
/// The most different levels that are counted to find the most frequent one.
const MOST_COUNTED: usize = 100_000;

/// What was found in a column when its file was read.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct ColumnFacts {
    /// What its cells look like.
    looks: ColumnChoice,
    /// Why it begins as no input.
    reason: Option<Reason>,
    /// The scale that suits its numbers.
    scale: Scale,
    /// Between these its numbers can be measured together.
    tame: Option<(f64, f64)>,
    /// Rows with a number that is infinite or outside of that, where they are few.
    wild_rows: Vec<u32>,
    summary: ColumnSummary,
    gaps: Gaps,
    /// The first cell that is a word among numbers, and its row.
    first_word: Option<(u32, String)>,
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
    /// Words, which are gaps among numbers too.
    words: usize,
    /// In a category.
    among_levels: usize,
}

/// Why a column begins as no input.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
enum Reason {
    NoValue,
    ManyWords,
    KnownAnomaly { is_sure: bool },
    Class,
    SecondAnswer,
    Constant,
    Running,
    Time,
    Identifier,
}

impl Reason {
    fn sentence(self) -> &'static str {
        match self {
            Self::NoValue => "Left out: no cell holds a value.",
            Self::ManyWords => "Left out: hardly a word or code in it repeats.",
            Self::KnownAnomaly { is_sure: true } => {
                "It seems to say which rows are normal: the others are never learned from, and are found or not."
            }
            Self::KnownAnomaly { is_sure: false } => {
                "It seems to say which rows are normal, but not by which value: the most frequent one is taken for it. \
                 Choose under \"What is normal?\"."
            }
            Self::SecondAnswer => "Left out: it seems to say what another column says too.",
            Self::Class => "It seems to say what class a row is of.",
            Self::Constant => "Left out: it never changes.",
            Self::Running => "It runs from row to row like a number of rows.",
            Self::Time => "It seems to say when.",
            Self::Identifier => "Every value is different, as in an identifier.",
        }
    }

    /// How a column is taken for this reason.
    fn choice(self) -> ColumnChoice {
        match self {
            Self::NoValue | Self::ManyWords | Self::Constant | Self::SecondAnswer => {
                ColumnChoice::LeaveOut
            }
            Self::KnownAnomaly { .. } => ColumnChoice::KnownAnomaly,
            Self::Class => ColumnChoice::Class,
            Self::Running | Self::Identifier => ColumnChoice::Identifier,
            Self::Time => ColumnChoice::Time,
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
        let is_answer = is_named_in(name) || is_category && is_among(column.clone());
        let answer = is_answer
            .then(|| Answer::of(name, column.clone()))
            .flatten();
        if let Some(answer) = answer {
            let is_sure = answer.is_sure;
            let tells = answer.tells_anomalies(name);
            Some(if tells {
                Self::KnownAnomaly { is_sure }
            } else {
                Self::Class
            })
        } else if is_long && never_changes {
            Some(Self::Constant)
        } else if !is_category && is_full && is_running(numbers) {
            Some(if is_a_time(name) {
                Self::Time
            } else {
                Self::Running
            })
        } else if is_long
            && (is_category || is_full && are_long(numbers))
            && are_all_different(column)
        {
            Some(if is_a_time(name) {
                Self::Time
            } else {
                Self::Identifier
            })
        } else {
            None
        }
    }
}

impl ColumnFacts {
    pub(super) fn of<'a>(
        name: &str,
        column: &(impl Iterator<Item = &'a str> + Clone),
        mark: DecimalMark,
    ) -> Self {
        let numbers: Vec<f64> = column
            .clone()
            .filter_map(|cell| usable(cell, mark))
            .collect();
        let is_nothing_a_value = is_nothing_a_value(column.clone(), !numbers.is_empty());
        let is_level_missing = |cell: &str| is_level_missing(cell, is_nothing_a_value);
        let (mut gaps, mut has_signs, mut first_word) = (Gaps::default(), false, None);
        for (row_idx, cell) in (0_u32..).zip(column.clone()) {
            let (is_missing, is_unusable) = (is_missing(cell), is_unusable(cell, mark));
            gaps.among_numbers += usize::from(is_missing);
            gaps.unusable += usize::from(is_unusable && !is_missing);
            let is_word = !is_missing && !is_unusable && number(cell, mark).is_none();
            gaps.words += usize::from(is_word);
            if is_word && first_word.is_none() {
                first_word = Some((row_idx, quoted(cell)));
            }
            gaps.among_levels += usize::from(is_level_missing(cell));
            has_signs |= has_sign(cell);
        }
        let levels = column.clone().filter(|cell| !is_level_missing(cell));
        let looks = detect::choice(column.clone(), mark);
        let reason = match looks {
            ColumnChoice::LeaveOut if levels.clone().next().is_none() => Some(Reason::NoValue),
            ColumnChoice::LeaveOut => {
                let against =
                    Reason::against(name, column.clone(), &numbers, ColumnChoice::Category);
                Some(against.unwrap_or(Reason::ManyWords))
            }
            _ => Reason::against(name, column.clone(), &numbers, looks),
        };
        let mut sorted = numbers.clone();
        sorted.sort_by(f64::total_cmp);
        let tame = tame_range(&sorted);
        let tamed = within(&sorted, tame);
        Self {
            looks,
            reason,
            scale: Scale::proposed_for(tamed),
            wild_rows: wild_rows(column.clone(), mark, tame, looks),
            tame,
            summary: if looks == ColumnChoice::Number {
                summary_of_numbers(tamed, gaps.among_numbers)
            } else {
                summary_of_levels(levels.clone(), gaps.among_levels)
            },
            first_word,
            has_signs: has_signs && !numbers.is_empty(),
            is_nothing_a_value,
            median: median_of(numbers),
            most_frequent: (gaps.among_levels > 0)
                .then(|| most_frequent(levels))
                .flatten(),
            gaps,
        }
    }

    /// Rows with a number that cannot be measured together with the others, from the top.
    pub(super) fn wild_rows(&self) -> &[u32] {
        &self.wild_rows
    }

    /// Whether a number is infinite or far from all others.
    pub(super) fn is_wild(&self, number: f64) -> bool {
        is_outside(number, self.tame)
    }

    /// Whether rows with infinite numbers are set aside; else the median stands for those.
    pub(super) fn sets_unusable_aside(&self) -> bool {
        !self.wild_rows.is_empty()
    }

    /// What the column holds, in a few figures.
    pub(super) fn summary(&self) -> &ColumnSummary {
        &self.summary
    }

    /// Why another column holds the answer, and not this one.
    pub(super) fn yield_the_answer(&mut self) {
        if self.proposal().role() == ColumnRole::Answer {
            self.reason = Some(Reason::SecondAnswer);
        }
    }

    /// Takes the column although it had better be left out, where nothing else would be left.
    pub(super) fn take_all_the_same(&mut self) {
        self.reason = self.reason.filter(|reason| !reason.is_advice());
    }

    /// How the column begins.
    pub(super) fn proposal(&self) -> ColumnChoice {
        match (self.reason, self.looks) {
            (Some(reason), _) => reason.choice(),
            (None, ColumnChoice::Number) => ColumnChoice::number_on(self.scale),
            (None, looks) => looks,
        }
    }

    /// What stands for a missing number.
    pub(super) fn median(&self) -> Option<f64> {
        self.median
    }

    /// Whether "-" and "none" are levels of a category.
    pub(super) fn is_nothing_a_level(&self) -> bool {
        self.is_nothing_a_value
    }

    /// What a cell says in a category.
    pub(super) fn level<'a>(&'a self, cell: &'a str) -> Option<&'a str> {
        if self.is_gap_among_levels(cell) {
            self.most_frequent.as_deref()
        } else {
            Some(cell)
        }
    }

    /// Whether a category has no level for a cell.
    pub(super) fn is_gap_among_levels(&self, cell: &str) -> bool {
        is_level_missing(cell, self.is_nothing_a_value)
    }

    /// How many cells something stands for where the column is taken in a way.
    pub(super) fn n_filled(&self, choice: ColumnChoice) -> usize {
        let Gaps {
            among_numbers,
            unusable,
            words,
            among_levels,
        } = self.gaps;
        match choice.role() {
            ColumnRole::Input if choice.scale().is_none() => among_levels,
            ColumnRole::Input if self.sets_unusable_aside() => among_numbers + words,
            ColumnRole::Input => among_numbers + unusable + words,
            ColumnRole::Answer | ColumnRole::Carried | ColumnRole::LeftOut => 0,
        }
    }

    /// What the reader should know where the column is taken in a way.
    pub(super) fn note(&self, choice: ColumnChoice, cells: &Cells) -> Option<String> {
        match choice.role() {
            ColumnRole::Input if choice.scale().is_some() => self.note_of_numbers(cells),
            ColumnRole::Input => self.note_of_levels(cells.n_rows()),
            ColumnRole::Answer | ColumnRole::Carried | ColumnRole::LeftOut => {
                let reason = self.reason.filter(|reason| reason.choice() == choice);
                reason.map(|reason| reason.sentence().to_owned())
            }
        }
    }

    fn note_of_levels(&self, n_rows: usize) -> Option<String> {
        let missing = self.most_frequent.as_deref().map(|level| {
            let n = self.gaps.among_levels;
            format!("{n} of {n_rows} missing, filled with the most frequent: {level}.")
        });
        let n_levels = self.summary.n_levels().filter(|&n| n > MOST_LEVELS);
        let others = n_levels.map(|n| {
            let kept = MOST_LEVELS - 1;
            format!("{n} different values: the {kept} most frequent are kept, the others are one.")
        });
        let sentences: Vec<String> = [missing, others].into_iter().flatten().collect();
        (!sentences.is_empty()).then(|| sentences.join(" "))
    }

    fn note_of_numbers(&self, cells: &Cells) -> Option<String> {
        let n_rows = cells.n_rows();
        let signs = self
            .has_signs
            .then(|| "Signs of currency and percent are left away.".to_owned());
        let n_wild = self.wild_rows.len();
        let aside = (n_wild > 0).then(|| {
            let rows = if n_wild == 1 { "row is" } else { "rows are" };
            format!(
                "{n_wild} of {n_rows} infinite or far from all others: the {rows} set aside, neither learned from nor \
                 measured with."
            )
        });
        let gaps = self.gaps_in_words(cells).zip(self.median);
        let gaps =
            gaps.map(|(which, median)| format!("{which}, filled with the median, {median}."));
        let sentences: Vec<String> = [gaps, aside, self.sentinel(), signs]
            .into_iter()
            .flatten()
            .collect();
        (!sentences.is_empty()).then(|| sentences.join(" "))
    }

    /// Which cells of a column of numbers the median stands for: "13 of 500 missing and 2 not a number"; `None` where it
    /// stands for none.
    fn gaps_in_words(&self, cells: &Cells) -> Option<String> {
        let Gaps {
            among_numbers,
            unusable,
            words,
            ..
        } = self.gaps;
        let unusable = if self.wild_rows.is_empty() {
            unusable
        } else {
            0
        };
        let first_word = self
            .first_word
            .as_ref()
            .map_or_else(String::new, |(row, word)| {
                format!(" (\"{word}\" on line {})", cells.line(*row as usize))
            });
        let kinds = [
            (among_numbers, "missing".to_owned()),
            (unusable, "infinite, too large or hexadecimal".to_owned()),
            (words, format!("not a number{first_word}")),
        ];
        let kinds = kinds.into_iter().filter(|&(n, _)| n > 0).enumerate();
        let kinds = kinds.map(|(idx, (n, what))| match idx {
            0 => format!("{n} of {} {what}", cells.n_rows()),
            _ => format!("{n} {what}"),
        });
        let kinds: Vec<String> = kinds.collect();
        (!kinds.is_empty()).then(|| kinds.join(" and "))
    }

    /// A value far out that is often there, which may stand for something else.
    fn sentinel(&self) -> Option<String> {
        let (value, count) = self.summary.repeated_far_out()?;
        Some(format!(
            "{value} is there {count} times, far from all others: if it stands for \"not measured\", empty those cells in \
             the file."
        ))
    }
}

/// Whether a column of this name says when.
fn is_a_time(name: &str) -> bool {
    const WORDS: [&str; 9] = [
        "time",
        "timestamp",
        "date",
        "datetime",
        "ts",
        "zeit",
        "datum",
        "day",
        "when",
    ];
    let name = name.to_lowercase();
    let mut words = name.split(|it: char| !it.is_alphanumeric());
    words.any(|word| WORDS.contains(&word))
}

/// The range outside of which a number cannot be measured together with the others; `None` where there is no telling.
fn tame_range(sorted: &[f64]) -> Option<(f64, f64)> {
    let (low, high) = (quantile(sorted, 0.01), quantile(sorted, 0.99));
    let width = (high - low) * WILD_WIDTHS;
    (sorted.len() >= FEWEST_NUMBERS && width > 0.0).then_some((low - width, high + width))
}

/// Whether a number is infinite, too large, or outside of a range.
fn is_outside(number: f64, range: Option<(f64, f64)>) -> bool {
    let is_inside = |(lowest, highest)| (lowest..=highest).contains(&number);
    !is_usable(number) || !range.is_none_or(is_inside)
}

/// Those of sorted numbers that lie within a range.
fn within(sorted: &[f64], range: Option<(f64, f64)>) -> &[f64] {
    let Some((lowest, highest)) = range else {
        return sorted;
    };
    let from = sorted.partition_point(|&it| it < lowest);
    let to = sorted.partition_point(|&it| it <= highest);
    &sorted[from..to]
}

/// Rows whose number is infinite or outside the range; none where they are not few.
fn wild_rows<'a>(
    column: impl Iterator<Item = &'a str> + Clone,
    mark: DecimalMark,
    tame: Option<(f64, f64)>,
    looks: ColumnChoice,
) -> Vec<u32> {
    if looks != ColumnChoice::Number {
        return Vec::new();
    }
    let is_wild = |cell: &str| {
        let number = number(cell, mark).filter(|it| !it.is_nan() && !is_missing(cell));
        number.is_some_and(|it| is_outside(it, tame))
    };
    let rows = (0_u32..).zip(column.clone());
    let wild: Vec<u32> = rows
        .filter(|(_, cell)| is_wild(cell))
        .map(|(row, _)| row)
        .collect();
    let n_rows = column.count();
    if wild.len() * ONE_WILD_OF <= n_rows {
        wild
    } else {
        Vec::new()
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
        if counts.len() > MOST_COUNTED {
            return None;
        }
    }
    let most = counts.into_iter().rev().max_by_key(|&(_, n)| n)?;
    Some(most.0.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells_of(column: &[&str]) -> Cells {
        let mut cells = Cells::new(1);
        for (row_idx, cell) in column.iter().enumerate() {
            cells.push(row_idx + 1, std::iter::once(*cell));
        }
        cells
    }

    fn facts(cells: &[&str]) -> ColumnFacts {
        ColumnFacts::of("x", &cells.iter().copied(), DecimalMark::Point)
    }

    #[test]
    fn gaps_are_counted_and_filled_with_what_is_usual() {
        let column = ["1", "?", "4", "inf", "9", "2"];
        let (numbers, cells) = (facts(&column), cells_of(&column));
        assert_eq!(numbers.median(), Some(2.0));
        assert_eq!(
            numbers.note(ColumnChoice::Number, &cells).as_deref(),
            Some(
                "1 of 6 missing and 1 infinite, too large or hexadecimal, filled with the median, 2."
            )
        );
        let column = ["b", "a", "NA", "b", "a", "c"];
        let (words, cells) = (facts(&column), cells_of(&column));
        assert_eq!(words.level("NA"), Some("a"));
        assert_eq!(
            words.note(ColumnChoice::Category, &cells).as_deref(),
            Some("1 of 6 missing, filled with the most frequent: a.")
        );
        assert_eq!(words.note(ColumnChoice::LeaveOut, &cells), None);
    }

    #[test]
    fn a_column_without_values_says_why_it_is_left_out() {
        let column = ["NA", "", "?"];
        let empty = facts(&column);
        assert_eq!(empty.proposal(), ColumnChoice::LeaveOut);
        assert_eq!(
            empty
                .note(ColumnChoice::LeaveOut, &cells_of(&column))
                .as_deref(),
            Some("Left out: no cell holds a value.")
        );
    }
}
