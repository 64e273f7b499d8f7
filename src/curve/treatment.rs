//! What is done to a curve before a network sees it.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::random::Mt19937;

/// A curve is drawn out to at most so many times its length, and pressed to at least one part of so many.
pub const MOST_STRETCHED: f32 = 2.0;

/// What is done to a curve, in this order: stretched about its middle, moved along, a stretch dropped out, noise added.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct CurveTreatment {
    /// How many times as long everything takes; 1 leaves the curve as it is.
    pub stretch: f32,
    /// By how many samples everything comes later.
    pub shift: f32,
    /// The first sample that drops out.
    pub gap_start: usize,
    /// How many samples drop out: they stay at the value before them.
    pub gap_length: usize,
    /// The standard deviation of the noise, in units of the curve.
    pub noise: f32,
}

impl Default for CurveTreatment {
    /// Nothing is done.
    fn default() -> Self {
        Self {
            stretch: 1.0,
            shift: 0.0,
            gap_start: 0,
            gap_length: 0,
            noise: 0.0,
        }
    }
}

/// One field of noise for every curve, so that its strength is the only thing that changes it.
const NOISE_SEED: u64 = 20;

impl CurveTreatment {
    /// The curve with all that is done to it, of as many samples. What comes in at an end stays at the value there.
    pub fn apply(&self, curve: &[f32]) -> Vec<f32> {
        self.apply_draw(curve, 0)
    }

    /// The same with another draw of the noise; the draw 0 is that of [`apply`](Self::apply).
    pub fn apply_draw(&self, curve: &[f32], draw: u64) -> Vec<f32> {
        let mut treated = self.moved(curve);
        self.drop_out(&mut treated);
        if self.noise > 0.0 {
            let mut generator = Mt19937::new(NOISE_SEED + draw);
            for sample in &mut treated {
                *sample += self.noise * generator.normal();
            }
        }
        treated
    }

    /// The samples that drop out, of a curve of `n_samples`.
    pub fn gap(&self, n_samples: usize) -> Range<usize> {
        let start = self.gap_start.min(n_samples);
        start..start.saturating_add(self.gap_length).min(n_samples)
    }

    fn moved(&self, curve: &[f32]) -> Vec<f32> {
        let is_still = self.stretch.to_bits() == 1.0_f32.to_bits() && self.shift.abs() <= 0.0;
        let Some(last) = curve.len().checked_sub(1).filter(|_| !is_still) else {
            return curve.to_vec();
        };
        let (last, middle) = (last as f32, last as f32 / 2.0);
        let at = |place: f32| {
            let place = place.clamp(0.0, last);
            let (before, share) = (place.floor(), place.fract());
            let after = (before as usize + 1).min(curve.len() - 1);
            curve[before as usize] * (1.0 - share) + curve[after] * share
        };
        (0..curve.len())
            .map(|idx| at((idx as f32 - self.shift - middle) / self.stretch + middle))
            .collect()
    }

    fn drop_out(&self, curve: &mut [f32]) {
        let gap = self.gap(curve.len());
        let held = curve.get(gap.start.saturating_sub(1)).copied();
        if let (Some(held), Some(gap)) = (held, curve.get_mut(gap)) {
            gap.fill(held);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CURVE: [f32; 5] = [0.0, 1.0, 4.0, 1.0, 0.0];

    fn treated(change: impl Fn(&mut CurveTreatment)) -> Vec<f32> {
        let mut treatment = CurveTreatment::default();
        change(&mut treatment);
        treatment.apply(&CURVE)
    }

    #[test]
    fn nothing_done_leaves_every_bit() {
        assert_eq!(treated(|_| {}), CURVE);
        assert!(CurveTreatment::default().apply(&[]).is_empty());
    }

    #[test]
    fn a_shift_moves_and_the_ends_are_held() {
        assert_eq!(treated(|it| it.shift = 1.0), [0.0, 0.0, 1.0, 4.0, 1.0]);
        assert_eq!(treated(|it| it.shift = -0.5), [0.5, 2.5, 2.5, 0.5, 0.0]);
    }

    #[test]
    fn stretching_is_about_the_middle() {
        assert_eq!(treated(|it| it.stretch = 2.0), [1.0, 2.5, 4.0, 2.5, 1.0]);
        assert_eq!(treated(|it| it.stretch = 0.5), [0.0, 0.0, 4.0, 0.0, 0.0]);
    }

    #[test]
    fn a_gap_stays_at_the_value_before_it() {
        let gap = |start, length| {
            treated(|it| {
                it.gap_start = start;
                it.gap_length = length;
            })
        };
        assert_eq!(gap(3, 9), [0.0, 1.0, 4.0, 4.0, 4.0]);
        assert_eq!(gap(0, 2), [0.0, 0.0, 4.0, 1.0, 0.0]);
        assert_eq!(gap(99, 9), CURVE);
    }

    #[test]
    fn noise_has_its_deviation_and_is_the_same_noise_each_time() {
        let flat = vec![0.0; 4000];
        let noisy = CurveTreatment {
            noise: 0.25,
            ..CurveTreatment::default()
        };
        let made = noisy.apply(&flat);
        assert_eq!(made, noisy.apply(&flat));
        let variance = made.iter().map(|it| it * it).sum::<f32>() / made.len() as f32;
        assert!((variance.sqrt() - 0.25).abs() < 0.02, "{variance}");
    }
}
