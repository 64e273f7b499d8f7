//! Columns of text to columns of numbers, as chosen.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::answer::Answer;
use super::cells::Cells;
use super::column_facts::ColumnFacts;
use super::copies::Copies;
use super::missing::is_missing;
use super::number_format::{DecimalMark, is_unusable, is_usable, number, plain, usable};
use super::number_scale::{decimals_of, most_decimals};
use super::split::Sorted;
use super::{
    Column, ColumnChoice, ColumnRole, Dataset, Encoding, Normality, Parts, RawTable, Scale, Schema,
    Split, TableError, UsualCells,
};

/// The widest encoded row.
const MOST_FEATURES: usize = 4096;
/// The most values that a category becomes.
pub(super) const MOST_LEVELS: usize = 32;
/// The level of all that are rarer than those.
pub(super) const OTHER_LEVELS: &str = "(other)";
/// The seed of the recipes that any table fits, by which their training rows are drawn.
const SCALE_SEED: u64 = 1;
/// Fewer rows than these say little about a scale.
const FEWEST_FITTED: usize = 30;
/// What a number far outside the scale becomes, so that an infinite one has an error too.
pub(super) const FARTHEST_VALUE: f32 = 1000.0;
/// The most values of all encoded rows together: 200 MB.
const MOST_VALUES: usize = 50_000_000;
/// The most characters of a cell or a column's name that an error quotes.
const MOST_QUOTED: usize = 40;
/// The level of an empty cell.
pub(super) const EMPTY_LEVEL: &str = "(empty)";

impl RawTable {
    /// The table as numbers, one choice per column.
    ///
    /// Each column of numbers is on the scale that is chosen for it, fitted to the rows that a network learns from unless
    /// its recipe says otherwise: three fifths of the normal ones, drawn by seed 1; to all normal ones where
    /// that would be fewer than 30. Categories are one-hot, their levels in alphabetical order, those beyond the most
    /// frequent ones in one. For a missing number stands the median of its column, for a missing level the most
    /// frequent one. Rows with a number that cannot be measured are set aside.
    ///
    /// The column that holds the answer, if any, gives the items their classes.
    ///
    /// # Errors
    /// When a cell of a number column is no number, an answer has one level or more than 256, no column is left,
    /// there would be more than 4,096 values in a row or 50 million in all, or the choices are for another table.
    pub fn encode(&self, choices: &[ColumnChoice]) -> Result<Dataset, TableError> {
        if choices.len() != self.names().len() {
            return Err(TableError::ChoiceCount {
                n_choices: choices.len(),
                n_columns: self.names().len(),
            });
        }
        let answer = self.answer_among(choices)?;
        let labels = answer
            .as_ref()
            .map_or_else(Vec::new, |(column_idx, answer)| {
                let cells = self.raw_column(*column_idx).cells.column(*column_idx);
                cells.map(|cell| answer.label_of(cell)).collect()
            });
        let set_aside = self.rows_to_set_aside(choices);
        let tells_anomalies = answer
            .as_ref()
            .filter(|(column_idx, _)| choices[*column_idx] == ColumnChoice::KnownAnomaly);
        let normality = Normality {
            anomalous_classes: tells_anomalies
                .map_or_else(BTreeSet::new, |(_, answer)| answer.anomalous.clone()),
            ..Normality::default()
        };
        let fitted = self.rows_that_scales_fit(&labels, &set_aside, &normality);
        let encodings = choices.iter().enumerate();
        let encodings =
            encodings.map(|(idx, &choice)| self.raw_column(idx).encoding(choice, &fitted));
        let encodings: Vec<Encoding> = encodings.collect::<Result<_, _>>()?;
        let columns = self.columns_of(encodings, choices);
        let dataset = self.encoded(columns)?.setting_aside(set_aside);
        Ok(match answer {
            Some((_, answer)) => dataset.with_classes(labels, answer.levels)?,
            None => dataset,
        })
    }

    /// The columns that a network sees, each behind the place in the file of what it is made from.
    fn columns_of(
        &self,
        encodings: Vec<Encoding>,
        choices: &[ColumnChoice],
    ) -> Vec<(usize, Column)> {
        let mut columns = Vec::with_capacity(encodings.len());
        for (column_idx, encoding) in encodings.into_iter().enumerate() {
            let raw = self.raw_column(column_idx);
            let column = Column {
                name: raw.name.to_owned(),
                usual: raw.usual_cells(&encoding),
                encoding,
            };
            let is_told = self.tells_missing().contains(&column_idx)
                && self.can_tell_missing(column_idx, choices[column_idx]);
            let told = is_told.then(|| (column_idx, column.saying_where_missing()));
            columns.push((column_idx, column));
            columns.extend(told);
        }
        columns
    }

