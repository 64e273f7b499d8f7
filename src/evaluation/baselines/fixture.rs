//! What scikit-learn computes for a few points, made by `tests/fixtures/make_evaluation_fixtures.py`.

use serde::Deserialize;

const FIXTURE: &str = include_str!("../../../tests/fixtures/sklearn/baselines.json");

#[derive(Deserialize)]
pub(super) struct BaselinesFixture {
    pub dimension: usize,
    pub learned: Vec<f32>,
    pub new: Vec<f32>,
    pub n_neighbours: usize,
    pub mean_distances: Vec<f64>,
}

pub(super) fn baselines() -> BaselinesFixture {
    serde_json::from_str(FIXTURE).expect("the fixture is committed")
}
