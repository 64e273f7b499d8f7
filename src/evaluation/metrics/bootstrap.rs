//! How sure an average precision is.

use super::ranking::Ranking;
use crate::random::Mt19937;

/// Draws; the ends of the interval lie between the fifth and the sixth from either side.
const N_DRAWS: usize = 200;

/// The 95 % interval of the average precision: the middle of 200 draws from the same scores.
///
/// Normal items and anomalies are drawn anew with replacement, as many as there were of each (the percentile
/// bootstrap, Efron 1979), so that their shares stay. Where every anomaly scores above every normal item, every draw
/// says 1 and the interval is a point.
pub fn average_precision_interval(
    normal: &[f32],
    anomalous: &[f32],
    seed: u64,
) -> Option<(f64, f64)> {
    let ranking = Ranking::of(normal, anomalous)?;
    let normal_steps = steps_of(&ranking, |step| step.n_normal);
    let anomalous_steps = steps_of(&ranking, |step| step.n_anomalous);
    let mut generator = Mt19937::new(seed);
    let mut draw = || {
        let mut counts = vec![(0, 0); ranking.steps.len()];
        for _ in 0..normal_steps.len() {
            counts[pick(&normal_steps, &mut generator)].0 += 1;
        }
        for _ in 0..anomalous_steps.len() {
            counts[pick(&anomalous_steps, &mut generator)].1 += 1;
        }
        average_precision(&counts, anomalous_steps.len())
    };
    let mut draws: Vec<f64> = (0..N_DRAWS).map(|_| draw()).collect();
    draws.sort_unstable_by(f64::total_cmp);
    Some((quantile(&draws, 0.025), quantile(&draws, 0.975)))
}

/// The step that each item of one kind is on.
fn steps_of(ranking: &Ranking, n_items: impl Fn(&super::ranking::Step) -> usize) -> Vec<usize> {
    let steps = ranking.steps.iter().enumerate();
    steps
        .flat_map(|(step_idx, step)| std::iter::repeat_n(step_idx, n_items(step)))
        .collect()
}

fn pick(steps: &[usize], generator: &mut Mt19937) -> usize {
    // The remainder's bias is below one in a million for fewer than 4,000 items.
    steps[generator.next_u32() as usize % steps.len()]
}

/// The average precision of counts (normal, anomalous) by falling score; steps that were not drawn change nothing.
fn average_precision(counts: &[(usize, usize)], n_anomalous: usize) -> f64 {
    let (mut n_flagged, mut n_found, mut sum) = (0, 0, 0.0);
    for &(normal, anomalous) in counts {
        n_flagged += normal + anomalous;
        n_found += anomalous;
        if anomalous > 0 {
            sum += anomalous as f64 * n_found as f64 / n_flagged as f64;
        }
    }
    sum / n_anomalous as f64
}

/// Mixed linearly from the two nearest ranks, as numpy does.
fn quantile(sorted: &[f64], q: f64) -> f64 {
    let rank = q * (sorted.len() - 1) as f64;
    let (lower, weight) = (rank.floor() as usize, rank.fract());
    let above = sorted[(lower + 1).min(sorted.len() - 1)];
    sorted[lower] + weight * (above - sorted[lower])
}

#[cfg(test)]
mod tests {
    use super::super::PrecisionRecallCurve;
    use super::super::fixture::{self, close};
    use super::*;

    #[test]
    fn intervals_agree_with_numpy_s_bootstrap() {
        for case in fixture::metrics().cases {
            let interval = average_precision_interval(&case.normal, &case.anomalous, 1);
            let (low, high) = interval.expect("there are scores");
            let allowed = 0.15 * (case.bootstrap_high - case.bootstrap_low) + 1e-9;
            assert!(
                (low - case.bootstrap_low).abs() <= allowed,
                "{}: {low} for {}",
                case.name,
                case.bootstrap_low
            );
            assert!(
                (high - case.bootstrap_high).abs() <= allowed,
                "{}: {high} for {}",
                case.name,
                case.bootstrap_high
            );
        }
    }

    #[test]
    fn counts_give_the_average_precision_of_the_curve() {
        let (normal, anomalous) = ([0.1, 0.1, 0.4, 0.4, 0.4], [0.1, 0.4, 0.9, 0.9]);
        let curve = PrecisionRecallCurve::of(&normal, &anomalous).expect("scores");
        let counts = [(0, 2), (0, 0), (3, 1), (2, 1)];
        assert!(close(
            average_precision(&counts, 4),
            curve.average_precision()
        ));
    }

    #[test]
    fn the_seed_decides_the_draws() {
        let (normal, anomalous) = ([0.1, 0.2, 0.6, 0.7], [0.3, 0.5, 0.8, 0.9, 0.65]);
        let of = |seed| average_precision_interval(&normal, &anomalous, seed);
        assert_eq!(of(3), of(3));
        assert_ne!(of(3), of(4));
    }

    #[test]
    fn no_scores_have_no_interval() {
        assert_eq!(average_precision_interval(&[], &[1.0], 1), None);
        assert_eq!(average_precision_interval(&[1.0], &[f32::NAN], 1), None);
    }
}
