//! The electrocardiogram as three coupled equations.
//!
//! P. E. `McSharry`, G. D. Clifford, L. Tarassenko and L. A. Smith: A dynamical model for generating synthetic
//! electrocardiogram signals. IEEE Transactions on Biomedical Engineering 50 (3), 2003, 289–294. A point runs around the
//! unit circle, once a beat, and is lifted where a wave lies at its angle θ:
//!
//! - x' = αx − ωy and y' = αy + ωx, with α = 1 − √(x² + y²)
//! - z' = −Σ aᵢ Δθᵢ exp(−Δθᵢ² / 2bᵢ²) − (z − z₀), with Δθᵢ = θ − θᵢ between −π and π
//! - z₀ = A sin(2π f t), the baseline that goes with the breath
//!
//! solved by the method of Runge and Kutta of the fourth order, as there.

use std::f64::consts::{PI, TAU};

/// Samples in a second of the recording.
pub(super) const SAMPLES_PER_SECOND: usize = 140;
/// The paper's waves: P, Q, R, S, T.
pub(super) const N_WAVES: usize = 5;
/// From the model's height to millivolts, by which the R wave is about one millivolt high.
pub(super) const GAIN: f64 = 26.0;
/// Steps of the solution between two samples.
const STEPS_PER_SAMPLE: usize = 2;
/// The height of the baseline's wave; with the gain, a part of a tenth of a millivolt, as in the authors' program.
const BREATH: f64 = 0.005;
/// Breaths a second.
const BREATHS_PER_SECOND: f64 = 0.25;
/// Beyond so many widths a wave adds less than a millionth of its height.
const FARTHEST: f64 = 5.5;

/// A wave on the circle.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Wave {
    /// Where it lies, θ in radians; the R wave lies at 0.
    pub angle: f64,
    /// a.
    pub strength: f64,
    /// b, in radians.
    pub width: f64,
}

/// A beat and what surrounds it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Beat {
    /// P, Q, R, S, T.
    pub waves: [Wave; N_WAVES],
    /// A wave that healthy beats do not have.
    pub lift: Option<Wave>,
    /// Seconds of one time around.
    pub interval: f64,
    /// Seconds from the first sample to the peak.
    pub peak: f64,
    /// Where the breath is at the first sample, in radians.
    pub breath: f64,
}

impl Wave {
    /// Those of the paper's table.
    pub const USUAL: [Self; N_WAVES] = [
        Self::new(-PI / 3.0, 1.2, 0.25),
        Self::new(-PI / 12.0, -5.0, 0.1),
        Self::new(0.0, 30.0, 0.1),
        Self::new(PI / 12.0, -7.5, 0.1),
        Self::new(PI / 2.0, 0.75, 0.4),
    ];

    const fn new(angle: f64, strength: f64, width: f64) -> Self {
        Self {
            angle,
            strength,
            width,
        }
    }

    /// A wave of about this height in millivolts, in beats of such an interval: z is about a b² / ω at its angle.
    pub fn of_height(angle: f64, width: f64, millivolts: f64, interval: f64) -> Self {
        let speed = TAU / interval;
        Self::new(angle, millivolts / GAIN * speed / (width * width), width)
    }

    /// The same wave, so many times as strong.
    pub fn times(self, factor: f64) -> Self {
        Self {
            strength: self.strength * factor,
            ..self
        }
    }

    /// What it adds to z' at an angle; both angles are between −π and π.
    fn slope(&self, angle: f64) -> f64 {
        let distance = match angle - self.angle {
            distance if distance > PI => distance - TAU,
            distance if distance < -PI => distance + TAU,
            distance => distance,
        };
        if distance.abs() > FARTHEST * self.width {
            return 0.0;
        }
        let by_width = distance / self.width;
        -self.strength * distance * (-0.5 * by_width * by_width).exp()
    }
}

