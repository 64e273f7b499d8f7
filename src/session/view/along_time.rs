//! The error along a recording, its stretches above the threshold, and those that are known to be anomalous.

use std::fmt::Write as _;
use std::ops::Range;

use super::Session;
use super::known_stretches::{FoundKnown, missed};
use crate::data::{Dataset, NamedFile, WindowCut};
use crate::protocol::Moment;
use crate::session::SeriesBench;

/// What was found along a recording that was cut into windows.
#[derive(Clone, Debug, PartialEq)]
pub struct AlongTimeView {
    /// Rows of the recording that lie in windows.
    pub n_rows: usize,
    /// Rows of a window.
    pub length: usize,
    /// Where windows become anomalies.
    pub threshold: Option<f32>,
    /// How many stretches are above the threshold.
    pub n_above: usize,
    /// How many there are with the known ones that are not above it.
    pub n_stretches: usize,
    /// At most `MOST_LISTED` of them: those that are known and those with the largest errors, the first first.
    pub listed: Vec<AnomalousStretch>,
    /// How well the known stretches are found; `None` where none is known, or there is no threshold.
    pub known: Option<FoundKnown>,
}

/// Windows above the threshold that overlap or follow each other, or a known stretch without such windows.
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
    /// Whether it is above the threshold.
    pub is_flagged: bool,
    /// Whether a reading of it is known to be anomalous.
    pub is_known: bool,
}

/// A part of a recording, as a chart of at most `MOST_PARTS` equal parts shows it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RecordingView {
    /// The rows that are shown.
    pub rows: Range<usize>,
    /// The lowest reading of each part, as the network takes readings.
    pub low: Vec<f32>,
    /// The highest reading of each part.
    pub high: Vec<f32>,
    /// From where to where the chart reaches: over the usual readings, and further where some in sight are beyond them.
    pub range: (f32, f32),
    /// The largest error in each part, where the error of a row is the largest of the windows that it lies in.
    pub errors: Vec<f32>,
    /// The known stretches that are in sight: where each begins and ends, 0…1 of what is shown.
    pub known: Vec<(f32, f32)>,
}

/// What the views of a recording hang on: they are worked out again only when it changes, for that takes a while.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RecordingKey {
    file: Option<u32>,
    cut: WindowCut,
    of: Moment,
    threshold: Option<f32>,
}

impl RecordingKey {
    /// Where windows become anomalies.
    pub fn threshold(&self) -> Option<f32> {
        self.threshold
    }
}

/// A chart shows no more parts than these.
pub const MOST_PARTS: usize = 1000;
/// A list has no more stretches than these; a file has all.
pub const MOST_LISTED: usize = 50;
/// No more known stretches are marked at once.
const MOST_MARKED: usize = 300;

impl Session {
    /// What the views of the recording hang on; `None` where items are no windows, or before all were measured.
    pub fn recording_key(&self) -> Option<RecordingKey> {
        let scored = self.measured().scores.as_ref()?;
        Some(RecordingKey {
            file: self.own_file().map(|file| file.number),
            cut: self.dataset()?.series_form()?.cut?,
            of: scored.scores.of,
            threshold: self.threshold_for_scores(self.study().rule),
        })
    }

    /// What was found along the recording; `None` where items are no windows, or before all were measured.
    pub fn along_time(&self) -> Option<AlongTimeView> {
        let RecordingKey { cut, threshold, .. } = self.recording_key()?;
        let errors = &self.measured().scores.as_ref()?.scores.errors;
        let (stretches, known) = self.stretches()?;
        let listed = worst_of(&stretches).into_iter().map(|idx| {
            let stretch = stretches[idx].clone();
            AnomalousStretch {
                ends: self.ends_in_words(&stretch.rows),
                ..stretch
            }
        });
        Some(AlongTimeView {
            n_rows: n_rows_of(cut, errors.len()),
            length: cut.length,
            threshold,
            n_above: stretches.iter().filter(|it| it.is_flagged).count(),
            n_stretches: stretches.len(),
            listed: listed.collect(),
            known,
        })
    }

