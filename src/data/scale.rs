//! How the numbers of a column are brought to one scale.

use serde::{Deserialize, Serialize};

use super::Encoding;
use super::number_scale::offset_and_scale;

/// A way to bring the numbers of a column to one scale.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Scale {
    /// From 0, the smallest, to 1, the largest.
    MinMax,
    /// Standard deviations from the mean.
    Standard,
    /// Distances from the median, by the distance between the quartiles.
    Robust,
    /// Standard deviations from the mean of the logarithms.
    Logarithm,
}

/// Numbers that fill their range evenly span fewer standard deviations; a uniform distribution spans 3.5.
const EVEN_SPAN: f64 = 5.0;
/// Bell-shaped ones span fewer; a thousand normally distributed ones span 6.5.
const BELL_SPAN: f64 = 12.0;
/// As many times as the median the largest of numbers on a logarithmic scale is.
const LOGARITHMIC_RATIO: f64 = 50.0;
/// The distance between the quartiles of a normal distribution, in standard deviations.
const QUARTILES_APART: f64 = 1.349;
/// The smallest scale that single precision divides by without harm.
const SMALLEST_SCALE: f64 = 1e-30;

impl Scale {
    /// The scale that suits the shape of a column: 0 to 1 where numbers fill their range, standard scores where they
    /// crowd around a mean, the logarithm where they are positive and span orders of magnitude, and median and quartiles
    /// where a few lie far from all others.
    pub(super) fn proposed_for(sorted: &[f64]) -> Self {
        let (Some(&smallest), Some(&largest)) = (sorted.first(), sorted.last()) else {
            return Self::MinMax;
        };
        let (_, deviation) = mean_and_deviation(sorted);
        let median = quantile(sorted, 0.5);
        let span = (largest - smallest) / deviation;
        if !span.is_finite() || span < EVEN_SPAN {
            Self::MinMax
        } else if smallest >= 0.0 && median > 0.0 && largest > LOGARITHMIC_RATIO * median {
            Self::Logarithm
        } else if span < BELL_SPAN {
            Self::Standard
        } else {
            Self::Robust
        }
    }

    /// The encoding that sorted numbers have on this scale; `decimals` is how they are shown.
    pub(super) fn fitted_to(self, sorted: &[f64], decimals: u8) -> Encoding {
        let linear = |offset: f64, scale: f64| {
            let scale = if scale > SMALLEST_SCALE { scale } else { 1.0 };
            Encoding::Number {
                offset: offset as f32,
                scale: scale as f32,
                decimals,
            }
        };
        match self {
            Self::MinMax => {
                let ends = (sorted.first(), sorted.last());
                let (smallest, largest) = match ends {
                    (Some(&smallest), Some(&largest)) => (smallest, largest),
                    _ => (0.0, 0.0),
                };
                let (offset, scale) = offset_and_scale(smallest, largest);
                Encoding::Number {
                    offset,
                    scale,
                    decimals,
                }
            }
            Self::Standard => {
                let (mean, deviation) = mean_and_deviation(sorted);
                linear(mean, deviation)
            }
            Self::Robust => {
                let apart = quantile(sorted, 0.75) - quantile(sorted, 0.25);
                let (_, deviation) = mean_and_deviation(sorted);
                let scale = if apart > 0.0 {
                    apart / QUARTILES_APART
                } else {
                    deviation
                };
                linear(quantile(sorted, 0.5), scale)
            }
            Self::Logarithm => logarithmic(sorted, decimals),
        }
    }
}

/// The logarithm of `1 + number / unit`, the unit being a typical number, so that 0 has a place too.
fn logarithmic(sorted: &[f64], decimals: u8) -> Encoding {
    let positive = sorted.partition_point(|&number| number <= 0.0);
    let unit = quantile(&sorted[positive..], 0.1) as f32;
    let unit = if unit > f32::MIN_POSITIVE { unit } else { 1.0 };
    let logarithms: Vec<f64> = sorted.iter().map(|&it| logarithm(it, unit)).collect();
    let (mean, deviation) = mean_and_deviation(&logarithms);
    let deviation = if deviation > SMALLEST_SCALE {
        deviation
    } else {
        1.0
    };
    Encoding::Logarithm {
        unit,
        offset: mean as f32,
        scale: deviation as f32,
        decimals,
    }
}

