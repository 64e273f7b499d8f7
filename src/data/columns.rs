//! Columns of text to columns of numbers, as chosen.

use serde::{Deserialize, Serialize};

use std::collections::BTreeSet;

use super::cells::Cells;
use super::column_facts::ColumnFacts;
use super::missing::is_missing;
use super::number_format::{DecimalMark, is_unusable, is_usable, number, plain, usable};
use super::number_scale::{decimals_of, most_decimals, offset_and_scale};
use super::{Column, Dataset, Encoding, RawTable, Schema, TableError};

/// The widest encoded row.
const MOST_FEATURES: usize = 4096;
/// The most different values of a category.
pub(super) const MOST_LEVELS: usize = 256;
/// The most values of all encoded rows together: 200 MB.
const MOST_VALUES: usize = 50_000_000;
/// The most characters of a cell or a column's name that an error quotes.
const MOST_QUOTED: usize = 40;
/// The level of an empty cell.
const EMPTY_LEVEL: &str = "(empty)";

/// How a column of a table is to be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ColumnChoice {
    /// One value per cell, 0 for the smallest number of the column and 1 for the largest.
    Number,
    /// A value per level, 1 for the one that holds.
    Category,
    /// Not at all.
    LeaveOut,
}

impl ColumnChoice {
    /// All choices, in the order in which they are offered.
    pub const ALL: [Self; 3] = [Self::Number, Self::Category, Self::LeaveOut];

    /// How the page calls it.
    pub fn title(self) -> &'static str {
        match self {
            Self::Number => "number",
            Self::Category => "category",
            Self::LeaveOut => "leave out",
        }
    }
}

impl RawTable {
    /// The table as numbers, one choice per column.
    ///
    /// Numbers are scaled to 0 to 1 by the smallest and the largest of their column; one that never changes is 0.
    /// Categories are one-hot, their levels in alphabetical order. For a missing number stands the median of its column,
    /// and so it does for one that is infinite or too large; for a missing level the most frequent one.
    ///
    /// # Errors
    /// When a cell of a number column is no number, a category has more than 256 levels, no column is left,
    /// there would be more than 4,096 values in a row or 50 million in all, or the choices are for another table.
    pub fn encode(&self, choices: &[ColumnChoice]) -> Result<Dataset, TableError> {
        if choices.len() != self.names().len() {
            return Err(TableError::ChoiceCount {
                n_choices: choices.len(),
                n_columns: self.names().len(),
            });
        }
        let encodings = choices.iter().enumerate();
        let encodings = encodings.map(|(idx, &choice)| self.raw_column(idx).encoding(choice));
        let encodings: Vec<Encoding> = encodings.collect::<Result<_, _>>()?;
        let n_features = require_size(&encodings, self.n_rows())?;
        let mut values = vec![0.0; self.n_rows() * n_features];
        for (row_idx, mut rest) in values.chunks_exact_mut(n_features).enumerate() {
            for (column_idx, encoding) in encodings.iter().enumerate() {
                let cell = self.cell(row_idx, column_idx).unwrap_or("");
                let (place, following) = rest.split_at_mut(encoding.width());
                self.raw_column(column_idx)
                    .encode_cell(cell, encoding, place);
                rest = following;
            }
        }
        let columns = self.names().iter().cloned().zip(encodings);
        let columns = columns.map(|(name, encoding)| Column { name, encoding });
        let schema = Schema {
            columns: columns.collect(),
        };
        Ok(Dataset::table(schema, values)?)
    }
}

pub(super) fn require_size(encodings: &[Encoding], n_rows: usize) -> Result<usize, TableError> {
    let n_features = encodings.iter().map(Encoding::width).sum();
    let most = MOST_VALUES.checked_div(n_features);
    let most = most.ok_or(TableError::NoColumns)?;
    if n_features > MOST_FEATURES {
        return Err(TableError::TooManyValues {
            n_features,
            most: MOST_FEATURES,
        });
    }
    if n_rows > most {
        return Err(TableError::TooLarge {
            n_rows,
            n_features,
            most,
        });
    }
    Ok(n_features)
}

pub(super) fn level_of(cell: &str) -> &str {
    if cell.is_empty() { EMPTY_LEVEL } else { cell }
}

/// A column of text with what its errors need.
pub(super) struct RawColumn<'a> {
    pub(super) name: &'a str,
    pub(super) cells: &'a Cells,
    pub(super) column_idx: usize,
    pub(super) mark: DecimalMark,
    pub(super) facts: &'a ColumnFacts,
}

