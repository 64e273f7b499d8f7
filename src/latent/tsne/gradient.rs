//! What t-SNE minimises, and in which direction it falls.
//!
//! With `w_ij = 1 / (1 + |y_i − y_j|²)` and `q_ij = w_ij / Z`, `Z` the sum of all `w`, the divergence is
//! `Σ p_ij ln(p_ij / q_ij)` and its gradient `4 Σ_j (p_ij − q_ij) w_ij (y_i − y_j)` (van der Maaten and Hinton, 2008).
//! The part with `p` attracts and needs near pairs only; the part with `q` repels, and all points take part in it.

use super::affinities::Affinities;
use super::layout::Layout;
use super::repulsion::Repulsions;

/// Two SIMD registers of four, so that one division need not wait for the other.
const LANES: usize = 8;

/// The gradient at each point, `[x, y]` with `n` values each; attraction is multiplied by `exaggeration`.
pub(super) fn gradient(
    affinities: &Affinities,
    layout: &Layout,
    exaggeration: f32,
) -> [Vec<f32>; 2] {
    let Repulsions { mut x, mut y, z } = Repulsions::of(layout);
    let repulsion_scale = (1.0 / z.max(f64::from(f32::MIN_POSITIVE))) as f32;
    let total = |attraction: f32, repulsion: f32| {
        4.0 * (exaggeration * attraction - repulsion_scale * repulsion)
    };
    let places = layout.places();
    for (i, (x, y)) in x.iter_mut().zip(&mut y).enumerate() {
        let pull = attraction(affinities, &places, i);
        (*x, *y) = (total(pull.0, *x), total(pull.1, *y));
    }
    [x, y]
}

/// The Kullback-Leibler divergence of the layout's probabilities from the affinities, in nats; over all pairs.
pub(super) fn divergence(affinities: &Affinities, layout: &Layout) -> f64 {
    let z = Repulsions::by_pairs(layout).z;
    let z = z.max(f64::from(f32::MIN_POSITIVE));
    let of_row = |i: usize| -> f64 {
        let pairs = affinities.row(i).filter(|&(_, p)| p > 0.0);
        let terms = pairs.map(|(j, p)| {
            let (x, y) = layout.difference(i, j);
            let p = f64::from(p);
            p * (p * z * (1.0 + f64::from(x * x + y * y))).ln()
        });
        terms.sum()
    };
    (0..affinities.n()).map(of_row).sum()
}

/// `Σ_j p_ij w_ij (y_i − y_j)`.
fn attraction(affinities: &Affinities, places: &[[f32; 2]], i: usize) -> (f32, f32) {
    let (neighbours, values) = affinities.pairs(i);
    let (neighbour_blocks, neighbour_rest) = neighbours.as_chunks::<LANES>();
    let (value_blocks, value_rest) = values.as_chunks::<LANES>();
    let at = places[i];
    let (mut x, mut y) = ([0.0; LANES], [0.0; LANES]);
    let mut add = |lane: usize, [to_x, to_y]: [f32; 2], p: f32| {
        let pull = p / (1.0 + to_x * to_x + to_y * to_y);
        x[lane] += pull * to_x;
        y[lane] += pull * to_y;
    };
    let from = |j: u32| {
        let [x, y] = places[j as usize];
        [at[0] - x, at[1] - y]
    };
    for (neighbours, values) in neighbour_blocks.iter().zip(value_blocks) {
        let differences = neighbours.map(from);
        for lane in 0..LANES {
            add(lane, differences[lane], values[lane]);
        }
    }
    for (lane, (&j, &p)) in neighbour_rest.iter().zip(value_rest).enumerate() {
        add(lane, from(j), p);
    }
    (x.iter().sum(), y.iter().sum())
}
