//! Which epochs of a run are kept to come back to: all while they are few, then fewer and fewer of each stretch.

/// A run keeps about so many checkpoints.
pub const MOST_KEPT: usize = 60;

/// A run keeps about so many bytes of checkpoints, and so fewer of a large network's.
pub const MOST_BYTES: usize = 64 << 20;

/// Those that stay in any case: the fresh weights, the first epoch, the newest, and the best by the calibration items.
const N_ALWAYS: usize = 4;

/// Every how many epochs a checkpoint of `n_bytes` is kept once `newest` epochs are done: a power of two, so that what
/// is kept later is a part of what was kept before.
///
/// The epochs `stride, 2 · stride, …` up to `newest`, with the four that stay in any case, are at most [`MOST_KEPT`],
/// and take at most [`MOST_BYTES`] as long as five checkpoints fit.
pub fn stride(newest: usize, n_bytes: usize) -> usize {
    let most_by_size = (MOST_BYTES / n_bytes.max(1)).min(MOST_KEPT);
    let most = most_by_size.saturating_sub(N_ALWAYS).max(1);
    newest.div_ceil(most).max(1).next_power_of_two()
}

/// Whether an epoch is kept whatever its loss, where one of so many is.
pub fn is_kept(epoch: usize, stride: usize) -> bool {
    epoch <= 1 || epoch.is_multiple_of(stride)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_epoch_of_a_short_run_is_kept() {
        assert_eq!(stride(0, 100), 1);
        assert_eq!(stride(56, 100), 1);
        assert_eq!(stride(57, 100), 2);
        assert_eq!(stride(113, 100), 4);
    }

    #[test]
    fn what_is_kept_stays_within_number_and_size_however_long_the_run() {
        for n_bytes in [0, 1, 20_000, 1 << 20, 5 << 20, MOST_BYTES / 5] {
            for newest in (1..3_000).chain([1_000_000]) {
                let stride = stride(newest, n_bytes);
                let n_kept = newest / stride + N_ALWAYS;
                assert!(n_kept <= MOST_KEPT, "{n_bytes} bytes, epoch {newest}");
                assert!(
                    n_kept * n_bytes <= MOST_BYTES,
                    "{n_bytes} bytes, epoch {newest}"
                );
            }
        }
        assert!(
            stride(10, MOST_BYTES) >= 10,
            "a huge network keeps the four"
        );
    }

    #[test]
    fn a_stride_divides_each_later_one() {
        let mut before = 1;
        for newest in 1..5_000 {
            let stride = stride(newest, 1 << 20);
            assert!(stride.is_multiple_of(before));
            before = stride;
        }
    }
}
