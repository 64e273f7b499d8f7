//! Text with delimiters to rows of cells.

use csv::{ReaderBuilder, StringRecord, Trim};

use super::TableError;
use super::cells::Cells;

/// What can stand between two cells; on a draw the earlier one wins, for commas are also in numbers and in prose.
const DELIMITERS: [u8; 3] = [b'\t', b';', b','];
/// How many rows decide which delimiter it is.
const N_SAMPLED: usize = 50;
/// As many as a network takes values.
const MOST_COLUMNS: usize = 4096;
const BYTE_ORDER_MARK: &str = "\u{feff}";

/// Reads all rows, the header among them, and says which delimiter was found.
///
/// Lines without any content are no rows. Every cell is without the spaces around it.
pub(super) fn read(bytes: &[u8]) -> Result<(Cells, u8), TableError> {
    let text = text_of(bytes)?;
    let delimiter = delimiter_of(text);
    Ok((cells_of(text, delimiter)?, delimiter))
}

fn text_of(bytes: &[u8]) -> Result<&str, TableError> {
    let foreign = |start: &[u8]| TableError::NotText {
        line: 1 + LineCounter::count(start),
    };
    let text = str::from_utf8(bytes).map_err(|error| foreign(&bytes[..error.valid_up_to()]))?;
    // No text has one, but an archive or a picture may be valid UTF-8 up to here.
    if let Some(nul_idx) = text.find('\0') {
        return Err(foreign(&bytes[..nul_idx]));
    }
    Ok(text.strip_prefix(BYTE_ORDER_MARK).unwrap_or(text))
}

/// The delimiter that gives the most rows of the same number of cells, two or more; a comma if none does.
fn delimiter_of(text: &str) -> u8 {
    let mut best = (b',', 0);
    for delimiter in DELIMITERS {
        let n_alike = most_alike(Records::new(text, delimiter).take(N_SAMPLED));
        if n_alike > best.1 {
            best = (delimiter, n_alike);
        }
    }
    best.0
}

/// How many records have the number of cells that most have, of those with more than one.
fn most_alike(records: impl Iterator<Item = Record>) -> usize {
    let widths: Vec<usize> = records.map(|record| record.cells.len()).collect();
    let counts = widths.iter().filter(|&&width| width > 1).map(|width| {
        let alike = widths.iter().filter(|&other| other == width);
        alike.count()
    });
    counts.max().unwrap_or(0)
}

fn cells_of(text: &str, delimiter: u8) -> Result<Cells, TableError> {
    let mut records = Records::new(text, delimiter);
    let first = records.next().ok_or(TableError::NoRows)?;
    let n_columns = first.cells.len();
    if n_columns > MOST_COLUMNS {
        return Err(TableError::TooManyColumns {
            n_columns,
            most: MOST_COLUMNS,
        });
    }
    let mut cells = Cells::new(n_columns);
    cells.push(first.line, first.cells.iter());
    let mut last = first;
    while let Some(record) = records.next() {
        if record.cells.len() != n_columns {
            let following = records.next().map(|record| record.cells.len());
            return Err(ragged(&cells, &record, following));
        }
        cells.push(record.line, record.cells.iter());
        last = record;
    }
    require_closed_quotes(text, &last)?;
    Ok(cells)
}

/// Blames the first line where the second and the third agree with each other, and otherwise the line itself.
fn ragged(above: &Cells, record: &Record, following: Option<usize>) -> TableError {
    let n_cells = record.cells.len();
    let n_columns = above.n_columns();
    let is_second = above.n_rows() == 1;
    if is_second && following.is_none_or(|following| following == n_cells) {
        return TableError::LyingHeader {
            header_line: above.line(0),
            n_names: n_columns,
            n_cells,
            line: record.line,
        };
    }
    TableError::Ragged {
        line: record.line,
        n_cells,
        n_columns,
    }
}

/// A quote that is never closed swallows all lines below it.
fn require_closed_quotes(text: &str, last: &Record) -> Result<(), TableError> {
    let source = text.get(last.start..).unwrap_or("");
    let n_quotes = source.matches('"').count();
    let spans_lines = last.cells.iter().any(|cell| cell.contains(['\n', '\r']));
    if spans_lines && !n_quotes.is_multiple_of(2) {
        return Err(TableError::OpenQuote { line: last.line });
    }
    Ok(())
}

/// A row with content.
struct Record {
    /// The line of the file on which it starts, from 1.
    line: usize,
    /// The byte of the text at which it starts.
    start: usize,
    cells: StringRecord,
}

/// The rows of a text that have any content.
struct Records<'a> {
    text: &'a [u8],
    reader: csv::Reader<&'a [u8]>,
    lines: LineCounter,
}

impl<'a> Records<'a> {
    fn new(text: &'a str, delimiter: u8) -> Self {
        let mut builder = ReaderBuilder::new();
        builder
            .has_headers(false)
            .flexible(true)
            .trim(Trim::All)
            .delimiter(delimiter);
        Self {
            text: text.as_bytes(),
            reader: builder.from_reader(text.as_bytes()),
            lines: LineCounter::default(),
        }
    }
}

impl Iterator for Records<'_> {
    type Item = Record;

    fn next(&mut self) -> Option<Record> {
        loop {
            let mut cells = StringRecord::new();
            // Bytes in memory that are valid UTF-8 give no error, and rows may differ in length.
            if !self.reader.read_record(&mut cells).unwrap_or(false) {
                return None;
            }
            if cells.iter().all(str::is_empty) {
                continue;
            }
            let start = cells.position().map_or(0, csv::Position::byte) as usize;
            let start = after_line_ends(self.text, start);
            let line = self.lines.line_at(self.text, start);
            return Some(Record { line, start, cells });
        }
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
            self.n_ends += Self::count(passed);
            self.counted_to = place;
        }
        1 + self.n_ends
    }

    /// Line ends of any system; a carriage return before a line feed is part of it.
    fn count(text: &[u8]) -> usize {
        let is_end = |&(byte_idx, byte): &(usize, &u8)| match byte {
            b'\n' => true,
            b'\r' => text.get(byte_idx + 1) != Some(&b'\n'),
            _ => false,
        };
        text.iter().enumerate().filter(is_end).count()
    }
}
