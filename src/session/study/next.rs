//! Another file that the network of a study judges, and what was measured of it.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::anomaly::{Histogram, LogScale};
use crate::data::{NamedFile, NextItems};
use crate::evaluation::metrics::{RocCurve, auroc_interval};
use crate::order::descending;
use crate::protocol::NextScores;

/// Bars of the histogram of its errors.
pub(in crate::session) const N_NEXT_BINS: usize = 54;

/// Another file that the network of a study judges.
#[derive(Clone, Debug)]
pub(in crate::session) struct NextFile {
    /// What it is called.
    pub name: String,
    /// Tells one file from the next.
    pub number: u32,
    /// Its items, read as those were that the network was trained on.
    pub items: Arc<NextItems>,
    /// The file itself, where it is not too large to be kept.
    pub files: Option<Arc<[NamedFile]>>,
}

/// The errors of another file, with what the page asks of them again and again worked out once.
#[derive(Clone, Debug)]
pub(in crate::session) struct NextMeasured {
    /// Which file.
    pub number: u32,
    /// As the examiner measured it.
    pub scores: NextScores,
    /// The errors that are numbers, the largest first.
    pub falling: Vec<f32>,
    /// How many errors fall into each bin of the axis.
    pub bins: Vec<usize>,
    /// How well its known anomalies are told from its known normal items; `None` where it has none of either.
    pub known: Option<KnownArea>,
}

/// An area under the ROC curve.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::session) struct KnownArea {
    /// 0…1.
    pub area: f64,
    /// Its 95 % interval.
    pub interval: (f64, f64),
    /// Items that are known to be normal.
    pub n_normal: usize,
    /// Known anomalies.
    pub n_anomalies: usize,
}

impl NextMeasured {
    /// Works out what is asked of the errors of a file; `anomalous` are the classes that are anomalies.
    pub fn new(
        file: &NextFile,
        scores: NextScores,
        axis: LogScale,
        anomalous: &BTreeSet<u8>,
    ) -> Self {
        let order = descending(scores.errors.iter().copied());
        let falling = order.into_iter().map(|item| scores.errors[item]);
        Self {
            number: file.number,
            falling: falling.filter(|error| !error.is_nan()).collect(),
            bins: Histogram::new(&scores.errors, axis, N_NEXT_BINS)
                .counts()
                .to_vec(),
            known: KnownArea::of(&file.items.labels, &scores.errors, anomalous),
            scores,
        }
    }

    /// How many items have an error above a threshold.
    pub fn n_above(&self, threshold: f32) -> usize {
        self.falling.partition_point(|&error| error > threshold)
    }
}

impl KnownArea {
    fn of(labels: &[Option<u8>], errors: &[f32], anomalous: &BTreeSet<u8>) -> Option<Self> {
        let errors_of = |wants_anomalies: bool| -> Vec<f32> {
            let known = labels.iter().zip(errors);
            let known = known.filter_map(|(label, &error)| Some(((*label)?, error)));
            known
                .filter(|(label, _)| anomalous.contains(label) == wants_anomalies)
                .map(|(_, error)| error)
                .collect()
        };
        let (normal, anomalies) = (errors_of(false), errors_of(true));
        let area = RocCurve::of(&normal, &anomalies)?.area();
        Some(Self {
            area,
            interval: auroc_interval(area, normal.len(), anomalies.len())?,
            n_normal: normal.len(),
            n_anomalies: anomalies.len(),
        })
    }
}
