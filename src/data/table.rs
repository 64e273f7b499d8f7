//! A table as a file has it: names and cells of text.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::answer::Answer;
use super::cells::Cells;
use super::column_facts::ColumnFacts;
use super::columns::RawColumn;
use super::layout::{Findings, Layout};
use super::number_format::{DecimalMark, number};
use super::{ColumnChoice, ColumnSummary, TableError, Tell, delimited, detect};

/// Finding the cells takes about this share of the time that reading takes; the rest is for what the columns hold.
const SHARE_OF_CELLS: f32 = 0.3;

/// A table that was read but not yet turned into numbers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RawTable {
    /// One per column.
    names: Vec<String>,
    /// Without the names.
    cells: Cells,
    findings: Box<Findings>,
}

impl RawTable {
    /// Reads text in UTF-8, UTF-16 or Windows-1252 with commas, semicolons, tabs, bars or spaces between its cells and,
    /// where needed, quotes around them.
    ///
    /// What separates cells, where the table begins and whether its first row holds names is found out. Without names the
    /// columns are called `column 1`, `column 2` and so on. Lines without content are skipped, spaces around cells are
    /// dropped.
    ///
    /// # Errors
    /// When the file is not text, has no rows, or its rows differ in length.
    pub fn read(bytes: &[u8]) -> Result<Self, TableError> {
        Self::read_telling(bytes, &mut |_| {})
    }

    /// The same, and says on the way how much is done.
    ///
    /// # Errors
    /// As [`Self::read`].
    pub fn read_telling(bytes: &[u8], tell: Tell<'_>) -> Result<Self, TableError> {
        let (rows, layout) = delimited::read(bytes, &mut |share| tell(share * SHARE_OF_CELLS))?;
        let (mark, is_in_doubt) = DecimalMark::found_in(rows.all(), layout.separator);
        let has_header = layout.is_arff || detect::has_header(&rows, mark);
        if !has_header && is_header_alone(&rows, mark) {
            return Err(TableError::NoRows);
        }
        let mut tell_columns = |share| tell(SHARE_OF_CELLS + share * (1.0 - SHARE_OF_CELLS));
        let mut table = Self::of(rows, layout, mark, has_header, &mut tell_columns);
        table.findings.is_mark_in_doubt = is_in_doubt;
        Ok(table)
    }

    fn of(
        rows: Cells,
        layout: Layout,
        mark: DecimalMark,
        has_header: bool,
        tell: Tell<'_>,
    ) -> Self {
        let names = (0..rows.n_columns()).map(|column_idx| {
            let name = rows.get(0, column_idx);
            if has_header && !name.is_empty() {
                name.to_owned()
            } else {
                number_as_name(column_idx)
            }
        });
        let names: Vec<String> = names.collect();
        let cells = if has_header {
            rows.without_first_row()
        } else {
            rows
        };
        Self {
            findings: Box::new(Findings::of(layout, &names, &cells, mark, has_header, tell)),
            names,
            cells,
        }
    }

    /// The same table, with its first row read as names or as values; each column as it is proposed then.
    ///
    /// # Errors
    /// When nothing would be left below the names.
    pub fn with_header(&self, has_header: bool) -> Result<Self, TableError> {
        let Findings {
            layout,
            mark,
            is_mark_in_doubt,
            ..
        } = &*self.findings;
        let rows = match (self.has_header(), has_header) {
            (true, false) => {
                let names = self.names.iter().enumerate();
                let names = names.map(|(column_idx, name)| {
                    let is_made = *name == number_as_name(column_idx);
                    if is_made { "" } else { name }
                });
                self.cells.below(names)
            }
            (false, true) if self.n_rows() < 2 => return Err(TableError::NoRows),
            (false, true) => self.cells.clone(),
            (true, true) | (false, false) => return Ok(self.clone()),
        };
        let mut table = Self::of(rows, layout.clone(), *mark, has_header, &mut |_| {});
        table.findings.is_mark_in_doubt = *is_mark_in_doubt;
        Ok(table)
    }

    /// Number of rows, without the header.
    pub fn n_rows(&self) -> usize {
        self.cells.n_rows()
    }

    /// The names of the columns, in the order of the file.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// Whether the names come from the file.
    pub fn has_header(&self) -> bool {
        self.findings.has_header
    }

    /// What the reader should know about the way in which the file was read, a sentence each.
    pub fn remarks(&self) -> Vec<String> {
        self.findings.remarks()
    }

    /// A cell without the spaces around it; `None` beyond the last row or column.
    pub fn cell(&self, row_idx: usize, column_idx: usize) -> Option<&str> {
        let inside = row_idx < self.n_rows() && column_idx < self.names.len();
        inside.then(|| self.cells.get(row_idx, column_idx))
    }

    /// How each column begins.
    pub fn choices(&self) -> Vec<ColumnChoice> {
        let columns = self.findings.columns.iter();
        columns.map(ColumnFacts::proposal).collect()
    }

