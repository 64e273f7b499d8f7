//! The layers of a network, and what each kind computes.

use std::ops::Range;

use super::patches::Slide;
use super::scratch::Scratch;
use super::{convolution, dense, transposed_convolution};
use crate::autoencoder::{Architecture, Layer, LayerKind, Shape};

/// A layer with its place in the network.
#[derive(Clone, Debug)]
pub(super) struct PlacedLayer {
    pub layer: Layer,
    /// An item before it.
    pub input: Shape,
    /// An item after it.
    pub output: Shape,
    /// Sums of an item before the activation: as many as outputs, or twice as many in a variational layer.
    pub n_sums: usize,
    /// Where its weights lie among all parameters, as [`crate::autoencoder::Weights`] stores them.
    weights: Range<usize>,
    /// Where its biases lie.
    biases: Range<usize>,
    sums: Sums,
}

/// How a layer comes to its sums.
#[derive(Clone, Debug)]
enum Sums {
    Dense,
    Convolution(Slide),
    TransposedConvolution(Slide),
}

/// The layers of a network with their places.
pub(super) fn place_layers(architecture: &Architecture) -> Vec<PlacedLayer> {
    let mut start = 0;
    let inputs = architecture.shapes().into_iter();
    let layers = architecture.layers.iter().zip(inputs);
    let place = |(&layer, input): (&Layer, Shape)| {
        let shape = layer.parameter_shape(input);
        let end_of_weights = start + shape.n_weights();
        let end = end_of_weights + shape.n_biases;
        let weights = start..end_of_weights;
        start = end;
        let output = layer.output_shape(input);
        let sums_per_output = if layer.beta().is_some() { 2 } else { 1 };
        PlacedLayer {
            layer,
            input,
            output,
            n_sums: sums_per_output * output.n_values(),
            weights,
            biases: end_of_weights..end,
            sums: match layer.kind {
                LayerKind::Dense { .. } | LayerKind::Variational { .. } => Sums::Dense,
                LayerKind::Convolution(window) => {
                    Sums::Convolution(Slide::narrowing(window, input, output))
                }
                LayerKind::TransposedConvolution(window) => {
                    Sums::TransposedConvolution(Slide::widening(window, input, output))
                }
            },
        }
    };
    layers.map(place).collect()
}

/// Products of weights and values that an item takes on its way through layers.
pub(super) fn products_of_item(layers: &[PlacedLayer]) -> u64 {
    layers.iter().map(PlacedLayer::n_products).sum()
}

impl PlacedLayer {
    fn n_products(&self) -> u64 {
        let n_places = match &self.sums {
            Sums::Dense => 1,
            Sums::Convolution(slide) | Sums::TransposedConvolution(slide) => slide.n_places(),
        };
        self.weights.len() as u64 * n_places as u64
    }

    /// Computes `sums` (`n × sums`) of `input` (`n × inputs`), before the activation.
    pub fn forward(
        &self,
        parameters: &[f32],
        input: &[f32],
        sums: &mut [f32],
        scratch: &mut Scratch,
    ) {
        let weights = &parameters[self.weights.clone()];
        let biases = &parameters[self.biases.clone()];
        match &self.sums {
            Sums::Dense => {
                dense::forward(weights, biases, input, sums, &mut scratch.panel);
            }
            Sums::Convolution(slide) => {
                convolution::forward(slide, weights, biases, input, sums, scratch);
            }
            Sums::TransposedConvolution(slide) => {
                transposed_convolution::forward(slide, weights, biases, input, sums, scratch);
            }
        }
    }

    /// Computes this layer's part of `gradients`, from what went in and the gradient of the sums.
    pub fn parameter_gradients(
        &self,
        input: &[f32],
        delta: &[f32],
        gradients: &mut [f32],
        scratch: &mut Scratch,
    ) {
        let gradients = &mut gradients[self.weights.start..self.biases.end];
        let (weights, biases) = gradients.split_at_mut(self.weights.len());
        match &self.sums {
            Sums::Dense => {
                dense::parameter_gradients(input, delta, weights, biases, &mut scratch.panel);
            }
            Sums::Convolution(slide) => {
                convolution::parameter_gradients(slide, input, delta, weights, biases, scratch);
            }
            Sums::TransposedConvolution(slide) => {
                transposed_convolution::parameter_gradients(
                    slide, input, delta, weights, biases, scratch,
                );
            }
        }
    }

    /// Computes the gradient of what went in, from that of the sums.
    pub fn input_gradient(
        &self,
        parameters: &[f32],
        delta: &[f32],
        input_delta: &mut [f32],
        scratch: &mut Scratch,
    ) {
        let weights = &parameters[self.weights.clone()];
        match &self.sums {
            Sums::Dense => {
                let panel = &mut scratch.panel;
                dense::input_gradient(weights, self.n_sums, delta, input_delta, panel);
            }
            Sums::Convolution(slide) => {
                convolution::input_gradient(slide, weights, delta, input_delta, scratch);
            }
            Sums::TransposedConvolution(slide) => {
                transposed_convolution::input_gradient(slide, weights, delta, input_delta, scratch);
            }
        }
    }
}
