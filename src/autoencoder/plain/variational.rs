//! What a variational layer does while training; the formulas stand beside `autoencoder/variational.rs`.
//!
//! Its sums lie item by item, all means of an item before the logarithms of its variances.

use super::activation::exp;
use crate::autoencoder::draws::LARGEST_LOG_VARIANCE;

/// The means among the sums of some items with `n_outputs` each.
pub(super) fn means(sums: &[f32], n_outputs: usize, outputs: &mut [f32]) {
    let items = sums.chunks_exact(2 * n_outputs);
    for (sums, outputs) in items.zip(outputs.chunks_exact_mut(n_outputs)) {
        outputs.copy_from_slice(&sums[..n_outputs]);
    }
}

/// `μ + σ · ε` with `ε` from `noise`.
pub(super) fn draw(sums: &[f32], noise: &[f32], n_outputs: usize, outputs: &mut [f32]) {
    let items = sums.chunks_exact(2 * n_outputs);
    let noise = noise.chunks_exact(n_outputs);
    let outputs = outputs.chunks_exact_mut(n_outputs);
    for ((sums, noise), outputs) in items.zip(noise).zip(outputs) {
        let (means, log_variances) = sums.split_at(n_outputs);
        let sums = means.iter().zip(log_variances);
        for ((output, noise), (mean, log_variance)) in outputs.iter_mut().zip(noise).zip(sums) {
            *output = mean + deviation(*log_variance) * noise;
        }
    }
}

/// `½ Σ (μ² + σ² − 1 − ln σ²)` over all outputs and items, in nats.
pub(super) fn divergence(sums: &[f32], n_outputs: usize) -> f64 {
    let of_item = |sums: &[f32]| {
        let (means, log_variances) = sums.split_at(n_outputs);
        let sums = means.iter().zip(log_variances);
        let each = sums.map(|(mean, &log_variance)| {
            let log_variance = cut(log_variance);
            mean * mean + (exp(log_variance) - log_variance) - 1.0
        });
        f64::from(each.sum::<f32>())
    };
    0.5 * sums.chunks_exact(2 * n_outputs).map(of_item).sum::<f64>()
}

/// The gradient of the sums, from that of the outputs; each nat of divergence costs `price`.
pub(super) fn sums_gradient(
    sums: &[f32],
    noise: &[f32],
    delta: &[f32],
    n_outputs: usize,
    price: f32,
    sums_delta: &mut [f32],
) {
    let items = sums.chunks_exact(2 * n_outputs);
    let noise = noise.chunks_exact(n_outputs);
    let delta = delta.chunks_exact(n_outputs);
    let sums_delta = sums_delta.chunks_exact_mut(2 * n_outputs);
    for (((sums, noise), delta), sums_delta) in items.zip(noise).zip(delta).zip(sums_delta) {
        let (by_mean, by_log_variance) = sums_delta.split_at_mut(n_outputs);
        for idx in 0..n_outputs {
            let (mean, log_variance) = (sums[idx], sums[n_outputs + idx]);
            let of_divergence = price * (exp(cut(log_variance)) - 1.0);
            let drawn = delta[idx] * noise[idx] * deviation(log_variance);
            let is_cut = log_variance.abs() > LARGEST_LOG_VARIANCE;
            by_mean[idx] = delta[idx] + price * mean;
            by_log_variance[idx] = if is_cut {
                0.0
            } else {
                0.5 * (drawn + of_divergence)
            };
        }
    }
}

/// `σ = e^(½ ln σ²)`.
fn deviation(log_variance: f32) -> f32 {
    exp(0.5 * cut(log_variance))
}

fn cut(log_variance: f32) -> f32 {
    log_variance.clamp(-LARGEST_LOG_VARIANCE, LARGEST_LOG_VARIANCE)
}
