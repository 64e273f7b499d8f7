//! How sure a measured share is.

/// The normal distribution's 97.5 % quantile: 2.5 % are left out on either side.
const Z: f64 = 1.959_963_984_540_054;

/// The 95 % interval of a share, lower and upper end, 0…1, from `n_hits` of `n_items`.
///
/// Wilson's score interval (1927): the shares `p` that lie within 1.96 standard errors `sqrt(p (1 − p) / n)` of the
/// measured one. Unlike the measured share ± 1.96 standard errors it stays within 0…1 and is not empty for 0 of n.
///
/// `None` without any items, and for more hits than items.
pub fn wilson_interval(n_hits: usize, n_items: usize) -> Option<(f64, f64)> {
    if n_items == 0 || n_hits > n_items {
        return None;
    }
    let n = n_items as f64;
    let share = n_hits as f64 / n;
    let shrinkage = 1.0 / (1.0 + Z * Z / n);
    let centre = shrinkage * (share + Z * Z / (2.0 * n));
    let variance = share * (1.0 - share) / n + Z * Z / (4.0 * n * n);
    let half_width = shrinkage * Z * variance.sqrt();
    // At both ends the two terms cancel, but not to the last bit.
    let low = if n_hits == 0 {
        0.0
    } else {
        centre - half_width
    };
    let high = if n_hits == n_items {
        1.0
    } else {
        centre + half_width
    };
    Some((low, high))
}

/// A share, 0…1, in per cent with at most one decimal, and below 1 % with two: "5 %", "4.7 %", "0.25 %".
pub fn format_share(share: f64) -> String {
    let n_decimals = if share < 0.01 { 2 } else { 1 };
    let percent = format!("{:.n_decimals$}", share * 100.0);
    let percent = percent.trim_end_matches('0').trim_end_matches('.');
    format!("{percent} %")
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;

    #[derive(Deserialize)]
    struct Fixture {
        cases: Vec<Case>,
    }

    #[derive(Deserialize)]
    struct Case {
        n_hits: usize,
        n_items: usize,
        low: f64,
        high: f64,
    }

    #[test]
    fn intervals_are_scipys() {
        let text = include_str!("../../tests/fixtures/scipy/wilson.json");
        let fixture: Fixture = serde_json::from_str(text).expect("the fixture is committed");
        assert!(!fixture.cases.is_empty());
        for case in fixture.cases {
            let interval = wilson_interval(case.n_hits, case.n_items);
            let (low, high) = interval.expect("there are items");
            let of = format!("{} of {}", case.n_hits, case.n_items);
            assert!((low - case.low).abs() < 1e-12, "{of}: low {low}");
            assert!((high - case.high).abs() < 1e-12, "{of}: high {high}");
        }
    }

    #[test]
    fn the_share_lies_within_its_interval_and_the_interval_within_0_to_1() {
        for n_items in 1..60 {
            for n_hits in 0..=n_items {
                let share = n_hits as f64 / n_items as f64;
                let (low, high) = wilson_interval(n_hits, n_items).expect("there are items");
                assert!(0.0 <= low && low <= share && share <= high && high <= 1.0);
                assert!(low < high);
                let (low_of_rest, high_of_rest) =
                    wilson_interval(n_items - n_hits, n_items).expect("there are items");
                assert!((low - (1.0 - high_of_rest)).abs() < 1e-12);
                assert!((high - (1.0 - low_of_rest)).abs() < 1e-12);
            }
        }
    }

    #[test]
    fn no_hits_and_all_hits_leave_one_side_open() {
        let (low, high) = wilson_interval(0, 20).expect("there are items");
        assert!(low.abs() < f64::EPSILON && (high - 0.161_125).abs() < 1e-6);
        let (low, high) = wilson_interval(20, 20).expect("there are items");
        assert!((low - 0.838_875).abs() < 1e-6 && (high - 1.0).abs() < f64::EPSILON);
    }

    #[test]
    fn more_items_make_the_interval_narrower() {
        let width = |n: usize| {
            let (low, high) = wilson_interval(n / 20, n).expect("there are items");
            high - low
        };
        assert!(width(20) > width(200) && width(200) > width(2_000));
    }

    #[test]
    fn without_items_nothing_is_known() {
        assert_eq!(wilson_interval(0, 0), None);
        assert_eq!(wilson_interval(3, 2), None);
    }

    #[test]
    fn shares_are_written_in_per_cent_with_no_more_decimals_than_they_need() {
        let written = [0.0, 1.0, 0.05, 0.1, 0.0472, 0.0025, f64::from(0.05_f32)].map(format_share);
        let expected = ["0 %", "100 %", "5 %", "10 %", "4.7 %", "0.25 %", "5 %"];
        assert_eq!(written, expected);
    }
}
