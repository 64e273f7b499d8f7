//! The k nearest neighbours.

use crate::anomaly::mean_item;

/// Sums that are kept side by side, so that they are computed at once.
const N_LANES: usize = 8;

/// Values after which a distance that is too long already is given up.
const VALUES_PER_LOOK: usize = 64;

/// Known points, to be asked how far away the nearest of them are.
#[derive(Clone, Debug, PartialEq)]
pub struct Neighbours {
    /// Their values in `order`.
    points: Vec<f32>,
    dimension: usize,
    n_nearest: usize,
    /// The values that differ most come first, so that most distances are soon too long.
    order: Vec<usize>,
}

impl Neighbours {
    /// Keeps known points (`n × dimension`, point by point; a last one that is cut off is left out). `n_nearest` of
    /// them will be looked for, or all where there are fewer.
    pub fn new(points: &[f32], dimension: usize, n_nearest: usize) -> Self {
        let dimension = dimension.max(1);
        let order = by_falling_variance(points, dimension);
        Self {
            points: in_order(points, &order),
            dimension,
            n_nearest,
            order,
        }
    }

    /// Multiplications that one question takes.
    pub fn cost(&self) -> usize {
        self.points.len()
    }

    /// How many values a point has.
    pub fn dimension(&self) -> usize {
        self.dimension
    }

    /// The mean Euclidean distance of each point (`n × dimension`, point by point) to its nearest known ones; infinite
    /// where no point is known, and for a point that is not finite.
    pub fn mean_distances(&self, points: &[f32]) -> Vec<f32> {
        let n_nearest = self.n_nearest.min(self.points.len() / self.dimension);
        let points = in_order(points, &self.order);
        let asked: Vec<&[f32]> = points.chunks_exact(self.dimension).collect();
        let mut nearest = vec![vec![f32::INFINITY; n_nearest]; asked.len()];
        // All points ask about a known one in turn, while it is in the cache.
        for known in self.points.chunks_exact(self.dimension) {
            for (point, nearest) in asked.iter().zip(&mut nearest) {
                let longest = nearest.last().copied().unwrap_or(0.0);
                keep_smallest(nearest, squared_distance(point, known, longest));
            }
        }
        nearest.iter().map(|squares| mean_root(squares)).collect()
    }
}

/// Puts a number in its place among the smallest so far, which rise.
fn keep_smallest(smallest: &mut [f32], number: f32) {
    let Some(last) = smallest.last_mut().filter(|last| number < **last) else {
        return;
    };
    *last = number;
    let mut place = smallest.len() - 1;
    while place > 0 && smallest[place] < smallest[place - 1] {
        smallest.swap(place, place - 1);
        place -= 1;
    }
}

fn mean_root(squares: &[f32]) -> f32 {
    if squares.is_empty() {
        return f32::INFINITY;
    }
    let sum: f64 = squares.iter().map(|&square| f64::from(square).sqrt()).sum();
    (sum / squares.len() as f64) as f32
}

/// Given up where it is not below `longest`: what has come together by then is returned.
fn squared_distance(one: &[f32], other: &[f32], longest: f32) -> f32 {
    let parts = one
        .chunks(VALUES_PER_LOOK)
        .zip(other.chunks(VALUES_PER_LOOK));
    let mut sum = 0.0;
    for (one, other) in parts {
        sum += squared_difference(one, other);
        if sum >= longest {
            break;
        }
    }
    sum
}

fn squared_difference(one: &[f32], other: &[f32]) -> f32 {
    let (ones, one_rest) = one.as_chunks::<N_LANES>();
    let (others, other_rest) = other.as_chunks::<N_LANES>();
    let mut sums = [0.0_f32; N_LANES];
    for (one, other) in ones.iter().zip(others) {
        for lane in 0..N_LANES {
            let difference = one[lane] - other[lane];
            sums[lane] += difference * difference;
        }
    }
    let rest = one_rest.iter().zip(other_rest);
    let rest = rest.map(|(one, other)| (one - other) * (one - other));
    sums.iter().sum::<f32>() + rest.sum::<f32>()
}

fn by_falling_variance(points: &[f32], dimension: usize) -> Vec<usize> {
    let means = mean_item(points, dimension);
    let mut sums = vec![0.0_f32; dimension];
    for point in points.chunks_exact(dimension) {
        for ((sum, value), mean) in sums.iter_mut().zip(point).zip(&means) {
            *sum += (value - mean) * (value - mean);
        }
    }
    let mut order: Vec<usize> = (0..dimension).collect();
    order.sort_by(|&a, &b| sums[b].total_cmp(&sums[a]));
    order
}

fn in_order(points: &[f32], order: &[usize]) -> Vec<f32> {
    let points = points.chunks_exact(order.len());
    points
        .flat_map(|point| order.iter().map(|&idx| point[idx]))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::fixture::baselines;
    use super::*;
    use crate::random::Mt19937;

    #[test]
    fn distances_are_those_of_scikit_learn() {
        let fixture = baselines();
        let known = Neighbours::new(&fixture.learned, fixture.dimension, fixture.n_neighbours);
        let found = known.mean_distances(&fixture.new);
        assert_eq!(found.len(), fixture.mean_distances.len());
        for (found, expected) in found.iter().zip(fixture.mean_distances) {
            assert!((f64::from(*found) - expected).abs() < 1e-5 * expected);
        }
    }

    #[test]
    fn the_nearest_points_count_wherever_they_stand() {
        let known = Neighbours::new(&[9.0, 1.0, 7.0, 4.0, 2.0], 1, 2);
        assert_eq!(known.mean_distances(&[0.0, 5.0, 100.0]), [1.5, 1.5, 92.0]);
    }

    #[test]
    fn fewer_points_than_neighbours_all_count() {
        let known = Neighbours::new(&[0.0, 0.0, 3.0, 4.0], 2, 5);
        assert_eq!(known.mean_distances(&[0.0, 0.0]), [2.5]);
        let none = Neighbours::new(&[], 2, 5);
        assert_eq!(none.mean_distances(&[0.0, 0.0]), [f32::INFINITY]);
    }

    #[test]
    fn giving_up_early_changes_nothing() {
        let mut generator = Mt19937::new(6);
        let dimension = 200;
        let mut draw = |n: usize| -> Vec<f32> {
            let value = |idx: usize| generator.normal() / (1 + idx % dimension) as f32;
            (0..n * dimension).map(value).collect()
        };
        let (points, asked) = (draw(50), draw(20));
        let found = Neighbours::new(&points, dimension, 3).mean_distances(&asked);
        assert_eq!(found.len(), 20);
        for (point, found) in asked.chunks_exact(dimension).zip(found) {
            let squares = |known: &[f32]| -> f32 {
                let pairs = point.iter().zip(known);
                pairs.map(|(a, b)| (a - b) * (a - b)).sum()
            };
            let mut all: Vec<f32> = points.chunks_exact(dimension).map(squares).collect();
            all.sort_by(f32::total_cmp);
            let expected = all[..3].iter().map(|it| it.sqrt()).sum::<f32>() / 3.0;
            assert!(
                (found - expected).abs() < 1e-5 * expected,
                "{found} for {expected}"
            );
        }
    }

    #[test]
    fn a_point_that_is_not_finite_is_far_from_all() {
        let known = Neighbours::new(&[0.0, 1.0], 1, 1);
        assert_eq!(known.mean_distances(&[f32::NAN]), [f32::INFINITY]);
    }
}
