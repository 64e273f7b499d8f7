//! Stretches of a recording that its table itself calls anomalous, reading by reading.

use std::collections::BTreeMap;
use std::ops::Range;

use super::{ColumnChoice, Dataset, RawTable, WindowCut};

/// What a recording without several kinds of anomalies calls the only one.
const ONLY_KIND: &str = "known anomaly";

/// Which readings of a recording are known to be anomalous.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct KnownReadings {
    /// One per row: 0 where it is normal, else its kind, counted from 1. Empty where nothing is known.
    kinds: Vec<u8>,
    /// What each kind is called, from 1 on.
    names: Vec<String>,
}

impl KnownReadings {
    /// What the column of known anomalies says of each row; nothing where no column does, or it calls no row anomalous.
    pub fn of(table: &RawTable, choices: &[ColumnChoice]) -> Self {
        let tells = |choice: &ColumnChoice| *choice == ColumnChoice::KnownAnomaly;
        let column_idx = choices.iter().position(tells);
        let found = column_idx.and_then(|idx| Some((idx, table.answer_in(idx)?)));
        let Some((column_idx, answer)) = found.filter(|(_, it)| !it.anomalous.is_empty()) else {
            return Self::default();
        };
        let mut names: Vec<String> = answer
            .anomalous
            .iter()
            .filter_map(|&label| answer.levels.get(usize::from(label)).cloned())
            .collect();
        if let [only] = names.as_mut_slice() {
            ONLY_KIND.clone_into(only);
        }
        let kind_of = |row: usize| {
            let label = answer.known_label_of(table.cell(row, column_idx)?)?;
            let place = answer.anomalous.iter().position(|&it| it == label)?;
            u8::try_from(place + 1).ok()
        };
        let kinds = (0..table.n_rows()).map(|row| kind_of(row).unwrap_or(0));
        Self {
            kinds: kinds.collect(),
            names,
        }
    }

    /// Whether a row is known to be anomalous.
    pub fn is_known(&self, row: usize) -> bool {
        self.kinds.get(row).is_some_and(|&kind| kind > 0)
    }

    /// Runs of anomalous readings, the first first.
    pub fn stretches(&self) -> Vec<Range<usize>> {
        let mut stretches: Vec<Range<usize>> = Vec::new();
        for row in (0..self.kinds.len()).filter(|&row| self.is_known(row)) {
            match stretches.last_mut().filter(|last| last.end == row) {
                Some(last) => last.end = row + 1,
                None => stretches.push(row..row + 1),
            }
        }
        stretches
    }

    /// A label for each window: 0 where it touches no anomalous reading, else the kind of the first that it touches.
    /// Empty where nothing is known.
    pub fn labels(&self, cut: WindowCut, n_windows: usize) -> Vec<u8> {
        if self.kinds.is_empty() {
            return Vec::new();
        }
        let label = |item| {
            let kinds = self.kinds.get(cut.rows_of(item)).unwrap_or_default();
            kinds.iter().copied().find(|&kind| kind > 0).unwrap_or(0)
        };
        (0..n_windows).map(label).collect()
    }

    /// What the labels of windows are called.
    pub fn class_names(&self) -> BTreeMap<u8, String> {
        let normal = (!self.kinds.is_empty()).then(|| (0, "normal".to_owned()));
        let kinds = (1..=u8::MAX).zip(self.names.iter().cloned());
        normal.into_iter().chain(kinds).collect()
    }
}

impl Dataset {
    /// Of windows of a recording, the runs of readings that its table calls anomalous, by their rows; empty where it
    /// says nothing.
    pub fn known_stretches(&self) -> &[Range<usize>] {
        &self.about.known_stretches
    }

    pub(super) fn with_known_stretches(mut self, stretches: Vec<Range<usize>>) -> Self {
        self.about.known_stretches = stretches;
        self
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::*;
    use crate::data::{Normality, Parts, Split, TableError};

    /// A wave of 24 rows, some of whose readings the table calls by these names.
    fn table(name_of: impl Fn(u32) -> &'static str) -> RawTable {
        let mut text = "time,load,anomaly\n".to_owned();
        for row in 0_u32..600 {
            let load = (f64::from(row) * std::f64::consts::TAU / 24.0).sin();
            let _ = writeln!(text, "{row},{load:.4},{}", name_of(row));
        }
        RawTable::read(text.as_bytes()).expect("a table")
    }

    const CUT: WindowCut = WindowCut {
        column_idx: 1,
        length: 24,
        stride: 6,
    };

    fn spikes(row: u32) -> &'static str {
        if (100..110).contains(&row) || row == 300 {
            "1"
        } else {
            "0"
        }
    }

    #[test]
    fn windows_that_touch_a_known_stretch_are_of_its_class_and_kept_out() {
        let table = table(spikes);
        let windows = table.windows(CUT, &table.choices()).expect("windows");
        assert_eq!(windows.known_stretches(), [100..110, 300..301]);
        let of_known: Vec<usize> = (0..windows.n_items())
            .filter(|&item| windows.label_of(item) == Some(1))
            .collect();
        assert_eq!(of_known, [13, 14, 15, 16, 17, 18, 47, 48, 49, 50]);
        assert_eq!(windows.class_name(1), Some("known anomaly"));
        let normality = Normality {
            anomalous_classes: windows.usual_anomalies(),
            ..Normality::default()
        };
        let split = Split::of(&windows, 1, Parts::ThreeOneOne, &normality);
        let mut held_out = split.held_out.clone();
        held_out.sort_unstable();
        assert_eq!(held_out, of_known);
        let taken = [split.train, split.calibration, split.test].concat();
        assert!(taken.iter().all(|item| !of_known.contains(item)));
    }

    #[test]
    fn even_where_most_windows_touch_one_the_others_are_the_normal_ones() {
        let table = table(|row| if row % 40 == 5 { "1" } else { "0" });
        let windows = table.windows(CUT, &table.choices()).expect("windows");
        assert_eq!(windows.usual_anomalies(), [1].into());
        let closer = self::table(|row| if row % 20 == 5 { "1" } else { "0" });
        let refused = closer.windows(CUT, &closer.choices());
        assert_eq!(refused, Err(TableError::NothingNormal));
    }

    #[test]
    fn kinds_of_anomalies_keep_their_names_and_scales_know_none_of_them() {
        let table = table(|row| match row {
            100..110 => "spike",
            300..350 => "drift",
            _ => "normal",
        });
        let windows = table.windows(CUT, &table.choices()).expect("windows");
        let names = [0, 1, 2].map(|label| windows.class_name(label).unwrap_or(""));
        assert_eq!(names, ["normal", "drift", "spike"]);
        assert_eq!(windows.usual_anomalies(), [1, 2].into());
        let each = windows.each_by_itself().expect("curves");
        assert_eq!(each.known_stretches(), [100..110, 300..350]);
    }

    #[test]
    fn a_recording_of_which_nothing_is_known_has_no_classes() {
        let table = table(spikes);
        let numbers = [
            ColumnChoice::LeaveOut,
            table.choices()[1],
            ColumnChoice::LeaveOut,
        ];
        let windows = table.windows(CUT, &numbers).expect("windows");
        assert!(!windows.has_labels() && windows.known_stretches().is_empty());
        assert!(windows.usual_anomalies().is_empty());
    }
}
