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
        Activation::Relu => each(values, |x| if x < 0.0 { 0.0 } else { x }),
        Activation::Tanh => each(values, tanh),
        Activation::Sigmoid => each(values, sigmoid),
    }
}

/// Multiplies `delta` by the activation's derivative, told from the activation's own output.
pub(super) fn through_activation(delta: &mut [f32], output: &[f32], activation: Activation) {
    match activation {
        Activation::Identity => {}
        Activation::Relu => with_each(delta, output, |d, y| if y <= 0.0 { 0.0 } else { d }),
        // tanh' = 1 − tanh².
        Activation::Tanh => with_each(delta, output, |d, y| d - y * y * d),
        // σ' = σ − σ².
        Activation::Sigmoid => with_each(delta, output, |d, y| d * (y - y * y)),
    }
}

fn each(values: &mut [f32], function: impl Fn(f32) -> f32) {
    for value in values {
        *value = function(*value);
    }
}

fn with_each(delta: &mut [f32], output: &[f32], function: impl Fn(f32, f32) -> f32) {
    for (delta, &output) in delta.iter_mut().zip(output) {
        *delta = function(*delta, output);
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

    fn largest_error(range: f32, function: fn(f32) -> f32, exact: fn(f64) -> f64) -> f64 {
        let inputs = (-200_000..=200_000).map(|i| i as f32 / 200_000.0 * range);
        let errors = inputs.map(|x| {
            let exact = exact(f64::from(x));
            ((f64::from(function(x)) - exact) / exact.abs().max(f64::MIN_POSITIVE)).abs()
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
        for activation in [
            Activation::Identity,
            Activation::Relu,
            Activation::Tanh,
            Activation::Sigmoid,
        ] {
            let mut values = [f32::NAN];
            activate(&mut values, activation);
            assert!(values[0].is_nan());
        }
    }
}
