//! The order of things by a number that belongs to each of them.
//!
//! Everything that is sorted by a number goes through here, as the places of its keys: a generic sort is compiled again
//! for each type of thing, and each copy takes room in the page's program; these functions sort one type.

/// The places of the keys from the smallest to the largest, by [`f32::total_cmp`]; equal ones keep their order.
///
/// At most 2³² keys are told apart.
pub fn ascending(keys: impl IntoIterator<Item = f32>) -> Vec<usize> {
    places(keys.into_iter().map(rank).collect())
}

/// The places of the keys from the largest to the smallest, by [`f32::total_cmp`]; equal ones keep their order.
///
/// At most 2³² keys are told apart.
pub fn descending(keys: impl IntoIterator<Item = f32>) -> Vec<usize> {
    places(keys.into_iter().map(|key| !rank(key)).collect())
}

/// An integer that compares as the number does: positive ones follow negative ones, which stand the other way round.
fn rank(key: f32) -> u32 {
    let bits = key.to_bits();
    if key.is_sign_negative() {
        !bits
    } else {
        bits | 1 << 31
    }
}

fn places(ranks: Vec<u32>) -> Vec<usize> {
    let ranks = ranks.into_iter().zip(0_u32..);
    let mut order: Vec<u64> = ranks
        .map(|(rank, place)| u64::from(rank) << 32 | u64::from(place))
        .collect();
    order.sort_unstable();
    order.into_iter().map(|key| key as u32 as usize).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEYS: [f32; 10] = [
        0.5,
        -1.0,
        f32::INFINITY,
        0.0,
        -0.0,
        0.5,
        f32::NAN,
        -1.0,
        f32::NEG_INFINITY,
        f32::MIN_POSITIVE,
    ];

    #[test]
    fn the_order_is_that_of_a_stable_sort() {
        let mut expected: Vec<usize> = (0..KEYS.len()).collect();
        expected.sort_by(|&a, &b| KEYS[a].total_cmp(&KEYS[b]));
        assert_eq!(ascending(KEYS), expected);
        let mut expected: Vec<usize> = (0..KEYS.len()).collect();
        expected.sort_by(|&a, &b| KEYS[b].total_cmp(&KEYS[a]));
        assert_eq!(descending(KEYS), expected);
    }

    #[test]
    fn nothing_has_no_order() {
        assert!(ascending([]).is_empty() && descending([]).is_empty());
    }
}