/// z at each sample of a second, [`SAMPLES_PER_SECOND`] of them; the time around before has the waves `before`.
pub(super) fn samples(before: &[Wave; N_WAVES], beat: &Beat) -> Vec<f64> {
    let step = 1.0 / (SAMPLES_PER_SECOND * STEPS_PER_SAMPLE) as f64;
    let speed = TAU / beat.interval;
    // One time and a half around before the peak, so that nothing is left of how it began.
    let n_before = ((1.5 * beat.interval - beat.peak) / step).ceil() as usize;
    let begin = -(n_before as f64) * step;
    let angle = speed * (begin - beat.peak);
    let mut point = [angle.cos(), angle.sin(), 0.0];
    let mut samples = Vec::with_capacity(SAMPLES_PER_SECOND);
    let n_steps = n_before + SAMPLES_PER_SECOND * STEPS_PER_SAMPLE;
    for step_idx in 0..n_steps {
        let is_sample =
            step_idx >= n_before && (step_idx - n_before).is_multiple_of(STEPS_PER_SAMPLE);
        if is_sample {
            samples.push(point[2]);
        }
        let time = begin + step_idx as f64 * step;
        point = runge_kutta(point, time, step, |time, point| {
            let is_before = time < beat.peak - beat.interval / 2.0;
            let (waves, lift) = if is_before {
                (before, None)
            } else {
                (&beat.waves, beat.lift)
            };
            derivative(
                point,
                speed,
                baseline(beat, time),
                waves.iter().chain(&lift),
            )
        });
    }
    samples
}

fn baseline(beat: &Beat, time: f64) -> f64 {
    BREATH * (TAU * BREATHS_PER_SECOND * time + beat.breath).sin()
}

fn derivative<'a>(
    [x, y, z]: [f64; 3],
    speed: f64,
    baseline: f64,
    waves: impl Iterator<Item = &'a Wave>,
) -> [f64; 3] {
    let pull = 1.0 - x.hypot(y);
    let angle = y.atan2(x);
    let slope: f64 = waves.map(|wave| wave.slope(angle)).sum();
    [
        pull * x - speed * y,
        pull * y + speed * x,
        slope - (z - baseline),
    ]
}

/// One step of the fourth order.
fn runge_kutta(
    point: [f64; 3],
    time: f64,
    step: f64,
    derivative: impl Fn(f64, [f64; 3]) -> [f64; 3],
) -> [f64; 3] {
    let moved = |by: [f64; 3], step: f64| -> [f64; 3] {
        std::array::from_fn(|idx| point[idx] + step * by[idx])
    };
    let first = derivative(time, point);
    let second = derivative(time + step / 2.0, moved(first, step / 2.0));
    let third = derivative(time + step / 2.0, moved(second, step / 2.0));
    let fourth = derivative(time + step, moved(third, step));
    let mean = std::array::from_fn(|idx| {
        (first[idx] + 2.0 * second[idx] + 2.0 * third[idx] + fourth[idx]) / 6.0
    });
    moved(mean, step)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_step_is_of_the_fourth_order() {
        // x' = −x from 1 is e⁻ᵗ; half the step leaves a sixteenth of the error.
        let error = |n_steps: usize| {
            let step = 1.0 / n_steps as f64;
            let mut point = [1.0, 0.0, 0.0];
            for _ in 0..n_steps {
                point = runge_kutta(point, 0.0, step, |_, [x, _, _]| [-x, 0.0, 0.0]);
            }
            (point[0] - (-1.0_f64).exp()).abs()
        };
        let ratio = error(10) / error(20);
        assert!((15.0..18.0).contains(&ratio), "{ratio}");
    }

    #[test]
    fn a_wave_is_steepest_one_width_from_its_middle_and_turns_there() {
        let wave = Wave::USUAL[2];
        assert!(wave.slope(-0.05) > 0.0 && wave.slope(0.05) < 0.0);
        assert!(wave.slope(0.0).abs() < 1e-12);
        assert!(wave.slope(-0.1) > wave.slope(-0.08) && wave.slope(-0.1) > wave.slope(-0.12));
        assert!(wave.slope(1.0).abs() < 1e-12);
    }

    #[test]
    fn a_wave_has_the_height_that_it_was_made_for() {
        let flat = Wave::USUAL.map(|wave| wave.times(0.0));
        let beat = Beat {
            waves: flat,
            lift: Some(Wave::of_height(0.0, 0.1, 0.5, 1.0)),
            interval: 1.0,
            peak: 0.4,
            breath: 0.0,
        };
        let with = samples(&flat, &beat);
        let without = samples(&flat, &Beat { lift: None, ..beat });
        let heights = with.iter().zip(&without).map(|(a, b)| GAIN * (a - b));
        let highest = heights.fold(0.0, f64::max);
        assert!((highest - 0.5).abs() < 0.03, "{highest}");
    }
}
