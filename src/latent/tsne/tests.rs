//! The whole of t-SNE: clusters, repeatability, the gradient, odd points.

use super::affinities::{Affinities, AffinitySearch};
use super::gradient::{divergence, gradient};
use super::layout::Layout;
use super::points::Points;
use super::{Tsne, TsneError, TsneSettings};
use crate::random::Mt19937;

const DIMENSION: usize = 6;

/// Three clouds whose centres are 12 standard deviations apart; point `i` belongs to cloud `i % 3`.
fn clouds(n: usize) -> Vec<f32> {
    let mut generator = Mt19937::new(11);
    let indices = (0..n).flat_map(|i| (0..DIMENSION).map(move |feature| (i, feature)));
    let value = |(i, feature)| {
        let centre = if i % 3 == feature { 8.5 } else { 0.0 };
        centre + generator.normal()
    };
    indices.map(value).collect()
}

fn settings(n_iterations: usize, seed: u64) -> TsneSettings {
    TsneSettings {
        n_iterations,
        seed,
        ..TsneSettings::default()
    }
}

fn finished(points: &[f32], dimension: usize, settings: TsneSettings) -> Tsne {
    let mut tsne = Tsne::new(points, dimension, settings).expect("good points");
    while !tsne.is_finished() {
        tsne.step();
    }
    tsne
}

/// The part of all 10 nearest neighbours on the map that belong to the same cloud.
fn purity(embedding: &[f32]) -> f32 {
    const N_NEIGHBOURS: usize = 10;
    let n = embedding.len() / 2;
    let map = Points::new(embedding, 2).expect("a map");
    let n_same = |i: usize| {
        let distances = map.squared_distances(i);
        let mut others: Vec<usize> = (0..n).filter(|&j| j != i).collect();
        others.sort_by(|&one, &other| distances[one].total_cmp(&distances[other]));
        let nearest = others.iter().take(N_NEIGHBOURS);
        nearest.filter(|&&j| j % 3 == i % 3).count()
    };
    (0..n).map(n_same).sum::<usize>() as f32 / (n * N_NEIGHBOURS) as f32
}

#[test]
fn separate_clouds_stay_separate() {
    // Repelled pair by pair, and by squares.
    for n in [240, 540] {
        let tsne = finished(&clouds(n), DIMENSION, settings(500, 1));
        let purity = purity(tsne.embedding());
        assert!(purity > 0.95, "{n} points: purity {purity}");
    }
}

#[test]
fn a_seed_gives_the_same_map_again_and_another_seed_another() {
    for n in [60, 450] {
        let points = clouds(n);
        let map = |seed| {
            let tsne = finished(&points, DIMENSION, settings(60, seed));
            tsne.embedding().to_vec()
        };
        assert_eq!(map(3), map(3));
        assert_ne!(map(3), map(4));
    }
}

#[test]
fn the_divergence_falls_once_attraction_is_no_longer_exaggerated() {
    let mut tsne = Tsne::new(&clouds(120), DIMENSION, settings(450, 1)).expect("good points");
    assert_eq!(tsne.divergence(), None);
    let mut divergences = Vec::new();
    while !tsne.is_finished() {
        let before = tsne.iteration();
        tsne.step();
        if tsne.iteration() > before && [1, 150, 160, 250, 450].contains(&tsne.iteration()) {
            divergences.extend(tsne.divergence());
        }
    }
    let [first, rest @ ..] = &divergences[..] else {
        panic!("five divergences");
    };
    assert!(
        rest.is_sorted_by(|earlier, later| earlier > later),
        "{divergences:?}"
    );
    assert!(rest[3] > 0.0 && rest[3] < 0.5 * first, "{divergences:?}");
}

#[test]
fn progress_rises_from_0_to_1() {
    let mut tsne = Tsne::new(&clouds(90), DIMENSION, settings(50, 1)).expect("good points");
    assert_eq!(
        (tsne.progress(), tsne.iteration(), tsne.n_iterations()),
        (0.0, 0, 50)
    );
    assert!(tsne.embedding().iter().all(|&value| value == 0.0));
    let mut before = 0.0;
    while !tsne.is_finished() {
        tsne.step();
        assert!(tsne.progress() >= before && tsne.progress() <= 1.0);
        before = tsne.progress();
    }
    assert_eq!((tsne.progress(), tsne.iteration()), (1.0, 50));
    let map = tsne.embedding().to_vec();
    tsne.step();
    assert_eq!((tsne.iteration(), tsne.embedding()), (50, &map[..]));
}