    /// What is above the threshold and the known stretches that are not, the first first, and how well those are found.
    fn stretches(&self) -> Option<(Vec<AnomalousStretch>, Option<FoundKnown>)> {
        let RecordingKey { cut, threshold, .. } = self.recording_key()?;
        let errors = &self.measured().scores.as_ref()?.scores.errors;
        let known = self.dataset()?.known_stretches();
        let Some(threshold) = threshold else {
            return Some((Vec::new(), None));
        };
        let mut stretches = stretches_above(cut, errors, threshold);
        let n_rows = n_rows_of(cut, errors.len());
        let found = FoundKnown::of(&stretches, known, n_rows, self.is_known_kept_out());
        for stretch in &mut stretches {
            let begins_before_end = known.partition_point(|it| it.start < stretch.rows.end);
            let last = known[..begins_before_end].last();
            stretch.is_known = last.is_some_and(|it| it.end > stretch.rows.start);
        }
        stretches.extend(missed(&stretches, known, cut, errors));
        stretches.sort_by_key(|stretch| stretch.rows.start);
        Some((stretches, found))
    }

    /// Some rows of the recording, brought to what there is; `None` where there is nothing along time.
    pub fn recording(&self, rows: &Range<usize>) -> Option<RecordingView> {
        let cut = self.recording_key()?.cut;
        let dataset = self.dataset()?;
        let errors = &self.measured().scores.as_ref()?.scores.errors;
        let n_rows = n_rows_of(cut, errors.len());
        let end = rows.end.min(n_rows);
        let rows = rows.start.min(end)..end;
        let (low, high) = extremes_of_parts(dataset, cut, &rows);
        let usual = self.curve().map_or((0.0, 1.0), SeriesBench::range);
        let n_shown = rows.len().max(1) as f32;
        let place = |row: usize| row.clamp(rows.start, rows.end) - rows.start;
        let known = dataset.known_stretches().iter();
        let in_sight = known.filter(|it| it.start < rows.end && it.end > rows.start);
        let marks = in_sight.map(|it| {
            let [from, to] = [it.start, it.end].map(|row| place(row) as f32 / n_shown);
            (from, to)
        });
        Some(RecordingView {
            known: marks.take(MOST_MARKED).collect(),
            errors: largest_of_parts(cut, errors, &rows),
            range: (
                low.iter().copied().fold(usual.0, f32::min),
                high.iter().copied().fold(usual.1, f32::max),
            ),
            low,
            high,
            rows,
        })
    }

    /// The stretches above the threshold as a table in CSV, with the known ones that were missed where any are known;
    /// `None` where there is no recording.
    pub fn stretches_csv(&self) -> Option<NamedFile> {
        let (stretches, known) = self.stretches()?;
        let has_known = known.is_some();
        let more = if has_known { ",flagged,known" } else { "" };
        let mut text = format!("first_row,last_row,from,to,largest_error{more}\n");
        let yes = |is_so: bool| if is_so { "yes" } else { "no" };
        for stretch in &stretches {
            let AnomalousStretch { rows, error, .. } = stretch;
            let ends = self.ends_in_words(rows);
            let [from, to] = ends.map(|end| end.replace('"', "\"\""));
            let last = rows.end - 1;
            // Text takes all.
            let _ = write!(text, "{},{last},\"{from}\",\"{to}\",{error}", rows.start);
            if has_known {
                let [flagged, known] = [stretch.is_flagged, stretch.is_known].map(yes);
                let _ = write!(text, ",{flagged},{known}");
            }
            text.push('\n');
        }
        let slug = self.study().name.slug();
        Some(NamedFile {
            name: format!("bottleneck-{slug}-stretches.csv"),
            bytes: text.into_bytes(),
        })
    }

