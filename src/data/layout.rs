//! How a table is written in its file.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::cells::Cells;
use super::column_facts::ColumnFacts;
use super::delimited::Rows;
use super::detect;
use super::number_format::{DecimalMark, has_thousands, number};
use super::separator::{Separator, with_tabs};
use super::text::TextEncoding;
use super::{ColumnChoice, ColumnRole, Tell};

/// How many rows decide what separates cells, and where the table begins.
const N_SAMPLED: usize = 200;
/// Within a cell of one column there is rarely more than one space at a time.
const GAP: &str = "  ";

/// What was found out about the form of a file before its cells mean anything.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Layout {
    /// How its characters are written.
    pub encoding: TextEncoding,
    /// What stands between two cells.
    pub separator: Separator,
    /// Whether it names its columns itself, in Weka's format.
    #[serde(default)]
    pub is_arff: bool,
    /// Whether its first line says so.
    pub is_separator_named: bool,
    /// The line on which the table begins, where others above it were skipped.
    pub begins_below: Option<usize>,
}

/// What was found out about a table when it was read.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Findings {
    pub layout: Layout,
    /// Whether the names of the columns are from the file.
    pub has_header: bool,
    pub mark: DecimalMark,
    /// Whether no cell shows the mark, or as many show the other.
    pub is_mark_in_doubt: bool,
    /// The first number with something between its thousands.
    pub thousands: Option<String>,
    /// One per column.
    pub columns: Vec<ColumnFacts>,
    /// The columns beside which another says where their values are missing.
    pub tells_missing: BTreeSet<usize>,
}

impl Findings {
    /// Looks through the rows, without names, of a table.
    pub(super) fn of(
        layout: Layout,
        names: &[String],
        cells: &Cells,
        mark: DecimalMark,
        has_header: bool,
        tell: Tell<'_>,
    ) -> Self {
        let columns = names.iter().enumerate().map(|(idx, name)| {
            tell(idx as f32 / names.len() as f32);
            ColumnFacts::of(name, &cells.column(idx), mark)
        });
        let mut columns: Vec<ColumnFacts> = columns.collect();
        let answer = best_answer(&columns);
        for (idx, facts) in columns.iter_mut().enumerate() {
            if answer.is_some_and(|answer| answer != idx) {
                facts.yield_the_answer();
            }
        }
        let is_input = |it: &ColumnFacts| it.proposal().role() == ColumnRole::Input;
        if !columns.iter().any(is_input) {
            columns.iter_mut().for_each(ColumnFacts::take_all_the_same);
        }
        let mut numbers = (0..cells.n_columns())
            .filter(|&idx| columns[idx].proposal().scale().is_some())
            .flat_map(|idx| cells.column(idx));
        Self {
            layout,
            has_header,
            mark,
            is_mark_in_doubt: true,
            thousands: numbers
                .find(|cell| has_thousands(cell, mark))
                .map(str::to_owned),
            columns,
            tells_missing: BTreeSet::new(),
        }
    }

    /// What the reader should know, a sentence each; nothing of a table as most are.
    pub(super) fn remarks(&self) -> Vec<String> {
        let comma = (self.mark == DecimalMark::Comma)
            .then(|| "The comma is read as the decimal mark of all numbers.".to_owned());
        let thousands = self.thousands.as_deref().and_then(|cell| {
            let number = number(cell, self.mark)?;
            Some(format!(
                "Marks between thousands are left away: {cell} is {number}."
            ))
        });
        let layout = self.layout.remarks().into_iter();
        layout.chain(comma).chain(thousands).collect()
    }
}

/// The column that holds the answer: the first that tells anomalies, or else classes.
fn best_answer(columns: &[ColumnFacts]) -> Option<usize> {
    let first = |choice| columns.iter().position(|it| it.proposal() == choice);
    first(ColumnChoice::KnownAnomaly).or_else(|| first(ColumnChoice::Class))
}

impl Layout {
    fn remarks(&self) -> Vec<String> {
        let encoding = self.encoding.remark().map(str::to_owned);
        let title = self.separator.title();
        let separator = if self.is_separator_named {
            Some(format!(
                "Cells are separated by {title}, as the first line says."
            ))
        } else {
            let is_told = matches!(self.separator, Separator::Bar | Separator::Spaces);
            is_told.then(|| format!("Cells are separated by {title}."))
        };
        let above = self.begins_below.map(|line| {
            format!("The table begins on line {line}; what stands above it was skipped.")
        });
        [encoding, separator, above].into_iter().flatten().collect()
    }
}

/// What separates the cells of a text without a line that says so.
///
/// It is the character that gives the most rows of the same number of cells, two or more; a comma if none does. Spaces
/// are taken where no character does, or where cells would have gaps in them, if that gives as many rows alike and
/// most cells are numbers then.
pub(super) fn separator_of(text: &str) -> Separator {
    let mut best = (Separator::Comma, 0);
    for separator in Separator::CHARACTERS {
        let n_alike = most_alike(&sample(text, separator)).map_or(0, |(_, n_alike)| n_alike);
        if n_alike > best.1 {
            best = (separator, n_alike);
        }
    }
    let (separator, n_alike) = best;
    if n_alike > 0 && !has_gaps(&sample(text, separator)) {
        return separator;
    }
    let spaced = sample(&with_tabs(beginning(text)), Separator::Spaces);
    let n_spaced = most_alike(&spaced).map_or(0, |(_, n_alike)| n_alike);
    if n_spaced > 0 && n_spaced >= n_alike && are_mostly_numbers(&spaced) {
        Separator::Spaces
    } else {
        separator
    }
}

