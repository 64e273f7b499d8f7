//! How the points of a layout push each other: of few points every pair, of many what is far away as a whole.

use super::layout::Layout;
use super::quadtree::{LANES, QuadTree, Sources};

/// With so many points or fewer, all pairs take no longer than a tree.
const MOST_BY_PAIRS: usize = 400;

/// Of each point `Σ_j w_ij² (y_i − y_j)`, which is not yet divided by `Z`; and `Z`, the sum of all `w`.
pub(super) struct Repulsions {
    pub(super) x: Vec<f32>,
    pub(super) y: Vec<f32>,
    pub(super) z: f64,
}

impl Repulsions {
    /// As exact as a descent needs them.
    pub(super) fn of(layout: &Layout) -> Self {
        if layout.x.len() <= MOST_BY_PAIRS {
            Self::by_pairs(layout)
        } else {
            Self::by_squares(layout)
        }
    }

    /// About as many multiplications as they take.
    pub(super) fn cost(n: usize) -> f64 {
        /// Squares and points that push one point among many.
        const N_SOURCES: f64 = 400.0;
        const PER_SOURCE: f64 = 4.0;
        PER_SOURCE * n as f64 * (n as f64).min(N_SOURCES)
    }

    /// Exactly.
    pub(super) fn by_pairs(layout: &Layout) -> Self {
        let n = layout.x.len();
        let mut repulsions = Self::none(n);
        for i in 0..n {
            // Without the point itself: its weight of 1 would drown those of points far away.
            let mut lanes = Lanes::default();
            let at = (layout.x[i], layout.y[i]);
            lanes.add_points(at, &layout.x[..i], &layout.y[..i]);
            lanes.add_points(at, &layout.x[i + 1..], &layout.y[i + 1..]);
            repulsions.put(i, &lanes);
        }
        repulsions
    }

    /// With squares that are far away as one point each.
    pub(super) fn by_squares(layout: &Layout) -> Self {
        let n = layout.x.len();
        let mut repulsions = Self::none(n);
        QuadTree::of(layout).for_each_group(|group, sources| {
            let places = group.x.iter().zip(group.y);
            for (&i, (&x, &y)) in group.points.iter().zip(places) {
                let mut lanes = Lanes::default();
                lanes.add_sources((x, y), sources);
                repulsions.put(i as usize, &lanes);
            }
        });
        // Each point was among its own sources.
        repulsions.z -= n as f64;
        repulsions
    }

    fn none(n: usize) -> Self {
        Self {
            x: vec![0.0; n],
            y: vec![0.0; n],
            z: 0.0,
        }
    }

    fn put(&mut self, i: usize, lanes: &Lanes) {
        self.x[i] = lanes.x.iter().sum();
        self.y[i] = lanes.y.iter().sum();
        self.z += f64::from(lanes.weight.iter().sum::<f32>());
    }
}

/// Sums kept side by side, since the compiler may not reorder one sum of floats into SIMD registers by itself.
#[derive(Default)]
struct Lanes {
    weight: [f32; LANES],
    x: [f32; LANES],
    y: [f32; LANES],
}

impl Lanes {
    /// Whole blocks only. Not inlined: beside other code the compiler does not find the SIMD instructions.
    #[inline(never)]
    fn add_sources(&mut self, at: (f32, f32), sources: &Sources) {
        let (x_blocks, _) = sources.x.as_chunks::<LANES>();
        let (y_blocks, _) = sources.y.as_chunks::<LANES>();
        let (mass_blocks, _) = sources.mass.as_chunks::<LANES>();
        for ((x, y), mass) in x_blocks.iter().zip(y_blocks).zip(mass_blocks) {
            for lane in 0..LANES {
                self.add(lane, at, (x[lane], y[lane]), mass[lane]);
            }
        }
    }

    fn add_points(&mut self, at: (f32, f32), x: &[f32], y: &[f32]) {
        let (x_blocks, x_rest) = x.as_chunks::<LANES>();
        let (y_blocks, y_rest) = y.as_chunks::<LANES>();
        for (x, y) in x_blocks.iter().zip(y_blocks) {
            for lane in 0..LANES {
                self.add(lane, at, (x[lane], y[lane]), 1.0);
            }
        }
        for (lane, (&x, &y)) in x_rest.iter().zip(y_rest).enumerate() {
            self.add(lane, at, (x, y), 1.0);
        }
    }

    #[inline]
    fn add(&mut self, lane: usize, at: (f32, f32), source: (f32, f32), mass: f32) {
        let (x, y) = (at.0 - source.0, at.1 - source.1);
        let weight = 1.0 / (1.0 + x * x + y * y);
        let weights = mass * weight;
        self.weight[lane] += weights;
        self.x[lane] += weights * weight * x;
        self.y[lane] += weights * weight * y;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Mt19937;

    fn layout(n: usize, deviation: f32) -> Layout {
        let mut generator = Mt19937::new(9);
        let places = (0..2 * n).map(|i| {
            // Three clouds, so that near and far are told apart.
            let centre = 3.0 * deviation * ((i / 2 % 3) as f32 - 1.0);
            centre + deviation * generator.normal()
        });
        Layout::from_interleaved(&places.collect::<Vec<_>>())
    }

    /// The root of the mean squared difference over that of the exact values.
    fn relative_error(found: &[f32], exact: &[f32]) -> f32 {
        let squares = |values: &mut dyn Iterator<Item = f32>| values.map(|v| v * v).sum::<f32>();
        let differences = &mut found.iter().zip(exact).map(|(found, exact)| found - exact);
        (squares(differences) / squares(&mut exact.iter().copied())).sqrt()
    }

    #[test]
    fn squares_push_as_their_points_do() {
        for deviation in [1e-4, 0.1, 1.0, 10.0, 40.0] {
            let layout = layout(900, deviation);
            let exact = Repulsions::by_pairs(&layout);
            let found = Repulsions::by_squares(&layout);
            let errors = [(&found.x, &exact.x), (&found.y, &exact.y)]
                .map(|(found, exact)| relative_error(found, exact));
            assert!(
                errors.iter().all(|&error| error < 0.03),
                "deviation {deviation}: {errors:?}"
            );
            let ratio = found.z / exact.z;
            assert!(
                (ratio - 1.0).abs() < 0.015,
                "deviation {deviation}: z {ratio}"
            );
        }
    }

    #[test]
    fn few_points_push_exactly() {
        let layout = layout(MOST_BY_PAIRS, 5.0);
        let (found, exact) = (Repulsions::of(&layout), Repulsions::by_pairs(&layout));
        assert_eq!((found.x, found.y, found.z), (exact.x, exact.y, exact.z));
    }
}
