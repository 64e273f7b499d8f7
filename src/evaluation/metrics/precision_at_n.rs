//! The precision of as many of the highest scores as there are anomalies.

use super::{Rate, ranking::Ranking};

/// How many of the `n` highest scores are of anomalies, `n` being the number of anomalies: what someone finds who looks
/// through that many items, the most suspicious first. Of scores that tie at the end of them each counts as much as the
/// others, and the sum is rounded down.
///
/// `None` where a side has no scores or one is not a number.
pub fn precision_at_n(normal: &[f32], anomalous: &[f32]) -> Option<Rate> {
    let ranking = Ranking::of(normal, anomalous)?;
    let n = ranking.n_anomalous;
    let (mut n_left, mut n_hits) = (n, 0);
    for step in &ranking.steps {
        let n_items = step.n_normal + step.n_anomalous;
        let n_taken = n_left.min(n_items);
        n_hits += step.n_anomalous * n_taken / n_items.max(1);
        n_left -= n_taken;
    }
    Some(Rate { n_hits, n_items: n })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hits(normal: &[f32], anomalous: &[f32]) -> Option<(usize, usize)> {
        precision_at_n(normal, anomalous).map(|rate| (rate.n_hits, rate.n_items))
    }

    #[test]
    fn as_many_are_looked_through_as_there_are_anomalies() {
        assert_eq!(hits(&[0.1, 0.2, 0.6], &[0.5, 0.9]), Some((1, 2)));
        assert_eq!(hits(&[0.1, 0.2], &[0.5, 0.9, 0.7]), Some((3, 3)));
        assert_eq!(hits(&[0.5; 4], &[0.1]), Some((0, 1)));
    }

    #[test]
    fn ties_count_by_their_share() {
        assert_eq!(hits(&[1.0, 1.0], &[1.0, 1.0]), Some((1, 2)));
        assert_eq!(hits(&[], &[1.0]), None);
        assert_eq!(hits(&[f32::NAN], &[1.0]), None);
    }
}