    /// Whether nothing is learned from windows that touch a reading known to be anomalous.
    fn is_known_kept_out(&self) -> bool {
        let normality = &self.recipe().normality;
        let mut of_known = self
            .dataset()
            .into_iter()
            .flat_map(Dataset::usual_anomalies);
        normality.contamination <= 0.0
            && of_known.all(|class| normality.anomalous_classes.contains(&class))
    }

    /// What the first column of the reader's table says of the first and of the last row of a stretch.
    fn ends_in_words(&self, rows: &Range<usize>) -> [String; 2] {
        let table = self.own_file().and_then(|file| file.table.as_ref());
        [rows.start, rows.end.saturating_sub(1)].map(|row| {
            let cell = table.and_then(|(table, _)| table.cell(row, 0));
            cell.unwrap_or_default().to_owned()
        })
    }
}

/// The places of those that a list shows, in order: the known ones and those with the largest errors.
fn worst_of(stretches: &[AnomalousStretch]) -> Vec<usize> {
    let mut places: Vec<usize> = (0..stretches.len()).collect();
    places.sort_by(|&a, &b| {
        let (a, b) = (&stretches[a], &stretches[b]);
        let by_known = b.is_known.cmp(&a.is_known);
        by_known.then(b.error.total_cmp(&a.error))
    });
    places.truncate(MOST_LISTED);
    places.sort_unstable();
    places
}

/// Rows that lie in windows.
fn n_rows_of(cut: WindowCut, n_windows: usize) -> usize {
    match n_windows.checked_sub(1) {
        Some(last) => cut.rows_of(last).end,
        None => 0,
    }
}

/// The windows that some rows lie in.
pub(super) fn windows_over(cut: WindowCut, rows: &Range<usize>, n_windows: usize) -> Range<usize> {
    let stride = cut.stride.max(1);
    // The first window that does not end before the rows begin.
    let first = (rows.start + 1).saturating_sub(cut.length).div_ceil(stride);
    let end = rows.end.div_ceil(stride).min(n_windows);
    first.min(end)..end
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
                is_flagged: true,
                is_known: false,
            }),
        }
    }
    stretches
}

/// Into which of so many parts a row falls.
fn part_of(row: usize, rows: &Range<usize>, n_parts: usize) -> usize {
    let place = row.clamp(rows.start, rows.end) - rows.start;
    // A browser counts to 2³² only, which a row times the parts may pass.
    let part = place as u64 * n_parts as u64 / rows.len().max(1) as u64;
    (part as usize).min(n_parts.saturating_sub(1))
}

/// The first row of a part.
fn start_of(part: usize, rows: &Range<usize>, n_parts: usize) -> usize {
    let before = (part as u64 * rows.len() as u64).div_ceil(n_parts.max(1) as u64);
    rows.start + before as usize
}

fn largest_of_parts(cut: WindowCut, errors: &[f32], rows: &Range<usize>) -> Vec<f32> {
    let n_parts = rows.len().min(MOST_PARTS);
    let mut largest = vec![0.0_f32; n_parts];
    for item in windows_over(cut, rows, errors.len()) {
        let of_window = cut.rows_of(item);
        let parts = part_of(of_window.start, rows, n_parts)
            ..=part_of(of_window.end.saturating_sub(1), rows, n_parts);
        for part in largest.get_mut(parts).unwrap_or_default() {
            *part = part.max(errors[item]);
        }
    }
    largest
}

