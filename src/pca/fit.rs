//! Finding the components, a few milliseconds at a time.

use super::covariance::Covariance;
use super::eigen::{Eigen, make_orthonormal};
use super::{Pca, SLICE_COST, dot};
use crate::random::Mt19937;

/// Directions that are searched beside those that are asked for; the more, the faster the search converges.
const FEWEST_BESIDE: usize = 8;
const MOST_BESIDE: usize = 32;

/// Multiplications with the covariance. Where the variance along the first direction left out of the search is half
/// of that along the last one asked for, what is still mixed in shrinks by two each time.
const N_ITERATIONS: usize = 30;

/// The start of the search, which the result hardly depends on.
const START_SEED: u64 = 0;

/// A fit in progress: the covariance, then subspace iteration (Golub and Van Loan, *Matrix Computations*, 8.2.4) with
/// some directions more than asked for, then the eigenvectors within the subspace (Rayleigh and Ritz).
#[derive(Clone, Debug)]
pub struct PcaFit {
    covariance: Covariance,
    n_components: usize,
    /// The directions that are searched; at right angles but while they are being made so.
    block: Vec<Vec<f64>>,
    n_iterations: usize,
    stage: Stage,
}

#[derive(Clone, Debug)]
enum Stage {
    /// The covariance grows.
    Adding,
    /// The first `n_done` directions of the block are at right angles.
    Straightening { n_done: usize },
    /// The first directions of the block are multiplied with the covariance.
    Multiplying { products: Vec<Vec<f64>> },
    /// The covariance within the block, its first rows.
    Projecting {
        products: Vec<Vec<f64>>,
        rows: Vec<Vec<f64>>,
    },
    /// The eigenvectors within the block are found.
    Turning(Eigen),
    /// The first components are mixed from the block.
    Mixing {
        weights: Vec<Vec<f64>>,
        components: Vec<Vec<f64>>,
    },
}

impl PcaFit {
    /// Begins a fit to items (`n × dimension`, item by item); there are no more components than values.
    pub fn new(items: &[f32], dimension: usize, n_components: usize) -> Self {
        let n_components = n_components.min(dimension);
        let beside = n_components.clamp(FEWEST_BESIDE, MOST_BESIDE);
        let mut generator = Mt19937::new(START_SEED);
        let mut direction = |_| -> Vec<f64> {
            let draws = (0..dimension).map(|_| f64::from(generator.normal()));
            draws.collect()
        };
        let block_size = (n_components + beside).min(dimension);
        Self {
            covariance: Covariance::new(items, dimension),
            n_components,
            block: (0..block_size).map(&mut direction).collect(),
            n_iterations: 0,
            stage: Stage::Adding,
        }
    }

    /// Multiplications in the whole of the fit, about.
    pub fn cost(&self) -> f64 {
        let size = (self.dimension() * self.dimension()) as f64;
        let n_products = (N_ITERATIONS + 1) * self.block.len();
        size * (0.5 * self.covariance.n_items() as f64 + n_products as f64)
    }

    /// How far the fit is, 0…1.
    pub fn progress(&self) -> f32 {
        let iterations = self.n_iterations as f32 / (N_ITERATIONS + 1) as f32;
        f32::midpoint(self.covariance.progress(), iterations)
    }

    /// One slice, with the same items each time; the components come with the last one.
    pub fn step(&mut self, items: &[f32]) -> Option<Pca> {
        let stage = std::mem::replace(&mut self.stage, Stage::Adding);
        self.stage = match stage {
            Stage::Adding => self.add(items),
            Stage::Straightening { n_done } => self.straighten(n_done),
            Stage::Multiplying { products } => self.multiply(products),
            Stage::Projecting { products, rows } => self.project(products, rows),
            Stage::Turning(eigen) => self.turn(eigen),
            Stage::Mixing {
                weights,
                components,
            } => self.mix(weights, components),
        };
        match &mut self.stage {
            Stage::Mixing {
                weights,
                components,
            } if components.len() == weights.len() => Some(Pca {
                means: self.covariance.means().to_vec(),
                components: std::mem::take(components),
            }),
            _ => None,
        }
    }

