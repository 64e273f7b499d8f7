//! Rows of another table, encoded as a network knows them.

use super::columns::{FARTHEST_VALUE, quoted, require_size};
use super::known_cells::Misfits;
use super::missing::{is_level_missing, is_missing};
use super::number_format::{DecimalMark, is_usable, number};
use super::schema::IS_MISSING;
use super::{Column, Dataset, Encoding, RawTable, Schema, TableError};

/// So many names of columns stand in a sentence.
const MOST_NAMED: usize = 5;

/// A table that was read by columns that are known already.
#[derive(Clone, Debug, PartialEq)]
pub struct ReadAlike {
    /// Its rows, as a network takes them that knows the columns.
    pub dataset: Dataset,
    /// Where its columns are that the network sees, in the order in which it sees them, counted from 0.
    pub seen: Vec<usize>,
    /// Its other columns.
    pub unseen: Vec<usize>,
    /// What does not fit, a sentence each.
    pub remarks: Vec<String>,
}

/// Where in another table a column is that is known.
struct Place<'a> {
    column: &'a Column,
    column_idx: usize,
    mark: DecimalMark,
    misfits: Misfits,
}

impl RawTable {
    /// The table as numbers by columns that are known already, found by their names whatever their order, case and blanks;
    /// by their order where this table has no names and as many columns.
    ///
    /// Cells become numbers as those did that the columns were learned from: on the same scale, with the same values for
    /// what is missing. Numbers outside the range that was learned from lie outside 0 to 1, and a level that was not
    /// learned from is none of the known ones. What does not fit is counted and said.
    ///
    /// # Errors
    /// When columns are missing, a number is and nothing can stand for it, or there are too many rows.
    pub fn read_alike(&self, schema: &Schema) -> Result<ReadAlike, TableError> {
        let n_features = require_size(schema.n_features(), self.n_rows())?;
        let (mut places, remark) = self.places_of(schema)?;
        let mut values = Vec::with_capacity(self.n_rows() * n_features);
        for row_idx in 0..self.n_rows() {
            let mut is_gap = false;
            for place in &mut places {
                is_gap = self.encode_alike(row_idx, place, is_gap, &mut values)?;
            }
        }
        let seen: Vec<usize> = places.iter().map(|it| it.column_idx).collect();
        let columns = 0..self.names().len();
        let unseen: Vec<usize> = columns.filter(|it| !seen.contains(it)).collect();
        let of_columns = places
            .iter()
            .flat_map(|it| it.misfits.in_words(it.column, self));
        let remarks = remark
            .into_iter()
            .chain(mark_in_words(&places))
            .chain(self.strangers_in_words(schema))
            .chain(of_columns);
        Ok(ReadAlike {
            remarks: remarks.collect(),
            dataset: Dataset::table(schema.clone(), values)?,
            seen,
            unseen,
        })
    }

    /// The column of this name, whatever its case and blanks; an equal name goes before one that is alike.
    pub(super) fn column_named(&self, name: &str) -> Option<usize> {
        let place_of = |is_it: &dyn Fn(&str) -> bool| self.names().iter().position(|it| is_it(it));
        place_of(&|it| it == name).or_else(|| place_of(&|it| bare(it) == bare(name)))
    }

    /// The names of its columns in a sentence: the first few.
    pub(super) fn names_in_words(&self) -> String {
        listed(&self.names().iter().map(String::as_str).collect::<Vec<_>>())
    }

