//! Principal component analysis: the directions in which items differ most, found in slices of a few milliseconds.

mod covariance;
mod eigen;
mod fit;

#[cfg(test)]
mod fixture;

pub use fit::PcaFit;

/// Multiplications in a slice: a few milliseconds in a browser.
const SLICE_COST: usize = 4_000_000;

/// The directions in which items differ most: what the best linear autoencoder learns (Baldi and Hornik, 1989).
#[derive(Clone, Debug, PartialEq)]
pub struct Pca {
    means: Vec<f64>,
    /// Of length 1 and at right angles, the one of largest variance first; the largest entry of each is positive.
    components: Vec<Vec<f64>>,
}

impl Pca {
    /// How many numbers an item is reconstructed from.
    pub fn n_components(&self) -> usize {
        self.components.len()
    }

    /// Multiplications that reconstructing an item takes.
    pub fn cost(&self) -> usize {
        2 * self.means.len() * self.components.len()
    }

    /// Where an item lies along each component, seen from the mean.
    pub fn scores(&self, item: &[f32]) -> Vec<f64> {
        let differences: Vec<f64> = item
            .iter()
            .zip(&self.means)
            .map(|(&value, mean)| f64::from(value) - mean)
            .collect();
        let components = self.components.iter();
        components.map(|it| dot(it, &differences)).collect()
    }

    /// The item in the plane of the components that is nearest to `item`.
    pub fn reconstruct(&self, item: &[f32]) -> Vec<f32> {
        let mut reconstructed = self.means.clone();
        for (score, component) in self.scores(item).into_iter().zip(&self.components) {
            for (value, entry) in reconstructed.iter_mut().zip(component) {
                *value += score * entry;
            }
        }
        reconstructed
            .into_iter()
            .map(|value| value as f32)
            .collect()
    }
}

fn dot(one: &[f64], other: &[f64]) -> f64 {
    one.iter().zip(other).map(|(one, other)| one * other).sum()
}

#[cfg(test)]
mod tests {
    use super::fixture::Fixture;
    use super::*;
    use crate::random::Mt19937;

    fn summed_squares(item: &[f32], reconstructed: &[f32]) -> f64 {
        let pairs = item.iter().zip(reconstructed);
        pairs.map(|(a, b)| f64::from(a - b).powi(2)).sum()
    }

    fn fitted(items: &[f32], dimension: usize, n_components: usize) -> Pca {
        let mut fit = PcaFit::new(items, dimension, n_components);
        loop {
            let before = fit.progress();
            if let Some(pca) = fit.step(items) {
                return pca;
            }
            assert!((before..=1.0).contains(&fit.progress()));
        }
    }

    #[test]
    fn errors_are_those_of_scikit_learn() {
        let fixture = Fixture::load();
        assert!(!fixture.pca.is_empty());
        for case in &fixture.pca {
            let pca = fitted(&fixture.learned, fixture.dimension, case.n_components);
            assert_eq!(pca.n_components(), case.n_components);
            let items = fixture.new.chunks_exact(fixture.dimension);
            assert_eq!(items.len(), case.errors.len());
            for (item, expected) in items.zip(&case.errors) {
                let error = summed_squares(item, &pca.reconstruct(item)) / item.len() as f64;
                let difference = (error - expected).abs();
                assert!(difference < 1e-5 * expected, "{error} for {expected}");
            }
        }
    }

    #[test]
    fn many_directions_of_which_a_few_are_kept() {
        // 90 dimensions are more than the search keeps in its block, so that it has to converge.
        let mut generator = Mt19937::new(4);
        let dimension = 90;
        let item = |generator: &mut Mt19937| -> Vec<f32> {
            let value = |idx: usize| 0.9_f32.powf(idx as f32) * generator.normal();
            (0..dimension).map(value).collect()
        };
        let items: Vec<f32> = (0..4_000).flat_map(|_| item(&mut generator)).collect();
        let pca = fitted(&items, dimension, 10);
        // The directions are nearly the axes; what lies along the later ones is lost.
        let probe = |axis: usize| {
            let mut item = vec![0.0; dimension];
            item[axis] = 10.0;
            summed_squares(&item, &pca.reconstruct(&item))
        };
        assert!((0..6).all(|axis| probe(axis) < 10.0), "{}", probe(5));
        assert!((20..90).all(|axis| probe(axis) > 80.0), "{}", probe(20));
        let lengths = pca.components.iter().map(|it| dot(it, it));
        assert!(lengths.into_iter().all(|it| (it - 1.0).abs() < 1e-9));
        let angle = dot(&pca.components[0], &pca.components[9]);
        assert!(angle.abs() < 1e-9, "{angle}");
    }

    #[test]
    fn as_many_components_as_values_lose_nothing() {
        let items = [0.1, 0.9, 0.4, 0.2, 0.7, 0.3, 0.5, 0.5, 0.8];
        let pca = fitted(&items, 3, 9);
        let reconstructed = pca.reconstruct(&[0.3, -0.2, 5.0]);
        assert_eq!(reconstructed.len(), 3);
        for (value, expected) in reconstructed.iter().zip([0.3, -0.2, 5.0]) {
            assert!((value - expected).abs() < 1e-5, "{reconstructed:?}");
        }
    }

    #[test]
    fn identical_items_are_their_own_mean() {
        let pca = fitted(&[0.5; 40], 8, 2);
        let reconstructed = pca.reconstruct(&[0.5; 8]);
        assert_eq!(reconstructed.len(), 8);
        assert!(reconstructed.iter().all(|value| (value - 0.5).abs() < 1e-6));
        let none = fitted(&[], 8, 2).reconstruct(&[1.0; 8]);
        assert_eq!(none.len(), 8);
        assert!(none.iter().all(|value| value.is_finite()));
    }
}
