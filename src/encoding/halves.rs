//! Rows of floats in half precision (IEEE 754 binary16): half of the bytes, and about three decimals.

/// 2⁻¹⁴, the smallest number that a half holds with all its digits.
const SMALLEST_NORMAL: f32 = 6.103_515_6e-5;

/// 2²⁴: how many of the smallest halves make 1.
const SMALLEST_IN_ONE: f32 = 16_777_216.0;

/// From here on, halfway to what would be the next number, a half is infinite.
const INFINITE_FROM: f32 = 65_520.0;
const INFINITY: u16 = 0x7c00;
const NOT_A_NUMBER: u16 = 0x7e00;

/// Digits of a single that a half has no room for, and how much more its exponent is biased.
const LOST_BITS: u32 = 13;
const BIAS_DIFFERENCE: u32 = 112;

/// The little-endian bytes of numbers in half precision, each rounded to the nearest, ties to even.
pub fn to_bytes(values: &[f32]) -> Vec<u8> {
    let halves = values.iter().map(|&value| half_of(value));
    halves.flat_map(u16::to_le_bytes).collect()
}

/// Numbers from their little-endian bytes in half precision; `None` when the last one is cut short.
pub fn from_bytes(bytes: &[u8]) -> Option<Vec<f32>> {
    let (halves, rest) = bytes.as_chunks::<2>();
    let value = |&two: &[u8; 2]| single_of(u16::from_le_bytes(two));
    rest.is_empty().then(|| halves.iter().map(value).collect())
}

fn half_of(value: f32) -> u16 {
    let sign = if value.is_sign_negative() { 1 << 15 } else { 0 };
    let size = value.abs();
    let half = if size.is_nan() {
        NOT_A_NUMBER
    } else if size >= INFINITE_FROM {
        INFINITY
    } else if size < SMALLEST_NORMAL {
        (size * SMALLEST_IN_ONE).round_ties_even() as u16
    } else {
        let bits = size.to_bits();
        let is_odd = (bits >> LOST_BITS) & 1;
        let rounded = bits + (1 << (LOST_BITS - 1)) - 1 + is_odd;
        ((rounded >> LOST_BITS) - (BIAS_DIFFERENCE << 10)) as u16
    };
    sign | half
}

fn single_of(half: u16) -> f32 {
    let (exponent, fraction) = (u32::from(half >> 10) & 0x1f, u32::from(half & 0x3ff));
    let size = match exponent {
        0 => fraction as f32 / SMALLEST_IN_ONE,
        0x1f if fraction == 0 => f32::INFINITY,
        0x1f => f32::NAN,
        _ => f32::from_bits(((exponent + BIAS_DIFFERENCE) << 23) | (fraction << LOST_BITS)),
    };
    if half >> 15 == 1 { -size } else { size }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_half_comes_back() {
        for half in 0..=u16::MAX {
            let single = single_of(half);
            if single.is_nan() {
                assert!(single_of(half_of(single)).is_nan());
            } else {
                assert_eq!(half_of(single), half, "{single}");
            }
        }
    }

    #[test]
    fn known_numbers_are_the_standards_bits() {
        let known = [
            (1.0, 0x3c00),
            (-2.0, 0xc000),
            (65_504.0, 0x7bff),
            (5.960_464_5e-8, 0x0001),
            (6.103_515_6e-5, 0x0400),
            (0.333_251_95, 0x3555),
            (f32::NEG_INFINITY, 0xfc00),
            (-0.0, 0x8000),
        ];
        for (single, half) in known {
            assert_eq!(half_of(single), half, "{single}");
            assert_eq!(single_of(half).to_bits(), single.to_bits());
        }
    }

    #[test]
    fn numbers_are_rounded_to_the_nearest_and_ties_to_even() {
        // Between 1 and 2 halves are 2⁻¹⁰ apart.
        let step = 1.0 / 1024.0;
        for (value, expected) in [
            (1.0 + 0.4 * step, 1.0),
            (1.0 + 0.5 * step, 1.0),
            (1.0 + 0.6 * step, 1.0 + step),
            (1.0 + 1.5 * step, 1.0 + 2.0 * step),
            (65_519.0, 65_504.0),
            (65_520.0, f32::INFINITY),
            (1e-9, 0.0),
        ] {
            let bytes = to_bytes(&[value]);
            assert_eq!(from_bytes(&bytes), Some(vec![expected]), "{value}");
        }
    }

    #[test]
    fn a_cut_row_is_refused() {
        assert_eq!(from_bytes(&[0, 60, 0]), None);
        assert_eq!(from_bytes(&[]), Some(Vec::new()));
    }
}
