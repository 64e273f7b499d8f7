//! What scikit-learn computes for a few points, made by `tests/fixtures/make_evaluation_fixtures.py`.

use serde::Deserialize;

const FIXTURE: &str = include_str!("../../tests/fixtures/sklearn/baselines.json");

#[derive(Deserialize)]
pub(super) struct Fixture {
    pub dimension: usize,
    pub learned: Vec<f32>,
    pub new: Vec<f32>,
    pub pca: Vec<PcaCase>,
}

#[derive(Deserialize)]
pub(super) struct PcaCase {
    pub n_components: usize,
    /// Mean squared errors of the new points.
    pub errors: Vec<f64>,
}

impl Fixture {
    pub(super) fn load() -> Self {
        serde_json::from_str(FIXTURE).expect("the fixture is committed")
    }
}
