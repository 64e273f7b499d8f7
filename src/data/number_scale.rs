//! The scale of a column of numbers, and how many of its digits are shown.

/// What single precision tells apart.
const SIGNIFICANT_DIGITS: i32 = 7;
/// The most digits after the point that are ever shown.
const MOST_DECIMALS: i32 = 12;

/// Single-precision offset and scale that bring `smallest..=largest` into 0 to 1: rounded outwards, so that large
/// numbers close to each other stay inside.
pub(super) fn offset_and_scale(smallest: f64, largest: f64) -> (f32, f32) {
    let nearest = smallest as f32;
    let offset = if f64::from(nearest) > smallest {
        nearest.next_down()
    } else {
        nearest
    };
    if smallest >= largest {
        return (offset, 1.0);
    }
    let span = largest - f64::from(offset);
    let nearest = span as f32;
    let scale = if f64::from(nearest) < span {
        nearest.next_up()
    } else {
        nearest
    };
    (offset, scale)
}

/// Digits after the point, as a cell has them.
pub(super) fn decimals_of(cell: &str) -> i32 {
    let (digits, exponent) = cell.split_once(['e', 'E']).unwrap_or((cell, "0"));
    let n_after = digits
        .split_once(['.', ','])
        .map_or(0, |(_, after)| after.len());
    let exponent: i32 = exponent.parse().unwrap_or(0);
    i32::try_from(n_after)
        .unwrap_or(MOST_DECIMALS)
        .saturating_sub(exponent)
        .clamp(0, MOST_DECIMALS)
}

/// Digits after the point that single precision can tell apart in numbers up to `largest`.
pub(super) fn most_decimals(largest: f64) -> i32 {
    if largest == 0.0 {
        return 0;
    }
    let n_before = largest.log10().floor() as i32 + 1;
    (SIGNIFICANT_DIGITS - n_before).clamp(0, MOST_DECIMALS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_scale_is_exact_where_it_can_be() {
        assert_eq!(offset_and_scale(18.0, 68.0), (18.0, 50.0));
        assert_eq!(offset_and_scale(5.0, 5.0), (5.0, 1.0));
    }

    #[test]
    fn the_scale_is_rounded_outwards() {
        for (smallest, largest) in [(0.1, 0.9), (-0.3, 1e9), (1.7e9 + 1.0, 1.7e9 + 3.0)] {
            let (offset, scale) = offset_and_scale(smallest, largest);
            assert!(f64::from(offset) <= smallest);
            assert!(f64::from(offset) + f64::from(scale) >= largest);
        }
    }

    #[test]
    fn decimals_are_those_of_the_file_as_far_as_they_can_be_told_apart() {
        assert_eq!(decimals_of("12"), 0);
        assert_eq!(decimals_of("1.250"), 3);
        assert_eq!(decimals_of("1,5"), 1);
        assert_eq!(decimals_of("1.5e-3"), 4);
        assert_eq!(decimals_of("1.5E3"), 0);
        assert_eq!(decimals_of("1e-2147483648"), MOST_DECIMALS);
        assert_eq!(most_decimals(0.0), 0);
        assert_eq!(most_decimals(0.5), 7);
        assert_eq!(most_decimals(99.0), 5);
        assert_eq!(most_decimals(1e9), 0);
    }
}
