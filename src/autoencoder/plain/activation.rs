//! Activations and their derivatives, and the functions that they are made of.
//!
//! The functions are sums and products only, without branches: they become SIMD, and give the same bits on every
//! machine, which a system's own `tanh` does not.

use crate::autoencoder::Activation;

/// Applies an activation to every value.
pub(super) fn activate(values: &mut [f32], activation: Activation) {
    match activation {
        Activation::Identity => {}
        // A comparison with NaN is false, so that a run that diverged is seen to.
        Activation::Relu => each(values, |z| if z < 0.0 { 0.0 } else { z }),
        Activation::LeakyRelu => each(values, |z| if z < 0.0 { Activation::LEAK * z } else { z }),
        Activation::Tanh => each(values, tanh),
        Activation::Sigmoid => each(values, sigmoid),
        Activation::Silu => each(values, |z| z * sigmoid(z)),
        Activation::Gelu => each(values, |z| z * probability(z)),
    }
}

/// Whether a layer's sums must be kept for [`through_activation`], because its outputs do not tell the derivative.
pub(super) fn needs_sums(activation: Activation) -> bool {
    matches!(activation, Activation::Silu | Activation::Gelu)
}

/// Multiplies `delta` by the activation's derivative at each of `sums`.
///
/// Where the derivative is told more quickly from `output`, what the activation gave, it is, and `sums` may be empty.
pub(super) fn through_activation(
    delta: &mut [f32],
    sums: &[f32],
    output: &[f32],
    activation: Activation,
) {
    match activation {
        Activation::Identity => {}
        Activation::Relu => with_each(delta, output, |d, y| if y <= 0.0 { 0.0 } else { d }),
        Activation::LeakyRelu => with_each(delta, output, |d, y| {
            if y <= 0.0 { Activation::LEAK * d } else { d }
        }),
        // tanh' = 1 − tanh².
        Activation::Tanh => with_each(delta, output, |d, y| d - y * y * d),
        // σ' = σ − σ².
        Activation::Sigmoid => with_each(delta, output, |d, y| d * (y - y * y)),
        Activation::Silu => with_each(delta, sums, |d, z| {
            let y = sigmoid(z);
            d * (y + z * (y - y * y))
        }),
        Activation::Gelu => with_each(delta, sums, |d, z| d * (probability(z) + z * density(z))),
    }
}

fn each(values: &mut [f32], function: impl Fn(f32) -> f32) {
    for value in values {
        *value = function(*value);
    }
}

fn with_each(delta: &mut [f32], values: &[f32], function: impl Fn(f32, f32) -> f32) {
    for (delta, &value) in delta.iter_mut().zip(values) {
        *delta = function(*delta, value);
    }
}

/// `tanh(x)` to a few units in the last place: the quotient of polynomials that Eigen and XNNPACK use.
#[inline]
pub(super) fn tanh(x: f32) -> f32 {
    // Beyond, the quotient would leave −1…1.
    const LARGEST: f32 = 7.905_311;
    let x = x.clamp(-LARGEST, LARGEST);
    let square = x * x;
    let mut odd = -2.760_768_5e-16;
    for coefficient in [
        2.000_188e-13,
        -8.604_672e-11,
        5.122_297_1e-8,
        1.485_722_4e-5,
        6.372_619e-4,
        4.893_524_6e-3,
    ] {
        odd = odd * square + coefficient;
    }
    let mut even = 1.198_258_4e-6;
    for coefficient in [1.185_347_1e-4, 2.268_434_6e-3, 4.893_525e-3] {
        even = even * square + coefficient;
    }
    x * odd / even
}

/// `1 / (1 + e^−x)`.
#[inline]
pub(super) fn sigmoid(x: f32) -> f32 {
    1.0 / (1.0 + exp(-x))
}

/// How probable it is that a standard normal number is below `z`: `Φ(z)`.
#[inline]
fn probability(z: f32) -> f32 {
    0.5 + 0.5 * erf(z * std::f32::consts::FRAC_1_SQRT_2)
}

/// The density of the standard normal distribution: `e^(−z²/2) / √(2π)`.
#[inline]
fn density(z: f32) -> f32 {
    const AT_0: f32 = 0.398_942_3;
    AT_0 * exp(-0.5 * z * z)
}

