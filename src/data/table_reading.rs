//! All that can be chosen of how a table is read.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{ColumnChoice, RawTable, ReadFiles, TableError};

/// How a table is read; by default as its cells propose.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct TableReading {
    /// What becomes of each column; `None` for what is proposed.
    pub choices: Option<Vec<ColumnChoice>>,
    /// The columns, counted from 0, beside which another says where their values are missing.
    pub tells_missing: BTreeSet<usize>,
    /// Whether the first row holds names; `None` for what the cells show.
    pub has_header: Option<bool>,
}

impl RawTable {
    /// How the table is read where its columns are taken so.
    pub fn reading(&self, choices: &[ColumnChoice]) -> TableReading {
        TableReading {
            choices: Some(choices.to_vec()),
            tells_missing: self.tells_missing().clone(),
            has_header: Some(self.has_header()),
        }
    }

    /// The table, read in this way.
    ///
    /// # Errors
    /// As [`RawTable::encode`], and when nothing would be left below the names.
    pub fn read_as(&self, reading: &TableReading) -> Result<ReadFiles, TableError> {
        let has_header = reading.has_header.unwrap_or(self.has_header());
        let table = self.with_header(has_header)?;
        let table = table.telling_missing(reading.tells_missing.clone());
        let choices = reading.choices.clone().unwrap_or_else(|| table.choices());
        Ok(ReadFiles {
            dataset: table.encode(&choices)?,
            table: Some((table, choices)),
            photos: None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ColumnChoice::{Category, Number};

    const GAPS: &str = "age,city,size\n20,bonn,1\n?,ulm,2\n60,,3\n40,ulm,5\n";

    fn table() -> RawTable {
        RawTable::read(GAPS.as_bytes()).expect("a table")
    }

    fn telling(columns: &[usize]) -> TableReading {
        TableReading {
            choices: Some(vec![Number, Category, Number]),
            tells_missing: columns.iter().copied().collect(),
            has_header: Some(true),
        }
    }

    #[test]
    fn a_column_beside_another_says_where_that_is_missing() {
        let read = table().read_as(&telling(&[0, 1])).expect("it is read");
        let schema = read.dataset.schema().expect("a table");
        let names: Vec<&str> = schema.columns.iter().map(|it| it.name.as_str()).collect();
        assert_eq!(
            names,
            ["age", "age is missing", "city", "city is missing", "size"]
        );
        assert_eq!(read.dataset.in_words(), "4 rows of 5 columns (6 values)");
        let item = |idx| read.dataset.item(idx).expect("a row");
        assert_eq!(item(0)[..5], [0.0, 0.0, 1.0, 0.0, 0.0]);
        assert_eq!(item(1)[..5], [0.5, 1.0, 0.0, 1.0, 0.0]);
        assert_eq!(item(2)[..5], [1.0, 0.0, 0.0, 1.0, 1.0]);
        assert_eq!(schema.decode_row(&item(1)), ["40", "yes", "ulm", "no", "2"]);
        let cells = schema.decode_row(&item(1));
        assert_eq!(schema.encode_row(&cells), Some(item(1)));
    }

    #[test]
    fn nothing_is_said_of_a_column_without_gaps_or_that_is_no_input() {
        let plain = table().read_as(&telling(&[])).expect("it is read");
        let told = table().read_as(&telling(&[2, 9])).expect("it is read");
        assert_eq!(told.dataset, plain.dataset);
        let mut left_out = telling(&[0]);
        left_out.choices = Some(vec![ColumnChoice::LeaveOut, Category, Number]);
        let read = table().read_as(&left_out).expect("it is read");
        assert_eq!(read.dataset.n_features(), 3);
        assert!(table().can_tell_missing(0, Number) && !table().can_tell_missing(2, Number));
        assert!(!table().can_tell_missing(0, ColumnChoice::LeaveOut));
    }

    #[test]
    fn other_data_than_without_it_have_another_fingerprint() {
        let of = |columns: &[usize]| {
            let read = table().read_as(&telling(columns)).expect("it is read");
            read.dataset.fingerprint()
        };
        assert_ne!(of(&[]), of(&[0]));
    }

    #[test]
    fn what_a_table_is_read_as_comes_back() {
        let read = table().read_as(&telling(&[1])).expect("it is read");
        let (as_told, choices) = read.table.as_ref().expect("a table");
        assert_eq!(as_told.reading(choices), telling(&[1]));
        assert_eq!(
            table().read_as(&as_told.reading(choices)).as_ref(),
            Ok(&read)
        );
    }

    #[test]
    fn another_file_is_told_missing_where_it_is_missing_there() {
        let first = table().read_as(&telling(&[0, 1])).expect("it is read");
        let schema = first.dataset.schema().expect("a table");
        let others = RawTable::read(b"city,age\nulm,n/a\n-,20\nrome,old\n").expect("a table");
        let read = others.read_alike(schema);
        assert!(read.is_err(), "size is not there");
        let others = RawTable::read(b"size,city,age\n1,ulm,n/a\n1,,20\n1,rome,old\n");
        let read = others
            .expect("a table")
            .read_alike(schema)
            .expect("it fits");
        let told = |idx| {
            let item = read.dataset.item(idx).expect("a row");
            [item[1], item[4]]
        };
        assert_eq!(
            [told(0), told(1), told(2)],
            [[1.0, 0.0], [0.0, 1.0], [1.0, 0.0]]
        );
        assert_eq!(read.seen, [2, 2, 1, 1, 0]);
    }
}
