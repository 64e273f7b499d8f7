//! What scikit-learn, scipy and numpy compute, made by `tests/fixtures/make_evaluation_fixtures.py`.

use serde::Deserialize;

const FIXTURE: &str = include_str!("../../../tests/fixtures/sklearn/metrics.json");

#[derive(Deserialize)]
pub(super) struct MetricsFixture {
    pub cases: Vec<ScoreCase>,
    pub area_intervals: Vec<AreaIntervalCase>,
    pub bands: Vec<BandCase>,
}

/// Scores, and all that is made of them.
#[derive(Deserialize)]
pub(super) struct ScoreCase {
    pub name: String,
    pub normal: Vec<f32>,
    pub anomalous: Vec<f32>,
    pub auroc: f64,
    pub roc_false_alarms: Vec<f64>,
    pub roc_detections: Vec<f64>,
    /// Without the first, infinite one.
    pub roc_thresholds: Vec<f32>,
    pub detection_at_1: f64,
    pub detection_at_5: f64,
    pub average_precision: f64,
    pub precisions: Vec<f64>,
    pub recalls: Vec<f64>,
    pub bootstrap_low: f64,
    pub bootstrap_high: f64,
}

#[derive(Deserialize)]
pub(super) struct AreaIntervalCase {
    pub area: f64,
    pub n_normal: usize,
    pub n_anomalous: usize,
    pub low: f64,
    pub high: f64,
}

#[derive(Debug, Deserialize)]
pub(super) struct BandCase {
    pub alpha: f64,
    pub n_calibration: usize,
    pub n_test: usize,
    pub low: usize,
    pub high: usize,
}

pub(super) fn metrics() -> MetricsFixture {
    let fixture: MetricsFixture = serde_json::from_str(FIXTURE).expect("the fixture is committed");
    assert!(!fixture.cases.is_empty());
    assert!(!fixture.area_intervals.is_empty());
    assert!(!fixture.bands.is_empty());
    fixture
}

/// Equal but for rounding.
pub(super) fn close(one: f64, other: f64) -> bool {
    (one - other).abs() < 1e-9
}