    /// Where each column is that a network sees, and how they were found if not by their names.
    fn places_of<'a>(
        &self,
        schema: &'a Schema,
    ) -> Result<(Vec<Place<'a>>, Option<String>), TableError> {
        let is_nameless = self.is_nameless_beside(schema);
        // Names that are there twice are told apart by nothing but their order.
        let known_names = schema.in_file().map(|it| &it.name);
        let by_order = is_nameless || known_names.eq(self.names());
        let shown = self.shown_decimal_mark();
        let (mut places, mut missing) = (Vec::new(), Vec::new());
        let (mut n_passed, mut found) = (0, None);
        for column in &schema.columns {
            // What says where another is missing is made from that one.
            if column.is_in_file() {
                found = if by_order {
                    Some(n_passed)
                } else {
                    self.column_named(&column.name)
                };
                n_passed += 1;
            }
            if column.encoding == Encoding::LeftOut {
                continue;
            }
            match found {
                Some(column_idx) => places.push(Place {
                    column,
                    column_idx,
                    mark: shown.unwrap_or(usual_mark(column)),
                    misfits: Misfits::default(),
                }),
                None => missing.push(column.name.as_str()),
            }
        }
        if !missing.is_empty() {
            return Err(TableError::MissingColumns {
                missing: listed(&missing),
                there: self.names_in_words(),
            });
        }
        let remark = is_nameless.then(|| {
            "Its first row holds no names, so its columns are taken in the order of those learned from.".to_owned()
        });
        Ok((places, remark))
    }

    /// Whether something stands for a value that is missing; `is_gap`: whether it does in the column before.
    fn encode_alike(
        &self,
        row_idx: usize,
        place: &mut Place,
        is_gap: bool,
        values: &mut Vec<f32>,
    ) -> Result<bool, TableError> {
        let cell = self.cell(row_idx, place.column_idx).unwrap_or("");
        Ok(match &place.column.encoding {
            encoding @ (Encoding::Number { .. } | Encoding::Logarithm { .. }) => {
                let (number, is_filled) = self.number_alike(row_idx, cell, place)?;
                let value = encoding.value_of(number).unwrap_or(0.0);
                values.push(value.clamp(-FARTHEST_VALUE, FARTHEST_VALUE));
                is_filled
            }
            Encoding::Signed { negative, positive } => {
                let value = sign_of(cell, negative, positive);
                if value.is_none() {
                    place.misfits.note_level(row_idx, cell);
                }
                values.push(value.unwrap_or(0.0));
                false
            }
            Encoding::OneHot { levels } => {
                let misfits = &mut place.misfits;
                let level = misfits.level_of(row_idx, cell, levels, place.column);
                let holds = |it: &String| f32::from(u8::from(Some(it.as_str()) == level));
                values.extend(levels.iter().map(holds));
                is_level_missing(cell, place.column.usual.is_nothing_a_level)
            }
            Encoding::Missing => {
                values.push(f32::from(u8::from(is_gap)));
                false
            }
            Encoding::LeftOut => false,
        })
    }

    /// What a cell says in a column of numbers, or what stands for it, and whether that is so.
    fn number_alike(
        &self,
        row_idx: usize,
        cell: &str,
        place: &mut Place,
    ) -> Result<(f64, bool), TableError> {
        let usual = &place.column.usual;
        let number = number(cell, place.mark).filter(|it| !it.is_nan() && !is_missing(cell));
        let is_filled = |it: f64| usual.fills_infinite && !is_usable(it);
        if let Some(number) = number.filter(|it| !is_filled(*it)) {
            place.misfits.note_number(row_idx, number, place.column);
            return Ok((number, false));
        }
        place.misfits.note_gap(row_idx, cell);
        // Columns that were written down before this was noted leave only this table's own median.
        let column = self.raw_column(place.column_idx);
        let filler = usual.median.or_else(|| column.facts.median());
        let filler = filler.map_or_else(|| column.number_in(row_idx, cell), Ok)?;
        Ok((filler, true))
    }

    /// Whether its columns can be told by their order only.
    fn is_nameless_beside(&self, schema: &Schema) -> bool {
        !self.has_header() && self.names().len() == schema.in_file().count()
    }

    /// Which columns the network has never heard of.
    fn strangers_in_words(&self, schema: &Schema) -> Option<String> {
        if self.is_nameless_beside(schema) {
            return None;
        }
        let is_known = |name: &str| schema.columns.iter().any(|it| bare(&it.name) == bare(name));
        let all = self.names().iter().map(String::as_str);
        let strangers: Vec<&str> = all.filter(|name| !is_known(name)).collect();
        let named = listed(&strangers);
        match strangers.len() {
            0 => None,
            1 => Some(format!(
                "{named} is not among the columns learned from: it is shown beside the rows and does not count."
            )),
            _ => Some(format!(
                "{named} are not among the columns learned from: they are shown beside the rows and do not count."
            )),
        }
    }
}

