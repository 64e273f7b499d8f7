//! How well anomalies are told from normal items, by the network and by simpler methods.
//!
//! An [`Evaluation`] goes through a seeded protocol in slices: anomalies are made from test items ([`Corruption`]) or
//! are the items of classes that were held out, every [`DetectorKind`] scores them, and a [`Report`] holds what came of
//! it. [`metrics`] and [`baselines`] stand by themselves.
//!
//! The rule for a fair comparison: each method learns from the same training items, sets its threshold with the same
//! calibration items, and is measured on the same test items, which nothing was chosen by.

pub mod baselines;
pub mod metrics;

mod corruption;
mod detection;
mod evaluation_run;
mod items;
mod kind;
mod report;
mod settings;

pub use corruption::{Corruption, Corruptor};
pub use detection::{DetectionItems, detection_area};
pub use evaluation_run::{Evaluation, EvaluationTurn};
pub use kind::{AnomalyKind, DetectorKind};
pub use metrics::{Estimate, Rate, false_alarm_band};
pub use report::{
    AnomalyReport, ClassAreas, ClassFalseAlarms, Confusion, Curve, DetectorFigures, FalseAlarms,
    PromisedRate, Report, ReportCounts,
};
pub use settings::{EvaluationError, EvaluationLimits, EvaluationSettings, EvaluationSubject};
