//! What scikit-learn computes for a few points, made by `tests/fixtures/make_tsne_fixture.py`.

use serde::Deserialize;

const FIXTURE: &str = include_str!("../../../tests/fixtures/sklearn/tsne.json");

#[derive(Deserialize)]
pub(super) struct Fixture {
    pub(super) dimension: usize,
    pub(super) points: Vec<f32>,
    pca: Vec<f64>,
    pub(super) dense_perplexity: f64,
    dense_affinities: Vec<f64>,
    pub(super) sparse_perplexity: f64,
    sparse_neighbours: Vec<Vec<usize>>,
    sparse_affinities: Vec<Vec<f64>>,
}

impl Fixture {
    pub(super) fn load() -> Self {
        serde_json::from_str(FIXTURE).expect("the fixture is committed")
    }

    /// Coordinates along the first axis, then along the second.
    pub(super) fn pca_columns(&self) -> [Vec<f64>; 2] {
        [0, 1].map(|axis| self.pca.iter().skip(axis).step_by(2).copied().collect())
    }

    /// All other points of each point, from the upper triangle.
    pub(super) fn dense_rows(&self) -> Vec<Vec<(usize, f64)>> {
        let n = self.points.len() / self.dimension;
        let mut rows = vec![Vec::new(); n];
        let pairs = (0..n).flat_map(|i| (i + 1..n).map(move |j| (i, j)));
        for ((i, j), &p) in pairs.zip(&self.dense_affinities) {
            rows[i].push((j, p));
            rows[j].push((i, p));
        }
        for row in &mut rows {
            row.sort_by_key(|&(j, _)| j);
        }
        rows
    }

    /// The neighbours of each point.
    pub(super) fn sparse_rows(&self) -> Vec<Vec<(usize, f64)>> {
        let rows = self.sparse_neighbours.iter().zip(&self.sparse_affinities);
        rows.map(|(neighbours, affinities)| {
            let pairs = neighbours.iter().zip(affinities);
            pairs.map(|(&j, &p)| (j, p)).collect()
        })
        .collect()
    }
}
