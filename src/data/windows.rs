//! A column of a table whose rows follow each other in time, cut into curves of one length.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::known_stretches::KnownReadings;
use super::number_format::usable;
use super::sequence::{are_all_different, is_running};
use super::{ColumnChoice, CurveScaling, Dataset, RawTable, SeriesForm, TableError};

/// How a column along time is cut into windows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WindowCut {
    /// The column, counted from 0.
    pub column_idx: usize,
    /// Rows of each window.
    pub length: usize,
    /// Rows from the start of one window to the start of the next.
    pub stride: usize,
}

/// Fewer rows are too few windows to learn from.
const FEWEST_ROWS: usize = 200;
/// Neighbouring rows are alike where they follow each other in time: their correlation is above this.
const LEAST_CORRELATION: f64 = 0.3;
/// A period counts where rows that far apart correlate above this.
const LEAST_PERIODIC: f64 = 0.2;
/// Time stands in one of so many columns, and shows in so many rows.
const COLUMNS_OF_TIME: usize = 3;
const ROWS_OF_TIME: usize = 50;
/// Columns along time are looked for by so many rows, among so many columns.
const ROWS_LOOKED_AT: usize = 2048;
const COLUMNS_LOOKED_AT: usize = 64;
/// The period is looked for in so many rows.
const MOST_ROWS_SEARCHED: usize = 8192;
/// Fewer windows than about these are not proposed.
const FEWEST_WINDOWS: usize = 200;
/// The lengths that a window can have.
pub const WINDOW_LENGTHS: (usize, usize) = (8, 1024);
/// The length of a window without a period to follow.
const USUAL_LENGTH: usize = 32;

impl WindowCut {
    /// The rows of a window, counted from 0.
    pub fn rows_of(self, item_idx: usize) -> Range<usize> {
        let start = item_idx.saturating_mul(self.stride);
        start..start.saturating_add(self.length)
    }

    /// Length and stride brought to what `n_rows` allow.
    fn within(self, n_rows: usize) -> Self {
        let (shortest, longest) = WINDOW_LENGTHS;
        let length = self
            .length
            .clamp(shortest, longest.min(n_rows / 2).max(shortest));
        Self {
            length,
            stride: self.stride.clamp(1, length),
            ..self
        }
    }
}

impl RawTable {
    /// The columns that windows can be cut from, in a table with a time: numbers whose neighbouring rows are alike.
    pub fn streams(&self) -> Vec<usize> {
        let mut first_columns = 0..self.names().len().min(COLUMNS_OF_TIME);
        let has_time = first_columns.any(|column| self.is_time(column));
        if self.n_rows() < FEWEST_ROWS || !has_time {
            return Vec::new();
        }
        let choices = self
            .choices()
            .into_iter()
            .enumerate()
            .take(COLUMNS_LOOKED_AT);
        let numbers = choices.filter(|(_, choice)| choice.scale().is_some());
        let columns = numbers.map(|(column_idx, _)| column_idx);
        columns
            .filter(|&column_idx| {
                let values = self.stream(column_idx, ROWS_LOOKED_AT);
                values.is_some_and(|values| correlation(&values, 1) > LEAST_CORRELATION)
            })
            .collect()
    }

    /// Whether a column goes on with the rows: numbers that run, or dates and times that differ.
    fn is_time(&self, column_idx: usize) -> bool {
        let rows = 0..self.n_rows().min(ROWS_OF_TIME);
        let cells: Vec<&str> = rows.filter_map(|row| self.cell(row, column_idx)).collect();
        let mark = self.decimal_mark();
        let numbers = cells.iter().map(|cell| usable(cell, mark));
        if let Some(numbers) = numbers.collect::<Option<Vec<f64>>>() {
            return is_running(&numbers);
        }
        let is_moment = |cell: &&str| {
            let n_figures = cell.bytes().filter(u8::is_ascii_digit).count();
            let n_marks = cell.bytes().filter(|it| b"-/.:T".contains(it)).count();
            n_figures >= 4 && n_marks >= 2 || n_figures >= 3 && cell.contains(':')
        };
        cells.iter().all(is_moment) && are_all_different(cells.into_iter())
    }

