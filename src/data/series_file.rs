//! Curves in a table: on each row a class and the samples of one curve, as the UCR archive has them.

use std::collections::{BTreeMap, BTreeSet};

use super::number_format::usable;
use super::{CurveScaling, Dataset, RawTable, SeriesForm};

/// Fewer values in a row are no curve.
const FEWEST_SAMPLES: usize = 16;
/// More classes than these are no classes.
const MOST_CLASSES: usize = 256;
/// Neighbouring samples of a curve are more alike than values of a row drawn at random, whose figure is 1.
const MOST_ROUGHNESS: f64 = 0.6;
/// Smoothness is judged by so many rows.
const MOST_ROWS_JUDGED: usize = 500;

/// The rows of a table as numbers.
struct Rows {
    n_columns: usize,
    numbers: Vec<f64>,
}

/// The curves of a table that holds nothing else; `None` for any other table.
///
/// The class is the first value of each row, or else the last. Columns with names of their own, a cell that is no number,
/// and values that differ from one column to the next as from one row to the next make it a table like any other.
pub(super) fn curves(table: &RawTable) -> Option<Dataset> {
    let n_columns = table.names().len();
    if n_columns <= FEWEST_SAMPLES || !has_numbered_columns(table) {
        return None;
    }
    // The first rows tell most other tables apart without a look at all cells.
    Rows::of(table, MOST_ROWS_JUDGED)?.class_column()?;
    let rows = Rows::of(table, table.n_rows())?;
    rows.dataset(rows.class_column()?)
}

/// Whether columns have no names, or names that only number them: "t0", "t1", or "0.01", "0.02".
fn has_numbered_columns(table: &RawTable) -> bool {
    if !table.has_header() {
        return true;
    }
    let stem = |name: &str| {
        let is_figure = |it: char| it.is_ascii_digit() || matches!(it, '.' | '_' | '-' | ' ');
        name.trim_end_matches(is_figure).to_lowercase()
    };
    let stems = || table.names().iter().map(|name| stem(name));
    let mut inner = stems().skip(1).take(table.names().len() - 2);
    let first = inner.next();
    let is_picture = first
        .as_deref()
        .is_some_and(|stem| stem.starts_with("pixel"));
    !is_picture && inner.all(|stem| Some(stem) == first)
}

impl Rows {
    /// The first rows, at most so many; `None` where a cell is no finite number.
    fn of(table: &RawTable, most: usize) -> Option<Self> {
        let n_columns = table.names().len();
        let mark = table.decimal_mark();
        let places = (0..table.n_rows().min(most))
            .flat_map(|row| (0..n_columns).map(move |column| (row, column)));
        let numbers = places.map(|(row, column)| usable(table.cell(row, column)?, mark));
        let numbers = numbers.collect::<Option<Vec<f64>>>()?;
        let is_enough = numbers.len() >= 2 * n_columns;
        is_enough.then_some(Self { n_columns, numbers })
    }

    /// The column of classes; `None` where there is none, or the values beside it are no curves.
    fn class_column(&self) -> Option<usize> {
        let mut ends = [0, self.n_columns - 1].into_iter();
        let column = ends.find(|&column| self.is_class(column))?;
        let is_curve = self.roughness(column) < MOST_ROUGHNESS && !self.are_grey_values(column);
        is_curve.then_some(column)
    }

    fn rows(&self) -> impl Iterator<Item = &[f64]> {
        self.numbers.chunks_exact(self.n_columns)
    }

    fn n_rows(&self) -> usize {
        self.numbers.len() / self.n_columns
    }

    /// The samples of a row, without its class.
    fn samples(row: &[f64], class_column: usize) -> &[f64] {
        if class_column == 0 {
            &row[1..]
        } else {
            &row[..class_column]
        }
    }