    fn encoded(&self, columns: Vec<(usize, Column)>) -> Result<Dataset, TableError> {
        let widths = columns.iter().map(|(_, column)| column.encoding.width());
        let n_features = require_size(widths.sum(), self.n_rows())?;
        let mut values = vec![0.0; self.n_rows() * n_features];
        for (row_idx, mut rest) in values.chunks_exact_mut(n_features).enumerate() {
            let mut is_gap = false;
            for (column_idx, column) in &columns {
                let (place, following) = rest.split_at_mut(column.encoding.width());
                if column.is_in_file() {
                    let cell = self.cell(row_idx, *column_idx).unwrap_or("");
                    let raw = self.raw_column(*column_idx);
                    is_gap = raw.encode_cell(cell, &column.encoding, place);
                } else {
                    place.fill(f32::from(u8::from(is_gap)));
                }
                rest = following;
            }
        }
        let columns = columns.into_iter().map(|(_, column)| column);
        let schema = Schema {
            columns: columns.collect(),
        };
        Ok(Dataset::table(schema, values)?)
    }

    /// The column that holds the answer and what it says; `None` where none does.
    fn answer_among(
        &self,
        choices: &[ColumnChoice],
    ) -> Result<Option<(usize, Answer)>, TableError> {
        let holds_it = |choice: &ColumnChoice| choice.role() == ColumnRole::Answer;
        let Some(column_idx) = choices.iter().position(holds_it) else {
            return Ok(None);
        };
        let answer = self.answer_in(column_idx);
        let answer = answer.ok_or_else(|| TableError::NoAnswer {
            column: quoted(&self.names()[column_idx]),
        })?;
        Ok(Some((column_idx, answer)))
    }

    /// Rows with a number that is infinite or far from all others, where those are few.
    fn rows_to_set_aside(&self, choices: &[ColumnChoice]) -> BTreeSet<usize> {
        let numbers = choices.iter().enumerate();
        let numbers = numbers.filter(|(_, choice)| choice.scale().is_some());
        let wild = numbers.flat_map(|(column_idx, _)| {
            let facts = self.raw_column(column_idx).facts;
            facts.wild_rows().iter().map(|&row| row as usize)
        });
        wild.collect()
    }

    /// The rows that scales are fitted to.
    fn rows_that_scales_fit(
        &self,
        labels: &[u8],
        set_aside: &BTreeSet<usize>,
        normality: &Normality,
    ) -> Vec<usize> {
        let known = Sorted {
            n_items: self.n_rows(),
            labels,
            set_aside,
            first_validation: None,
            copies: Copies::default(),
        };
        let of = |parts| Split::of_sorted(known, SCALE_SEED, parts, normality).train;
        let trained_on = of(Parts::ThreeOneOne);
        if trained_on.len() < FEWEST_FITTED {
            of(Parts::Everything)
        } else {
            trained_on
        }
    }
}