#[test]
fn the_gradient_is_that_of_finite_differences() {
    const STEP: f64 = 1e-4;
    let n = 14;
    let mut generator = Mt19937::new(8);
    let values: Vec<f32> = (0..3 * n).map(|_| generator.normal()).collect();
    // With this perplexity every point is a neighbour of every other.
    let mut search = AffinitySearch::new(n, 4.3);
    let points = Points::new(&values, 3).expect("enough points");
    search.search_rows(2 * n, &points);
    let affinities = search.take_joint().expect("each row is found and joined");
    let places: Vec<f32> = (0..2 * n).map(|_| generator.normal()).collect();
    let layout = Layout::from_interleaved(&places);
    let [x, y] = gradient(&affinities, &layout, 1.0);
    let found = Layout { x, y }.interleaved();

    let places: Vec<f64> = places.into_iter().map(f64::from).collect();
    let moved = |idx: usize, by: f64| {
        let mut places = places.clone();
        places[idx] += by;
        dense_divergence(&affinities, &places)
    };
    for (idx, &slope) in found.iter().enumerate() {
        let expected = (moved(idx, STEP) - moved(idx, -STEP)) / (2.0 * STEP);
        assert!(
            (f64::from(slope) - expected).abs() < 1e-6,
            "{idx}: {slope}, not {expected}"
        );
    }
    let difference = divergence(&affinities, &layout) - moved(0, 0.0);
    assert!(difference.abs() < 1e-6, "differs by {difference}");
}

/// The divergence in double precision, by its definition.
fn dense_divergence(affinities: &Affinities, places: &[f64]) -> f64 {
    let n = affinities.n();
    let weight = |i: usize, j: usize| {
        let (x, y) = (
            places[2 * i] - places[2 * j],
            places[2 * i + 1] - places[2 * j + 1],
        );
        1.0 / (1.0 + x * x + y * y)
    };
    let others = |i| (0..n).filter(move |&j| j != i);
    let z: f64 = (0..n)
        .flat_map(|i| others(i).map(move |j| weight(i, j)))
        .sum();
    let pairs = (0..n).flat_map(|i| affinities.row(i).map(move |(j, p)| (i, j, f64::from(p))));
    pairs.map(|(i, j, p)| p * (p * z / weight(i, j)).ln()).sum()
}

#[test]
fn odd_points_give_finite_maps() {
    let line: Vec<f32> = (0..40).map(|i| i as f32).collect();
    let mut twins = clouds(20);
    twins.extend_from_within(..);
    let mut outlier = clouds(30);
    outlier[0] = 1e30;
    let few = clouds(4);
    let huge = [f32::MAX, f32::MIN].repeat(10);
    let cases = [
        ("identical", &vec![0.3; 150], 3),
        ("on a line", &line, 1),
        ("twins", &twins, DIMENSION),
        ("with an outlier", &outlier, DIMENSION),
        ("few", &few, DIMENSION),
        ("huge", &huge, 1),
    ];
    for (name, points, dimension) in cases {
        let tsne = finished(points, dimension, settings(400, 1));
        assert!(
            tsne.embedding().iter().all(|value| value.is_finite()),
            "{name}"
        );
        assert!(tsne.divergence().is_some_and(f64::is_finite), "{name}");
        let mut places: Vec<_> = tsne
            .embedding()
            .chunks_exact(2)
            .map(|place| [place[0].to_bits(), place[1].to_bits()])
            .collect();
        places.sort_unstable();
        places.dedup();
        assert_eq!(places.len(), tsne.embedding().len() / 2, "{name}");
    }
}

#[test]
fn what_cannot_be_laid_out_is_refused() {
    let error = |points: &[f32], perplexity| {
        let settings = TsneSettings {
            perplexity,
            ..TsneSettings::default()
        };
        Tsne::new(points, 2, settings).err()
    };
    assert_eq!(
        error(&[0.0; 6], 30.0),
        Some(TsneError::TooFewPoints { n: 3, needed: 4 })
    );
    let not_finite = [0.0, 0.0, 0.0, f32::NAN, 0.0, 0.0, 0.0, 0.0];
    assert_eq!(
        error(&not_finite, 30.0),
        Some(TsneError::NotFinite { point: 1 })
    );
    for perplexity in [0.0, 0.9, -5.0, f32::NAN, f32::INFINITY] {
        let impossible = error(&[0.0; 8], perplexity);
        assert!(matches!(
            impossible,
            Some(TsneError::ImpossiblePerplexity { .. })
        ));
    }
}