    /// Whole numbers that come again and again.
    fn is_class(&self, column: usize) -> bool {
        let values = || self.rows().map(|row| row[column]);
        let are_whole = values().all(|it| it.fract() == 0.0 && it.abs() < 1e6);
        let n_classes = if are_whole {
            self.classes(column).len()
        } else {
            0
        };
        (2..=MOST_CLASSES).contains(&n_classes) && n_classes * 2 <= self.n_rows()
    }

    fn classes(&self, column: usize) -> Vec<i64> {
        let classes: BTreeSet<i64> = self.rows().map(|row| row[column] as i64).collect();
        classes.into_iter().collect()
    }

    /// How much neighbours differ, as a part of how much any two values of a row do: about 0 for smooth curves, 1 for
    /// values in no order (von Neumann, 1941, halved).
    fn roughness(&self, class_column: usize) -> f64 {
        let (mut of_steps, mut of_all) = (0.0, 0.0);
        for row in self.rows().take(MOST_ROWS_JUDGED) {
            let samples = Self::samples(row, class_column);
            let n = samples.len() as f64;
            let mean = samples.iter().sum::<f64>() / n;
            let variance = samples.iter().map(|it| (it - mean).powi(2)).sum::<f64>() / n;
            let steps = samples.windows(2).map(|pair| (pair[1] - pair[0]).powi(2));
            if variance > 0.0 {
                of_steps += steps.sum::<f64>() / (n - 1.0) / (2.0 * variance);
                of_all += 1.0;
            }
        }
        if of_all > 0.0 { of_steps / of_all } else { 1.0 }
    }

    /// Whether these may be square pictures in whole levels of grey.
    fn are_grey_values(&self, class_column: usize) -> bool {
        let n_samples = self.n_columns - 1;
        let side = n_samples.isqrt();
        let is_level = |it: &f64| it.fract() == 0.0 && (0.0..=255.0).contains(it);
        let mut samples = self.rows().flat_map(|row| Self::samples(row, class_column));
        side * side == n_samples && samples.all(is_level)
    }

    fn dataset(&self, class_column: usize) -> Option<Dataset> {
        let (labels, class_names) = self.labels(class_column);
        let mut counts = [0_usize; MOST_CLASSES];
        for &label in &labels {
            counts[usize::from(label)] += 1;
        }
        let usual =
            (0..=u8::MAX).max_by_key(|&label| (counts[usize::from(label)], u8::MAX - label));
        let curve = |row| -> Vec<f32> {
            let samples = Self::samples(row, class_column).iter();
            samples.map(|&it| it as f32).collect()
        };
        let of_usual = self.rows().zip(&labels);
        let of_usual = of_usual.filter(|(_, label)| Some(**label) == usual);
        let usual_samples: Vec<f32> = of_usual.flat_map(|(row, _)| curve(row)).collect();
        let scaling = CurveScaling::by_the_whole(&usual_samples);
        let curves = self.rows().flat_map(|row| {
            let mut curve = curve(row);
            scaling.encode(&mut curve);
            curve
        });
        let form = SeriesForm {
            n_samples: self.n_columns - 1,
            scaling,
            class_names,
            cut: None,
        };
        Dataset::series(form, curves.collect(), labels).ok()
    }

