//! How well the known stretches of a recording are found, reading by reading and event by event.

use std::ops::Range;

use super::along_time::{AnomalousStretch, windows_over};
use crate::data::WindowCut;

/// How well known stretches are found at a threshold. An event is a run of known rows; it is found where a window above
/// the threshold overlaps it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FoundKnown {
    /// Rows that lie in windows.
    pub n_rows: usize,
    /// Rows that are known to be anomalous.
    pub n_known: usize,
    /// Rows in windows above the threshold.
    pub n_flagged: usize,
    /// Rows that are both.
    pub n_both: usize,
    /// Events.
    pub n_events: usize,
    /// Those that are found.
    pub n_found: usize,
    /// Stretches above the threshold that overlap no event.
    pub n_false: usize,
    /// Whether no window that touches a known row was learned from.
    pub is_kept_out: bool,
}

impl FoundKnown {
    /// Compares what is above the threshold with what is known; both the first first. `None` where nothing is known of
    /// the first `n_rows` rows.
    pub(super) fn of(
        flagged: &[AnomalousStretch],
        known: &[Range<usize>],
        n_rows: usize,
        is_kept_out: bool,
    ) -> Option<Self> {
        let known: Vec<Range<usize>> = known
            .iter()
            .filter(|it| it.start < n_rows)
            .map(|it| it.start..it.end.min(n_rows))
            .collect();
        if known.is_empty() {
            return None;
        }
        let flagged: Vec<Range<usize>> = flagged.iter().map(|it| it.rows.clone()).collect();
        let n_of = |stretches: &[Range<usize>]| stretches.iter().map(Range::len).sum();
        let found = known.iter().map(|it| overlap(it, &flagged));
        let n_found = found.clone().filter(|&n| n > 0).count();
        let is_false = |it: &&Range<usize>| overlap(it, &known) == 0;
        Some(Self {
            n_rows,
            n_known: n_of(&known),
            n_flagged: n_of(&flagged),
            n_both: found.sum(),
            n_events: known.len(),
            n_found,
            n_false: flagged.iter().filter(is_false).count(),
            is_kept_out,
        })
    }

    /// The part of the flagged rows that is known, 0…1; `None` where none is flagged.
    pub fn precision(&self) -> Option<f32> {
        share(self.n_both, self.n_flagged)
    }

    /// The part of the known rows that is flagged, 0…1.
    pub fn recall(&self) -> Option<f32> {
        share(self.n_both, self.n_known)
    }

    /// Flagged rows among a thousand that are not known to be anomalous.
    pub fn false_per_thousand(&self) -> Option<f32> {
        let n_false = self.n_flagged - self.n_both;
        Some(share(n_false, self.n_rows - self.n_known)? * 1000.0)
    }

    /// All of it in a few sentences.
    pub fn in_words(&self) -> String {
        let percent = |part: Option<f32>| {
            part.map_or_else(|| "–".to_owned(), |part| format!("{:.0} %", part * 100.0))
        };
        let Self {
            n_events, n_found, ..
        } = self;
        let stretches = if *n_events == 1 {
            "stretch"
        } else {
            "stretches"
        };
        let touch = if self.n_false == 1 {
            "stretch above the threshold touches"
        } else {
            "stretches above the threshold touch"
        };
        let learned = if self.is_kept_out {
            "Nothing was learned"
        } else {
            "Some of it was learned"
        };
        let false_alarms = self
            .false_per_thousand()
            .map_or_else(|| "–".to_owned(), |it| format!("{it:.1}"));
        format!(
            "{n_found} of {n_events} known {stretches} found; {} {touch} none. Row by row: precision {}, recall {}, and \
             {false_alarms} false alarms per 1,000 other rows. {learned} from windows that touch a known stretch.",
            self.n_false,
            percent(self.precision()),
            percent(self.recall()),
        )
    }
}