    /// What the reader should know of a column that is taken in a way: how many values are missing and what stands for
    /// them, or why it begins as left out.
    pub fn column_note(&self, column_idx: usize, choice: ColumnChoice) -> Option<String> {
        let facts = self.findings.columns.get(column_idx)?;
        facts.note(choice, &self.cells)
    }

    /// The columns, counted from 0, beside which another says where their values are missing.
    pub fn tells_missing(&self) -> &BTreeSet<usize> {
        &self.findings.tells_missing
    }

    /// The same table, with a column beside each of these that says where its values are missing, if any are.
    pub(super) fn telling_missing(mut self, columns: BTreeSet<usize>) -> Self {
        self.findings.tells_missing = columns;
        self
    }

    /// Whether a column that is taken in a way has values missing, so that another can say where.
    pub fn can_tell_missing(&self, column_idx: usize, choice: ColumnChoice) -> bool {
        let facts = self.findings.columns.get(column_idx);
        facts.is_some_and(|facts| facts.n_filled(choice) > 0)
    }

    /// What a column holds; `None` beyond the last one.
    pub fn column_summary(&self, column_idx: usize) -> Option<&ColumnSummary> {
        Some(self.findings.columns.get(column_idx)?.summary())
    }

    /// The classes that are anomalies as the table is read: those of a column of known anomalies that do not say
    /// "normal"; none where no column tells.
    pub fn anomalous_classes(&self, choices: &[ColumnChoice]) -> BTreeSet<u8> {
        let tells = |choice: &ColumnChoice| *choice == ColumnChoice::KnownAnomaly;
        let column_idx = choices.iter().position(tells);
        let answer = column_idx.and_then(|column_idx| self.answer_in(column_idx));
        answer.map_or_else(BTreeSet::new, |answer| answer.anomalous)
    }

    /// What a column says of the rows, if it can hold the answer.
    pub(super) fn answer_in(&self, column_idx: usize) -> Option<Answer> {
        let name = self.names.get(column_idx)?;
        Answer::of(name, self.cells.column(column_idx))
    }

    /// The line of the file on which a row starts, from 1; 0 beyond the last row.
    pub fn line_of(&self, row_idx: usize) -> usize {
        self.cells.line(row_idx)
    }

    /// What its cells show beyond doubt to stand between whole and part of its numbers.
    pub(super) fn shown_decimal_mark(&self) -> Option<DecimalMark> {
        (!self.findings.is_mark_in_doubt).then_some(self.findings.mark)
    }

    /// What stands between whole and part of its numbers.
    pub(super) fn decimal_mark(&self) -> DecimalMark {
        self.findings.mark
    }

    pub(super) fn raw_column(&self, column_idx: usize) -> RawColumn<'_> {
        RawColumn {
            name: &self.names[column_idx],
            cells: &self.cells,
            column_idx,
            mark: self.findings.mark,
            facts: &self.findings.columns[column_idx],
        }
    }
}

/// What a column without a name is called.
fn number_as_name(column_idx: usize) -> String {
    format!("column {}", column_idx + 1)
}

/// A single row without a number holds names, and then there are no rows.
fn is_header_alone(rows: &Cells, mark: DecimalMark) -> bool {
    let is_word = |column_idx| number(rows.get(0, column_idx), mark).is_none();
    rows.n_rows() == 1 && (0..rows.n_columns()).all(is_word)
}

#[cfg(test)]
mod tests {
    use super::*;
    use ColumnChoice::{Category, Identifier, LeaveOut, Number};

    fn table(text: &str) -> RawTable {
        RawTable::read(text.as_bytes()).expect("a table")
    }

    fn error_of(bytes: &[u8]) -> String {
        RawTable::read(bytes)
            .expect_err("this is refused")
            .to_string()
    }

    fn row(table: &RawTable, row_idx: usize) -> Vec<&str> {
        (0..table.names().len())
            .filter_map(|column_idx| table.cell(row_idx, column_idx))
            .collect()
    }

    #[test]
    fn commas_semicolons_and_tabs_are_told_apart() {
        for delimiter in [",", ";", "\t"] {
            let text = "age,city\n27,bonn\n19,ulm\n".replace(',', delimiter);
            let table = table(&text);
            assert_eq!(table.names(), ["age", "city"]);
            assert_eq!(table.n_rows(), 2);
            assert_eq!(row(&table, 1), ["19", "ulm"]);
            assert_eq!(table.choices(), [Number, Category]);
        }
    }

    #[test]
    fn commas_in_numbers_and_prose_mislead_nobody() {
        let numbers = table("a;b\n1,5;2,5\n3,5;4,5\n");
        assert_eq!(row(&numbers, 0), ["1,5", "2,5"]);
        assert_eq!(numbers.choices(), [Number, Number]);
        let prose = table("n\ttext\n1\tyes, no, maybe\n2\tno, no, no\n");
        assert_eq!(row(&prose, 0), ["1", "yes, no, maybe"]);
    }

