//! How much points are neighbours: t-SNE's probabilities in the space of the points.

use super::points::Points;

/// How near the entropy must come to that of the perplexity, and after how many halvings it is near enough;
/// scikit-learn's numbers.
const ENTROPY_TOLERANCE: f64 = 1e-5;
const MAX_BISECTIONS: usize = 100;

/// Choosing the nearest, for each other point, and finding their probabilities, in multiplications.
const SELECTION_COST: f64 = 20.0;
const BISECTION_COST: f64 = 20_000.0;

/// Symmetric joint probabilities `p_ij` that sum to 1, of near pairs only; all others count as 0.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Affinities {
    /// Point `i`'s pairs are at `row_starts[i]..row_starts[i + 1]`.
    row_starts: Vec<usize>,
    columns: Vec<u32>,
    values: Vec<f32>,
}

impl Affinities {
    /// Number of points, of which the neighbours are known.
    pub(super) fn n(&self) -> usize {
        self.row_starts.len() - 1
    }

    /// The neighbours `j` of point `i` in rising order, and the `p_ij` of each.
    pub(super) fn pairs(&self, i: usize) -> (&[u32], &[f32]) {
        let range = self.row_starts[i]..self.row_starts[i + 1];
        (&self.columns[range.clone()], &self.values[range])
    }

    /// The same as pairs of numbers.
    pub(super) fn row(&self, i: usize) -> impl Iterator<Item = (usize, f32)> {
        let (columns, values) = self.pairs(i);
        let columns = columns.iter().map(|&j| j as usize);
        columns.zip(values.iter().copied())
    }
}

/// The search for every point's neighbours and for the width of its neighbourhood, a row at a time.
#[derive(Clone, Debug)]
pub(super) struct AffinitySearch {
    perplexity: f64,
    /// For each point the pairs found so far, in both directions: `(j, p(j|i))` and `(j, p(i|j))`.
    pairs: Vec<Vec<(u32, f32)>>,
    n_found: usize,
    joint: Affinities,
}

impl AffinitySearch {
    /// The beginning of the search.
    pub(super) fn new(n: usize, perplexity: f64) -> Self {
        Self {
            perplexity,
            pairs: vec![Vec::new(); n],
            n_found: 0,
            joint: Affinities {
                row_starts: vec![0],
                columns: Vec::new(),
                values: Vec::new(),
            },
        }
    }

    /// About as many multiplications as one row takes.
    pub(super) fn row_cost(points: &Points) -> f64 {
        points.n() as f64 * (points.dimension() as f64 + SELECTION_COST) + BISECTION_COST
    }

    /// How many points' neighbours are found.
    pub(super) fn n_found(&self) -> usize {
        self.n_found
    }

    /// Hands over the joint probabilities `(p(j|i) + p(i|j)) / 2n`, when they are all known.
    pub(super) fn take_joint(&mut self) -> Option<Affinities> {
        let none = Affinities {
            row_starts: vec![0],
            columns: Vec::new(),
            values: Vec::new(),
        };
        (self.joint.n() == self.pairs.len()).then(|| std::mem::replace(&mut self.joint, none))
    }

    /// Goes on by some rows: first each is found, then each is joined with what the others found.
    pub(super) fn search_rows(&mut self, n_rows: usize, points: &Points) {
        for _ in 0..n_rows {
            if self.n_found < self.pairs.len() {
                self.find_row(points);
            } else if self.joint.n() < self.pairs.len() {
                self.join_row();
            }
        }
    }

    fn find_row(&mut self, points: &Points) {
        let i = self.n_found;
        let n_neighbours = n_neighbours(points.n(), self.perplexity);
        let (neighbours, distances) = nearest_neighbours(points, i, n_neighbours);
        let probabilities = conditional_probabilities(&distances, self.perplexity);
        for (&j, p) in neighbours.iter().zip(probabilities) {
            self.pairs[i].push((j, p as f32));
            self.pairs[j as usize].push((i as u32, p as f32));
        }
        self.n_found += 1;
    }