    /// A label for each row: the class itself where all classes are from 0 to 255; else its place among them, and then
    /// it has the class for a name.
    fn labels(&self, class_column: usize) -> (Vec<u8>, BTreeMap<u8, String>) {
        let classes = self.classes(class_column);
        let of_rows = self.rows().map(|row| row[class_column] as i64);
        if classes.iter().all(|class| u8::try_from(*class).is_ok()) {
            return (of_rows.map(|class| class as u8).collect(), BTreeMap::new());
        }
        let place_of = |class: i64| classes.iter().position(|&known| known == class);
        let labels = of_rows.filter_map(place_of).map(|place| place as u8);
        let names = classes.iter().enumerate();
        let names = names.map(|(place, class)| (place as u8, class.to_string()));
        (labels.collect(), names.collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Mt19937;

    /// Curves of `n` samples with a class before each: `class_of` a row, one wave of another height in each.
    fn text(n: usize, between: &str, class_of: impl Fn(usize) -> String) -> String {
        let rows = (0..20).map(|row| {
            let samples = (0..n).map(|idx| {
                let value = (idx as f64 / 3.0).sin() * (1.0 + row as f64 / 10.0);
                format!("{value:.4}")
            });
            let cells: Vec<String> = std::iter::once(class_of(row)).chain(samples).collect();
            cells.join(between) + "\n"
        });
        rows.collect()
    }

    fn curves_in(text: &str) -> Option<Dataset> {
        curves(&RawTable::read(text.as_bytes()).expect("a table"))
    }

    fn one_of_two(row: usize) -> String {
        (1 + usize::from(row.is_multiple_of(5))).to_string()
    }

    #[test]
    fn a_class_and_a_curve_on_each_row_are_recognised_whatever_stands_between_them() {
        for between in [",", "\t", "  ", ";"] {
            let dataset = curves_in(&text(40, between, one_of_two)).expect("curves");
            assert_eq!(dataset.in_words(), "20 curves of 40 samples, with classes");
            assert_eq!(dataset.classes(), [1, 2]);
            assert_eq!(dataset.label_of(0), Some(2));
            assert_eq!(dataset.usual_anomalies(), [2].into());
        }
    }

    #[test]
    fn numbered_columns_have_no_names() {
        let names: Vec<String> = (0..40).map(|idx| format!("t{idx}")).collect();
        let with = |names: &str| names.to_owned() + "\n" + &text(40, ",", one_of_two);
        assert!(curves_in(&with(&format!("class,{}", names.join(",")))).is_some());
        let other = names.join(",").replace("t7,", "age,");
        assert!(curves_in(&with(&format!("class,{other}"))).is_none());
        let pixels = names.join(",").replace('t', "pixel");
        assert!(curves_in(&with(&format!("label,{pixels}"))).is_none());
    }

    #[test]
    fn classes_that_are_no_labels_keep_their_names() {
        let sign = |row: usize| if row.is_multiple_of(4) { "-1.0" } else { "1.0" }.to_owned();
        let dataset = curves_in(&text(40, ",", sign)).expect("curves");
        assert_eq!(dataset.classes(), [0, 1]);
        assert_eq!(dataset.class_name(0), Some("-1"));
        assert_eq!(dataset.class_name(1), Some("1"));
    }

    #[test]
    fn the_usual_curves_have_mean_0_and_deviation_1() {
        let dataset = curves_in(&text(40, ",", one_of_two)).expect("curves");
        let usual = (0..20).filter(|&item| dataset.label_of(item) == Some(1));
        let samples: Vec<f32> = usual
            .filter_map(|item| dataset.item(item))
            .flatten()
            .collect();
        let n = samples.len() as f32;
        let mean = samples.iter().sum::<f32>() / n;
        let variance = samples.iter().map(|it| (it - mean).powi(2)).sum::<f32>() / n;
        assert!(mean.abs() < 1e-4 && (variance - 1.0).abs() < 1e-3);
    }

    #[test]
    fn what_is_in_no_order_or_no_class_or_too_short_stays_a_table() {
        assert!(curves_in(&text(15, ",", one_of_two)).is_none());
        assert!(curves_in(&text(40, ",", |row| format!("{row}"))).is_none());
        assert!(curves_in(&text(40, ",", |row| format!("{}.5", row % 2))).is_none());
        let mut generator = Mt19937::new(3);
        let rough: String = (0..20)
            .map(|row| {
                let cells = (0..40).map(|_| format!("{:.3}", generator.normal()));
                let cells: Vec<String> = std::iter::once(one_of_two(row)).chain(cells).collect();
                cells.join(",") + "\n"
            })
            .collect();
        assert!(curves_in(&rough).is_none());
        let holed = text(40, ",", one_of_two).replacen("0.0000", "?", 1);
        assert!(curves_in(&holed).is_none());
    }
}