/// `ln(1 + number / unit)`, and the negative of it for negative numbers.
pub(super) fn logarithm(number: f64, unit: f32) -> f64 {
    (number.abs() / f64::from(unit)).ln_1p().copysign(number)
}

/// The number that [`logarithm`] was taken of.
pub(super) fn exponential(logarithm: f64, unit: f32) -> f64 {
    (logarithm.abs().exp_m1() * f64::from(unit)).copysign(logarithm)
}

/// The mean, and the standard deviation by `n`; 0 and 0 of nothing.
fn mean_and_deviation(numbers: &[f64]) -> (f64, f64) {
    let n = numbers.len().max(1) as f64;
    let mean = numbers.iter().sum::<f64>() / n;
    let squares: f64 = numbers.iter().map(|it| (it - mean).powi(2)).sum();
    (mean, (squares / n).sqrt())
}

/// The number below which a part of sorted numbers lies, one of them; 0 of nothing.
pub(super) fn quantile(sorted: &[f64], part: f64) -> f64 {
    let last = sorted.len().saturating_sub(1);
    let place = (part * last as f64).round() as usize;
    sorted.get(place).copied().unwrap_or(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a number becomes.
    fn value_of(encoding: &Encoding, number: f64) -> f32 {
        encoding.value_of(number).expect("a number's encoding")
    }

    #[test]
    fn the_scale_follows_the_shape() {
        let even: Vec<f64> = (0..100).map(f64::from).collect();
        assert_eq!(Scale::proposed_for(&even), Scale::MinMax);
        // The sums of three dice-like digits crowd around their mean.
        let mut bell: Vec<f64> = (0..1000)
            .map(|idx| f64::from(idx % 10 + idx / 10 % 10 + idx / 100))
            .collect();
        bell.sort_by(f64::total_cmp);
        assert_eq!(Scale::proposed_for(&bell), Scale::Standard);
        let powers: Vec<f64> = (0..100).map(|idx| 1.2_f64.powi(idx)).collect();
        assert_eq!(Scale::proposed_for(&powers), Scale::Logarithm);
        let mut tailed = bell.clone();
        tailed.extend([900.0, -900.0]);
        tailed.sort_by(f64::total_cmp);
        assert_eq!(Scale::proposed_for(&tailed), Scale::Robust);
        assert_eq!(Scale::proposed_for(&[]), Scale::MinMax);
        assert_eq!(Scale::proposed_for(&[2.0, 2.0]), Scale::MinMax);
    }

    #[test]
    fn each_scale_puts_its_own_centre_at_0() {
        let numbers = [1.0, 2.0, 3.0, 4.0, 100.0];
        let of = |scale: Scale| scale.fitted_to(&numbers, 0);
        assert!((value_of(&of(Scale::MinMax), 1.0)).abs() < 1e-6);
        assert!((value_of(&of(Scale::MinMax), 100.0) - 1.0).abs() < 1e-6);
        assert!((value_of(&of(Scale::Standard), 22.0)).abs() < 1e-6);
        // numpy.std([1, 2, 3, 4, 100]) is 39.01281840626232.
        assert!((value_of(&of(Scale::Standard), 22.0 + 39.012_818) - 1.0).abs() < 1e-6);
        assert!((value_of(&of(Scale::Robust), 3.0)).abs() < 1e-6);
        assert!((value_of(&of(Scale::Robust), 3.0 + 2.0 / 1.349) - 1.0).abs() < 1e-6);
    }

    #[test]
    fn a_logarithm_is_taken_back_exactly_enough() {
        for number in [0.0, 1e-3, 2.5, -7.0, 3e9] {
            let back = exponential(logarithm(number, 0.5), 0.5);
            assert!((back - number).abs() <= number.abs() * 1e-12, "{number}");
        }
    }

    #[test]
    fn numbers_that_are_all_the_same_become_0() {
        for scale in [
            Scale::MinMax,
            Scale::Standard,
            Scale::Robust,
            Scale::Logarithm,
        ] {
            let encoding = scale.fitted_to(&[5.0, 5.0, 5.0], 0);
            let value = value_of(&encoding, 5.0);
            assert!(value.abs() < 1e-6, "{scale:?}: {value}");
        }
    }
}
