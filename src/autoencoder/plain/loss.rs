//! What a batch's reconstructions cost, and how that changes with them.

use crate::autoencoder::Loss;

/// What a squared difference counts in the loss of a batch of `n_values`.
pub(super) fn factor(loss: Loss, n_values: usize) -> f64 {
    match loss {
        Loss::MeanSquared => 1.0 / n_values as f64,
        Loss::SummedSquared => 1.0,
    }
}

/// `Σ (output − target)²`; every row of `row_size` values is summed by itself in single precision.
pub(super) fn squared_differences(output: &[f32], target: &[f32], row_size: usize) -> f64 {
    const LANES: usize = 8;
    let rows = output
        .chunks_exact(row_size)
        .zip(target.chunks_exact(row_size));
    let of_row = |(output, target): (&[f32], &[f32])| {
        let (output, last_output) = output.as_chunks::<LANES>();
        let (target, last_target) = target.as_chunks::<LANES>();
        let mut sums = [0.0_f32; LANES];
        for (output, target) in output.iter().zip(target) {
            for ((sum, output), target) in sums.iter_mut().zip(output).zip(target) {
                *sum += (output - target) * (output - target);
            }
        }
        for ((sum, output), target) in sums.iter_mut().zip(last_output).zip(last_target) {
            *sum += (output - target) * (output - target);
        }
        f64::from(sums.iter().sum::<f32>())
    };
    rows.map(of_row).sum()
}

/// The gradient of `Σ (output − target)² · scale / 2` by the output.
pub(super) fn differentiate(output: &[f32], target: &[f32], scale: f32, delta: &mut [f32]) {
    for ((delta, output), target) in delta.iter_mut().zip(output).zip(target) {
        *delta = (output - target) * scale;
    }
}