    fn add(&mut self, items: &[f32]) -> Stage {
        if self.covariance.is_complete() {
            return Stage::Straightening { n_done: 0 };
        }
        self.covariance.add_some(items);
        Stage::Adding
    }

    fn straighten(&mut self, n_done: usize) -> Stage {
        if n_done == self.block.len() {
            let products = Vec::new();
            return Stage::Multiplying { products };
        }
        let end = n_done + n_at_once(4 * self.block.len() * self.dimension());
        let end = end.min(self.block.len());
        make_orthonormal(&mut self.block[..end], n_done);
        Stage::Straightening { n_done: end }
    }

    fn multiply(&mut self, mut products: Vec<Vec<f64>>) -> Stage {
        let n_done = products.len();
        let end = n_done + n_at_once(self.dimension() * self.dimension());
        let some = &self.block[n_done..end.min(self.block.len())];
        products.extend(self.covariance.times(some));
        if products.len() < self.block.len() {
            return Stage::Multiplying { products };
        }
        self.n_iterations += 1;
        // A block of all directions holds the components from the start.
        let is_whole = self.block.len() == self.dimension();
        if is_whole || self.n_iterations > N_ITERATIONS {
            let rows = Vec::new();
            return Stage::Projecting { products, rows };
        }
        self.block = products;
        Stage::Straightening { n_done: 0 }
    }

    fn project(&self, products: Vec<Vec<f64>>, mut rows: Vec<Vec<f64>>) -> Stage {
        if rows.len() == self.block.len() {
            return Stage::Turning(Eigen::new(rows));
        }
        let n_rows = n_at_once(self.block.len() * self.dimension());
        let row = |vector: &Vec<f64>| products.iter().map(|it| dot(vector, it)).collect();
        let some: Vec<Vec<f64>> = self.block[rows.len()..]
            .iter()
            .take(n_rows)
            .map(row)
            .collect();
        rows.extend(some);
        Stage::Projecting { products, rows }
    }

    fn turn(&self, mut eigen: Eigen) -> Stage {
        for _ in 0..n_at_once(eigen.step_cost()) {
            if eigen.is_done() {
                return Stage::Mixing {
                    weights: eigen.largest(self.n_components),
                    components: Vec::new(),
                };
            }
            eigen.step();
        }
        Stage::Turning(eigen)
    }

    fn mix(&self, weights: Vec<Vec<f64>>, mut components: Vec<Vec<f64>>) -> Stage {
        let n_some = n_at_once(self.block.len() * self.dimension());
        for weights in weights.iter().skip(components.len()).take(n_some) {
            let mut mixed = vec![0.0; self.dimension()];
            for (weight, vector) in weights.iter().zip(&self.block) {
                for (sum, entry) in mixed.iter_mut().zip(vector) {
                    *sum += weight * entry;
                }
            }
            components.push(with_positive_largest(mixed));
        }
        Stage::Mixing {
            weights,
            components,
        }
    }

    fn dimension(&self) -> usize {
        self.covariance.dimension()
    }
}

/// Turns a direction round where its largest entry is negative, as scikit-learn's `svd_flip` does.
fn with_positive_largest(mut direction: Vec<f64>) -> Vec<f64> {
    let larger = |largest: f64, &entry: &f64| {
        if entry.abs() > largest.abs() {
            entry
        } else {
            largest
        }
    };
    if direction.iter().fold(0.0, larger) < 0.0 {
        for entry in &mut direction {
            *entry = -*entry;
        }
    }
    direction
}

/// How many units of work fit into a slice; one at least.
fn n_at_once(cost: usize) -> usize {
    (SLICE_COST / cost.max(1)).max(1)
}
