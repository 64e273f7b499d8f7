//! A linear axis.

/// A tick needs about this part of the axis.
const TICK_SHARE: f32 = 0.16;

/// An axis on which equal differences are equal distances.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LinearScale {
    low: f32,
    high: f32,
}

impl LinearScale {
    /// An axis with some room on both sides of all values; `None` without any.
    pub fn around(values: impl Iterator<Item = f32>) -> Option<Self> {
        let finite = values.filter(|value| value.is_finite());
        let ends = finite.fold((f32::INFINITY, f32::NEG_INFINITY), |(low, high), value| {
            (low.min(value), high.max(value))
        });
        let room = ((ends.1 - ends.0) * 0.05)
            .max(ends.1.abs() * 1e-3)
            .max(1e-9);
        (ends.0 <= ends.1).then_some(Self {
            low: ends.0 - room,
            high: ends.1 + room,
        })
    }

    /// Where a value lies, 0…1.
    pub fn position(self, value: f32) -> f32 {
        ((value - self.low) / (self.high - self.low)).clamp(0.0, 1.0)
    }

    /// Round values along the axis, and how many decimals they need.
    pub fn ticks(self) -> (Vec<f32>, usize) {
        let wanted = f64::from(self.high - self.low) * f64::from(TICK_SHARE);
        let decade = 10_f64.powf(wanted.log10().floor());
        let steps = [1.0, 2.0, 5.0, 10.0].map(|factor| factor * decade);
        let step = steps.into_iter().find(|&step| step >= wanted);
        let step = step.unwrap_or(wanted);
        let decimals = (-step.log10().floor()).max(0.0) as usize;
        let first = (f64::from(self.low) / step).ceil();
        let ticks = (0..10).map(|idx| ((first + f64::from(idx)) * step) as f32);
        let ticks = ticks.take_while(|&tick| tick <= self.high);
        (ticks.collect(), decimals)
    }

    /// How many values fall into each of `n_bins` equal parts of the axis.
    pub fn counts(self, values: &[f32], n_bins: usize) -> Vec<usize> {
        let mut counts = vec![0; n_bins];
        for &value in values.iter().filter(|value| value.is_finite()) {
            let bin_idx = (self.position(value) * n_bins as f32) as usize;
            if let Some(count) = counts.get_mut(bin_idx.min(n_bins.saturating_sub(1))) {
                *count += 1;
            }
        }
        counts
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_round_and_inside() {
        let scale = LinearScale::around([0.021, 0.0395].into_iter()).expect("two values");
        let (ticks, decimals) = scale.ticks();
        assert_eq!(decimals, 3);
        let written: Vec<String> = ticks
            .iter()
            .map(|tick| format!("{tick:.decimals$}"))
            .collect();
        assert_eq!(written, ["0.025", "0.030", "0.035", "0.040"]);
    }

    #[test]
    fn equal_values_have_an_axis_too() {
        let scale = LinearScale::around([0.5, 0.5].into_iter()).expect("two values");
        assert!((scale.position(0.5) - 0.5).abs() < 0.01);
        assert_eq!(scale.counts(&[0.5, f32::NAN], 2).iter().sum::<usize>(), 1);
        assert_eq!(LinearScale::around(std::iter::empty()), None);
    }
}
