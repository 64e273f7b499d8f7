//! Rows of another table, encoded as a network knows them.

use super::columns::{OTHER_LEVELS, level_of, quoted, require_size};
use super::missing::is_missing;
use super::{Column, Dataset, Encoding, RawTable, Schema, TableError};

impl RawTable {
    /// The table as numbers by columns that are known already, found by their names; other columns are left out.
    ///
    /// Numbers outside the range that was learned from lie outside 0 to 1, and a category that was not is none of the
    /// known ones.
    ///
    /// # Errors
    /// When a column is missing, a cell cannot be what its column takes, or there are too many rows.
    pub fn encode_as(&self, schema: &Schema) -> Result<Dataset, TableError> {
        let encodings: Vec<Encoding> = schema
            .columns
            .iter()
            .map(|it| it.encoding.clone())
            .collect();
        let n_features = require_size(&encodings, self.n_rows())?;
        let places = schema.spans().map(|(column, _)| self.place_of(column));
        let places: Vec<usize> = places.collect::<Result<_, _>>()?;
        let mut values = Vec::with_capacity(self.n_rows() * n_features);
        for row_idx in 0..self.n_rows() {
            for ((column, _), &column_idx) in schema.spans().zip(&places) {
                let cell = self.cell(row_idx, column_idx).unwrap_or("");
                self.encode_cell(row_idx, column_idx, cell, &column.encoding, &mut values)?;
            }
        }
        Ok(Dataset::table(schema.clone(), values)?)
    }

    fn place_of(&self, column: &Column) -> Result<usize, TableError> {
        let found = self.names().iter().position(|name| *name == column.name);
        found.ok_or_else(|| TableError::NoColumn {
            column: quoted(&column.name),
        })
    }

    fn encode_cell(
        &self,
        row_idx: usize,
        column_idx: usize,
        cell: &str,
        encoding: &Encoding,
        values: &mut Vec<f32>,
    ) -> Result<(), TableError> {
        let column = self.raw_column(column_idx);
        match encoding {
            Encoding::Number { .. } | Encoding::Logarithm { .. } => {
                // Where rows are only judged nobody reads notes beside columns, so a word is said at once.
                let filler = column.facts.median().filter(|_| is_missing(cell));
                let number = filler.map_or_else(|| column.number_in(row_idx, cell), Ok)?;
                values.extend(encoding.value_of(number));
            }
            Encoding::Signed { negative, positive } => {
                let value = sign_of(cell, negative, positive);
                values.push(value.ok_or_else(|| TableError::NeitherWord {
                    line: column.cells.line(row_idx),
                    column: quoted(column.name),
                    cell: quoted(cell),
                    words: format!("\"{}\" nor \"{}\"", quoted(negative), quoted(positive)),
                })?);
            }
            Encoding::OneHot { levels } => {
                let level = level_of(cell);
                let is_known = levels.iter().any(|known| known == level);
                let chosen = if is_known { level } else { OTHER_LEVELS };
                let holds = |level: &String| f32::from(u8::from(level == chosen));
                values.extend(levels.iter().map(holds));
            }
            Encoding::LeftOut => {}
        }
        Ok(())
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

    fn known() -> Schema {
        let learned = table("age,name,city\n20,ann,bonn\n70,bob,ulm\n");
        let choices = [
            ColumnChoice::Number,
            ColumnChoice::LeaveOut,
            ColumnChoice::Category,
        ];
        let dataset = learned.encode(&choices).expect("a data set");
        dataset.schema().expect("a table").clone()
    }

    #[test]
    fn other_rows_keep_the_scale_that_was_learned() {
        let others = table("city,age,x\nulm,45,1\nrome,120,2\n");
        let dataset = others.encode_as(&known()).expect("the columns are there");
        assert_eq!(dataset.item(0), Some(vec![0.5, 0.0, 1.0]));
        assert_eq!(dataset.item(1), Some(vec![2.0, 0.0, 0.0]));
    }

    #[test]
    fn rows_that_cannot_be_encoded_are_named() {
        let error_of = |text: &str| {
            let refused = table(text).encode_as(&known()).expect_err("refused");
            refused.to_string()
        };
        assert!(error_of("age,town\n20,bonn\n").starts_with("there is no column \"city\""));
        assert!(
            error_of("age,city\n20,ulm\nold,ulm\n")
                .starts_with("line 3, column \"age\": \"old\" is not a number")
        );
        let employees = employees(1);
        let schema = employees.schema().expect("a table");
        let wrong = table("sex,age,city,income,job\nx,20,boulder,300,tech\n").encode_as(schema);
        let wrong = wrong.expect_err("neither word").to_string();
        assert!(wrong.starts_with("line 2, column \"sex\": \"x\" is neither \"male\" nor"));
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
