//! From a place on a two-dimensional map of codes back to a code.

/// The code for a place on a map: the mean of the codes of the `k` nearest points, weighted by 1 / distance².
///
/// This is Shepard's interpolation (1968) with a limited number of points: at a point it gives exactly that point's
/// code, between points it changes smoothly. `map` is `n × 2` with x and y interleaved, `codes` is `n × dimension`.
/// `None` without a point, for shapes that do not fit, for `k` or `dimension` 0 and for a place that is not finite.
pub fn code_at(
    map: &[f32],
    codes: &[f32],
    dimension: usize,
    at: (f32, f32),
    k: usize,
) -> Option<Vec<f32>> {
    let (places, _) = map.as_chunks::<2>();
    if dimension == 0 || codes.len() != places.len() * dimension {
        return None;
    }
    let code_of = |point: usize| &codes[point * dimension..][..dimension];
    let nearest = nearest_points(places, at, k);
    let &(smallest, closest) = nearest.first()?;
    if smallest == 0.0 {
        return Some(code_of(closest).to_vec());
    }
    // Relative to the largest weight, so that no place is too near or too far for the numbers.
    let weights = nearest.iter().map(|(distance, _)| smallest / distance);
    let total: f64 = weights.clone().sum();
    let mut code = vec![0.0; dimension];
    for (weight, &(_, point)) in weights.zip(&nearest) {
        for (sum, &value) in code.iter_mut().zip(code_of(point)) {
            *sum += weight / total * f64::from(value);
        }
    }
    Some(code.into_iter().map(|value| value as f32).collect())
}

/// Squared distances and indices of the `k` nearest points, the nearest first.
fn nearest_points(places: &[[f32; 2]], at: (f32, f32), k: usize) -> Vec<(f64, usize)> {
    let (at_x, at_y) = (f64::from(at.0), f64::from(at.1));
    let squared_distance =
        |&[x, y]: &[f32; 2]| (f64::from(x) - at_x).powi(2) + (f64::from(y) - at_y).powi(2);
    let distances = places.iter().map(squared_distance);
    let mut points: Vec<_> = distances
        .zip(0..)
        .filter(|(distance, _)| distance.is_finite())
        .collect();
    let order = |one: &(f64, usize), other: &(f64, usize)| {
        one.0.total_cmp(&other.0).then(one.1.cmp(&other.1))
    };
    if k < points.len() {
        points.select_nth_unstable_by(k, order);
        points.truncate(k);
    }
    points.sort_unstable_by(order);
    points
}

#[cfg(test)]
mod tests {
    use super::*;

    const MAP: [f32; 8] = [0.0, 0.0, 2.0, 0.0, 0.0, 4.0, 100.0, 100.0];
    const CODES: [f32; 8] = [1.0, -1.0, 3.0, 1.0, 0.3, 0.7, 50.0, 50.0];

    #[test]
    fn at_a_point_it_is_the_code_of_that_point() {
        for (place, code) in MAP.chunks_exact(2).zip(CODES.chunks_exact(2)) {
            let found = code_at(&MAP, &CODES, 2, (place[0], place[1]), 3);
            assert_eq!(found.as_deref(), Some(code));
        }
    }

    #[test]
    fn between_points_the_nearer_one_counts_more() {
        let middle = code_at(&MAP, &CODES, 2, (1.0, 0.0), 2);
        assert_eq!(middle, Some(vec![2.0, 0.0]));
        // Distances 0.5 and 1.5 weigh 9 to 1.
        let nearer = code_at(&MAP, &CODES, 2, (0.5, 0.0), 2).expect("two points");
        assert!((nearer[0] - 1.2).abs() < 1e-6, "{nearer:?}");
    }

    #[test]
    fn a_code_lies_within_the_codes_of_its_neighbours() {
        for place in [(1.0, 1.0), (-50.0, 3.0), (1e-30, 1e-30), (1e30, -1e30)] {
            let code = code_at(&MAP[..6], &CODES[..6], 2, place, 5).expect("three points");
            assert!((0.3..=3.0).contains(&code[0]), "{place:?}: {code:?}");
            assert!((-1.0..=1.0).contains(&code[1]), "{place:?}: {code:?}");
        }
    }

    #[test]
    fn what_has_no_answer_gives_none() {
        assert_eq!(code_at(&[], &[], 2, (0.0, 0.0), 3), None);
        assert_eq!(code_at(&MAP, &CODES, 2, (0.0, 0.0), 0), None);
        assert_eq!(code_at(&MAP, &CODES, 0, (0.0, 0.0), 3), None);
        assert_eq!(code_at(&MAP, &CODES, 3, (0.0, 0.0), 3), None);
        assert_eq!(code_at(&MAP, &CODES, 2, (0.0, f32::INFINITY), 3), None);
    }
}