    fn join_row(&mut self) {
        // Each of the n rows sums to 1 and counts in both directions.
        let total = 2.0 * self.pairs.len() as f64;
        let mut pairs = std::mem::take(&mut self.pairs[self.joint.n()]);
        pairs.sort_unstable_by_key(|&(j, _)| j);
        for same in pairs.chunk_by(|one, other| one.0 == other.0) {
            let sum: f64 = same.iter().map(|&(_, p)| f64::from(p)).sum();
            self.joint.columns.push(same[0].0);
            self.joint.values.push((sum / total) as f32);
        }
        self.joint.row_starts.push(self.joint.columns.len());
    }
}

/// Three times the perplexity; what is further away has next to no probability.
fn n_neighbours(n: usize, perplexity: f64) -> usize {
    (n - 1).min((3.0 * perplexity + 1.0) as usize)
}

/// The nearest other points in rising order of their index, with their squared distances.
fn nearest_neighbours(points: &Points, i: usize, n_neighbours: usize) -> (Vec<u32>, Vec<f32>) {
    let distances = points.squared_distances(i);
    // The bits of floats that are not negative rise as the floats do, so that one integer holds distance and index.
    let others = (0_u32..).zip(&distances).filter(|&(j, _)| j as usize != i);
    let mut keys: Vec<u64> = others
        .map(|(j, distance)| (u64::from(distance.to_bits()) << 32) | u64::from(j))
        .collect();
    if n_neighbours < keys.len() {
        keys.select_nth_unstable(n_neighbours);
        keys.truncate(n_neighbours);
    }
    let mut neighbours: Vec<u32> = keys.into_iter().map(|key| key as u32).collect();
    neighbours.sort_unstable();
    let nearest = neighbours.iter().map(|&j| distances[j as usize]).collect();
    (neighbours, nearest)
}

/// `p(j|i)` of a Gaussian around point `i`, as wide as gives the perplexity; the sum is 1.
///
/// The width is found by bisection of `beta = 1 / 2σ²`, which doubles or halves until it has two ends. Where points
/// are identical and more of them than the perplexity, they share the probability alone.
fn conditional_probabilities(squared_distances: &[f32], perplexity: f64) -> Vec<f64> {
    let smallest = squared_distances.iter().copied().fold(f32::MAX, f32::min);
    // Relative to the nearest, so that never all weights vanish.
    let distances = squared_distances.iter();
    let distances: Vec<f64> = distances.map(|d| f64::from(d - smallest)).collect();
    let mut beta = 1.0;
    let (mut low, mut high) = (0.0, f64::INFINITY);
    let mut weights = vec![0.0; distances.len()];
    for _ in 0..MAX_BISECTIONS {
        let entropy = normalised_weights(&mut weights, &distances, beta);
        let excess = entropy - perplexity.ln();
        if excess.abs() <= ENTROPY_TOLERANCE {
            break;
        }
        if excess > 0.0 {
            low = beta;
            beta = if high.is_finite() {
                f64::midpoint(beta, high)
            } else {
                2.0 * beta
            };
        } else {
            high = beta;
            beta = f64::midpoint(beta, low);
        }
    }
    weights
}

/// Fills in `exp(−beta · distance)` over its sum and returns the entropy in nats.
fn normalised_weights(weights: &mut [f64], distances: &[f64], beta: f64) -> f64 {
    let mut sum = 0.0;
    let mut weighted_distance = 0.0;
    for (weight, distance) in weights.iter_mut().zip(distances) {
        *weight = (-beta * distance).exp();
        sum += *weight;
        weighted_distance += *weight * distance;
    }
    for weight in weights {
        *weight /= sum;
    }
    sum.ln() + beta * weighted_distance / sum
}

#[cfg(test)]
mod tests {
    use super::super::fixture::Fixture;
    use super::*;
    use crate::random::Mt19937;