/// The known stretches without a window above the threshold, each with the worst of its windows.
pub(super) fn missed(
    flagged: &[AnomalousStretch],
    known: &[Range<usize>],
    cut: WindowCut,
    errors: &[f32],
) -> Vec<AnomalousStretch> {
    let flagged: Vec<Range<usize>> = flagged.iter().map(|it| it.rows.clone()).collect();
    let missed = known.iter().filter(|it| overlap(it, &flagged) == 0);
    let stretch = |rows: &Range<usize>| {
        let windows = windows_over(cut, rows, errors.len());
        let worst_item = windows.max_by(|&a, &b| errors[a].total_cmp(&errors[b]))?;
        Some(AnomalousStretch {
            rows: rows.clone(),
            ends: Default::default(),
            worst_item,
            error: errors[worst_item],
            is_flagged: false,
            is_known: true,
        })
    };
    missed.filter_map(stretch).collect()
}

/// How many rows of a stretch lie in others, which follow each other without an overlap.
fn overlap(rows: &Range<usize>, others: &[Range<usize>]) -> usize {
    let first = others.partition_point(|it| it.end <= rows.start);
    let overlapping = others[first..].iter().take_while(|it| it.start < rows.end);
    overlapping
        .map(|it| it.end.min(rows.end) - it.start.max(rows.start))
        .sum()
}

fn share(part: usize, of: usize) -> Option<f32> {
    (of > 0).then(|| part as f32 / of as f32)
}

#[cfg(test)]
mod tests {
    use super::*;

    const CUT: WindowCut = WindowCut {
        column_idx: 0,
        length: 8,
        stride: 4,
    };

    fn flagged(rows: Range<usize>) -> AnomalousStretch {
        AnomalousStretch {
            rows,
            ends: Default::default(),
            worst_item: 0,
            error: 1.0,
            is_flagged: true,
            is_known: false,
        }
    }

    #[test]
    fn events_and_rows_are_counted() {
        let above = [flagged(10..20), flagged(30..40), flagged(60..70)];
        // Two events in the first stretch, one that begins in it and goes on, one that is missed.
        let known = [11..13, 15..25, 50..52, 95..200];
        let found = FoundKnown::of(&above, &known, 100, true).expect("something is known");
        assert_eq!((found.n_known, found.n_flagged, found.n_both), (19, 30, 7));
        assert_eq!((found.n_events, found.n_found, found.n_false), (4, 2, 2));
        assert_eq!(found.precision(), Some(7.0 / 30.0));
        assert_eq!(found.recall(), Some(7.0 / 19.0));
        let per_thousand = found.false_per_thousand().expect("there are others");
        assert!((per_thousand - 23_000.0 / 81.0).abs() < 1e-2);
        let words = found.in_words();
        assert!(words.starts_with(
            "2 of 4 known stretches found; 2 stretches above the threshold touch none."
        ));
        assert!(words.contains("precision 23 %, recall 37 %"), "{words}");
    }

    #[test]
    fn what_is_missed_has_the_worst_of_its_windows() {
        let errors = [0.1, 0.2, 0.4, 0.3, 0.1];
        let missed = missed(&[flagged(0..4)], &[2..3, 9..12], CUT, &errors);
        assert_eq!(missed.len(), 1);
        assert_eq!((missed[0].worst_item, missed[0].rows.clone()), (2, 9..12));
    }

    #[test]
    fn where_nothing_is_known_nothing_is_said() {
        assert_eq!(FoundKnown::of(&[flagged(0..4)], &[], 100, true), None);
        let beyond_the_end = 120..130;
        let is_nothing = FoundKnown::of(&[], &[beyond_the_end], 100, true).is_none();
        assert!(is_nothing);
        let at_the_start = 0..2;
        let none = FoundKnown::of(&[], &[at_the_start], 100, false).expect("something is known");
        assert_eq!((none.precision(), none.recall()), (None, Some(0.0)));
        let words = none.in_words();
        assert!(
            words.contains("precision –") && words.contains("Some of it was learned"),
            "{words}"
        );
    }
}
