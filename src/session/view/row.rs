//! The row on the bench, column by column: what it says, what the network computes, and who is to blame.

use super::Session;
use crate::anomaly::shares_of_error;
use crate::data::{Column, Encoding};

/// A column of the row on the bench.
#[derive(Clone, Debug, PartialEq)]
pub struct RowField {
    /// The column's name.
    pub name: String,
    /// How it is edited.
    pub field: FieldView,
    /// Its values as the network sees them.
    pub encoded: Vec<f32>,
    /// What the row says, in human terms.
    pub actual: String,
    /// What the network computes, in human terms; empty before the first answer.
    pub computed: String,
    /// Its part of the sum of squared differences, 0…1.
    pub share: f32,
}

/// How a column is edited; a change sets one of the encoded values.
#[derive(Clone, Debug, PartialEq)]
pub enum FieldView {
    /// A number, of which what its encoding makes is set.
    Number {
        /// Place of the value in the encoded row.
        value_idx: usize,
        /// What is shown.
        number: f64,
        /// What a number becomes.
        encoding: Encoding,
        /// Decimals to show.
        decimals: u8,
    },
    /// One of two: −1 or +1, or anything between that an edit may set.
    Signed {
        /// Place of the value in the encoded row.
        value_idx: usize,
        /// The value.
        value: f32,
        /// What −1 stands for.
        negative: String,
        /// What +1 stands for.
        positive: String,
    },
    /// Any of several: each 0 or 1, so that two may hold at once.
    OneHot {
        /// Place, name and whether it holds, of each level.
        levels: Vec<(usize, String, bool)>,
    },
}

/// The row on the bench.
#[derive(Clone, Debug, PartialEq)]
pub struct RowView {
    /// Where the row comes from, in a few words.
    pub origin: String,
    /// Whether there is a change to take back.
    pub can_undo: bool,
    /// Its columns.
    pub fields: Vec<RowField>,
}

impl RowView {
    /// The column with the largest part of the error, as the end of "Most of the error is …".
    pub fn main_reason(&self) -> Option<String> {
        let worst = self
            .fields
            .iter()
            .max_by(|a, b| a.share.total_cmp(&b.share))?;
        let share = worst.share * 100.0;
        (worst.share > 0.0).then(|| {
            format!(
                "{}: {share:.0} %, {} where {} was expected",
                worst.name, worst.actual, worst.computed
            )
        })
    }
}

impl Session {
    /// The row on the bench; `None` for pictures, or before there is one.
    pub fn row_view(&self) -> Option<RowView> {
        let schema = self.dataset()?.schema()?;
        let bench = self.bench().row()?;
        let values = bench.values();
        if values.len() != schema.n_features() {
            return None;
        }
        let reconstructed = self
            .measured()
            .judgement
            .as_ref()
            .map(|judgement| &judgement.reconstruction);
        let reconstructed =
            reconstructed.filter(|reconstructed| reconstructed.len() == values.len());
        let actual = schema.decode_row(values);
        let computed =
            reconstructed.map_or_else(Vec::new, |reconstructed| schema.decode_row(reconstructed));
        let spans = schema.spans().map(|(_, span)| span);
        let shares = reconstructed.map_or_else(Vec::new, |reconstructed| {
            shares_of_error(values, reconstructed, spans)
        });
        let columns = schema.spans().zip(actual).enumerate();
        let fields = columns.map(|(idx, ((column, span), actual))| RowField {
            name: column.name.clone(),
            field: field_of(column, span.start, &values[span.clone()]),
            encoded: values[span].to_vec(),
            actual,
            computed: computed.get(idx).cloned().unwrap_or_default(),
            share: shares.get(idx).copied().unwrap_or(0.0),
        });
        let origin = match (bench.item(), bench.from(), bench.is_edited()) {
            (Some(item), _, false) => format!("Row {item} of the table"),
            (Some(item), _, true) => format!("Row {item}, changed by you"),
            (None, Some(from), false) => format!("From {from}"),
            (None, Some(from), true) => format!("From {from}, changed by you"),
            (None, None, _) => "Your own row".to_owned(),
        };
        Some(RowView {
            origin,
            can_undo: bench.can_undo(),
            fields: fields.collect(),
        })
    }
}

fn field_of(column: &Column, start: usize, values: &[f32]) -> FieldView {
    let value = values.first().copied().unwrap_or(0.0);
    match &column.encoding {
        Encoding::Number { decimals, .. } | Encoding::Logarithm { decimals, .. } => {
            FieldView::Number {
                value_idx: start,
                number: column.encoding.number_of(value).unwrap_or(0.0),
                encoding: column.encoding.clone(),
                decimals: *decimals,
            }
        }
        Encoding::Signed { negative, positive } => FieldView::Signed {
            value_idx: start,
            value,
            negative: negative.clone(),
            positive: positive.clone(),
        },
        Encoding::OneHot { levels } => {
            let levels = levels.iter().zip(values).enumerate();
            FieldView::OneHot {
                levels: levels
                    .map(|(idx, (name, &value))| (start + idx, name.clone(), value >= 0.5))
                    .collect(),
            }
        }
        Encoding::Missing => FieldView::OneHot {
            levels: vec![(start, "yes".to_owned(), value >= 0.5)],
        },
        Encoding::LeftOut => FieldView::OneHot { levels: Vec::new() },
    }
}
