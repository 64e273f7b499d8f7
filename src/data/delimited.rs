//! Text with delimiters to rows of cells.

use std::borrow::Cow;

use csv::{ReaderBuilder, StringRecord};

use super::arff::{as_csv, is_arff};
use super::cells::Cells;
use super::layout::{Layout, n_rows_above, separator_of};
use super::separator::{Separator, with_tabs};
use super::text::{decode, n_line_ends};
use super::{TableError, Tell};

/// As many as a network takes values.
const MOST_COLUMNS: usize = 4096;
/// As many as take 100 MB beside the text itself.
const MOST_CELLS: usize = 25_000_000;
/// How far the reading is, is told after so many rows.
const ROWS_BETWEEN_NEWS: usize = 4_096;

/// Reads all rows, the header among them, and says what was found about the file's form.
///
/// Lines without any content are no rows. Every cell is without the spaces around it.
pub(super) fn read(bytes: &[u8], tell: Tell<'_>) -> Result<(Cells, Layout), TableError> {
    let (text, encoding) = decode(bytes)?;
    let is_arff = is_arff(&text);
    let text = if is_arff {
        Cow::Owned(as_csv(&text)?)
    } else {
        text
    };
    let named = Separator::named_in(&text);
    let separator = match named {
        _ if is_arff => Separator::Comma,
        Some(named) => named,
        None => separator_of(&text),
    };
    let text = match separator {
        Separator::Spaces => Cow::Owned(with_tabs(&text)),
        _ => text,
    };
    let n_above = if is_arff {
        0
    } else {
        n_rows_above(&text, separator, named.is_some())
    };
    let cells = cells_of(&text, separator.byte(), n_above, MOST_CELLS, tell)?;
    let layout = Layout {
        encoding,
        separator,
        is_arff,
        is_separator_named: named.is_some(),
        begins_below: (n_above > usize::from(named.is_some())).then(|| cells.line(0)),
    };
    Ok((cells, layout))
}

fn cells_of(
    text: &str,
    delimiter: u8,
    n_above: usize,
    most_cells: usize,
    tell: Tell<'_>,
) -> Result<Cells, TableError> {
    let mut rows = Rows::new(text, delimiter);
    for _ in 0..n_above {
        rows.advance();
    }
    if !rows.advance() {
        return Err(TableError::NoRows);
    }
    let n_columns = rows.width();
    if n_columns > MOST_COLUMNS {
        return Err(TableError::TooManyColumns {
            n_columns,
            most: MOST_COLUMNS,
        });
    }
    let mut cells = Cells::new(n_columns);
    cells.push(rows.line, rows.cells());
    let most = most_cells / n_columns;
    while rows.advance() {
        if rows.width() != n_columns {
            return Err(ragged(&cells, rows));
        }
        if cells.n_rows() == most {
            return Err(TableError::TooManyCells { n_columns, most });
        }
        cells.push(rows.line, rows.cells());
        if cells.n_rows().is_multiple_of(ROWS_BETWEEN_NEWS) {
            tell(rows.start as f32 / text.len() as f32);
        }
    }
    rows.require_closed_quotes()?;
    Ok(cells)
}

/// Blames the first line where the second and the third agree with each other, and otherwise the line itself.
fn ragged(above: &Cells, mut rows: Rows) -> TableError {
    let (line, n_cells) = (rows.line, rows.width());
    let n_columns = above.n_columns();
    if above.n_rows() == 1 && (!rows.advance() || rows.width() == n_cells) {
        return TableError::LyingHeader {
            header_line: above.line(0),
            n_names: n_columns,
            n_cells,
            line,
        };
    }
    TableError::Ragged {
        line,
        n_cells,
        n_columns,
    }
}

/// The rows of a text that have any content, one at a time.
pub(super) struct Rows<'a> {
    text: &'a str,
    reader: csv::Reader<&'a [u8]>,
    lines: LineCounter,
    /// The row at hand.
    record: StringRecord,
    /// The line of the file on which it starts, from 1.
    line: usize,
    /// The byte of the text at which it, or an empty row after it, starts.
    start: usize,
}

impl<'a> Rows<'a> {
    pub(super) fn new(text: &'a str, delimiter: u8) -> Self {
        let mut builder = ReaderBuilder::new();
        builder
            .has_headers(false)
            .flexible(true)
            .delimiter(delimiter);
        Self {
            text,
            reader: builder.from_reader(text.as_bytes()),
            lines: LineCounter::default(),
            record: StringRecord::new(),
            line: 0,
            start: 0,
        }
    }

    /// Goes on to the next row; says whether there is one.
    pub(super) fn advance(&mut self) -> bool {
        // Bytes in memory that are valid UTF-8 give no error, and rows may differ in length.
        while self.reader.read_record(&mut self.record).unwrap_or(false) {
            let position = self.record.position().map_or(0, csv::Position::byte);
            self.start = after_line_ends(self.text.as_bytes(), position as usize);
            if self.cells().any(|cell| !cell.is_empty()) {
                self.line = self.lines.line_at(self.text.as_bytes(), self.start);
                return true;
            }
        }
        false
    }

    fn width(&self) -> usize {
        self.record.len()
    }

    pub(super) fn cells(&self) -> impl Iterator<Item = &str> {
        self.record.iter().map(str::trim)
    }

    /// A quote that is never closed makes one cell of all lines below it.
    fn require_closed_quotes(&self) -> Result<(), TableError> {
        let last = self.text.get(self.start..).unwrap_or("").trim_end();
        let n_quotes = last.matches('"').count();
        if last.contains(['\n', '\r']) && !n_quotes.is_multiple_of(2) {
            return Err(TableError::OpenQuote { line: self.line });
        }
        Ok(())
    }
}

/// The reader's position is before the empty lines that it skips.
fn after_line_ends(text: &[u8], start: usize) -> usize {
    let rest = text.get(start..).unwrap_or(&[]);
    let n_skipped = rest.iter().take_while(|&&byte| is_line_end(byte)).count();
    (start + n_skipped).min(text.len())
}

fn is_line_end(byte: u8) -> bool {
    matches!(byte, b'\n' | b'\r')
}

/// Counts lines, each byte once however often it is asked.
#[derive(Default)]
struct LineCounter {
    counted_to: usize,
    n_ends: usize,
}

impl LineCounter {
    /// The line, from 1, of a place that is not before the one asked for last.
    fn line_at(&mut self, text: &[u8], place: usize) -> usize {
        if let Some(passed) = text.get(self.counted_to..place) {
            self.n_ends += n_line_ends(passed);
            self.counted_to = place;
        }
        1 + self.n_ends
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_beyond_all_memory_is_refused_while_it_is_read() {
        let text = "1,2\n3,4\n5,6\n";
        assert!(cells_of(text, b',', 0, 6, &mut |_| {}).is_ok());
        let error = cells_of(text, b',', 0, 5, &mut |_| {}).expect_err("this is refused");
        assert_eq!(
            error.to_string(),
            "the table has more than 2 rows of 2 columns, more than fits in memory; open a part of it"
        );
    }
}
