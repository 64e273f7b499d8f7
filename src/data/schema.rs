//! What the columns of a table mean, and how each becomes numbers and words again.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::scale::{exponential, logarithm};

/// From this value on a level of a one-hot column counts as chosen.
const CHOSEN: f32 = 0.5;
/// What a column says where the one before it is missing.
pub(super) const IS_MISSING: &str = "yes";

/// The columns of a table, in the order of the file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Schema {
    /// All columns, also those that are left out.
    pub columns: Vec<Column>,
}

/// A column of a table.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Column {
    /// As the file names it.
    pub name: String,
    /// How a cell becomes numbers.
    pub encoding: Encoding,
    /// What its cells are like; nothing where whoever wrote the columns down did not note it yet.
    #[serde(default)]
    pub usual: UsualCells,
}

/// What the cells of a column are like that its encoding was made from, so that those of another table are read alike.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct UsualCells {
    /// What stands for a missing number.
    pub median: Option<f64>,
    /// What stands for a missing level.
    pub most_frequent: Option<String>,
    /// Whether "-" and "none" are levels, and not gaps.
    pub is_nothing_a_level: bool,
    /// The smallest and the largest number that can be measured together with the others.
    pub range: Option<(f64, f64)>,
    /// Whether the median stands for infinite numbers, because there are many of them.
    pub fills_infinite: bool,
    /// Whether a comma stands before the decimals of its numbers.
    pub has_decimal_comma: bool,
}

impl Column {
    /// A column of which nothing is known but how its cells become numbers.
    pub fn new(name: impl Into<String>, encoding: Encoding) -> Self {
        Self {
            name: name.into(),
            encoding,
            usual: UsualCells::default(),
        }
    }

    /// The column that says where the values of this one are missing.
    pub(super) fn saying_where_missing(&self) -> Self {
        Self::new(format!("{} is missing", self.name), Encoding::Missing)
    }

    /// Whether it is a column of a file, and not one that says something of another.
    pub(super) fn is_in_file(&self) -> bool {
        self.encoding != Encoding::Missing
    }
}

/// How a cell becomes numbers for a network.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Encoding {
    /// One value, `(x − offset) / scale`.
    Number {
        /// What becomes 0.
        offset: f32,
        /// How far above `offset` lies what becomes 1; not 0.
        scale: f32,
        /// Digits after the point when the number is shown.
        decimals: u8,
    },
    /// One value, `(ln(1 + x / unit) − offset) / scale`, with the sign of x outside the logarithm.
    Logarithm {
        /// What 1 is added to is counted in this; above 0.
        unit: f32,
        /// The logarithm that becomes 0.
        offset: f32,
        /// How far above `offset` lies the logarithm that becomes 1; not 0.
        scale: f32,
        /// Digits after the point when the number is shown.
        decimals: u8,
    },
    /// One value, −1 or +1.
    Signed {
        /// What −1 stands for.
        negative: String,
        /// What +1 stands for.
        positive: String,
    },
    /// A value per level: 1 for the one that holds, 0 for the others.
    OneHot {
        /// What each value stands for.
        levels: Vec<String>,
    },
    /// One value: 1 where a value of the column before it is missing, else 0.
    Missing,
    /// No value: the network does not see the column.
    LeftOut,
}

impl Encoding {
    /// How many values a cell becomes.
    pub fn width(&self) -> usize {
        match self {
            Self::Number { .. } | Self::Logarithm { .. } | Self::Signed { .. } | Self::Missing => 1,
            Self::OneHot { levels } => levels.len(),
            Self::LeftOut => 0,
        }
    }

    /// What a number becomes; `None` where the column holds no numbers.
    pub fn value_of(&self, number: f64) -> Option<f32> {
        match self {
            Self::Number { offset, scale, .. } => Some(scaled(number, *offset, *scale)),
            Self::Logarithm {
                unit,
                offset,
                scale,
                ..
            } => Some(scaled(logarithm(number, *unit), *offset, *scale)),
            Self::Signed { .. } | Self::OneHot { .. } | Self::Missing | Self::LeftOut => None,
        }
    }

    /// The number that became a value; `None` where the column holds no numbers.
    pub fn number_of(&self, value: f32) -> Option<f64> {
        // In double precision, so that a large offset takes no digit from a small scale.
        let unscaled =
            |offset: f32, scale: f32| f64::from(value) * f64::from(scale) + f64::from(offset);
        match self {
            Self::Number { offset, scale, .. } => Some(unscaled(*offset, *scale)),
            Self::Logarithm {
                unit,
                offset,
                scale,
                ..
            } => Some(exponential(unscaled(*offset, *scale), *unit)),
            Self::Signed { .. } | Self::OneHot { .. } | Self::Missing | Self::LeftOut => None,
        }
    }

    /// What the values of a cell say, `values.len() == self.width()`.
    fn decode(&self, values: &[f32]) -> String {
        let first = values.first().copied().unwrap_or(f32::NAN);
        match self {
            Self::Number { decimals, .. } | Self::Logarithm { decimals, .. } => {
                let number = self.number_of(first).unwrap_or(f64::NAN);
                shown(number, usize::from(*decimals))
            }
            Self::Signed { negative, positive } => {
                let level = if first < 0.0 { negative } else { positive };
                level.clone()
            }
            Self::OneHot { levels } => chosen_levels(levels, values),
            Self::Missing if first >= CHOSEN => IS_MISSING.to_owned(),
            Self::Missing => "no".to_owned(),
            Self::LeftOut => String::new(),
        }
    }
}