impl RawColumn<'_> {
    fn encoding(&self, choice: ColumnChoice) -> Result<Encoding, TableError> {
        match choice {
            ColumnChoice::Number => self.number_encoding(),
            ColumnChoice::Category => self.category_encoding(),
            ColumnChoice::LeaveOut => Ok(Encoding::LeftOut),
        }
    }

    fn number_encoding(&self) -> Result<Encoding, TableError> {
        let (mut smallest, mut largest) = (f64::INFINITY, f64::NEG_INFINITY);
        let mut decimals = 0;
        for (row_idx, cell) in self.cells.column(self.column_idx).enumerate() {
            let Some(number) = self.number_unless_missing(row_idx, cell)? else {
                continue;
            };
            smallest = smallest.min(number);
            largest = largest.max(number);
            decimals = decimals.max(plain(cell, self.mark).map_or(0, |it| decimals_of(&it)));
        }
        let (offset, scale) = offset_and_scale(smallest, largest);
        let most = most_decimals(smallest.abs().max(largest.abs()));
        Ok(Encoding::Number {
            offset,
            scale,
            decimals: decimals.min(most) as u8,
        })
    }

    /// Writes a cell that its encoding was made from.
    fn encode_cell(&self, cell: &str, encoding: &Encoding, place: &mut [f32]) {
        match (encoding, place) {
            (Encoding::Number { offset, scale, .. }, [value]) => {
                let number = usable(cell, self.mark).or(self.facts.median());
                let scaled = (number.unwrap_or(0.0) - f64::from(*offset)) / f64::from(*scale);
                *value = scaled.clamp(0.0, 1.0) as f32;
            }
            (Encoding::OneHot { levels }, place) => {
                let level = self.level_in(cell);
                if let Ok(level_idx) = levels.binary_search_by(|it| it.as_str().cmp(level)) {
                    place[level_idx] = 1.0;
                }
            }
            // A table's columns are never signed, and one that is left out has no place.
            _ => {}
        }
    }

    fn level_in<'a>(&'a self, cell: &'a str) -> &'a str {
        self.facts.level(cell).unwrap_or(EMPTY_LEVEL)
    }

    /// A cell as a number; `None` where the median stands for it.
    fn number_unless_missing(&self, row_idx: usize, cell: &str) -> Result<Option<f64>, TableError> {
        let is_gap = is_missing(cell) || is_unusable(cell, self.mark);
        if is_gap && self.facts.median().is_some() {
            Ok(None)
        } else {
            self.number_in(row_idx, cell).map(Some)
        }
    }

    /// A cell as a number that must be there.
    pub(super) fn number_in(&self, row_idx: usize, cell: &str) -> Result<f64, TableError> {
        let line = self.cells.line(row_idx);
        let column = || quoted(self.name);
        if cell.is_empty() {
            let column = column();
            return Err(TableError::Empty { line, column });
        }
        match number(cell, self.mark) {
            Some(number) if is_usable(number) => Ok(number),
            Some(number) if number.is_nan() => Err(TableError::NaN {
                line,
                column: column(),
                cell: quoted(cell),
            }),
            Some(_) => Err(TableError::Infinite {
                line,
                column: column(),
                cell: quoted(cell),
            }),
            None => Err(TableError::NotANumber {
                line,
                column: column(),
                cell: quoted(cell),
            }),
        }
    }

    fn category_encoding(&self) -> Result<Encoding, TableError> {
        let mut levels = BTreeSet::new();
        for cell in self.cells.column(self.column_idx) {
            levels.insert(self.level_in(cell));
            if levels.len() > MOST_LEVELS {
                return Err(TableError::TooManyLevels {
                    column: quoted(self.name),
                    most: MOST_LEVELS,
                });
            }
        }
        Ok(Encoding::OneHot {
            levels: levels.into_iter().map(str::to_owned).collect(),
        })
    }
}

