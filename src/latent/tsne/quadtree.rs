//! The points of a layout in nested squares, so that those far away push as one (Barnes and Hut, 1986).

use std::ops::Range;

use super::layout::Layout;

/// A square of more points is cut into quarters; those of one that is not meet the same squares.
const MOST_IN_LEAF: usize = 16;

/// A square counts as one point where it is no wider than this part of its distance; scikit-learn's number.
const WIDEST: f32 = 0.5;

/// Two SIMD registers of four, so that one division need not wait for the other.
pub(super) const LANES: usize = 8;

/// The plane is cut in halves so many times, along x and along y.
const N_HALVINGS: u32 = 16;

/// Points in nested squares.
pub(super) struct QuadTree {
    /// The points of each square one after the other, by their index in the layout.
    order: Vec<u32>,
    /// Their places, in that order.
    x: Vec<f32>,
    y: Vec<f32>,
    /// Each before its quarters.
    squares: Vec<Square>,
}

/// A square of the plane, by the points in it.
struct Square {
    /// Where they are in the tree's order.
    points: Range<usize>,
    /// Their mean.
    x: f32,
    y: f32,
    /// The smallest box around them: its middle, and half of its sides.
    middle: (f32, f32),
    reach: (f32, f32),
    /// So far from their mean they count as one point; squared.
    far: f32,
    /// The first square that is neither this one nor in it.
    next: usize,
}

/// What pushes: points, and squares that count for several; filled up to whole blocks of lanes with what weighs nothing.
#[derive(Default)]
pub(super) struct Sources {
    pub(super) x: Vec<f32>,
    pub(super) y: Vec<f32>,
    /// How many points each is.
    pub(super) mass: Vec<f32>,
}

/// Points that are pushed by the same sources.
pub(super) struct Group<'a> {
    /// Their indices in the layout.
    pub(super) points: &'a [u32],
    pub(super) x: &'a [f32],
    pub(super) y: &'a [f32],
}

impl QuadTree {
    /// The squares of a layout.
    pub(super) fn of(layout: &Layout) -> Self {
        let keyed = keyed(layout);
        let keys: Vec<u32> = keyed.iter().map(|key| (key >> 32) as u32).collect();
        let order: Vec<u32> = keyed.into_iter().map(|key| key as u32).collect();
        let along = |axis: &[f32]| order.iter().map(|&i| axis[i as usize]).collect();
        let mut tree = Self {
            x: along(&layout.x),
            y: along(&layout.y),
            squares: Vec::new(),
            order,
        };
        tree.add_square(&keys, 0..keys.len(), 0);
        tree
    }

    fn add_square(&mut self, keys: &[u32], points: Range<usize>, n_halvings: u32) {
        let idx = self.squares.len();
        let square = Square::around(points.clone(), &self.x, &self.y);
        self.squares.push(square);
        if points.len() > MOST_IN_LEAF && n_halvings < N_HALVINGS {
            let shift = 2 * (N_HALVINGS - 1 - n_halvings);
            let mut start = points.start;
            for quarter in 0..4 {
                let rest = &keys[start..points.end];
                let end = start + rest.partition_point(|key| (key >> shift) & 3 <= quarter);
                if end > start {
                    self.add_square(keys, start..end, n_halvings + 1);
                }
                start = end;
            }
        }
        self.squares[idx].next = self.squares.len();
    }

    /// Hands over every group of points with its sources, the points themselves among them.
    pub(super) fn for_each_group(&self, mut each: impl FnMut(Group, &Sources)) {
        let mut sources = Sources::default();
        for (idx, leaf) in self.squares.iter().enumerate() {
            if leaf.next > idx + 1 {
                continue;
            }
            self.find_sources(leaf, &mut sources);
            let group = Group {
                points: &self.order[leaf.points.clone()],
                x: &self.x[leaf.points.clone()],
                y: &self.y[leaf.points.clone()],
            };
            each(group, &sources);
        }
    }

    fn find_sources(&self, leaf: &Square, sources: &mut Sources) {
        sources.clear();
        let mut idx = 0;
        while let Some(square) = self.squares.get(idx) {
            if square.is_far_from(leaf) {
                sources.add_square(square);
                idx = square.next;
            } else {
                if square.next == idx + 1 {
                    let points = square.points.clone();
                    sources.add_points(&self.x[points.clone()], &self.y[points]);
                }
                idx += 1;
            }
        }
        sources.fill_up();
    }
}

impl Square {
    fn around(points: Range<usize>, x: &[f32], y: &[f32]) -> Self {
        let along_x = Extent::of(&x[points.clone()]);
        let along_y = Extent::of(&y[points.clone()]);
        let reach = (along_x.reach(), along_y.reach());
        let width = 2.0 * larger(reach.0, reach.1);
        Self {
            points,
            x: along_x.mean,
            y: along_y.mean,
            middle: (along_x.middle(), along_y.middle()),
            reach,
            far: (width / WIDEST) * (width / WIDEST),
            next: 0,
        }
    }

    /// Whether it may count as one point for every point of another square.
    fn is_far_from(&self, other: &Self) -> bool {
        let x = larger((self.x - other.middle.0).abs() - other.reach.0, 0.0);
        let y = larger((self.y - other.middle.1).abs() - other.reach.1, 0.0);
        self.far < x * x + y * y
    }
}

