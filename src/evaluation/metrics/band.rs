//! How many false alarms a promise allows.

/// Part of all evaluations that lie below the band, and part that lie above.
const TAIL: f64 = 0.025;

/// The least and the most false alarms, of `n_test` normal items, that a conformal threshold for the rate `alpha` gives
/// in 95 of 100 evaluations.
///
/// With `n` calibration errors the threshold is the `r`-th largest, `r = ⌊alpha (n + 1)⌋`. If calibration and test
/// items come from the same source and no errors are equal, the number of false alarms follows the beta-binomial
/// distribution with parameters `r` and `n + 1 − r` (Vovk, 2012), whatever the model. `None` where `r` is 0 or `alpha`
/// is not between 0 and 1.
pub fn false_alarm_band(alpha: f64, n_calibration: usize, n_test: usize) -> Option<(usize, usize)> {
    if !(alpha > 0.0 && alpha < 1.0) {
        return None;
    }
    // 0.05 × 100 is a little below 5 in double precision.
    let rank = (alpha * (n_calibration as f64 + 1.0) + 1e-9).floor();
    if rank < 1.0 {
        return None;
    }
    let weights = weights(rank, n_calibration as f64 + 1.0 - rank, n_test);
    let total: f64 = weights.iter().sum();
    let reaching = |weights: &mut dyn Iterator<Item = &f64>| {
        let mut sum = 0.0;
        weights
            .take_while(|&&weight| {
                sum += weight;
                sum < TAIL * total
            })
            .count()
    };
    let low = reaching(&mut weights.iter());
    let high = n_test - reaching(&mut weights.iter().rev());
    Some((low, high))
}

/// What is proportional to the chance of 0, 1, …, `n` successes in the beta-binomial distribution.
fn weights(alpha: f64, beta: f64, n: usize) -> Vec<f64> {
    let logarithms: Vec<f64> = std::iter::successors(Some((0.0, 0_usize)), |&(sum, k)| {
        let (done, left) = (k as f64, (n - k) as f64);
        let ratio = left * (alpha + done) / ((done + 1.0) * (beta + left - 1.0));
        (k < n).then(|| (sum + ratio.ln(), k + 1))
    })
    .map(|(sum, _)| sum)
    .collect();
    let largest = logarithms.iter().copied().fold(f64::MIN, f64::max);
    logarithms.iter().map(|it| (it - largest).exp()).collect()
}

#[cfg(test)]
mod tests {
    use super::super::fixture;
    use super::*;

    #[test]
    fn bands_are_those_of_scipy() {
        for case in fixture::metrics().bands {
            let band = false_alarm_band(case.alpha, case.n_calibration, case.n_test);
            assert_eq!(band, Some((case.low, case.high)), "{case:?}");
        }
    }

    #[test]
    fn too_few_calibration_items_promise_nothing() {
        assert_eq!(false_alarm_band(0.05, 18, 100), None);
        assert!(false_alarm_band(0.05, 19, 100).is_some());
        assert_eq!(false_alarm_band(0.0, 100, 100), None);
        assert_eq!(false_alarm_band(f64::NAN, 100, 100), None);
    }

    #[test]
    fn no_test_items_have_no_false_alarms() {
        assert_eq!(false_alarm_band(0.05, 100, 0), Some((0, 0)));
    }
}