/// The lowest and the highest reading of each part.
fn extremes_of_parts(
    dataset: &Dataset,
    cut: WindowCut,
    rows: &Range<usize>,
) -> (Vec<f32>, Vec<f32>) {
    let n_parts = rows.len().min(MOST_PARTS);
    let mut low = vec![f32::INFINITY; n_parts];
    let mut high = vec![f32::NEG_INFINITY; n_parts];
    let last = dataset.n_items().saturating_sub(1);
    for item in windows_over(cut, rows, dataset.n_items()) {
        // Each reading once: a window has those that the next one does not begin with.
        let n_own = if item == last { cut.length } else { cut.stride };
        let start = cut.rows_of(item).start;
        let values = dataset.floats_of(item).unwrap_or_default();
        let end = rows.end.min(start + n_own.min(values.len()));
        let mut row = rows.start.max(start);
        while row < end {
            let part = part_of(row, rows, n_parts);
            let next = start_of(part + 1, rows, n_parts).clamp(row + 1, end);
            for &value in &values[row - start..next - start] {
                low[part] = low[part].min(value);
                high[part] = high[part].max(value);
            }
            row = next;
        }
    }
    (low, high)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::data::{CurveScaling, SeriesForm};

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
        let parts = largest_of_parts(CUT, &[0.1, 0.9, 0.2], &(0..16));
        assert_eq!(parts.len(), 16);
        assert_eq!(
            (parts[3], parts[4], parts[11], parts[12]),
            (0.1, 0.9, 0.9, 0.2)
        );
        let many = largest_of_parts(CUT, &vec![0.5; 5000], &(0..20_004));
        assert_eq!(many.len(), MOST_PARTS);
        assert!(many.iter().all(|&error| (error - 0.5).abs() < 1e-6));
    }

    #[test]
    fn of_many_stretches_the_known_and_the_worst_are_listed_in_order() {
        let errors: Vec<f32> = (0..400)
            .map(|item| if item % 4 == 0 { 1.0 } else { 0.0 })
            .collect();
        let mut stretches = stretches_above(CUT, &errors, 0.5);
        assert_eq!(stretches.len(), 100);
        stretches[3].is_known = true;
        stretches[3].error = 0.1;
        for (idx, stretch) in stretches.iter_mut().enumerate().skip(51) {
            stretch.error = idx as f32;
        }
        let listed = worst_of(&stretches);
        assert_eq!((listed.len(), listed[0], listed[1]), (MOST_LISTED, 3, 51));
        assert!(listed.is_sorted());
    }

    #[test]
    fn every_reading_is_in_its_part_once() {
        let n_rows = 8 + 4 * 699;
        let curves = (0..700).flat_map(|item| (0..8).map(move |idx| (item * 4 + idx) as f32));
        let form = SeriesForm {
            n_samples: 8,
            scaling: CurveScaling::AS_THEY_ARE,
            class_names: BTreeMap::new(),
            cut: Some(CUT),
        };
        let dataset = Dataset::series(form, curves.collect(), Vec::new()).expect("windows");
        for rows in [0..n_rows, 5..n_rows - 3, 17..40] {
            let (low, high) = extremes_of_parts(&dataset, CUT, &rows);
            let n_parts = low.len();
            for part in 0..n_parts {
                let of_part = rows
                    .clone()
                    .filter(|&row| part_of(row, &rows, n_parts) == part);
                let of_part: Vec<usize> = of_part.collect();
                let ends = [of_part[0], of_part[of_part.len() - 1]].map(|row| row as f32);
                assert_eq!(vec![low[part], high[part]], ends, "part {part} of {rows:?}");
            }
        }
    }

    #[test]
    fn some_rows_have_the_windows_that_reach_into_them() {
        assert_eq!(windows_over(CUT, &(0..1), 9), 0..1);
        assert_eq!(windows_over(CUT, &(7..8), 9), 0..2);
        assert_eq!(windows_over(CUT, &(8..13), 9), 1..4);
        assert_eq!(windows_over(CUT, &(30..90), 9), 6..9);
        assert_eq!(windows_over(CUT, &(90..95), 9), 9..9);
        let parts = largest_of_parts(CUT, &[0.1, 0.9, 0.2], &(10..14));
        assert_eq!(parts, [0.9, 0.9, 0.2, 0.2]);
    }
}
