//! A transposed convolution: every input spreads over a window of the output.
//!
//! `weights` is `inputs × outputs × kernel × kernel`, as [`crate::autoencoder::Weights`] stores it. A window that covers
//! the whole output makes it one matrix product.

use super::patches::Slide;
use super::product::{Matrix, Start, multiply};
use super::scratch::Scratch;
use super::sliding::sum_maps;

/// Computes the sums before the activation.
pub(super) fn forward(
    slide: &Slide,
    weights: &[f32],
    biases: &[f32],
    input: &[f32],
    sums: &mut [f32],
    scratch: &mut Scratch,
) {
    if !slide.covers_all {
        slide.widen_maps(weights, biases, input, sums, scratch);
        return;
    }
    let n_outputs = slide.wide.n_values();
    for item in sums.chunks_exact_mut(n_outputs) {
        let maps = item.chunks_exact_mut(n_outputs / biases.len());
        for (map, &bias) in maps.zip(biases) {
            map.fill(bias);
        }
    }
    multiply(
        Matrix::new(input, slide.narrow.channels),
        Matrix::new(weights, n_outputs),
        Start::Result,
        sums,
        &mut scratch.panel,
    );
}

/// The gradients of weights and biases, from what went in and the gradient of the sums.
pub(super) fn parameter_gradients(
    slide: &Slide,
    input: &[f32],
    delta: &[f32],
    weight_gradient: &mut [f32],
    bias_gradient: &mut [f32],
    scratch: &mut Scratch,
) {
    if slide.covers_all {
        multiply(
            Matrix::by_column(input, slide.narrow.channels),
            Matrix::new(delta, slide.wide.n_values()),
            Start::Zero,
            weight_gradient,
            &mut scratch.panel,
        );
    } else {
        slide.weight_gradient(delta, input, weight_gradient, scratch);
    }
    let n_places = slide.wide.height * slide.wide.width;
    sum_maps(delta, n_places, bias_gradient);
}

/// The gradient of what went in, from that of the sums.
pub(super) fn input_gradient(
    slide: &Slide,
    weights: &[f32],
    delta: &[f32],
    input_delta: &mut [f32],
    scratch: &mut Scratch,
) {
    if slide.covers_all {
        let n_outputs = slide.wide.n_values();
        multiply(
            Matrix::new(delta, n_outputs),
            Matrix::by_column(weights, n_outputs),
            Start::Zero,
            input_delta,
            &mut scratch.panel,
        );
    } else {
        slide.narrow_maps(weights, &[], delta, input_delta, scratch);
    }
}
