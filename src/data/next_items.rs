//! Items of another file, read as those were that a network was trained on.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::answer::Answer;
use super::columns::quoted;
use super::{
    ColumnChoice, ColumnRole, CurveScaling, Dataset, DatasetError, Form, PhotoReading, RawTable,
    ReadFiles, SeriesForm, TableError, WindowCut,
};

/// What a network was trained on, as far as reading another file takes it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FirstItems {
    form: Form,
    /// What they are, for messages.
    title: String,
    /// The labels, and what each is called.
    classes: Vec<(u8, String)>,
    /// The name of the column that holds the answer, and what it says, where their file is a table.
    answer: Option<(String, Answer)>,
    /// The name of the column that windows are cut from; empty where they are none.
    cut_column: String,
    /// How the pictures were read, where each was a file of its own.
    photos: Option<PhotoReading>,
}

impl FirstItems {
    /// The items, the text that they come from with what became of each column, where their file is a table, and how the
    /// pictures were read, where each was a file of its own.
    pub fn of(
        dataset: &Dataset,
        table: Option<(&RawTable, &[ColumnChoice])>,
        photos: Option<PhotoReading>,
    ) -> Self {
        let classes = dataset.classes().into_iter();
        let holds_answer = |choice: &ColumnChoice| choice.role() == ColumnRole::Answer;
        let answer = table.and_then(|(table, choices)| {
            let column_idx = choices.iter().position(holds_answer)?;
            let name = table.names().get(column_idx)?.clone();
            Some((name, table.answer_in(column_idx)?))
        });
        let cut = dataset.series_form().and_then(|form| form.cut);
        let cut_column = cut.zip(table).and_then(|(cut, (table, _))| {
            let name = table.names().get(cut.column_idx)?;
            Some(name.clone())
        });
        Self {
            form: dataset.form().clone(),
            title: dataset.in_words(),
            classes: classes
                .map(|label| (label, dataset.class_in_words(label)))
                .collect(),
            answer,
            cut_column: cut_column.unwrap_or_default(),
            photos,
        }
    }
}

/// Items of another file, as a network takes them that was trained on the first ones.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NextItems {
    /// The items.
    pub dataset: Dataset,
    /// What each is known to be, by the labels of the first ones; `None` of what those have no label for. Empty where
    /// nothing is known.
    pub labels: Vec<Option<u8>>,
    /// The text that they come from, where the file is a table.
    pub table: Option<RawTable>,
    /// Where the columns of it are that the network sees, in the order in which it sees them, counted from 0.
    pub seen: Vec<usize>,
    /// Its other columns.
    pub unseen: Vec<usize>,
    /// What does not fit, a sentence each.
    pub remarks: Vec<String>,
}

