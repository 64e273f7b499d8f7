//! The counts of an evaluation: items that took part, anomalies that were detected, false alarms.

use serde::{Deserialize, Serialize};

use super::super::{AnomalyKind, Rate};

/// How many items and numbers took part in an evaluation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportCounts {
    /// Items that the network was trained on.
    pub n_training: usize,
    /// Training items that the other methods learned from, and whose codes were neighbours.
    pub n_reference: usize,
    /// Calibration items.
    pub n_calibration: usize,
    /// Normal test items.
    pub n_test: usize,
    /// Test items that there are.
    pub n_test_available: usize,
    /// Principal components: as many as a code has values.
    pub n_components: usize,
    /// Neighbours whose distances were averaged.
    pub n_neighbours: usize,
}

/// What a threshold does to one kind of anomaly and to normal items.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Confusion {
    /// The kind of anomaly.
    pub kind: AnomalyKind,
    /// Anomalies that are flagged; the others are missed.
    pub detected: Rate,
    /// Normal test items that are flagged; the others are passed.
    pub false_alarms: Rate,
}

impl Confusion {
    /// Anomalies that are not flagged.
    pub fn n_missed(&self) -> usize {
        self.detected.n_items - self.detected.n_hits
    }

    /// Normal items that are not flagged.
    pub fn n_passed(&self) -> usize {
        self.false_alarms.n_items - self.false_alarms.n_hits
    }
}

/// The false alarms among the normal items of a class.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClassFalseAlarms {
    /// What the items show.
    pub class: u8,
    /// How many of them are flagged.
    pub rate: Rate,
}