/// The values of a row, if so many rows of them are not too many.
pub(super) fn require_size(n_features: usize, n_rows: usize) -> Result<usize, TableError> {
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
    fn encoding(&self, choice: ColumnChoice, fitted: &[usize]) -> Result<Encoding, TableError> {
        match (choice.scale(), choice.role()) {
            (Some(scale), _) => self.number_encoding(scale, fitted),
            (None, ColumnRole::Input) => Ok(self.category_encoding()),
            (None, ColumnRole::Answer | ColumnRole::Carried | ColumnRole::LeftOut) => {
                Ok(Encoding::LeftOut)
            }
        }
    }

    fn number_encoding(&self, scale: Scale, fitted: &[usize]) -> Result<Encoding, TableError> {
        let mut largest = 0.0_f64;
        let mut decimals = 0;
        for (row_idx, cell) in self.cells.column(self.column_idx).enumerate() {
            let Some(number) = self.number_unless_missing(row_idx, cell)? else {
                continue;
            };
            if self.facts.is_wild(number) {
                continue;
            }
            largest = largest.max(number.abs());
            decimals = decimals.max(plain(cell, self.mark).map_or(0, |it| decimals_of(&it)));
        }
        let numbers = fitted
            .iter()
            .filter_map(|&row_idx| usable(self.cells.get(row_idx, self.column_idx), self.mark));
        let numbers = numbers.filter(|&it| !self.facts.is_wild(it));
        let mut numbers: Vec<f64> = numbers.collect();
        // Where no fitted row has a number, the usual one has to do.
        if numbers.is_empty() {
            numbers.extend(self.facts.median());
        }
        numbers.sort_by(f64::total_cmp);
        let decimals = decimals.min(most_decimals(largest)) as u8;
        Ok(scale.fitted_to(&numbers, decimals))
    }

    /// What other tables with this column need to know of it.
    fn usual_cells(&self, encoding: &Encoding) -> UsualCells {
        let cells = self.cells.column(self.column_idx);
        match encoding {
            Encoding::Number { .. } | Encoding::Logarithm { .. } => UsualCells {
                median: self.facts.median(),
                range: range_of(
                    cells
                        .filter_map(|cell| usable(cell, self.mark))
                        .filter(|it| !self.facts.is_wild(*it)),
                ),
                fills_infinite: !self.facts.sets_unusable_aside()
                    && self
                        .cells
                        .column(self.column_idx)
                        .any(|it| is_unusable(it, self.mark)),
                has_decimal_comma: self.mark == DecimalMark::Comma,
                ..UsualCells::default()
            },
            Encoding::OneHot { levels } => UsualCells {
                most_frequent: self.most_frequent_of(levels),
                is_nothing_a_level: self.facts.is_nothing_a_level(),
                ..UsualCells::default()
            },
            Encoding::Signed { .. } | Encoding::Missing | Encoding::LeftOut => {
                UsualCells::default()
            }
        }
    }

    /// Of these levels the one that most cells hold, of several the first.
    fn most_frequent_of(&self, levels: &[String]) -> Option<String> {
        let mut counts = vec![0_usize; levels.len()];
        for cell in self.cells.column(self.column_idx) {
            let level = self.level_in(cell);
            if let Some(place) = levels.iter().position(|it| it == level) {
                counts[place] += 1;
            }
        }
        let most = counts.iter().zip(levels).rev().max_by_key(|(n, _)| **n)?;
        Some(most.1.clone())
    }

    /// Writes a cell that its encoding was made from; whether something stands for a value that is missing.
    fn encode_cell(&self, cell: &str, encoding: &Encoding, place: &mut [f32]) -> bool {
        match (encoding, place) {
            (Encoding::Number { .. } | Encoding::Logarithm { .. }, [value]) => {
                let number = number(cell, self.mark).filter(|it| !it.is_nan() && !is_missing(cell));
                let number = number.filter(|it| is_usable(*it) || self.facts.sets_unusable_aside());
                let filled = number.or(self.facts.median()).unwrap_or(0.0);
                let scaled = encoding.value_of(filled).unwrap_or(0.0);
                *value = scaled.clamp(-FARTHEST_VALUE, FARTHEST_VALUE);
                number.is_none()
            }
            (Encoding::OneHot { levels }, place) => {
                let level = self.level_in(cell);
                let place_of = |level: &str| levels.iter().position(|it| it == level);
                if let Some(level_idx) = place_of(level).or_else(|| place_of(OTHER_LEVELS)) {
                    place[level_idx] = 1.0;
                }
                self.facts.is_gap_among_levels(cell)
            }
            // A table's columns are never signed, and one that is left out has no place.
            _ => false,
        }
    }

    fn level_in<'a>(&'a self, cell: &'a str) -> &'a str {
        self.facts.level(cell).unwrap_or(EMPTY_LEVEL)
    }

    /// A cell as a number; `None` where the median stands for it.
    pub(super) fn number_unless_missing(
        &self,
        row_idx: usize,
        cell: &str,
    ) -> Result<Option<f64>, TableError> {
        let is_no_number = number(cell, self.mark).is_none();
        let is_gap = is_missing(cell) || is_unusable(cell, self.mark) || is_no_number;
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

    /// The levels in alphabetical order; beyond [`MOST_LEVELS`] the rarer ones are one level, the last.
    fn category_encoding(&self) -> Encoding {
        let mut counts = BTreeMap::new();
        for cell in self.cells.column(self.column_idx) {
            *counts.entry(self.level_in(cell)).or_insert(0_usize) += 1;
        }
        let mut levels: Vec<(&str, usize)> = counts.into_iter().collect();
        let has_others = levels.len() > MOST_LEVELS;
        if has_others {
            levels.sort_by_key(|&(_, count)| Reverse(count));
            levels.truncate(MOST_LEVELS - 1);
            levels.sort_unstable();
        }
        let others = has_others.then(|| OTHER_LEVELS.to_owned());
        let levels = levels.into_iter().map(|(level, _)| level.to_owned());
        Encoding::OneHot {
            levels: levels.chain(others).collect(),
        }
    }
}

/// The smallest and the largest number.
fn range_of(numbers: impl Iterator<Item = f64>) -> Option<(f64, f64)> {
    let range = numbers.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), it| {
        (low.min(it), high.max(it))
    });
    (range.0 <= range.1).then_some(range)
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
    use ColumnChoice::{Category, KnownAnomaly, LeaveOut, Number};

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
        let error = error_of(&format!("{name}\n{cell}\ny\nx\nx\n"), &[Number]);
        let (name, cell) = ("n".repeat(40), "x".repeat(40));
        assert!(
            error.starts_with(&format!(
                "line 2, column \"{name}…\": \"{cell}…\" is not a number"
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
    fn a_word_among_numbers_is_filled_and_said_and_a_column_of_words_refused() {
        let ages = table("age,n\n1,1\n2,2\n3,3\n\n12a,5\n");
        let dataset = ages.encode(&[Number, Number]).expect("a data set");
        assert_eq!(dataset.item(3), Some(vec![0.5, 1.0]));
        assert_eq!(
            ages.column_note(0, Number).as_deref(),
            Some("1 of 4 not a number (\"12a\" on line 6), filled with the median, 2.")
        );
        assert_eq!(
            error_of("town,n\nulm,1\nbonn,2\n", &[Number, Number]),
            "line 2, column \"town\": \"ulm\" is not a number; correct it, or treat the column as a category"
        );
    }

    #[test]
    fn a_long_cell_is_quoted_in_part() {
        let text = format!("town\n{}\nulm\nulm\n", "ä".repeat(1000));
        let error = error_of(&text, &[Number]);
        assert!(
            error.contains(&format!("\"{}…\"", "ä".repeat(40))),
            "{error}"
        );
    }

    #[test]
    fn what_is_too_much_is_refused() {
        let wide: Vec<String> = (0..200)
            .map(|row| vec![row.to_string(); 130].join(","))
            .collect();
        assert_eq!(
            error_of(&wide.join("\n"), &[Category; 130]),
            "the columns become 4160 values, but a network here takes up to 4096; leave columns out"
        );
        let error = require_size(4_000, 12_501).expect_err("too large");
        assert_eq!(
            error.to_string(),
            "12501 rows of 4000 values are more than fits in memory; leave columns out, or delete rows until there are 12500 or fewer"
        );
    }

    #[test]
    fn rare_levels_of_a_category_share_one() {
        let frequent = (0..31).flat_map(|idx| vec![format!("w{idx}"); 2]);
        let rare = (0..40).map(|idx| format!("rare{idx}"));
        let text = frequent.chain(rare).collect::<Vec<_>>().join("\n");
        let dataset = table(&format!("word\n{text}\n"))
            .encode(&[Category])
            .expect("a data set");
        let schema = dataset.schema().expect("a table");
        let words = |item_idx| schema.decode_row(&dataset.item(item_idx).expect("a row"));
        assert_eq!(dataset.n_features(), 32);
        assert_eq!(words(0), ["w0"]);
        assert_eq!(words(70), ["(other)"]);
    }

    #[test]
    fn the_answer_gives_classes_and_no_input() {
        let text = "x,label\n1,normal\n2,attack\n3,normal\n";
        let labelled = table(text);
        assert_eq!(labelled.choices(), [Number, KnownAnomaly]);
        let dataset = labelled.encode(&labelled.choices()).expect("a data set");
        assert_eq!(dataset.n_features(), 1);
        let names =
            (0..3).map(|item| dataset.class_in_words(dataset.label_of(item).expect("a label")));
        assert_eq!(names.collect::<Vec<_>>(), ["normal", "attack", "normal"]);
        let anomalous = labelled.anomalous_classes(&labelled.choices());
        assert_eq!(anomalous.into_iter().collect::<Vec<_>>(), [0]);
        let error = error_of("x,y\n1,5\n2,5\n", &[Number, KnownAnomaly]);
        assert!(
            error.starts_with("column \"y\" cannot say which rows are normal"),
            "{error}"
        );
    }

    #[test]
    fn a_scale_is_fitted_to_rows_that_are_learned_from_only() {
        let rows = (0..100).map(|row| format!("{},{}\n", row % 10, u8::from(row % 10 == 9)));
        let text = format!("x,outlier\n{}", rows.collect::<String>());
        let dataset = table(&text)
            .encode(&[Number, KnownAnomaly])
            .expect("a data set");
        // No normal row has a 9, so that it lies beyond 1.
        assert_eq!(dataset.item(8), Some(vec![1.0]));
        assert_eq!(dataset.item(9), Some(vec![1.125]));
    }

    #[test]
    fn a_row_with_a_number_beyond_all_measure_is_set_aside() {
        let rows = (0..200).map(|row| match row {
            50 => "1e30\n".to_owned(),
            60 => "inf\n".to_owned(),
            _ => format!("{}\n", row % 10),
        });
        let huge = table(&format!("x\n{}", rows.collect::<String>()));
        let dataset = huge.encode(&[Number]).expect("a data set");
        assert_eq!(
            dataset.set_aside().iter().copied().collect::<Vec<_>>(),
            [50, 60]
        );
        assert_eq!(dataset.item(9), Some(vec![1.0]));
        assert_eq!(dataset.item(60), Some(vec![FARTHEST_VALUE]));
        let note = huge.column_note(0, Number).expect("a note");
        assert!(
            note.starts_with("2 of 200 infinite or far from all others"),
            "{note}"
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