/// That a file writes its numbers in another way than the one that was learned from.
fn mark_in_words(places: &[Place]) -> Option<String> {
    let is_other = |place: &Place| place.mark != usual_mark(place.column);
    let is_number = |place: &Place| place.column.encoding.value_of(0.0).is_some();
    let other = places.iter().find(|it| is_number(it) && is_other(it))?;
    let [this, that] = match other.mark {
        DecimalMark::Comma => ["comma", "point"],
        DecimalMark::Point => ["point", "comma"],
    };
    Some(format!(
        "Its numbers have a decimal {this}, those learned from a decimal {that}: both are read as what they say."
    ))
}

/// How the numbers of a column were written that was learned from.
fn usual_mark(column: &Column) -> DecimalMark {
    if column.usual.has_decimal_comma {
        DecimalMark::Comma
    } else {
        DecimalMark::Point
    }
}

/// A name without what people write one way today and another tomorrow.
fn bare(name: &str) -> String {
    let letters = name.chars().filter(|it| !it.is_whitespace());
    letters.flat_map(char::to_lowercase).collect()
}

/// Names of columns in a sentence: the first few, each in quotes.
fn listed(names: &[&str]) -> String {
    let shown = names.iter().take(MOST_NAMED);
    let shown: Vec<String> = shown.map(|name| format!("\"{}\"", quoted(name))).collect();
    match (names.len().saturating_sub(MOST_NAMED), &shown[..]) {
        (0, [others @ .., one, last]) => {
            let others = [others, &[format!("{one} and {last}")]].concat();
            others.join(", ")
        }
        (0, _) => shown.concat(),
        (n, _) => format!("{} and {n} more", shown.join(", ")),
    }
}

impl Schema {
    /// The inverse of [`Schema::decode_row`], as far as its words tell: a text for each column that is not left out.
    /// `None` where a text is not what its column takes.
    pub fn encode_row(&self, cells: &[String]) -> Option<Vec<f32>> {
        let mut values = Vec::with_capacity(self.n_features());
        for ((column, _), cell) in self.spans().zip(cells) {
            match &column.encoding {
                Encoding::Number { .. } | Encoding::Logarithm { .. } => {
                    values.extend(column.encoding.value_of(cell.parse().ok()?));
                }
                Encoding::Signed { negative, positive } => {
                    values.push(sign_of(cell, negative, positive)?);
                }
                Encoding::OneHot { levels } => {
                    values.extend(levels.iter().map(|it| f32::from(u8::from(it == cell))));
                }
                Encoding::Missing => values.push(f32::from(u8::from(cell == IS_MISSING))),
                Encoding::LeftOut => {}
            }
        }
        (values.len() == self.n_features()).then_some(values)
    }
}

