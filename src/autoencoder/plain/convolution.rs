//! A convolution: every output is a weighted sum of a window of the input.
//!
//! `weights` is `outputs × inputs × kernel × kernel`, as [`crate::autoencoder::Weights`] stores it. A window that covers
//! the whole input makes it a dense layer.

use super::dense;
use super::patches::Slide;
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
    if slide.covers_all {
        dense::forward(weights, biases, input, sums, &mut scratch.panel);
    } else {
        slide.narrow_maps(weights, biases, input, sums, scratch);
    }
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
        let panel = &mut scratch.panel;
        dense::parameter_gradients(input, delta, weight_gradient, bias_gradient, panel);
    } else {
        slide.weight_gradient(input, delta, weight_gradient, scratch);
        sum_maps(delta, slide.n_places(), bias_gradient);
    }
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
        let n_outputs = slide.narrow.channels;
        dense::input_gradient(weights, n_outputs, delta, input_delta, &mut scratch.panel);
    } else {
        slide.widen_maps(weights, &[], delta, input_delta, scratch);
    }
}
