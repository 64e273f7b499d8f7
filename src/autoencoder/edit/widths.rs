//! Widths that make a difference, and one between two others.

/// The next width below, of powers of two and those halfway between: 64, 48, 32, 24 …; never below 1.
pub fn narrower(width: usize) -> usize {
    let power = largest_power(width.saturating_sub(1));
    let halfway = power + power / 2;
    if halfway < width && halfway > power {
        halfway
    } else {
        power
    }
}

/// The next width above, of the same ones.
pub fn wider(width: usize) -> usize {
    let power = largest_power(width);
    let halfway = power + power / 2;
    if halfway > width {
        halfway
    } else {
        power.saturating_mul(2)
    }
}

/// The width of a layer between two others: their geometric mean, as far as widths make a difference.
pub(super) fn between(one: usize, other: usize) -> usize {
    let mean = one.saturating_mul(other).isqrt();
    let (below, above) = (narrower(mean + 1), wider(mean));
    let nearest = if mean - below <= above - mean {
        below
    } else {
        above
    };
    nearest.clamp(one.min(other), one.max(other))
}

/// The largest power of two that is no larger; 1 for nothing.
fn largest_power(n: usize) -> usize {
    n.checked_ilog2().map_or(1, |power| 1 << power)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widths_go_up_and_down_by_steps_that_make_a_difference() {
        let mut up = vec![1];
        while up.len() < 14 {
            up.push(wider(up[up.len() - 1]));
        }
        assert_eq!(up, [1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128]);
        for pair in up.windows(2) {
            assert_eq!(narrower(pair[1]), pair[0], "{pair:?}");
        }
        assert_eq!((narrower(100), wider(100)), (96, 128));
        assert_eq!((narrower(1), narrower(0)), (1, 1));
        assert_eq!(wider(usize::MAX), usize::MAX);
    }

    #[test]
    fn a_new_layer_is_between_its_neighbours() {
        assert_eq!(between(784, 64), 192);
        assert_eq!(between(64, 16), 32);
        assert_eq!(between(16, 16), 16);
        assert_eq!(between(5, 4), 4);
        assert_eq!(between(1, 1), 1);
    }
}