/// A cell or a name as an error shows it: its beginning, if it is long.
pub(super) fn quoted(cell: &str) -> String {
    match cell.char_indices().nth(MOST_QUOTED) {
        Some((end, _)) => format!("{}…", &cell[..end]),
        None => cell.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ColumnChoice::{Category, LeaveOut, Number};

    const PEOPLE: &str = "name,age,city\nann,20,bonn\nbob,70,ulm\ncem,45,bonn\n";

    fn table(text: &str) -> RawTable {
        RawTable::read(text.as_bytes()).expect("a table")
    }

    fn error_of(text: &str, choices: &[ColumnChoice]) -> String {
        let error = table(text).encode(choices).expect_err("this is refused");
        error.to_string()
    }

    #[test]
    fn numbers_fill_0_to_1_and_categories_are_one_hot() {
        let people = table(PEOPLE);
        let dataset = people
            .encode(&[LeaveOut, Number, Category])
            .expect("a data set");
        assert_eq!(dataset.in_words(), "3 rows of 2 columns (3 values)");
        assert_eq!(dataset.item(0), Some(vec![0.0, 1.0, 0.0]));
        assert_eq!(dataset.item(1), Some(vec![1.0, 0.0, 1.0]));
        assert_eq!(dataset.item(2), Some(vec![0.5, 1.0, 0.0]));
    }

    #[test]
    fn an_error_quotes_the_beginning_of_a_long_name_and_a_long_cell() {
        let (name, cell) = ("n".repeat(5_000), "x".repeat(5_000));
        let error = error_of(&format!("{name}\n1\n2\n{cell}\n"), &[Number]);
        let (name, cell) = ("n".repeat(40), "x".repeat(40));
        assert!(
            error.starts_with(&format!(
                "line 4, column \"{name}…\": \"{cell}…\" is not a number"
            )),
            "{error}"
        );
    }

    #[test]
    fn an_encoded_row_reads_as_in_the_file() {
        let text = "a,b,c\n1.25,1e-3,x\n-7.5,2e-3,y\n3,1.5e-3,x\n";
        let dataset = table(text)
            .encode(&[Number, Number, Category])
            .expect("a data set");
        let schema = dataset.schema().expect("a table");
        let words = |item_idx| schema.decode_row(&dataset.item(item_idx).expect("a row"));
        assert_eq!(words(0), ["1.25", "0.0010", "x"]);
        assert_eq!(words(1), ["-7.50", "0.0020", "y"]);
        assert_eq!(words(2), ["3.00", "0.0015", "x"]);
    }

    #[test]
    fn large_numbers_close_to_each_other_stay_apart() {
        let text = "time\n1700000037\n1700000039\n1700000041\n";
        let dataset = table(text).encode(&[Number]).expect("a data set");
        let schema = dataset.schema().expect("a table");
        for (item_idx, expected) in ["1700000037", "1700000039", "1700000041"]
            .iter()
            .enumerate()
        {
            let row = dataset.item(item_idx).expect("a row");
            assert!((0.0..=1.0).contains(&row[0]), "{row:?}");
            assert_eq!(schema.decode_row(&row), [*expected]);
        }
    }

    #[test]
    fn a_column_that_never_changes_is_0() {
        let dataset = table("a,b\n5,1\n5,2\n")
            .encode(&[Number, Number])
            .expect("a data set");
        assert_eq!(dataset.item(0), Some(vec![0.0, 0.0]));
        let schema = dataset.schema().expect("a table");
        assert_eq!(schema.decode_row(&[0.0, 1.0]), ["5", "2"]);
    }

    #[test]
    fn what_is_missing_is_filled_with_what_is_usual() {
        let text = "age,city\n1,bonn\n2,\nNA,ulm\n9,ulm\n1e999,ulm\n";
        let dataset = table(text).encode(&[Number, Category]).expect("a data set");
        let schema = dataset.schema().expect("a table");
        let words = |item_idx| schema.decode_row(&dataset.item(item_idx).expect("a row"));
        assert_eq!(words(1), ["2", "ulm"]);
        assert_eq!(words(2), ["2", "ulm"]);
        assert_eq!(words(4), ["2", "ulm"]);
    }

    #[test]
    fn a_column_without_numbers_is_none_of_numbers() {
        let with =
            |cell: &str| error_of(&format!("age,n\n{cell},5\n{cell},6\n"), &[Number, Number]);
        assert_eq!(
            with(""),
            "line 2, column \"age\": there is no number; fill it in, or leave the column out"
        );
        assert_eq!(
            with("NaN"),
            "line 2, column \"age\": \"NaN\" stands for a missing number; fill it in, or leave the column out"
        );
        assert_eq!(
            with("1e999"),
            "line 2, column \"age\": \"1e999\" is infinite or too large to learn from; correct it, or leave the column out"
        );
    }

    #[test]
    fn a_bad_cell_is_named_with_line_and_column() {
        assert_eq!(
            error_of("age,n\n1,1\n2,2\n3,3\n\n12a,5\n", &[Number, Number]),
            "line 6, column \"age\": \"12a\" is not a number; correct it, or treat the column as a category"
        );
    }

    #[test]
    fn a_long_cell_is_quoted_in_part() {
        let text = format!("age\n1\n2\n{}\n", "ä".repeat(1000));
        let error = error_of(&text, &[Number]);
        assert!(
            error.contains(&format!("\"{}…\"", "ä".repeat(40))),
            "{error}"
        );
    }

    #[test]
    fn what_is_too_much_is_refused() {
        let names: Vec<String> = (0..257).map(|idx| format!("w{idx}\n")).collect();
        let names = names.concat();
        assert_eq!(
            error_of(&format!("{names}w0\n"), &[Category]),
            "column \"column 1\" has more than 256 different values, too many for a category; treat it as a number, or leave it out"
        );
        let wide: Vec<String> = (0..200)
            .map(|row| vec![row.to_string(); 21].join(","))
            .collect();
        assert_eq!(
            error_of(&wide.join("\n"), &[Category; 21]),
            "the columns become 4200 values, but a network here takes up to 4096; leave columns out"
        );
        let encodings = vec![
            Encoding::OneHot {
                levels: vec![String::new(); 100]
            };
            40
        ];
        let error = require_size(&encodings, 12_501).expect_err("too large");
        assert_eq!(
            error.to_string(),
            "12501 rows of 4000 values are more than fits in memory; leave columns out, or delete rows until there are 12500 or fewer"
        );
    }

    #[test]
    fn choices_must_leave_something_and_fit_the_table() {
        assert_eq!(
            error_of(PEOPLE, &[LeaveOut; 3]),
            "no column is left to learn from; treat at least one as a number or a category"
        );
        assert_eq!(
            error_of(PEOPLE, &[Number]),
            "the number of choices is 1, but that of columns 3; open the file again and choose once per column"
        );
    }
}
