//! Finding the components, a few milliseconds at a time.

use super::Pca;
use super::covariance::Covariance;
use super::eigen::{Eigen, make_orthonormal};
use crate::evaluation::baselines::SLICE_COST;
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
    block: Vec<Vec<f64>>,
    /// Products with the covariance of the first vectors of the block.
    products: Vec<Vec<f64>>,
    n_iterations: usize,
    eigen: Option<Eigen>,
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
        let mut block: Vec<Vec<f64>> = (0..block_size).map(&mut direction).collect();
        make_orthonormal(&mut block);
        Self {
            covariance: Covariance::new(items, dimension),
            n_components,
            block,
            products: Vec::new(),
            n_iterations: 0,
            eigen: None,
        }
    }

    /// How far the fit is, 0…1.
    pub fn progress(&self) -> f32 {
        let iterations = self.n_iterations as f32 / (N_ITERATIONS + 1) as f32;
        f32::midpoint(self.covariance.progress(), iterations)
    }

    /// One slice, with the same items each time; the components come with the last one.
    pub fn step(&mut self, items: &[f32]) -> Option<Pca> {
        if let Some(eigen) = &mut self.eigen {
            for _ in 0..(SLICE_COST / eigen.step_cost().max(1)).max(1) {
                if eigen.is_done() {
                    return Some(Pca {
                        means: self.covariance.means().to_vec(),
                        components: eigen.combine(&self.block, self.n_components),
                    });
                }
                eigen.step();
            }
        } else if self.covariance.is_complete() {
            self.iterate();
        } else {
            self.covariance.add_some(items);
        }
        None
    }

    /// Multiplies some vectors of the block; after the last one the block is replaced, or its eigenvectors are begun.
    fn iterate(&mut self) {
        let dimension = self.covariance.dimension();
        let n_left = self.block.len() - self.products.len();
        let n_vectors = (SLICE_COST / (dimension * dimension).max(1)).clamp(1, n_left.max(1));
        let some = &self.block[self.products.len()..][..n_vectors.min(n_left)];
        self.products.extend(self.covariance.times(some));
        if self.products.len() < self.block.len() {
            return;
        }
        let products = std::mem::take(&mut self.products);
        self.n_iterations += 1;
        // A block of all directions holds the components from the start.
        let is_whole = self.block.len() == dimension;
        if is_whole || self.n_iterations > N_ITERATIONS {
            let row =
                |vector: &Vec<f64>| products.iter().map(|it| super::dot(vector, it)).collect();
            self.eigen = Some(Eigen::new(self.block.iter().map(row).collect()));
        } else {
            self.block = products;
            make_orthonormal(&mut self.block);
        }
    }
}
