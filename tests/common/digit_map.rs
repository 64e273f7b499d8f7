//! A map of the shipped handwritten digits, and how it compares with scikit-learn's.

use bottleneck::data::gunzip;
use bottleneck::latent::{Tsne, TsneSettings};
use serde::Deserialize;

/// Sums of levels over fields of 4 × 7 pixels.
pub const DIMENSION: usize = 28;

const DIGITS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/www/data/mnist.bin.gz");
const FIXTURE: &str = include_str!("../fixtures/sklearn/tsne_map.json");
const HEADER_SIZE: usize = 12;
const SIDE: usize = 28;
const FIELD_WIDTH: usize = 4;
const FIELD_HEIGHT: usize = 7;
const N_NEIGHBOURS: usize = 10;

/// How much the share of kept neighbours differs from one seed to another, about.
const SPREAD_OF_SEEDS: f64 = 0.003;

/// What is measured of a map.
#[derive(Clone, Copy, Debug, Deserialize)]
pub struct Figures {
    pub n_points: usize,
    /// In nats.
    pub divergence: f64,
    /// The share of each point's 10 nearest that are among its 10 nearest on the map, too.
    pub preservation: f64,
}

impl Figures {
    /// Whether a map is as good as another: its divergence within 2 %, and no fewer neighbours kept than another seed
    /// would have it.
    pub fn are_as_good_as(&self, other: &Self) -> bool {
        self.divergence <= 1.02 * other.divergence
            && self.preservation >= other.preservation - SPREAD_OF_SEEDS
    }
}

#[derive(Deserialize)]
struct Fixture {
    maps: Vec<Figures>,
}

/// Scikit-learn's figures for so many digits.
pub fn scikit_learn(n_points: usize) -> Figures {
    let fixture: Fixture = serde_json::from_str(FIXTURE).expect("the fixture is committed");
    let mut maps = fixture.maps.into_iter();
    maps.find(|map| map.n_points == n_points)
        .expect("the fixture has a map of so many")
}

/// The first digits, each in [`DIMENSION`] numbers, as `tests/fixtures/make_tsne_map_fixture.py` has them.
pub fn points(n_points: usize) -> Vec<f32> {
    let packed = std::fs::read(DIGITS).expect("it is in the repository");
    let content = gunzip(&packed).expect("it is well formed");
    let pixels = &content[HEADER_SIZE..][..n_points * SIDE * SIDE];
    let fields = pixels.chunks_exact(SIDE * FIELD_HEIGHT).flat_map(|rows| {
        (0..SIDE).step_by(FIELD_WIDTH).map(|left| {
            let lines = rows.chunks_exact(SIDE);
            let levels = lines.flat_map(|line| &line[left..left + FIELD_WIDTH]);
            levels.map(|&level| u32::from(level)).sum::<u32>() as f32
        })
    });
    fields.collect()
}

/// The beginning of their map.
pub fn map_of(points: &[f32]) -> Tsne {
    Tsne::new(points, DIMENSION, TsneSettings::default()).expect("the digits are good points")
}

/// What is measured of a finished map.
pub fn figures(points: &[f32], map: &Tsne) -> Figures {
    let layout = map.embedding();
    Figures {
        n_points: layout.len() / 2,
        divergence: map.divergence().expect("the map is drawn"),
        preservation: preservation(points, layout),
    }
}

fn preservation(points: &[f32], layout: &[f32]) -> f64 {
    let n_points = layout.len() / 2;
    let kept = |i: usize| {
        let nearest = nearest(points, DIMENSION, i);
        let on_map = self::nearest(layout, 2, i);
        nearest.iter().filter(|j| on_map.contains(j)).count()
    };
    (0..n_points).map(kept).sum::<usize>() as f64 / (n_points * N_NEIGHBOURS) as f64
}

fn nearest(points: &[f32], dimension: usize, i: usize) -> Vec<usize> {
    let from = &points[i * dimension..][..dimension];
    let distance = |to: &[f32]| -> f32 {
        let differences = from.iter().zip(to).map(|(from, to)| from - to);
        differences.map(|difference| difference * difference).sum()
    };
    let distances = points.chunks_exact(dimension).map(distance);
    let mut others: Vec<(f32, usize)> = distances.zip(0..).filter(|&(_, j)| j != i).collect();
    others.select_nth_unstable_by(N_NEIGHBOURS, |one, other| one.0.total_cmp(&other.0));
    others[..N_NEIGHBOURS].iter().map(|&(_, j)| j).collect()
}
