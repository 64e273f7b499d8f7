//! Figures that stand for many samples.

/// Sorted by size; there is at least one.
pub struct Summary {
    sorted: Vec<f64>,
}

impl Summary {
    /// `None` without samples.
    pub fn of(samples: &[f64]) -> Option<Self> {
        let mut sorted = samples.to_vec();
        sorted.sort_by(f64::total_cmp);
        (!sorted.is_empty()).then_some(Self { sorted })
    }

    /// The one in the middle, or the mean of the two there.
    pub fn median(&self) -> f64 {
        let half = self.sorted.len() / 2;
        if self.sorted.len() % 2 == 1 {
            self.sorted[half]
        } else {
            f64::midpoint(self.sorted[half - 1], self.sorted[half])
        }
    }

    /// The one that 95 % are not above.
    pub fn percentile_95(&self) -> f64 {
        let n_not_above = (0.95 * self.sorted.len() as f64).ceil() as usize;
        self.sorted[n_not_above.max(1) - 1]
    }

    /// The smallest.
    pub fn minimum(&self) -> f64 {
        self.sorted[0]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn summary(samples: &[f64]) -> Summary {
        Summary::of(samples).expect("samples")
    }

    #[test]
    fn the_median_lies_in_the_middle_whatever_the_order() {
        assert!((summary(&[5.0, 1.0, 3.0]).median() - 3.0).abs() < 1e-12);
        assert!((summary(&[4.0, 1.0, 3.0, 9.0]).median() - 3.5).abs() < 1e-12);
    }

    #[test]
    fn ninety_five_percent_are_not_above_the_percentile() {
        let hundred: Vec<f64> = (1..=100).map(f64::from).collect();
        assert!((summary(&hundred).percentile_95() - 95.0).abs() < 1e-12);
        assert!((summary(&[7.0]).percentile_95() - 7.0).abs() < 1e-12);
        assert!((summary(&hundred[..10]).percentile_95() - 10.0).abs() < 1e-12);
    }

    #[test]
    fn nothing_has_no_figures() {
        assert!(Summary::of(&[]).is_none());
    }
}
