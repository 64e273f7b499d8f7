//! The error along a recording, and its stretches above the threshold.

use std::fmt::Write as _;
use std::ops::Range;

use super::Session;
use crate::data::{NamedFile, WindowCut};

/// The error along a recording that was cut into windows.
#[derive(Clone, Debug, PartialEq)]
pub struct AlongTimeView {
    /// Rows of the recording.
    pub n_rows: usize,
    /// The largest error in each of equal parts of the recording, where the error of a row is the largest of the windows
    /// that it lies in; at most `MOST_PARTS`.
    pub errors: Vec<f32>,
    /// Where windows become anomalies.
    pub threshold: Option<f32>,
    /// What is above the threshold, the first first.
    pub stretches: Vec<AnomalousStretch>,
}

/// Windows above the threshold that overlap or follow each other.
#[derive(Clone, Debug, PartialEq)]
pub struct AnomalousStretch {
    /// Rows of the recording, counted from 0.
    pub rows: Range<usize>,
    /// What the first column of the table says of the first and of the last row.
    pub ends: [String; 2],
    /// The window with the largest error, as an item.
    pub worst_item: usize,
    /// Its error.
    pub error: f32,
}

/// A chart shows no more points than these.
pub const MOST_PARTS: usize = 1000;

impl Session {
    /// The error along the recording; `None` where items are no windows, or before all were measured.
    pub fn along_time(&self) -> Option<AlongTimeView> {
        let cut = self.dataset()?.series_form()?.cut?;
        let errors = &self.measured().scores.as_ref()?.scores.errors;
        let n_rows = cut.rows_of(errors.len().saturating_sub(1)).end;
        let threshold = self.threshold_for_scores(self.study().rule);
        let stretches = threshold.map_or_else(Vec::new, |threshold| {
            stretches_above(cut, errors, threshold)
        });
        let named = stretches.into_iter().map(|stretch| AnomalousStretch {
            ends: [stretch.rows.start, stretch.rows.end.saturating_sub(1)]
                .map(|row| self.moment_in_words(row)),
            ..stretch
        });
        Some(AlongTimeView {
            n_rows,
            errors: largest_of_parts(cut, errors, n_rows),
            threshold,
            stretches: named.collect(),
        })
    }

    /// The stretches above the threshold as a table in CSV; `None` where there is no recording.
    pub fn stretches_csv(&self) -> Option<NamedFile> {
        let view = self.along_time()?;
        let mut text = "first_row,last_row,from,to,largest_error\n".to_owned();
        for AnomalousStretch {
            rows, ends, error, ..
        } in &view.stretches
        {
            let [from, to] = ends.each_ref().map(|end| end.replace('"', "\"\""));
            let last = rows.end - 1;
            // Text takes all.
            let _ = writeln!(text, "{},{last},\"{from}\",\"{to}\",{error}", rows.start);
        }
        let slug = self.study().name.slug();
        Some(NamedFile {
            name: format!("bottleneck-{slug}-stretches.csv"),
            bytes: text.into_bytes(),
        })
    }

    /// What the first column of the reader's table says of a row.
    fn moment_in_words(&self, row: usize) -> String {
        let table = self.own_file().and_then(|file| file.table.as_ref());
        let cell = table.and_then(|(table, _)| table.cell(row, 0));
        cell.unwrap_or_default().to_owned()
    }
}

/// Windows above the threshold, those that overlap or follow each other as one.
fn stretches_above(cut: WindowCut, errors: &[f32], threshold: f32) -> Vec<AnomalousStretch> {
    let mut stretches: Vec<AnomalousStretch> = Vec::new();
    for (item, &error) in errors.iter().enumerate() {
        if error <= threshold {
            continue;
        }
        let rows = cut.rows_of(item);
        match stretches
            .last_mut()
            .filter(|last| rows.start <= last.rows.end)
        {
            Some(last) => {
                last.rows.end = rows.end;
                if error > last.error {
                    (last.error, last.worst_item) = (error, item);
                }
            }
            None => stretches.push(AnomalousStretch {
                rows,
                ends: Default::default(),
                worst_item: item,
                error,
            }),
        }
    }
    stretches
}

fn largest_of_parts(cut: WindowCut, errors: &[f32], n_rows: usize) -> Vec<f32> {
    let n_parts = n_rows.min(MOST_PARTS);
    let part_of = |row: usize| (row * n_parts / n_rows.max(1)).min(n_parts.saturating_sub(1));
    let mut largest = vec![0.0_f32; n_parts];
    for (item, &error) in errors.iter().enumerate() {
        let rows = cut.rows_of(item);
        let parts = part_of(rows.start)..=part_of(rows.end.saturating_sub(1));
        for part in largest.get_mut(parts).unwrap_or_default() {
            *part = part.max(error);
        }
    }
    largest
}

#[cfg(test)]
mod tests {
    use super::*;

    const CUT: WindowCut = WindowCut {
        column_idx: 0,
        length: 8,
        stride: 4,
    };

    #[test]
    fn windows_that_overlap_are_one_stretch_and_others_another() {
        let errors = [0.1, 0.9, 0.8, 0.1, 0.1, 0.1, 0.7];
        let stretches = stretches_above(CUT, &errors, 0.5);
        let rows: Vec<_> = stretches.iter().map(|it| it.rows.clone()).collect();
        assert_eq!(rows, [4..16, 24..32]);
        assert_eq!((stretches[0].worst_item, stretches[1].worst_item), (1, 6));
        assert!(stretches_above(CUT, &errors, 0.9).is_empty());
    }

    #[test]
    fn each_part_has_the_largest_error_of_its_windows() {
        let parts = largest_of_parts(CUT, &[0.1, 0.9, 0.2], 16);
        assert_eq!(parts.len(), 16);
        assert_eq!(
            (parts[3], parts[4], parts[11], parts[12]),
            (0.1, 0.9, 0.9, 0.2)
        );
        let many = largest_of_parts(CUT, &vec![0.5; 5000], 20_004);
        assert_eq!(many.len(), MOST_PARTS);
        assert!(many.iter().all(|&error| (error - 0.5).abs() < 1e-6));
    }
}
