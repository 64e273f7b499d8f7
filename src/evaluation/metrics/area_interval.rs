//! How sure an area under the ROC curve is.

use super::Z_95;

/// Halvings of the interval of search; more than single bits of a double.
const N_HALVINGS: usize = 60;

/// The 95 % interval of an area (AUROC, 0…1) that was measured on so many normal and anomalous items.
///
/// All areas from which the measured one is less than 1.96 standard errors away, with the standard error of Hanley and
/// `McNeil` (1982) at that area: method 5 of Newcombe (Statistics in Medicine, 2006). It stays within 0…1 and does not
/// shrink to a point where every pair is in the right order, as their own interval and `DeLong`'s do.
/// `None` without items on both sides or for an area beyond 0…1.
pub fn auroc_interval(area: f64, n_normal: usize, n_anomalous: usize) -> Option<(f64, f64)> {
    if n_normal == 0 || n_anomalous == 0 || !(0.0..=1.0).contains(&area) {
        return None;
    }
    let (normal, anomalous) = (n_normal as f64, n_anomalous as f64);
    let is_near = |candidate: f64| {
        (area - candidate).powi(2) <= Z_95.powi(2) * variance(candidate, normal, anomalous)
    };
    let search = |end: f64| {
        let (mut inside, mut outside) = (area, end);
        for _ in 0..N_HALVINGS {
            let middle = f64::midpoint(inside, outside);
            if is_near(middle) {
                inside = middle;
            } else {
                outside = middle;
            }
        }
        inside
    };
    Some((search(0.0), search(1.0)))
}

/// The variance of a measured area where the true one is `area`, with the two probabilities of Hanley and `McNeil`, and
/// both numbers of items replaced by their mean, as Newcombe proposes.
fn variance(area: f64, n_normal: f64, n_anomalous: f64) -> f64 {
    let others = f64::midpoint(n_normal, n_anomalous) - 1.0;
    let beside = (1.0 - area) / (2.0 - area) + area / (1.0 + area);
    area * (1.0 - area) * (1.0 + others * beside) / (n_normal * n_anomalous)
}

#[cfg(test)]
mod tests {
    use super::super::fixture;
    use super::*;

    #[test]
    fn intervals_are_those_of_an_independent_root_finder() {
        for case in fixture::metrics().area_intervals {
            let found = auroc_interval(case.area, case.n_normal, case.n_anomalous);
            let (low, high) = found.expect("there are items");
            assert!((low - case.low).abs() < 1e-9, "{low} for {}", case.low);
            assert!((high - case.high).abs() < 1e-9, "{high} for {}", case.high);
        }
    }

    #[test]
    fn an_interval_holds_its_area_and_narrows_with_more_items() {
        for area in [0.0, 0.2, 0.5, 0.93, 1.0] {
            let few = auroc_interval(area, 30, 30).expect("there are items");
            let many = auroc_interval(area, 3_000, 3_000).expect("there are items");
            for (low, high) in [few, many] {
                assert!(0.0 <= low && low <= area && area <= high && high <= 1.0);
            }
            assert!(many.1 - many.0 < few.1 - few.0);
            assert!(few.1 - few.0 > 0.05);
        }
    }

    #[test]
    fn both_directions_are_alike() {
        let (low, high) = auroc_interval(0.8, 40, 40).expect("there are items");
        let (mirrored_low, mirrored_high) = auroc_interval(0.2, 40, 40).expect("there are items");
        assert!((low + mirrored_high - 1.0).abs() < 1e-12);
        assert!((high + mirrored_low - 1.0).abs() < 1e-12);
    }

    #[test]
    fn without_items_or_area_there_is_no_interval() {
        assert_eq!(auroc_interval(0.5, 0, 10), None);
        assert_eq!(auroc_interval(0.5, 10, 0), None);
        assert_eq!(auroc_interval(f64::NAN, 10, 10), None);
        assert_eq!(auroc_interval(1.01, 10, 10), None);
    }
}
