//! How values vary together.

use super::SLICE_COST;

/// Items whose products are added in one go, so that the matrix is read less often.
const MOST_ITEMS_AT_ONCE: usize = 16;

/// `dimension × dimension` sums of products of differences from the mean, growing item by item.
#[derive(Clone, Debug)]
pub(super) struct Covariance {
    means: Vec<f64>,
    /// Row by row; only from the diagonal on until it is complete.
    sums: Vec<f64>,
    n_added: usize,
    n_items: usize,
}

impl Covariance {
    /// Nothing yet of items (`n × dimension`).
    pub fn new(items: &[f32], dimension: usize) -> Self {
        let n_items = items.len() / dimension.max(1);
        let mut means = vec![0.0; dimension];
        for (idx, &value) in items.iter().enumerate() {
            means[idx % dimension] += f64::from(value);
        }
        for mean in &mut means {
            *mean /= n_items.max(1) as f64;
        }
        Self {
            means,
            sums: vec![0.0; dimension * dimension],
            n_added: 0,
            n_items,
        }
    }

    pub fn dimension(&self) -> usize {
        self.means.len()
    }

    pub fn means(&self) -> &[f64] {
        &self.means
    }

    pub fn n_items(&self) -> usize {
        self.n_items
    }

    /// The part of the items that is in, 0…1.
    pub fn progress(&self) -> f32 {
        self.n_added as f32 / self.n_items.max(1) as f32
    }

    pub fn is_complete(&self) -> bool {
        self.n_added == self.n_items
    }

    /// Adds some more items; with the last ones the matrix is complete.
    pub fn add_some(&mut self, items: &[f32]) {
        let dimension = self.dimension();
        let cost = (dimension * dimension / 2).max(1);
        let mut left = (SLICE_COST / cost).max(1);
        while left > 0 && !self.is_complete() {
            let n_items = left
                .min(MOST_ITEMS_AT_ONCE)
                .min(self.n_items - self.n_added);
            let some = &items[self.n_added * dimension..][..n_items * dimension];
            self.add(some);
            self.n_added += n_items;
            left -= n_items;
        }
        if self.is_complete() {
            self.mirror();
        }
    }

    fn add(&mut self, items: &[f32]) {
        let dimension = self.dimension();
        let values = items.iter().zip(self.means.iter().cycle());
        let differences: Vec<f64> = values
            .map(|(&value, mean)| f64::from(value) - mean)
            .collect();
        for (row_idx, row) in self.sums.chunks_exact_mut(dimension).enumerate() {
            let row = &mut row[row_idx..];
            for item in differences.chunks_exact(dimension) {
                let factor = item[row_idx];
                // Pixels that never change are many.
                if factor != 0.0 {
                    for (sum, difference) in row.iter_mut().zip(&item[row_idx..]) {
                        *sum += factor * difference;
                    }
                }
            }
        }
    }

    fn mirror(&mut self) {
        let dimension = self.dimension();
        for row in 1..dimension {
            for column in 0..row {
                self.sums[row * dimension + column] = self.sums[column * dimension + row];
            }
        }
    }

    /// The matrix times some vectors.
    pub fn times(&self, vectors: &[Vec<f64>]) -> Vec<Vec<f64>> {
        let mut products = vec![Vec::with_capacity(self.dimension()); vectors.len()];
        // All vectors meet a row in turn, while it is in the cache.
        for row in self.sums.chunks_exact(self.dimension().max(1)) {
            for (product, vector) in products.iter_mut().zip(vectors) {
                product.push(super::dot(row, vector));
            }
        }
        products
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_are_those_of_a_hand() {
        let items = [1.0, 10.0, 2.0, 30.0, 3.0, 20.0];
        let mut covariance = Covariance::new(&items, 2);
        while !covariance.is_complete() {
            covariance.add_some(&items);
        }
        assert_eq!(covariance.means(), [2.0, 20.0]);
        let products = covariance.times(&[vec![1.0, 0.0], vec![0.0, 1.0]]);
        assert_eq!(products, [vec![2.0, 10.0], vec![10.0, 200.0]]);
    }
}
