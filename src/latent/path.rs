//! The straight way from one code to another.

/// `n_steps` codes at equal distances on the line between two codes, one after the other, both ends included.
///
/// A single step is the beginning alone. Where one code is longer than the other, what it has more is left out.
pub fn interpolate(from: &[f32], to: &[f32], n_steps: usize) -> Vec<f32> {
    let last = n_steps.saturating_sub(1).max(1) as f32;
    let between = |step: usize| {
        let share = step as f32 / last;
        let pairs = from.iter().zip(to);
        // This form gives both ends back to the last bit.
        pairs.map(move |(from, to)| (1.0 - share) * from + share * to)
    };
    (0..n_steps).flat_map(between).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ten_steps_are_evenly_spread_and_hold_both_ends() {
        let (from, to) = ([0.1, -3.0, 7.0], [1.0, 0.3, 7.0]);
        let codes = interpolate(&from, &to, 10);
        assert_eq!(codes.len(), 30);
        assert_eq!(codes[..3], from);
        assert_eq!(codes[27..], to);
        for (step, code) in codes.chunks_exact(3).enumerate() {
            let expected = 0.1 + 0.1 * step as f32;
            assert!((code[0] - expected).abs() < 1e-6, "step {step}: {code:?}");
        }
    }

    #[test]
    fn few_steps_do_no_harm() {
        assert!(interpolate(&[1.0], &[2.0], 0).is_empty());
        assert_eq!(interpolate(&[1.0], &[2.0], 1), [1.0]);
        assert_eq!(interpolate(&[1.0], &[2.0], 2), [1.0, 2.0]);
        assert_eq!(interpolate(&[1.0, 5.0], &[2.0], 3), [1.0, 1.5, 2.0]);
        assert!(interpolate(&[], &[], 10).is_empty());
    }
}