    #[test]
    fn quotes_protect_delimiters_line_ends_and_quotes() {
        let table = table("n,text\n1,\"a, \"\"b\"\"\nc\"\n2,d\n");
        assert_eq!(row(&table, 0), ["1", "a, \"b\"\nc"]);
        assert_eq!(row(&table, 1), ["2", "d"]);
    }

    #[test]
    fn every_systems_line_ends_and_a_byte_order_mark_are_read() {
        for line_end in ["\n", "\r\n", "\r"] {
            let text = "\u{feff}age,city\n27,bonn\n\n 19 , ulm \n  \n,\n".replace('\n', line_end);
            let table = table(&text);
            assert_eq!(table.names(), ["age", "city"]);
            assert_eq!(table.n_rows(), 2);
            assert_eq!(row(&table, 1), ["19", "ulm"]);
        }
    }

    #[test]
    fn columns_without_names_are_numbered() {
        let bare = table("27,bonn\n19,ulm\n");
        assert!(!bare.has_header());
        assert_eq!(bare.names(), ["column 1", "column 2"]);
        assert_eq!(bare.n_rows(), 2);
        let partly = table(",age\n0,27\n1,19\n");
        assert!(partly.has_header());
        assert_eq!(partly.names(), ["column 1", "age"]);
    }

    #[test]
    fn the_first_row_is_names_or_values_as_one_likes() {
        let bare = table("27,bonn\n19,ulm\n23,bonn\n");
        let named = bare.with_header(true).expect("two rows are left");
        assert_eq!((named.names()[1].as_str(), named.n_rows()), ("bonn", 2));
        assert_eq!(named.with_header(false).as_ref(), Ok(&bare));
        let partly = table(",age\n0,27\n1,19\n");
        let values = partly.with_header(false).expect("it is a table");
        assert_eq!(row(&values, 0), ["", "age"]);
        assert_eq!(values.with_header(true).as_ref(), Ok(&partly));
        assert_eq!(table("1,2\n").with_header(true), Err(TableError::NoRows));
    }

    #[test]
    fn a_single_column_needs_no_delimiter() {
        let table = table("age\n27\n19\n");
        assert_eq!(table.names(), ["age"]);
        assert_eq!(row(&table, 1), ["19"]);
        assert_eq!(table.cell(2, 0), None);
        assert_eq!(table.cell(0, 1), None);
    }

    #[test]
    fn what_cannot_be_learnt_from_is_proposed_to_be_left_out() {
        let rows: Vec<String> = (0..40)
            .map(|idx| format!("id{idx},,{}\n", idx * 7 % 5))
            .collect();
        let text = format!("id,empty,n\n{}", rows.concat());
        assert_eq!(table(&text).choices(), [Identifier, LeaveOut, Number]);
    }

    #[test]
    fn rows_that_differ_in_length_name_their_line() {
        assert_eq!(
            error_of(b"a,b\r\n1,2\r\n\r\n3,4,5\r\n6,7\r\n"),
            "line 4: the number of fields is 3 instead of 2; add what is missing, or put quotes around a field with a delimiter in it"
        );
        assert_eq!(
            error_of(b"a,b\n1\n3,4\n"),
            "line 2: the number of fields is 1 instead of 2; add what is missing, or put quotes around a field with a delimiter in it"
        );
    }

    #[test]
    fn a_header_that_lies_is_blamed_itself() {
        for text in ["\na,b\n1,2,3\n4,5,6\n", "\na,b\n1,2,3\n"] {
            assert_eq!(
                error_of(text.as_bytes()),
                "the number of fields is 2 on line 2, but 3 on line 3 and below; give every column one name, or delete line 2"
            );
        }
    }

    #[test]
    fn foreign_bytes_name_their_line() {
        let expected =
            "line 3 is not text in UTF-8; export the table as CSV with the encoding UTF-8";
        assert_eq!(error_of(b"a,b\n1,2\n3,M\xfcnchen\x01\n"), expected);
        assert_eq!(error_of(b"a,b\n1,2\n3,\0\n"), expected);
    }

    #[test]
    fn a_file_without_rows_is_refused() {
        let expected = "there are no rows in it; choose a file with at least one row of values";
        for text in ["", "\n\n", "  \n,,\n", "\u{feff}", "age,city\n"] {
            assert_eq!(error_of(text.as_bytes()), expected, "{text:?}");
        }
    }

    #[test]
    fn a_quote_that_is_never_closed_is_noticed() {
        assert_eq!(
            error_of(b"a,b\n1,2\n3,\"4\n5,6\n7,8\n"),
            "the row that starts on line 3 has a quote that is never closed; close or delete it"
        );
    }

    #[test]
    fn a_line_of_ten_thousand_fields_is_refused() {
        assert_eq!(
            error_of(",1".repeat(9_999).as_bytes()),
            "there are 10000 columns, but a table here has up to 4096; delete some of them"
        );
    }
}