fn sign_of(cell: &str, negative: &str, positive: &str) -> Option<f32> {
    if cell == negative {
        Some(-1.0)
    } else {
        (cell == positive).then_some(1.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::{ColumnChoice, employees};

    fn table(text: &str) -> RawTable {
        RawTable::read(text.as_bytes()).expect("a table")
    }

    fn learned(text: &str, choices: &[ColumnChoice]) -> Schema {
        let dataset = table(text).encode(choices).expect("a data set");
        dataset.schema().expect("a table").clone()
    }

    fn known() -> Schema {
        let choices = [
            ColumnChoice::Number,
            ColumnChoice::LeaveOut,
            ColumnChoice::Category,
        ];
        learned(
            "age,name,city\n20,ann,bonn\n70,bob,ulm\n60,eva,ulm\n",
            &choices,
        )
    }

    fn alike(text: &str, schema: &Schema) -> ReadAlike {
        table(text)
            .read_alike(schema)
            .expect("the columns are there")
    }

    #[test]
    fn other_rows_keep_the_scale_that_was_learned() {
        let others = alike("city, AGE,x\nulm,45,1\nrome,120,2\n", &known());
        assert_eq!(others.dataset.item(0), Some(vec![0.5, 0.0, 1.0]));
        assert_eq!(others.dataset.item(1), Some(vec![2.0, 0.0, 0.0]));
        assert_eq!(others.unseen, [2]);
        assert_eq!(
            others.remarks,
            [
                "\"x\" is not among the columns learned from: it is shown beside the rows and does not count.",
                "age: 1 of 2 far outside of 20 to 70, which is all that was learned from (120 on line 3).",
                "city: 1 of 2 never seen while learning (\"rome\" on line 3), read as none of the known values.",
            ]
        );
    }

    #[test]
    fn what_is_missing_is_filled_as_it_was_while_learning() {
        let others = alike("age,city\n,?\nn/a,ulm\nold,ulm\ninf,bonn\n", &known());
        let item = |idx| others.dataset.item(idx).expect("a row");
        assert_eq!(
            [item(0), item(1), item(2)],
            [[0.8, 0.0, 1.0]; 3].map(Vec::from)
        );
        assert!(item(3)[0] > 100.0, "an infinite number is no gap");
        assert_eq!(
            others.remarks,
            [
                "age: 2 of 4 missing and 1 not a number (\"old\" on line 4), read as 60, the median of what was learned from.",
                "age: 1 of 4 far outside of 20 to 70, which is all that was learned from (inf on line 5).",
                "city: 1 of 4 missing, read as \"ulm\", the most frequent of what was learned from.",
            ]
        );
    }

    #[test]
    fn a_level_beyond_the_frequent_ones_is_among_the_others() {
        let row = |idx: usize| format!("{},c{}\n", idx % 7, idx % 35);
        let rows: String = (0..70).map(row).collect();
        let schema = learned(
            &format!("n,code\n{rows}"),
            &[ColumnChoice::Number, ColumnChoice::Category],
        );
        let others = alike("n,code\n3,new\n", &schema);
        let row = others.dataset.item(0).expect("a row");
        assert_eq!(row.last(), Some(&1.0));
        assert!(
            others.remarks[0].ends_with("read as \"(other)\"."),
            "{:?}",
            others.remarks
        );
    }

    #[test]
    fn a_comma_is_what_it_was_or_what_the_file_shows_beyond_doubt() {
        let learned_from = learned(
            "a;b\n1,5;x\n2,5;y\n",
            &[ColumnChoice::Number, ColumnChoice::Category],
        );
        let values = |text: &str| {
            let others = alike(text, &learned_from);
            (
                others.dataset.item(0).expect("a row")[0],
                others.remarks.len(),
            )
        };
        assert_eq!(values("a;b\n2,0;x\n"), (0.5, 0));
        assert_eq!(values("a,b\n2.0,x\n"), (0.5, 1));
        // Without a decimal in sight the mark of before decides: this is two thousand.
        assert!(values("a;b\n2.000;x\n").0 > 100.0);
    }

    #[test]
    fn columns_without_names_are_taken_in_their_order() {
        let schema = learned("1.5,7\n3.5,5\n2.5,6\n", &[ColumnChoice::Number; 2]);
        let others = alike("2.5,5\n1.5,6\n", &schema);
        assert_eq!(others.dataset.item(0), Some(vec![0.5, 0.0]));
        assert!(
            others.remarks[0].contains("in the order"),
            "{:?}",
            others.remarks
        );
        assert!(table("1.5,7\n3.5,5\n").read_alike(&known()).is_err());
    }

    #[test]
    fn a_missing_column_is_named_beside_those_that_are_there() {
        let error_of = |text: &str| {
            let refused = table(text).read_alike(&known()).expect_err("refused");
            refused.to_string()
        };
        assert_eq!(
            error_of("years,town\n20,bonn\n"),
            "the network learned from \"age\" and \"city\", which this file does not have; it has \"years\" and \"town\". \
             Choose a file with the columns that it was trained on"
        );
    }

    #[test]
    fn a_word_that_is_neither_of_two_lies_between_them() {
        let employees = employees(1);
        let schema = employees.schema().expect("a table");
        let others = alike("sex,age,city,income,job\nx,20,boulder,300,tech\n", schema);
        assert!(others.dataset.item(0).expect("a row")[0].abs() < f32::EPSILON);
        assert!(
            others.remarks[0].starts_with("sex: 1 of 1 never seen"),
            "{:?}",
            others.remarks
        );
    }

    #[test]
    fn the_words_of_a_row_give_it_back() {
        let employees = employees(1);
        let schema = employees.schema().expect("a table");
        for item in 0..employees.n_items() {
            let row = employees.item(item).expect("a row");
            assert_eq!(schema.encode_row(&schema.decode_row(&row)), Some(row));
        }
        assert_eq!(schema.encode_row(&["male".to_owned()]), None);
    }
}