    fn affinities(points: &Points, perplexity: f64) -> Affinities {
        let mut search = AffinitySearch::new(points.n(), perplexity);
        search.search_rows(2 * points.n(), points);
        search.take_joint().expect("each row is found and joined")
    }

    fn assert_matrix_is(found: &Affinities, expected: &[Vec<(usize, f64)>]) {
        for (i, expected) in expected.iter().enumerate() {
            let found: Vec<_> = found.row(i).collect();
            assert_eq!(found.len(), expected.len(), "neighbours of {i}");
            for (&(j, p), &(expected_j, expected_p)) in found.iter().zip(expected) {
                assert_eq!(j, expected_j, "a neighbour of {i}");
                let difference = (f64::from(p) - expected_p).abs();
                assert!(
                    difference <= 1e-5 * expected_p + 1e-12,
                    "p of {i}, {j}: {p}, not {expected_p}"
                );
            }
        }
    }

    #[test]
    fn dense_affinities_are_those_of_scikit_learn() {
        let fixture = Fixture::load();
        let points = Points::new(&fixture.points, fixture.dimension).expect("enough points");
        let found = affinities(&points, fixture.dense_perplexity);
        assert_matrix_is(&found, &fixture.dense_rows());
    }

    #[test]
    fn affinities_of_near_neighbours_are_those_of_scikit_learn() {
        let fixture = Fixture::load();
        let points = Points::new(&fixture.points, fixture.dimension).expect("enough points");
        let found = affinities(&points, fixture.sparse_perplexity);
        assert_matrix_is(&found, &fixture.sparse_rows());
    }

    #[test]
    fn every_row_sums_to_1_and_has_the_perplexity() {
        let mut generator = Mt19937::new(5);
        for perplexity in [2.0, 5.0, 30.0] {
            for scale in [1e-6, 1.0, 1e6] {
                let distances: Vec<f32> = (0..100)
                    .map(|_| scale * generator.uniform(0.1, 4.0))
                    .collect();
                let p = conditional_probabilities(&distances, perplexity);
                let entropy: f64 = p.iter().filter(|&&p| p > 0.0).map(|p| -p * p.ln()).sum();
                assert!((p.iter().sum::<f64>() - 1.0).abs() < 1e-12);
                assert!((entropy.exp() - perplexity).abs() < 1e-3, "{entropy}");
            }
        }
    }

    #[test]
    fn joint_affinities_are_symmetric_and_sum_to_1() {
        let mut generator = Mt19937::new(6);
        let values: Vec<f32> = (0..300).map(|_| generator.normal()).collect();
        let found = affinities(&Points::new(&values, 3).expect("enough points"), 5.0);
        let mut matrix = vec![[0.0_f32; 100]; 100];
        for (i, row) in matrix.iter_mut().enumerate() {
            found.row(i).for_each(|(j, p)| row[j] = p);
        }
        for (i, row) in matrix.iter().enumerate() {
            assert!(row[i] == 0.0, "{i} is its own neighbour");
            let column = matrix.iter().map(|other| other[i].to_bits());
            assert!(
                column.eq(row.iter().map(|p| p.to_bits())),
                "row and column {i}"
            );
        }
        let total: f32 = matrix.iter().flatten().sum();
        assert!((total - 1.0).abs() < 1e-5, "total {total}");
    }

    #[test]
    fn identical_points_share_the_probability() {
        let p = conditional_probabilities(&[0.0; 8], 3.0);
        assert!(p.iter().all(|p| (p - 0.125).abs() < 1e-12), "{p:?}");
        let p = conditional_probabilities(&[0.0, 0.0, 0.0, 0.0, 1.0, 1e-38], 2.0);
        assert!((p.iter().sum::<f64>() - 1.0).abs() < 1e-12, "{p:?}");
        assert!(p[4] < 1e-12, "{p:?}");
    }
}