    /// Windows of a column as its strongest period proposes: one period long, and at most a quarter of it apart, closer
    /// where there would be too few.
    pub fn proposed_cut(&self, column_idx: usize) -> WindowCut {
        let values = self.stream(column_idx, MOST_ROWS_SEARCHED);
        let period = values.and_then(|values| strongest_period(&values));
        let length = period.unwrap_or(USUAL_LENGTH);
        WindowCut {
            column_idx,
            length,
            stride: length.div_ceil(4).min(self.n_rows() / FEWEST_WINDOWS),
        }
        .within(self.n_rows())
    }

    /// The windows of a column as curves on one scale; what remains after the last whole window is left out.
    ///
    /// Where a column tells known anomalies, windows that touch one have its class, the others the class 0, and the scale
    /// is that of all other readings.
    ///
    /// # Errors
    /// When the column has no number at all, there is no whole window, or every window touches a known anomaly.
    pub fn windows(&self, cut: WindowCut, choices: &[ColumnChoice]) -> Result<Dataset, TableError> {
        let cut = cut.within(self.n_rows());
        let values = self.stream(cut.column_idx, usize::MAX);
        let values = values.ok_or(TableError::NoRows)?;
        let known = KnownReadings::of(self, choices);
        let scaling = {
            let readings = values.iter().enumerate();
            let normal = readings.filter(|&(row, _)| !known.is_known(row));
            let samples: Vec<f32> = normal.map(|(_, &it)| it as f32).collect();
            CurveScaling::by_the_whole(&samples)
        };
        let n_windows = (values.len().saturating_sub(cut.length)) / cut.stride + 1;
        let labels = known.labels(cut, n_windows);
        if !labels.is_empty() && !labels.contains(&0) {
            return Err(TableError::NothingNormal);
        }
        let windows = values.windows(cut.length).step_by(cut.stride);
        let curves = windows.flat_map(|window| {
            let mut curve: Vec<f32> = window.iter().map(|&it| it as f32).collect();
            scaling.encode(&mut curve);
            curve
        });
        let form = SeriesForm {
            n_samples: cut.length,
            scaling,
            class_names: known.class_names(),
            cut: Some(cut),
        };
        let windows = Dataset::series(form, curves.collect(), labels);
        let windows = windows.map_err(TableError::Dataset)?;
        Ok(windows.with_known_stretches(known.stretches()))
    }

    /// The first values of a column; one that is missing stays at the value before. `None` without any number.
    fn stream(&self, column_idx: usize, most: usize) -> Option<Vec<f64>> {
        let mark = self.decimal_mark();
        let rows = 0..self.n_rows().min(most);
        let read = |row: usize| usable(self.cell(row, column_idx)?, mark);
        let mut known = rows.clone().find_map(read)?;
        let held = rows.map(|row| {
            known = read(row).unwrap_or(known);
            known
        });
        Some(held.collect())
    }
}

/// How alike values are to those `lag` rows later, −1…1; 0 where they are all the same.
fn correlation(values: &[f64], lag: usize) -> f64 {
    let n = values.len().max(1) as f64;
    let mean = values.iter().sum::<f64>() / n;
    let pairs = values.iter().zip(values.get(lag..).unwrap_or_default());
    let together: f64 = pairs.map(|(a, b)| (a - mean) * (b - mean)).sum();
    let alone: f64 = values.iter().map(|it| (it - mean).powi(2)).sum();
    if alone > 0.0 { together / alone } else { 0.0 }
}

