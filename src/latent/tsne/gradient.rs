//! What t-SNE minimises, and in which direction it falls.
//!
//! With `w_ij = 1 / (1 + |y_i − y_j|²)` and `q_ij = w_ij / Z`, `Z` the sum of all `w`, the divergence is
//! `Σ p_ij ln(p_ij / q_ij)` and its gradient `4 Σ_j (p_ij − q_ij) w_ij (y_i − y_j)` (van der Maaten and Hinton, 2008).
//! The part with `p` attracts and needs near pairs only; the part with `q` repels and needs all `n²` pairs.

use super::affinities::Affinities;
use super::layout::Layout;

/// Two SIMD registers of four, so that one division need not wait for the other.
const LANES: usize = 8;

/// The gradient at each point, `[x, y]` with `n` values each; attraction is multiplied by `exaggeration`.
pub(super) fn gradient(
    affinities: &Affinities,
    layout: &Layout,
    exaggeration: f32,
) -> [Vec<f32>; 2] {
    let (repulsions, z) = repulsions(layout);
    let repulsion_scale = (1.0 / z) as f32;
    let attractions = (0..affinities.n()).map(|i| attraction(affinities, layout, i));
    let forces = attractions.zip(repulsions);
    let total = |attraction: f32, repulsion: f32| {
        4.0 * (exaggeration * attraction - repulsion_scale * repulsion)
    };
    forces
        .map(|(pull, push)| (total(pull.0, push.x), total(pull.1, push.y)))
        .collect::<(Vec<_>, Vec<_>)>()
        .into()
}

/// The Kullback-Leibler divergence of the layout's probabilities from the affinities, in nats.
pub(super) fn divergence(affinities: &Affinities, layout: &Layout) -> f64 {
    let (_, z) = repulsions(layout);
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
fn attraction(affinities: &Affinities, layout: &Layout, i: usize) -> (f32, f32) {
    let mut sum = (0.0, 0.0);
    for (j, p) in affinities.row(i) {
        let (x, y) = layout.difference(i, j);
        let pull = p / (1.0 + x * x + y * y);
        sum.0 += pull * x;
        sum.1 += pull * y;
    }
    sum
}

/// One point's `Σ_j w_ij` and `Σ_j w_ij² (y_i − y_j)`.
#[derive(Clone, Copy, Default)]
struct Repulsion {
    weight: f32,
    x: f32,
    y: f32,
}

/// What pushes each point, not yet divided by `Z`; and `Z`.
fn repulsions(layout: &Layout) -> (Vec<Repulsion>, f64) {
    let of_point = |i: usize| {
        // Without the point itself: its weight of 1 would drown those of points far away.
        let mut lanes = Lanes::default();
        let at = (layout.x[i], layout.y[i]);
        lanes.add_all(at, &layout.x[..i], &layout.y[..i]);
        lanes.add_all(at, &layout.x[i + 1..], &layout.y[i + 1..]);
        lanes.total()
    };
    let repulsions: Vec<_> = (0..layout.x.len()).map(of_point).collect();
    let z: f64 = repulsions
        .iter()
        .map(|repulsion| f64::from(repulsion.weight))
        .sum();
    (repulsions, z.max(f64::from(f32::MIN_POSITIVE)))
}

/// Sums kept side by side, since the compiler may not reorder one sum of floats into SIMD registers by itself.
#[derive(Default)]
struct Lanes {
    weight: [f32; LANES],
    x: [f32; LANES],
    y: [f32; LANES],
}

impl Lanes {
    fn add_all(&mut self, at: (f32, f32), x: &[f32], y: &[f32]) {
        let (x_blocks, x_rest) = x.as_chunks::<LANES>();
        let (y_blocks, y_rest) = y.as_chunks::<LANES>();
        for (x, y) in x_blocks.iter().zip(y_blocks) {
            for lane in 0..LANES {
                self.add(lane, at, x[lane], y[lane]);
            }
        }
        for (lane, (&x, &y)) in x_rest.iter().zip(y_rest).enumerate() {
            self.add(lane, at, x, y);
        }
    }

    #[inline]
    fn add(&mut self, lane: usize, at: (f32, f32), x: f32, y: f32) {
        let (x, y) = (at.0 - x, at.1 - y);
        let weight = 1.0 / (1.0 + x * x + y * y);
        self.weight[lane] += weight;
        self.x[lane] += weight * weight * x;
        self.y[lane] += weight * weight * y;
    }

    fn total(&self) -> Repulsion {
        Repulsion {
            weight: self.weight.iter().sum(),
            x: self.x.iter().sum(),
            y: self.y.iter().sum(),
        }
    }
}