/// As many lines as a sample has rows.
fn beginning(text: &str) -> &str {
    let end = text.match_indices('\n').nth(N_SAMPLED);
    end.map_or(text, |(end, _)| &text[..end])
}

fn sample(text: &str, separator: Separator) -> Vec<Vec<String>> {
    let mut rows = Rows::new(text, separator.byte());
    let mut sample = Vec::new();
    while sample.len() < N_SAMPLED && rows.advance() {
        sample.push(rows.cells().map(str::to_owned).collect());
    }
    sample
}

/// The number of cells, two or more, that most rows have, and how many rows those are.
fn most_alike(sample: &[Vec<String>]) -> Option<(usize, usize)> {
    let n_alike = |width| sample.iter().filter(|row| row.len() == width).count();
    let wide = sample.iter().map(Vec::len).filter(|&width| width > 1);
    // Of several the first, so that a table of two rows is told by its first one.
    wide.map(|width| (width, n_alike(width)))
        .rev()
        .max_by_key(|&(_, n_alike)| n_alike)
}

fn has_gaps(sample: &[Vec<String>]) -> bool {
    let with_gap = |row: &&Vec<String>| row.iter().any(|cell| cell.contains(GAP));
    sample.iter().filter(with_gap).count() * 2 > sample.len()
}

fn are_mostly_numbers(sample: &[Vec<String>]) -> bool {
    let cells = || sample.iter().skip(1).flatten();
    let n_numbers = cells()
        .filter(|cell| number(cell, DecimalMark::Comma).is_some())
        .count();
    n_numbers * 2 > cells().count()
}

/// How many rows stand above the table.
///
/// The table begins with the first row that has as many cells as most rows, more than half as many of them filled as is
/// usual. What is above is skipped where it has one cell a row, or where that first row holds names; else the first
/// line is a header that lies, and it is better to say so.
pub(super) fn n_rows_above(text: &str, separator: Separator, is_separator_named: bool) -> usize {
    let sample = sample(text, separator);
    let named = usize::from(is_separator_named);
    let rows = sample.get(named..).unwrap_or(&[]);
    let Some((width, _)) = most_alike(rows) else {
        return named;
    };
    let n_filled = |row: &Vec<String>| row.iter().filter(|cell| !cell.is_empty()).count();
    let is_wide = |row: &&Vec<String>| row.len() == width;
    let mut usual: Vec<usize> = rows.iter().filter(is_wide).map(n_filled).collect();
    usual.sort_unstable();
    let usual = usual[usual.len() / 2];
    let begins = |row: &Vec<String>| row.len() == width && n_filled(row) * 2 > usual;
    let first = rows.iter().position(begins).unwrap_or(0);
    let (above, table) = rows.split_at(first);
    if above.iter().all(|row| row.len() == 1) || begins_with_names(table, width) {
        named + first
    } else {
        named
    }
}

fn begins_with_names(table: &[Vec<String>], width: usize) -> bool {
    let mut cells = Cells::new(width);
    for row in table.iter().filter(|row| row.len() == width) {
        cells.push(0, row.iter().map(String::as_str));
    }
    detect::has_header(&cells, DecimalMark::Comma)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn separators_are_told_apart() {
        assert_eq!(separator_of("a|b\n1,5|2,5\n3,5|4,5\n"), Separator::Bar);
        assert_eq!(separator_of(" 1.0  2\n 10.5 3\n"), Separator::Spaces);
        assert_eq!(
            separator_of("1.0  2\t\"a b\"\n1.5  3\t\"c d\"\n"),
            Separator::Spaces
        );
        assert_eq!(separator_of("a\tb\n1\tx y\n2\tz w\n"), Separator::Tab);
        assert_eq!(separator_of("red car\nblue car\n"), Separator::Comma);
        assert_eq!(separator_of("a, b\n1,  2\n3,  4\n"), Separator::Comma);
    }

    #[test]
    fn only_what_is_surely_no_part_of_the_table_is_skipped() {
        let n_above = |text| n_rows_above(text, Separator::Comma, false);
        assert_eq!(n_above("a title\n1,2\n3,4\n"), 1);
        assert_eq!(n_above("day,7\na,b,c\n1,2,3\n4,5,6\n"), 1);
        assert_eq!(n_above("day,7,,,\na,b,c,d,e\n1,2,3,4,5\n4,5,6,7,8\n"), 1);
        assert_eq!(n_above("a,b\n1,2,3\n4,5,6\n"), 0);
        assert_eq!(n_above("a,b,c\n1,2\n3,4\n"), 0);
        assert_eq!(n_above("a,b\n1,2\n3,4\n"), 0);
        assert_eq!(n_above("1\n2\n3\n"), 0);
    }
}