/// Why items cannot be read as others were; every text ends in what to do.
#[derive(Clone, Debug, PartialEq, Error)]
pub enum NextItemsError {
    /// They are of another kind or size.
    #[error(
        "this is {found}, but the network learned from {first}; choose a file of the same kind"
    )]
    NotAlike {
        /// What they are.
        found: String,
        /// What it learned from.
        first: String,
    },
    /// The columns do not fit.
    #[error(transparent)]
    Table(#[from] TableError),
    /// The items are no data set.
    #[error(transparent)]
    Dataset(#[from] DatasetError),
}

impl ReadFiles {
    /// Whether this is a table with every column that a network sees.
    pub fn has_columns_of(&self, first: &FirstItems) -> bool {
        let (Some((table, _)), Form::Table(schema)) = (&self.table, &first.form) else {
            return false;
        };
        let mut seen = schema.in_file().filter(|it| it.encoding.width() > 0);
        seen.all(|column| table.column_named(&column.name).is_some())
    }

    /// The items as those were read that a network was trained on: columns found by their names, numbers and curves on the
    /// scale of the first ones, classes by the first ones' labels.
    ///
    /// # Errors
    /// When they are of another kind or size, columns are missing, or a recording is shorter than a window.
    pub fn read_alike(self, first: &FirstItems) -> Result<NextItems, NextItemsError> {
        match &first.form {
            Form::Table(schema) => {
                let Some((table, _)) = self.table else {
                    return Err(not_alike(&self.dataset, first));
                };
                let read = table.read_alike(schema)?;
                let (labels, remark) = answers_alike(&table, first);
                Ok(NextItems {
                    dataset: read.dataset,
                    labels,
                    seen: read.seen,
                    unseen: read.unseen,
                    table: Some(table),
                    remarks: read.remarks.into_iter().chain(remark).collect(),
                })
            }
            Form::Pictures { .. } => self.pictures_alike(first),
            Form::Series(form) => match form.cut {
                Some(cut) => self.windows_alike(first, form.scaling, cut),
                None => self.curves_alike(first, form),
            },
        }
    }

    fn pictures_alike(self, first: &FirstItems) -> Result<NextItems, NextItemsError> {
        let dataset = match (self.photos, first.photos) {
            (Some((photos, _)), Some(reading)) => photos.read(reading)?,
            _ => self.dataset,
        };
        if *dataset.form() != first.form {
            return Err(not_alike(&dataset, first));
        }
        Ok(NextItems::of(dataset, first))
    }

    fn curves_alike(
        self,
        first: &FirstItems,
        form: &SeriesForm,
    ) -> Result<NextItems, NextItemsError> {
        let found = self.dataset.series_form();
        if found.is_none_or(|it| it.n_samples != form.n_samples || it.cut.is_some()) {
            return Err(not_alike(&self.dataset, first));
        }
        let dataset = self.dataset.rescaled(form.scaling);
        let dataset = dataset.ok_or_else(|| not_alike(&self.dataset, first))?;
        Ok(NextItems::of(dataset, first))
    }

    fn windows_alike(
        self,
        first: &FirstItems,
        scaling: CurveScaling,
        cut: WindowCut,
    ) -> Result<NextItems, NextItemsError> {
        let Some((table, choices)) = self.table else {
            return Err(not_alike(&self.dataset, first));
        };
        let name = first.cut_column.as_str();
        let column_idx = table
            .column_named(name)
            .ok_or_else(|| TableError::MissingColumns {
                missing: format!("\"{}\"", quoted(name)),
                there: table.names_in_words(),
            })?;
        let windows = table.windows(WindowCut { column_idx, ..cut }, &choices)?;
        if windows.n_features() != cut.length {
            return Err(not_alike(&windows, first));
        }
        let dataset = windows.rescaled(scaling);
        let dataset = dataset.ok_or_else(|| not_alike(&windows, first))?;
        Ok(NextItems::of(dataset, first))
    }
}

impl NextItems {
    fn of(dataset: Dataset, first: &FirstItems) -> Self {
        let label_of = |item| {
            let words = dataset.class_in_words(dataset.label_of(item)?);
            let same = first.classes.iter().find(|(_, it)| *it == words);
            same.map(|(label, _)| *label)
        };
        let has_labels = dataset.has_labels() && !first.classes.is_empty();
        let labelled = if has_labels { dataset.n_items() } else { 0 };
        Self {
            labels: (0..labelled).map(label_of).collect(),
            remarks: dataset.remarks().to_vec(),
            dataset,
            table: None,
            seen: Vec::new(),
            unseen: Vec::new(),
        }
    }

    /// Where an item is in its file: "line 17", "rows 32 to 47", "item 5".
    pub fn place_in_words(&self, item: usize) -> String {
        let cut = self.dataset.series_form().and_then(|form| form.cut);
        match (&self.table, cut) {
            (Some(table), _) => format!("line {}", table.line_of(item)),
            (None, Some(cut)) => {
                let rows = cut.rows_of(item);
                format!("rows {} to {}", rows.start, rows.end - 1)
            }
            (None, None) => format!("item {item}"),
        }
    }

    /// What an item says in a column that the network sees, counted from 0 as it sees them; `None` where there is no table.
    pub fn cell(&self, item: usize, idx: usize) -> Option<&str> {
        self.table.as_ref()?.cell(item, *self.seen.get(idx)?)
    }

    /// What stands beside an item that the network does not see: a name and a text for each such column.
    pub fn beside(&self, item: usize) -> impl Iterator<Item = (&str, &str)> {
        self.table.iter().flat_map(move |table| {
            let columns = self.unseen.iter();
            columns.filter_map(move |&idx| {
                Some((table.names().get(idx)?.as_str(), table.cell(item, idx)?))
            })
        })
    }
}

impl Dataset {
    /// The curves on another scale; `None` for what are no curves, and where each has a scale of its own already that is
    /// to be one of the whole.
    fn rescaled(&self, scaling: CurveScaling) -> Option<Self> {
        let form = self.series_form()?;
        let (offset, scale) = match (form.scaling, scaling) {
            (CurveScaling::EachByItself, CurveScaling::EachByItself) => return Some(self.clone()),
            (_, CurveScaling::EachByItself) => return self.each_by_itself(),
            (CurveScaling::EachByItself, CurveScaling::ByTheWhole { .. }) => return None,
            (CurveScaling::ByTheWhole { offset, scale }, CurveScaling::ByTheWhole { .. }) => {
                (offset, scale)
            }
        };
        let items = 0..self.n_items();
        let curves = items.clone().filter_map(|item| self.item(item));
        let curves = curves.flat_map(|mut curve| {
            for sample in &mut curve {
                *sample = *sample * scale + offset;
            }
            scaling.encode(&mut curve);
            curve
        });
        let form = SeriesForm {
            scaling,
            ..form.clone()
        };
        let labels = items.filter_map(|item| self.label_of(item));
        let dataset = Self::series(form, curves.collect(), labels.collect()).ok()?;
        Some(dataset.with_known_stretches(self.known_stretches().to_vec()))
    }
}

/// The labels of rows by the column that held the answer in the first table, and what of it is not known there.
fn answers_alike(table: &RawTable, first: &FirstItems) -> (Vec<Option<u8>>, Option<String>) {
    let answer = first.answer.as_ref();
    let found = answer.and_then(|(name, answer)| Some((name, table.column_named(name)?, answer)));
    let Some((name, column_idx, answer)) = found else {
        return (Vec::new(), None);
    };
    let cells = (0..table.n_rows()).map(|row| table.cell(row, column_idx).unwrap_or(""));
    let labels: Vec<Option<u8>> = cells.map(|cell| answer.known_label_of(cell)).collect();
    let n_unknown = labels.iter().filter(|label| label.is_none()).count();
    let remark = (n_unknown > 0).then(|| {
        format!(
            "{}: {n_unknown} of {} say what no row said that was learned from; they are judged, but not counted as \
             normal or known anomalies.",
            quoted(name),
            labels.len()
        )
    });
    (labels, remark)
}

fn not_alike(found: &Dataset, first: &FirstItems) -> NextItemsError {
    NextItemsError::NotAlike {
        found: found.in_words(),
        first: first.title.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::{NamedFile, read};

    fn file(text: &str) -> ReadFiles {
        let name = "a.csv".to_owned();
        let bytes = text.as_bytes().to_vec();
        read(&[NamedFile { name, bytes }]).expect("it opens")
    }

    fn alike(first: &ReadFiles, next: ReadFiles) -> Result<NextItems, NextItemsError> {
        next.read_alike(&FirstItems::of(
            &first.dataset,
            first
                .table
                .as_ref()
                .map(|(table, choices)| (table, &choices[..])),
            first.photos.as_ref().map(|(_, reading)| *reading),
        ))
    }

    /// Rows of a number, an account and what became of it.
    fn accounts(n_rows: usize, outcomes: &[&str]) -> String {
        let row = |idx: usize| {
            let outcome = outcomes[idx % outcomes.len()];
            format!("A-{idx},{},{outcome}\n", idx * 7 % 11)
        };
        let rows: String = (0..n_rows).map(row).collect();
        format!("account,amount,outcome\n{rows}")
    }

    #[test]
    fn the_answer_is_read_by_the_levels_of_the_first_file() {
        let first = file(&accounts(60, &["normal", "fraud", "normal"]));
        let next = alike(&first, file(&accounts(40, &["fraud", "unclear"]))).expect("it fits");
        assert_eq!(next.labels[..2], [first.dataset.label_of(1), None]);
        assert_eq!(next.unseen, [0, 2]);
        let beside: Vec<_> = next.beside(3).collect();
        assert_eq!(beside, [("account", "A-3"), ("outcome", "unclear")]);
        assert!(
            next.remarks[0].starts_with("outcome: 20 of 40 say"),
            "{:?}",
            next.remarks
        );
    }

    #[test]
    fn a_file_without_the_answer_is_judged_all_the_same() {
        let first = file(&accounts(60, &["normal", "fraud", "normal"]));
        let next = alike(&first, file("amount\n3\n99\n")).expect("it fits");
        assert!(next.labels.is_empty());
        assert_eq!(next.dataset.n_items(), 2);
    }

    /// Ten curves of 16 samples with a class, `level` high.
    fn curves(level: f32) -> ReadFiles {
        let sample = |idx: usize, at: usize| level + ((idx + at) as f32 * 0.7).sin();
        let row = |idx: usize| {
            let samples: Vec<String> = (0..16)
                .map(|at| format!("{:.4}", sample(idx, at)))
                .collect();
            format!("{},{}\n", 1 + idx % 2, samples.join(","))
        };
        file(&(0..60).map(row).collect::<String>())
    }

    #[test]
    fn curves_come_on_the_scale_of_the_first_ones() {
        let (first, next) = (curves(0.0), curves(50.0));
        assert!(
            first.dataset.series_form().is_some(),
            "{}",
            first.dataset.in_words()
        );
        let low = |dataset: &Dataset| dataset.item(0).expect("a curve")[0];
        let read = alike(&first, next).expect("they are alike");
        assert!(low(&read.dataset) > low(&first.dataset) + 10.0);
        assert_eq!(read.labels[0], first.dataset.label_of(0));
        let same = alike(&first, first.clone())
            .expect("they are alike")
            .dataset;
        assert!((low(&same) - low(&first.dataset)).abs() < 1e-4);
    }

    #[test]
    fn items_of_another_kind_are_refused() {
        let first = file(&accounts(60, &["normal", "fraud", "normal"]));
        let error = alike(&first, curves(0.0))
            .expect_err("curves are no rows")
            .to_string();
        assert!(
            error.starts_with("this is 60 curves of 16 samples"),
            "{error}"
        );
        assert!(
            error.contains("but the network learned from 60 rows"),
            "{error}"
        );
        assert!(alike(&curves(0.0), first).is_err());
    }
}