impl Schema {
    /// How many values an encoded row has.
    pub fn n_features(&self) -> usize {
        self.columns
            .iter()
            .map(|column| column.encoding.width())
            .sum()
    }

    /// The columns that a file has, without those that say something of another.
    pub(super) fn in_file(&self) -> impl Iterator<Item = &Column> {
        self.columns.iter().filter(|column| column.is_in_file())
    }

    /// The columns that are not left out, each with the place of its values in an encoded row.
    pub fn spans(&self) -> impl Iterator<Item = (&Column, Range<usize>)> {
        let mut start = 0;
        self.columns.iter().filter_map(move |column| {
            let span = start..start + column.encoding.width();
            start = span.end;
            (column.encoding != Encoding::LeftOut).then_some((column, span))
        })
    }

    /// What an encoded row says in human terms, a text for each column that is not left out.
    ///
    /// A number is shown with its decimals, also outside the range that was learnt from. Of a signed column the
    /// level nearer to the value is shown, +1 when both are as near. Of a one-hot column all levels from 0.5 on
    /// are shown, joined with ` + `; without any, `none` and the largest, such as `none (anaheim 0.3)`.
    /// A column whose values are missing gives `?`.
    pub fn decode_row(&self, values: &[f32]) -> Vec<String> {
        let text_of = |(column, span): (&Column, Range<usize>)| match values.get(span) {
            Some(cell) => column.encoding.decode(cell),
            None => "?".to_owned(),
        };
        self.spans().map(text_of).collect()
    }
}

fn scaled(number: f64, offset: f32, scale: f32) -> f32 {
    ((number - f64::from(offset)) / f64::from(scale)) as f32
}

/// A number with its decimals; what rounds to zero has no sign.
fn shown(number: f64, decimals: usize) -> String {
    let text = format!("{number:.decimals$}");
    match text.strip_prefix('-') {
        Some(digits) if digits.bytes().all(|byte| matches!(byte, b'0' | b'.')) => digits.to_owned(),
        _ => text,
    }
}

fn chosen_levels(levels: &[String], values: &[f32]) -> String {
    let pairs = || levels.iter().zip(values.iter().copied());
    let chosen: Vec<&str> = pairs()
        .filter(|&(_, value)| value >= CHOSEN)
        .map(|(level, _)| level.as_str())
        .collect();
    if !chosen.is_empty() {
        return chosen.join(" + ");
    }
    let finite = pairs().filter(|(_, value)| value.is_finite());
    match finite.max_by(|(_, left), (_, right)| left.total_cmp(right)) {
        Some((level, value)) => format!("none ({level} {})", shown(value.into(), 1)),
        None => "none".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn column(name: &str, encoding: Encoding) -> Column {
        Column::new(name, encoding)
    }

    fn people() -> Schema {
        let levels = ["anaheim", "boulder", "concord"].map(str::to_owned).into();
        Schema {
            columns: vec![
                column(
                    "sex",
                    Encoding::Signed {
                        negative: "male".to_owned(),
                        positive: "female".to_owned(),
                    },
                ),
                column("remark", Encoding::LeftOut),
                column("city", Encoding::OneHot { levels }),
                column(
                    "height",
                    Encoding::Number {
                        offset: 1.5,
                        scale: 0.5,
                        decimals: 2,
                    },
                ),
            ],
        }
    }

    #[test]
    fn spans_skip_what_is_left_out_and_leave_no_gap() {
        let people = people();
        let spans: Vec<_> = people
            .spans()
            .map(|(column, span)| (column.name.as_str(), span))
            .collect();
        assert_eq!(spans, [("sex", 0..1), ("city", 1..4), ("height", 4..5)]);
        assert_eq!(people.n_features(), 5);
    }

    #[test]
    fn a_row_is_told_in_human_terms() {
        let words = people().decode_row(&[-1.0, 0.0, 1.0, 0.0, 0.5]);
        assert_eq!(words, ["male", "boulder", "1.75"]);
    }

    #[test]
    fn what_a_network_reconstructed_is_told_as_the_nearest() {
        let words = people().decode_row(&[0.2, 0.1, 0.3, 0.9, 1.02]);
        assert_eq!(words, ["female", "concord", "2.01"]);
    }

    #[test]
    fn two_cities_or_none_are_told_as_such() {
        let city = |cells: [f32; 3]| {
            let row = [-1.0, cells[0], cells[1], cells[2], 0.0];
            people().decode_row(&row)[1].clone()
        };
        assert_eq!(city([1.0, 0.0, 0.5]), "anaheim + concord");
        assert_eq!(city([0.3, 0.1, -0.2]), "none (anaheim 0.3)");
        assert_eq!(city([-0.01, -0.4, -0.2]), "none (anaheim 0.0)");
        assert_eq!(city([f32::NAN; 3]), "none");
    }

    #[test]
    fn a_short_row_is_told_as_far_as_it_goes() {
        assert_eq!(people().decode_row(&[1.0, 0.0]), ["female", "?", "?"]);
    }

    #[test]
    fn a_rounded_zero_has_no_sign() {
        assert_eq!(shown(-0.004, 2), "0.00");
        assert_eq!(shown(-0.006, 2), "-0.01");
        assert_eq!(shown(f64::NAN, 0), "NaN");
    }
}
