//! Eigenvalues and eigenvectors of a small symmetric matrix.

use super::dot;

/// Sweeps over all pairs; convergence is quadratic, and a matrix of some hundred rows takes eight to ten.
const MOST_SWEEPS: usize = 16;

/// Off-diagonal entries below this part of the diagonal count as zero.
const TOLERANCE: f64 = 1e-15;

/// Jacobi's method (Golub and Van Loan, *Matrix Computations*, 8.5): pairs of rows are turned against each other until
/// nothing is left beside the diagonal. A step turns one row against all later ones.
#[derive(Clone, Debug)]
pub(super) struct Eigen {
    matrix: Vec<Vec<f64>>,
    /// Row by row the eigenvectors that are found.
    vectors: Vec<Vec<f64>>,
    next_row: usize,
    n_sweeps: usize,
    has_turned: bool,
}

impl Eigen {
    /// Begins with a symmetric matrix, row by row.
    pub fn new(matrix: Vec<Vec<f64>>) -> Self {
        let n_rows = matrix.len();
        let unit = |row| {
            (0..n_rows)
                .map(|column| f64::from(u8::from(row == column)))
                .collect()
        };
        Self {
            vectors: (0..n_rows).map(unit).collect(),
            matrix,
            next_row: 0,
            n_sweeps: 0,
            has_turned: false,
        }
    }

    /// Whether nothing is left to do.
    pub fn is_done(&self) -> bool {
        self.n_sweeps >= MOST_SWEEPS || self.matrix.len() < 2
    }

    /// Multiplications in one step.
    pub fn step_cost(&self) -> usize {
        6 * self.matrix.len() * self.matrix.len()
    }

    /// Turns one row against the later ones.
    pub fn step(&mut self) {
        let row = self.next_row;
        for other in row + 1..self.matrix.len() {
            self.turn(row, other);
        }
        self.next_row += 1;
        if self.next_row + 1 >= self.matrix.len() {
            self.next_row = 0;
            self.n_sweeps = if self.has_turned {
                self.n_sweeps + 1
            } else {
                MOST_SWEEPS
            };
            self.has_turned = false;
        }
    }

    /// The eigenvectors of the largest eigenvalues, the largest first.
    pub fn largest(&self, n_vectors: usize) -> Vec<Vec<f64>> {
        let mut order: Vec<usize> = (0..self.matrix.len()).collect();
        order.sort_by(|&a, &b| self.matrix[b][b].total_cmp(&self.matrix[a][a]));
        let largest = order.into_iter().take(n_vectors);
        largest.map(|idx| self.vectors[idx].clone()).collect()
    }

    fn turn(&mut self, p: usize, q: usize) {
        let (app, aqq, apq) = (self.matrix[p][p], self.matrix[q][q], self.matrix[p][q]);
        if apq.abs() <= TOLERANCE * (app.abs() * aqq.abs()).sqrt() || apq == 0.0 {
            return;
        }
        self.has_turned = true;
        let tau = (aqq - app) / (2.0 * apq);
        let tangent = tau.signum() / (tau.abs() + tau.hypot(1.0));
        let cos = 1.0 / tangent.hypot(1.0);
        let sin = tangent * cos;
        for row in &mut self.matrix {
            (row[p], row[q]) = (cos * row[p] - sin * row[q], sin * row[p] + cos * row[q]);
        }
        turn_rows(&mut self.matrix, p, q, (cos, sin));
        turn_rows(&mut self.vectors, p, q, (cos, sin));
    }
}

fn turn_rows(rows: &mut [Vec<f64>], p: usize, q: usize, (cos, sin): (f64, f64)) {
    let (before, from_q) = rows.split_at_mut(q);
    for (one, other) in before[p].iter_mut().zip(&mut from_q[0]) {
        (*one, *other) = (cos * *one - sin * *other, sin * *one + cos * *other);
    }
}

/// Makes vectors of length 1 and at right angles to each other, in their order, of which the first `n_done` are so
/// already (Gram and Schmidt, twice, since one pass leaves rounding errors). What the vectors before explain becomes
/// zero.
pub(super) fn make_orthonormal(vectors: &mut [Vec<f64>], n_done: usize) {
    for idx in n_done..vectors.len() {
        let (before, from_here) = vectors.split_at_mut(idx);
        let Some(vector) = from_here.first_mut() else {
            return;
        };
        let length_before = dot(vector, vector).sqrt();
        for _ in 0..2 {
            for earlier in before.iter() {
                let along = dot(earlier, vector);
                for (entry, other) in vector.iter_mut().zip(earlier) {
                    *entry -= along * other;
                }
            }
        }
        let length = dot(vector, vector).sqrt();
        let is_left = length > 1e-12 * length_before && length > 0.0;
        let scale = if is_left { 1.0 / length } else { 0.0 };
        for entry in vector.iter_mut() {
            *entry *= scale;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Mt19937;

    fn solved(matrix: Vec<Vec<f64>>) -> Eigen {
        let mut eigen = Eigen::new(matrix);
        while !eigen.is_done() {
            eigen.step();
        }
        eigen
    }

    #[test]
    fn every_vector_is_only_stretched() {
        let mut generator = Mt19937::new(2);
        let n = 20;
        let draws: Vec<f64> = (0..n * n).map(|_| f64::from(generator.normal())).collect();
        let entry = |row: usize, column: usize| draws[row * n + column] + draws[column * n + row];
        let row = |row| (0..n).map(|column| entry(row, column)).collect();
        let matrix: Vec<Vec<f64>> = (0..n).map(row).collect();
        let eigen = solved(matrix.clone());
        let vectors = eigen.largest(n);
        assert_eq!(vectors.len(), n);
        let mut last = f64::INFINITY;
        for vector in vectors {
            let product: Vec<f64> = matrix.iter().map(|row| dot(row, &vector)).collect();
            let stretch = dot(&product, &vector);
            for (entry, product) in vector.iter().zip(product) {
                assert!((product - stretch * entry).abs() < 1e-10);
            }
            assert!(stretch <= last, "the largest comes first");
            last = stretch;
        }
    }

    #[test]
    fn small_matrices_are_done_at_once() {
        assert!(Eigen::new(vec![vec![3.0]]).is_done());
        assert!(Eigen::new(Vec::new()).is_done());
        assert!(solved(vec![vec![1.0, 0.0], vec![0.0, 2.0]]).is_done());
    }

    #[test]
    fn vectors_that_add_nothing_become_zero() {
        let mut vectors = vec![vec![3.0, 4.0], vec![6.0, 8.0], vec![0.0, 1.0]];
        make_orthonormal(&mut vectors, 0);
        assert!((vectors[0][0] - 0.6).abs() < 1e-12);
        assert_eq!(vectors[1], [0.0, 0.0]);
        assert!(dot(&vectors[0], &vectors[2]).abs() < 1e-12);
        assert!((dot(&vectors[2], &vectors[2]) - 1.0).abs() < 1e-12);
    }
}
