//! A logarithmic axis.

/// The smallest and largest ends of an axis; errors of interest are far inside.
const LIMITS: (f32, f32) = (1e-12, 1e12);

/// An axis on which equal ratios are equal distances: position 0 is `low`, position 1 is `high`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LogScale {
    low: f32,
    high: f32,
}

impl LogScale {
    /// An axis from `low` to `high`.
    ///
    /// Ends are moved into 1e−12…1e12; where `high` is not above `low`, it becomes ten times `low`.
    pub fn new(low: f32, high: f32) -> Self {
        let within = |end: f32| {
            if end.is_nan() {
                LIMITS.0
            } else {
                end.clamp(LIMITS.0, LIMITS.1)
            }
        };
        let (low, high) = (within(low), within(high));
        Self {
            low,
            high: if high > low { high } else { 10.0 * low },
        }
    }

    /// The value at position 0, above 0.
    pub fn low(self) -> f32 {
        self.low
    }

    /// The value at position 1, above `low`.
    pub fn high(self) -> f32 {
        self.high
    }

    /// Where a value lies on the axis, 0…1; values beyond it at the nearer end, and at 0 what has no logarithm.
    pub fn position(self, value: f32) -> f32 {
        if value.is_nan() || value <= self.low {
            return 0.0;
        }
        ((value.ln() - self.low.ln()) / self.n_folds()).clamp(0.0, 1.0)
    }

    /// The value at a position; positions beyond 0…1 count as the nearer end, NaN as 0.
    pub fn value(self, position: f32) -> f32 {
        let position = if position.is_nan() {
            0.0
        } else {
            position.clamp(0.0, 1.0)
        };
        (self.low.ln() + position * self.n_folds())
            .exp()
            .clamp(self.low, self.high)
    }

    /// The values 1, 2 and 5 of each power of ten, from `low` to `high`.
    pub fn ticks(self) -> Vec<f32> {
        let decades = self.low.log10().floor() as i32..=self.high.log10().ceil() as i32;
        let ticks = decades
            .flat_map(|decade| [1.0, 2.0, 5.0].map(|digit| (digit * 10_f64.powi(decade)) as f32));
        ticks
            .filter(|&tick| tick >= self.low && tick <= self.high)
            .collect()
    }

    /// The natural logarithm of `high / low`.
    fn n_folds(self) -> f32 {
        self.high.ln() - self.low.ln()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_ratios_are_equal_distances() {
        let scale = LogScale::new(0.001, 1.0);
        for (value, position) in [
            (0.001, 0.0),
            (0.01, 1.0 / 3.0),
            (0.1, 2.0 / 3.0),
            (1.0, 1.0),
        ] {
            assert!((scale.position(value) - position).abs() < 1e-6);
            assert!((scale.value(position) / value - 1.0).abs() < 1e-5);
        }
    }

    #[test]
    fn position_and_value_undo_each_other() {
        let scale = LogScale::new(0.0005, 0.7);
        for step in 0_u8..=100 {
            let position = f32::from(step) / 100.0;
            assert!((scale.position(scale.value(position)) - position).abs() < 1e-5);
        }
    }

    #[test]
    fn values_beyond_the_axis_are_at_its_ends() {
        let scale = LogScale::new(0.001, 1.0);
        for value in [0.0, -1.0, f32::NAN, f32::NEG_INFINITY, 0.0001] {
            assert!(scale.position(value).abs() < f32::EPSILON);
        }
        for value in [2.0, f32::INFINITY] {
            assert!((scale.position(value) - 1.0).abs() < f32::EPSILON);
        }
        assert!((scale.value(f32::NAN) - 0.001).abs() < 1e-9);
        assert!((scale.value(7.0) - 1.0).abs() < 1e-6);
    }

    #[test]
    fn ticks_are_1_2_and_5_of_each_power_of_ten() {
        assert_eq!(
            LogScale::new(0.001, 0.02).ticks(),
            [0.001, 0.002, 0.005, 0.01, 0.02]
        );
        assert_eq!(
            LogScale::new(0.003, 0.4).ticks(),
            [0.005, 0.01, 0.02, 0.05, 0.1, 0.2]
        );
    }

    #[test]
    fn impossible_ends_still_give_an_axis() {
        let ends = [
            0.0,
            -1.0,
            1.0,
            f32::NAN,
            f32::INFINITY,
            f32::MIN_POSITIVE,
            f32::MAX,
        ];
        for (low, high) in ends.iter().flat_map(|&low| ends.map(|high| (low, high))) {
            let scale = LogScale::new(low, high);
            assert!(scale.low() > 0.0 && scale.high() > scale.low() && scale.high().is_finite());
            assert!((0.0..=1.0).contains(&scale.position(0.5)));
            assert!(!scale.ticks().is_empty());
        }
    }
}
