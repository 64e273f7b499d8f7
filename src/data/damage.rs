//! Damaged files for tests.

use crate::random::Mt19937;

/// Values that are most likely to matter: ends of ranges, and what has a meaning in some format.
const TELLING: &[u8] = b"\0\x01\x03\x08\x7f\x80\xff\x1f\x8b,;\t\"\n\r.-eN 09";

/// Calls `check` with `n` damaged copies of the samples, the same ones each time.
pub(super) fn with_damaged(samples: &[Vec<u8>], n: usize, mut check: impl FnMut(&[u8])) {
    let mut generator = Mt19937::new(11);
    for _ in 0..n {
        let mut bytes = samples[below(samples.len(), &mut generator)].clone();
        for _ in 0..=below(4, &mut generator) {
            damage(&mut bytes, &mut generator);
        }
        check(&bytes);
    }
}

fn damage(bytes: &mut Vec<u8>, generator: &mut Mt19937) {
    let place = below(bytes.len() + 1, generator);
    let end = place + below(bytes.len() - place + 1, generator).min(8);
    match below(6, generator) {
        0 => bytes.truncate(place),
        1 => drop(bytes.drain(place..end)),
        2 => bytes.insert(place, generator.next_u32() as u8),
        3 => bytes.insert(place, TELLING[below(TELLING.len(), generator)]),
        4 => bytes.extend_from_within(place..end),
        _ => {
            if let Some(byte) = bytes.get_mut(place) {
                *byte = TELLING[below(TELLING.len(), generator)];
            }
        }
    }
}

fn below(n: usize, generator: &mut Mt19937) -> usize {
    generator.next_u32() as usize % n
}
