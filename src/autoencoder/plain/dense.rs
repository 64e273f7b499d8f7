//! A dense layer: every output is a weighted sum of all inputs.
//!
//! `weights` is `outputs × inputs`, as [`crate::autoencoder::Weights`] stores it; inputs and sums lie item by item.

use super::product::{Matrix, Panel, Start, multiply};

/// `sums = input · weightsᵀ + biases`.
pub(super) fn forward(
    weights: &[f32],
    biases: &[f32],
    input: &[f32],
    sums: &mut [f32],
    panel: &mut Panel,
) {
    let n_inputs = weights.len() / biases.len();
    multiply(
        Matrix::new(input, n_inputs),
        Matrix::by_column(weights, n_inputs),
        Start::ByColumn(biases),
        sums,
        panel,
    );
}

/// The gradients of weights and biases, from what went in and the gradient of the sums.
pub(super) fn parameter_gradients(
    input: &[f32],
    delta: &[f32],
    weight_gradient: &mut [f32],
    bias_gradient: &mut [f32],
    panel: &mut Panel,
) {
    let n_outputs = bias_gradient.len();
    multiply(
        Matrix::by_column(delta, n_outputs),
        Matrix::new(input, weight_gradient.len() / n_outputs),
        Start::Zero,
        weight_gradient,
        panel,
    );
    bias_gradient.fill(0.0);
    for item in delta.chunks_exact(n_outputs) {
        for (sum, value) in bias_gradient.iter_mut().zip(item) {
            *sum += value;
        }
    }
}

/// The gradient of what went in, from that of the sums: `delta · weights`.
pub(super) fn input_gradient(
    weights: &[f32],
    n_outputs: usize,
    delta: &[f32],
    input_delta: &mut [f32],
    panel: &mut Panel,
) {
    multiply(
        Matrix::new(delta, n_outputs),
        Matrix::new(weights, weights.len() / n_outputs),
        Start::Zero,
        input_delta,
        panel,
    );
}
