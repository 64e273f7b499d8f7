//! Scores in falling order.

/// Normal and anomalous scores in falling order, equal ones together: what both curves are made of.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Ranking {
    /// Falling scores, each once.
    pub steps: Vec<Step>,
    pub n_normal: usize,
    pub n_anomalous: usize,
}

/// All items of one score.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Step {
    pub score: f32,
    pub n_normal: usize,
    pub n_anomalous: usize,
}

impl Ranking {
    /// Sorts the scores; `None` where a side has none or a score is not a number.
    pub fn of(normal: &[f32], anomalous: &[f32]) -> Option<Self> {
        if normal.is_empty() || anomalous.is_empty() {
            return None;
        }
        let scored = |is_anomalous| move |&score: &f32| (score, is_anomalous);
        let mut all: Vec<(f32, bool)> = normal.iter().map(scored(false)).collect();
        all.extend(anomalous.iter().map(scored(true)));
        if all.iter().any(|(score, _)| score.is_nan()) {
            return None;
        }
        all.sort_unstable_by(|(one, _), (other, _)| other.total_cmp(one));
        let mut steps: Vec<Step> = Vec::new();
        for (score, is_anomalous) in all {
            // 0 and −0 are equal, though they are sorted apart.
            #[expect(clippy::float_cmp, reason = "only equal scores are ties")]
            let is_new = steps.last().is_none_or(|step| step.score != score);
            if is_new {
                steps.push(Step {
                    score,
                    n_normal: 0,
                    n_anomalous: 0,
                });
            }
            if let Some(step) = steps.last_mut() {
                step.n_normal += usize::from(!is_anomalous);
                step.n_anomalous += usize::from(is_anomalous);
            }
        }
        Some(Self {
            steps,
            n_normal: normal.len(),
            n_anomalous: anomalous.len(),
        })
    }

    /// How many normal and how many anomalous items score at least as high, step by step.
    pub fn counts_so_far(&self) -> impl Iterator<Item = (f32, usize, usize)> {
        let add = |sums: &mut (usize, usize), step: &Step| {
            *sums = (sums.0 + step.n_normal, sums.1 + step.n_anomalous);
            Some((step.score, sums.0, sums.1))
        };
        self.steps.iter().scan((0, 0), add)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_scores_are_one_step() {
        let ranking = Ranking::of(&[0.0, 1.0, 1.0], &[-0.0, 2.0, 1.0]).expect("there are scores");
        let counts: Vec<(f32, usize, usize)> = ranking.counts_so_far().collect();
        assert_eq!(counts, [(2.0, 0, 1), (1.0, 2, 2), (0.0, 3, 3)]);
    }

    #[test]
    fn without_scores_on_both_sides_there_is_no_ranking() {
        assert_eq!(Ranking::of(&[], &[1.0]), None);
        assert_eq!(Ranking::of(&[1.0], &[]), None);
        assert_eq!(Ranking::of(&[1.0, f32::NAN], &[2.0]), None);
        assert!(Ranking::of(&[1.0, f32::INFINITY], &[2.0]).is_some());
    }
}