/// The lag above the first dip at which values are most like themselves; `None` where they do not come again.
fn strongest_period(values: &[f64]) -> Option<usize> {
    let (shortest, longest) = WINDOW_LENGTHS;
    let longest = longest.min(values.len() / 3);
    let by_lag: Vec<f64> = (0..=longest).map(|lag| correlation(values, lag)).collect();
    let dip = by_lag.iter().position(|&it| it <= 0.0)?;
    let lags = dip.max(shortest)..=longest;
    let best = lags.max_by(|&a, &b| by_lag[a].total_cmp(&by_lag[b]))?;
    (by_lag[best] > LEAST_PERIODIC).then_some(best)
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::*;

    /// A wave of 24 rows beside numbers in no order.
    fn table() -> RawTable {
        let mut text = "time;load;other\n".to_owned();
        for row in 0_u32..400 {
            let load = (f64::from(row) * std::f64::consts::TAU / 24.0).sin() * 10.0 + 50.0;
            let _ = writeln!(
                text,
                "2024-03-{:02} {:02}:00;{load:.3};{}.5",
                1 + row / 24,
                row % 24,
                row.wrapping_mul(2_654_435_761) >> 20
            );
        }
        RawTable::read(text.as_bytes()).expect("a table")
    }

    #[test]
    fn what_follows_each_other_in_time_is_offered_with_its_period() {
        let table = table();
        assert_eq!(table.streams(), [1]);
        let cut = table.proposed_cut(1);
        assert_eq!((cut.length, cut.stride), (24, 2));
    }

    #[test]
    fn a_few_readings_far_out_make_a_recording_no_other() {
        let mut text = "time;load\n".to_owned();
        for row in 0_u32..600 {
            let load = (f64::from(row) * std::f64::consts::TAU / 24.0).sin();
            let far_out = if row % 150 > 145 { 40.0 } else { 0.0 };
            let _ = writeln!(text, "{:.2};{:.3}", f64::from(row) * 0.02, load + far_out);
        }
        let table = RawTable::read(text.as_bytes()).expect("a table");
        assert_ne!(table.choices()[1], ColumnChoice::Number);
        assert_eq!(table.streams(), [1]);
    }

    #[test]
    fn rows_without_a_time_do_not_follow_each_other() {
        let line = |row: i32| format!("a{},{:.3}\n", row % 7, (f64::from(row) / 4.0).sin());
        let text: String = (0..400).map(line).collect();
        let table = RawTable::read(format!("kind,load\n{text}").as_bytes()).expect("a table");
        assert!(table.streams().is_empty());
    }

    #[test]
    fn windows_are_cut_one_stride_apart_and_are_on_one_scale() {
        let table = table();
        let cut = WindowCut {
            stride: 6,
            ..table.proposed_cut(1)
        };
        let windows = table.windows(cut, &[]).expect("windows");
        assert_eq!(windows.n_items(), (400 - 24) / 6 + 1);
        assert_eq!(windows.n_features(), 24);
        assert_eq!(cut.rows_of(3), 18..42);
        let (first, fifth) = (windows.item(0), windows.item(4));
        let (first, fifth) = (first.expect("a window"), fifth.expect("a window"));
        let furthest = first.iter().zip(&fifth).map(|(a, b)| (a - b).abs());
        assert!(furthest.fold(0.0, f32::max) < 1e-4, "a period later");
        assert!(first.iter().all(|it| it.abs() < 1.5));
    }

    #[test]
    fn a_cut_is_brought_to_what_the_rows_allow() {
        let cut = |length, stride| {
            let cut = WindowCut {
                column_idx: 1,
                length,
                stride,
            };
            let windows = table().windows(cut, &[]);
            let windows = windows.expect("windows");
            (windows.n_features(), windows.n_items())
        };
        assert_eq!(cut(0, 0), (8, 393));
        assert_eq!(cut(999, 999), (200, 2));
    }

    #[test]
    fn a_missing_value_stays_at_the_one_before() {
        let line = |row: u32| match row % 7 {
            3 => format!("{row},\n"),
            _ => format!("{row},{}\n", row / 50),
        };
        let text: String = (0..300).map(line).collect();
        let table = RawTable::read(format!("n,step\n{text}").as_bytes()).expect("a table");
        let stream = table.stream(1, usize::MAX).expect("numbers");
        assert!(
            (0..300).all(|row| (stream[row] - (row / 50) as f64).abs() < 1e-9 || row % 50 == 0)
        );
    }
}
