//! The points of a map sorted into fields, so that the one under a pointer is found among few.

use std::ops::RangeInclusive;

/// Points in a field, about.
const POINTS_PER_FIELD: usize = 2;
const MOST_FIELDS_A_SIDE: usize = 256;

/// Points on a plane, sorted into the fields of a square grid around them.
#[derive(Clone, Debug, PartialEq)]
pub struct PointFields {
    places: Vec<(f32, f32)>,
    left: f32,
    bottom: f32,
    /// The side of a field.
    side: f32,
    n_a_side: usize,
    /// The points of field `f` are `points[starts[f]..starts[f + 1]]`, in rising order.
    starts: Vec<usize>,
    points: Vec<usize>,
}

impl PointFields {
    /// Sorts points; those that are not finite are left out.
    pub fn new(places: Vec<(f32, f32)>) -> Self {
        let (left, right) = extent(places.iter().map(|place| place.0));
        let (bottom, top) = extent(places.iter().map(|place| place.1));
        let n_wished = (places.len() / POINTS_PER_FIELD).isqrt();
        let n_a_side = n_wished.clamp(1, MOST_FIELDS_A_SIDE);
        let side = (right - left).max(top - bottom) / n_a_side as f32;
        let mut fields = Self {
            left,
            bottom,
            side: side.max(f32::MIN_POSITIVE),
            n_a_side,
            starts: vec![0; n_a_side * n_a_side + 1],
            points: Vec::new(),
            places,
        };
        fields.sort();
        fields
    }

    fn sort(&mut self) {
        let field_of = |&(x, y): &(f32, f32)| {
            let is_finite = x.is_finite() && y.is_finite();
            is_finite
                .then(|| self.along(y - self.bottom) * self.n_a_side + self.along(x - self.left))
        };
        let fields: Vec<Option<usize>> = self.places.iter().map(field_of).collect();
        for &field in fields.iter().flatten() {
            self.starts[field + 1] += 1;
        }
        for field in 1..self.starts.len() {
            self.starts[field] += self.starts[field - 1];
        }
        let mut next = self.starts.clone();
        self.points = vec![0; self.starts.last().copied().unwrap_or(0)];
        for (point, field) in fields.into_iter().enumerate() {
            if let Some(field) = field {
                self.points[next[field]] = point;
                next[field] += 1;
            }
        }
    }

    /// The column or row of a field so far from the first one's edge.
    fn along(&self, distance: f32) -> usize {
        ((distance / self.side) as usize).min(self.n_a_side - 1)
    }

    /// The index of the point nearest to a place and no further from it than `within`; the first of several.
    ///
    /// `None` where there is none, and for a place that is not finite.
    pub fn nearest(&self, (x, y): (f32, f32), within: f32) -> Option<usize> {
        let span = |from_edge: f32| -> RangeInclusive<usize> {
            self.along(from_edge - within)..=self.along(from_edge + within)
        };
        let mut nearest: Option<(f32, usize)> = None;
        for row in span(y - self.bottom) {
            for column in span(x - self.left) {
                let field = row * self.n_a_side + column;
                for &point in &self.points[self.starts[field]..self.starts[field + 1]] {
                    let place = self.places[point];
                    let distance = (place.0 - x).hypot(place.1 - y);
                    let is_nearer = nearest.is_none_or(|known| (distance, point) < known);
                    if distance <= within && is_nearer {
                        nearest = Some((distance, point));
                    }
                }
            }
        }
        nearest.map(|(_, point)| point)
    }
}

/// The smallest finite value and the largest; 0 without any.
fn extent(values: impl Iterator<Item = f32>) -> (f32, f32) {
    let finite = values.filter(|value| value.is_finite());
    let extent = finite.fold(None, |extent: Option<(f32, f32)>, value| {
        let (least, most) = extent.unwrap_or((value, value));
        Some((least.min(value), most.max(value)))
    });
    extent.unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Mt19937;

    fn cloud(n: usize) -> Vec<(f32, f32)> {
        let mut generator = Mt19937::new(12);
        let place = |_| (20.0 * generator.normal(), 5.0 * generator.normal());
        (0..n).map(place).collect()
    }

    /// By its definition.
    fn nearest_of_all(places: &[(f32, f32)], (x, y): (f32, f32), within: f32) -> Option<usize> {
        let distances = places.iter().map(|place| (place.0 - x).hypot(place.1 - y));
        let near = distances
            .zip(0..)
            .filter(|&(distance, _)| distance <= within);
        let nearest = near.min_by(|one, other| one.0.total_cmp(&other.0));
        nearest.map(|(_, point)| point)
    }

    #[test]
    fn the_nearest_is_that_of_all() {
        for n in [1, 2, 50, 3_000] {
            let places = cloud(n);
            let fields = PointFields::new(places.clone());
            let mut generator = Mt19937::new(3);
            for within in [0.1, 1.0, 8.0, 500.0] {
                for _ in 0..40 {
                    let at = (
                        generator.uniform(-70.0, 70.0),
                        generator.uniform(-25.0, 25.0),
                    );
                    let expected = nearest_of_all(&places, at, within);
                    assert_eq!(
                        fields.nearest(at, within),
                        expected,
                        "{n}, {at:?}, {within}"
                    );
                }
            }
        }
    }

    #[test]
    fn points_at_one_place_give_the_first() {
        let fields = PointFields::new(vec![(3.0, -2.0); 10]);
        assert_eq!(fields.nearest((3.0, -2.0), 0.0), Some(0));
        assert_eq!(fields.nearest((3.0, -1.0), 0.5), None);
    }

    #[test]
    fn what_is_nowhere_is_never_found() {
        assert_eq!(PointFields::new(Vec::new()).nearest((0.0, 0.0), 9.0), None);
        let odd = vec![(f32::NAN, 0.0), (f32::INFINITY, 1.0), (2.0, 2.0)];
        let fields = PointFields::new(odd);
        assert_eq!(fields.nearest((1.0, 1.0), f32::INFINITY), Some(2));
        assert_eq!(fields.nearest((f32::NAN, 1.0), 5.0), None);
        assert_eq!(fields.nearest((1.0, f32::INFINITY), 5.0), None);
    }
}