impl Sources {
    fn clear(&mut self) {
        self.x.clear();
        self.y.clear();
        self.mass.clear();
    }

    fn add_square(&mut self, square: &Square) {
        self.x.push(square.x);
        self.y.push(square.y);
        self.mass.push(square.points.len() as f32);
    }

    fn add_points(&mut self, x: &[f32], y: &[f32]) {
        self.x.extend_from_slice(x);
        self.y.extend_from_slice(y);
        self.mass.resize(self.x.len(), 1.0);
    }

    fn fill_up(&mut self) {
        let n = self.mass.len().next_multiple_of(LANES);
        for values in [&mut self.x, &mut self.y, &mut self.mass] {
            values.resize(n, 0.0);
        }
    }
}

/// Where values lie along an axis.
struct Extent {
    least: f32,
    most: f32,
    mean: f32,
}

impl Extent {
    fn of(values: &[f32]) -> Self {
        let first = values.first().copied().unwrap_or_default();
        let (mut least, mut most, mut sum) = (first, first, 0.0);
        for &value in values {
            least = -larger(-least, -value);
            most = larger(most, value);
            sum += value;
        }
        let mean = sum / values.len() as f32;
        Self { least, most, mean }
    }

    fn middle(&self) -> f32 {
        f32::midpoint(self.least, self.most)
    }

    fn reach(&self) -> f32 {
        (self.most - self.least) / 2.0
    }
}

/// Unlike `f32::max` it need not heed what is no number, for which WebAssembly has no instruction.
fn larger(one: f32, other: f32) -> f32 {
    if one > other { one } else { other }
}

/// The points in the order of the squares that they are in, cut down to the last: in the upper half of each number the
/// quarters that lead to the point, two bits each, in the lower half its index.
fn keyed(layout: &Layout) -> Vec<u64> {
    let (along_x, along_y) = (Extent::of(&layout.x), Extent::of(&layout.y));
    let n_cells = (1_u32 << N_HALVINGS) as f32;
    let side = 2.0 * larger(along_x.reach(), along_y.reach());
    let scale = n_cells / side.max(f32::MIN_POSITIVE);
    let cell = |distance: f32| (distance * scale).min(n_cells - 1.0) as u32;
    let places = layout.x.iter().zip(&layout.y);
    let mut keys: Vec<u64> = places
        .zip(0_u64..)
        .map(|((x, y), i)| {
            let quarters = spread(cell(x - along_x.least)) | (spread(cell(y - along_y.least)) << 1);
            (u64::from(quarters) << 32) | i
        })
        .collect();
    keys.sort_unstable();
    keys
}

/// The lower 16 bits, with a zero before each.
fn spread(bits: u32) -> u32 {
    let mut spread = bits;
    for (shift, mask) in [
        (8, 0x00ff_00ff),
        (4, 0x0f0f_0f0f),
        (2, 0x3333_3333),
        (1, 0x5555_5555),
    ] {
        spread = (spread | (spread << shift)) & mask;
    }
    spread
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Mt19937;

    fn layout(n: usize, deviation: f32) -> Layout {
        let mut generator = Mt19937::new(4);
        let places: Vec<f32> = (0..2 * n).map(|_| deviation * generator.normal()).collect();
        Layout::from_interleaved(&places)
    }

    #[test]
    fn every_point_is_in_one_group_and_every_group_is_pushed_by_all_points() {
        for layout in [layout(700, 20.0), layout(300, 1e-4), layout(3, 1.0)] {
            let n = layout.x.len();
            let mut seen = vec![0; n];
            QuadTree::of(&layout).for_each_group(|group, sources| {
                for ((&i, x), y) in group.points.iter().zip(group.x).zip(group.y) {
                    seen[i as usize] += 1;
                    assert_eq!((*x, *y), (layout.x[i as usize], layout.y[i as usize]));
                }
                let mass: f32 = sources.mass.iter().sum();
                assert!((mass - n as f32).abs() < 0.5, "{mass} of {n}");
                assert_eq!(sources.x.len(), sources.mass.len());
                assert_eq!(sources.y.len(), sources.mass.len());
            });
            assert!(seen.iter().all(|&times| times == 1));
        }
    }

    #[test]
    fn far_points_count_as_few() {
        let layout = layout(5_000, 30.0);
        let mut most = 0;
        QuadTree::of(&layout).for_each_group(|_, sources| most = most.max(sources.x.len()));
        assert!(most < 1_000, "{most} sources");
    }

    #[test]
    fn points_at_one_place_are_one_square() {
        let layout = Layout::from_interleaved(&[0.5; 200]);
        let mut n_groups = 0;
        QuadTree::of(&layout).for_each_group(|group, sources| {
            n_groups += 1;
            assert_eq!((group.points.len(), sources.x.len()), (100, 104));
        });
        assert_eq!(n_groups, 1);
    }

    #[test]
    fn bits_are_spread() {
        assert_eq!(spread(0b1011), 0b100_0101);
        assert_eq!(spread(0xffff), 0x5555_5555);
    }
}