/// `erf(x)` to a few units in the last place of 1: the quotient of polynomials that Eigen used.
#[inline]
fn erf(x: f32) -> f32 {
    // From here on it is 1 in single precision.
    const LARGEST: f32 = 3.9;
    let square = x * x;
    let mut odd = -2.726_142_3e-10;
    for coefficient in [
        2.770_681_4e-8,
        -2.101_024e-6,
        -5.692_506_5e-5,
        -7.349_906_3e-4,
        -2.954_6e-3,
        -1.609_603_3e-2,
    ] {
        odd = odd * square + coefficient;
    }
    let mut even = -1.456_607_2e-5;
    for coefficient in [
        -2.133_740_6e-4,
        -1.682_827e-3,
        -7.373_329_2e-3,
        -1.426_473_9e-2,
    ] {
        even = even * square + coefficient;
    }
    if x.abs() < LARGEST || x.is_nan() {
        x * odd / even
    } else {
        x.signum()
    }
}

/// `e^x` to two units in the last place, for −87 to 87; beyond, as at these ends.
///
/// Cephes' `expf`: `2^n · e^r` with `|r| ≤ ½ ln 2`.
#[inline]
pub(super) fn exp(x: f32) -> f32 {
    // Added to a small number it leaves that number, rounded, in the lowest bits.
    const ROUNDING: f32 = 12_582_912.0;
    // ln 2 in two parts, the first with few enough bits that n times it is exact.
    const LN_2_HIGH: f32 = 0.693_359_4;
    const LN_2_LOW: f32 = -2.121_944_4e-4;
    let x = x.clamp(-87.0, 87.0);
    let shifted = x * std::f32::consts::LOG2_E + ROUNDING;
    let power = f32::from_bits((shifted.to_bits() << 23).wrapping_add(1.0_f32.to_bits()));
    let n = shifted - ROUNDING;
    let r = x - n * LN_2_HIGH - n * LN_2_LOW;
    let mut series = 1.987_569_1e-4;
    for coefficient in [
        1.398_199_9e-3,
        8.333_452e-3,
        4.166_579_6e-2,
        1.666_666_5e-1,
        0.5,
    ] {
        series = series * r + coefficient;
    }
    (series * (r * r) + r + 1.0) * power
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::autoencoder::reference::value_and_derivative;

    fn largest_error(range: f32, function: fn(f32) -> f32, exact: fn(f64) -> f64) -> f64 {
        let inputs = (-200_000..=200_000).map(|i| i as f32 / 200_000.0 * range);
        let errors = inputs.map(|x| {
            let exact = exact(f64::from(x));
            let value = function(x);
            // The largest of some numbers passes over those that are none.
            assert!(value.is_finite(), "{value} at {x}");
            ((f64::from(value) - exact) / exact.abs().max(f64::MIN_POSITIVE)).abs()
        });
        errors.fold(0.0, f64::max)
    }

    #[test]
    fn functions_are_within_a_millionth_of_the_exact_ones() {
        for range in [0.01, 1.0, 12.0] {
            assert!(largest_error(range, tanh, f64::tanh) < 5e-7);
        }
        for range in [0.01, 1.0, 12.0, 80.0] {
            assert!(largest_error(range, sigmoid, |x| 1.0 / (1.0 + (-x).exp())) < 5e-7);
            assert!(largest_error(range, exp, f64::exp) < 3e-7);
        }
    }

    #[test]
    fn functions_stay_in_their_range_and_let_nan_through() {
        for x in [f32::INFINITY, f32::NEG_INFINITY, 1e30, -1e30, 8.0, -8.0] {
            assert!(tanh(x).abs() <= 1.0);
            assert!((0.0..=1.0).contains(&sigmoid(x)));
            assert!(exp(x).is_finite());
        }
        for activation in Activation::ALL {
            let mut values = [f32::NAN];
            activate(&mut values, activation);
            assert!(values[0].is_nan());
        }
    }

    /// By how much values and derivatives differ from the reference's, where both are of the order of 1.
    #[test]
    fn every_activation_is_the_reference_s_and_so_is_its_derivative() {
        for activation in Activation::ALL {
            for step in -1_200..=1_200_i16 {
                let z = f32::from(step) / 100.0 + 0.003;
                let mut output = [z];
                activate(&mut output, activation);
                let mut slope = [1.0];
                through_activation(&mut slope, &[z], &output, activation);
                let (value, derivative) = value_and_derivative(activation, f64::from(z));
                let size = value.abs().max(1.0);
                assert!(
                    (f64::from(output[0]) - value).abs() < 1e-6 * size,
                    "{activation:?} at {z}"
                );
                assert!(
                    (f64::from(slope[0]) - derivative).abs() < 1e-6,
                    "{activation:?}' at {z}"
                );
            }
        }
    }
}
