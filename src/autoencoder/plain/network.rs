//! A network that looks at items rather than learning from them.

use super::activation::activate;
use super::layers::{PlacedLayer, place_layers};
use super::scratch::Scratch;
use super::{loss, variational};
use crate::autoencoder::{Architecture, Reconstructed, Weights};

/// Items that go through the network together; so many that their values stay in a processor's cache.
const ITEMS_AT_ONCE: usize = 32;

/// A network on the CPU.
#[derive(Clone, Debug)]
pub(in crate::autoencoder) struct PlainNetwork {
    layers: Vec<PlacedLayer>,
    weights: Weights,
    input_size: usize,
    code_layer: usize,
    code_size: usize,
}

impl PlainNetwork {
    /// Copies weights, which must fit the architecture.
    pub fn new(architecture: &Architecture, weights: &Weights) -> Self {
        Self {
            layers: place_layers(architecture),
            weights: weights.clone(),
            input_size: architecture.input_size(),
            code_layer: architecture.code_layer(),
            code_size: architecture.code_size(),
        }
    }

    /// Runs items (`n × input`) through the network.
    pub fn reconstruct(&self, items: &[f32]) -> Reconstructed {
        let n_items = items.len() / self.input_size.max(1);
        let mut codes = Vec::with_capacity(n_items * self.code_size);
        let mut reconstructions = Vec::with_capacity(items.len());
        let (encoder, decoder) = self.layers.split_at(self.code_layer);
        let mut room = Room::default();
        for items in items.chunks(ITEMS_AT_ONCE * self.input_size) {
            let n_items = items.len() / self.input_size;
            codes.extend_from_slice(room.run(encoder, self.weights.values(), n_items, items));
            room.run_on(decoder, self.weights.values(), n_items);
            reconstructions.extend_from_slice(&room.values[..items.len()]);
        }
        Reconstructed {
            reconstructions,
            codes,
        }
    }

    /// What the decoder makes of codes (`n × code`): `n × input`.
    pub fn decode(&self, codes: &[f32]) -> Vec<f32> {
        let mut decoded = Vec::with_capacity(codes.len() / self.code_size * self.input_size);
        let layers = &self.layers[self.code_layer..];
        let mut room = Room::default();
        for codes in codes.chunks(ITEMS_AT_ONCE * self.code_size) {
            let n_codes = codes.len() / self.code_size;
            decoded.extend_from_slice(room.run(layers, self.weights.values(), n_codes, codes));
        }
        decoded
    }
}

/// Runs items (`n × input`) through layers: what the last one gives.
pub(super) fn reconstruct(layers: &[PlacedLayer], parameters: &[f32], items: &[f32]) -> Vec<f32> {
    let input_size = layers.first().map_or(1, |layer| layer.input.n_values());
    let mut reconstructed = Vec::with_capacity(items.len());
    let mut room = Room::default();
    for items in items.chunks(ITEMS_AT_ONCE * input_size) {
        let n_items = items.len() / input_size;
        reconstructed.extend_from_slice(room.run(layers, parameters, n_items, items));
    }
    reconstructed
}

/// The mean squared error of the reconstructions of items (`n × input`).
pub(super) fn mean_error(layers: &[PlacedLayer], parameters: &[f32], items: &[f32]) -> f64 {
    let input_size = layers.first().map_or(1, |layer| layer.input.n_values());
    let mut room = Room::default();
    let chunks = items.chunks(ITEMS_AT_ONCE * input_size);
    let of_chunk = |items: &[f32]| {
        let reconstructed = room.run(layers, parameters, items.len() / input_size, items);
        loss::squared_differences(reconstructed, items, input_size)
    };
    chunks.map(of_chunk).sum::<f64>() / items.len() as f64
}

/// Room for some items on their way.
#[derive(Default)]
struct Room {
    /// What the last layer gave, and maybe more behind it.
    values: Vec<f32>,
    next_values: Vec<f32>,
    scratch: Scratch,
}

impl Room {
    /// Runs `input` (`n × values`) through layers; what the last one gives.
    fn run(
        &mut self,
        layers: &[PlacedLayer],
        parameters: &[f32],
        n_items: usize,
        input: &[f32],
    ) -> &[f32] {
        self.values.clear();
        self.values.extend_from_slice(input);
        self.run_on(layers, parameters, n_items);
        let n_values = layers
            .last()
            .map_or(input.len(), |placed| n_items * placed.output.n_values());
        &self.values[..n_values]
    }

    /// Runs the values at hand through more layers.
    fn run_on(&mut self, layers: &[PlacedLayer], parameters: &[f32], n_items: usize) {
        for placed in layers {
            let input = &self.values[..n_items * placed.input.n_values()];
            self.next_values.resize(n_items * placed.n_sums, 0.0);
            placed.forward(parameters, input, &mut self.next_values, &mut self.scratch);
            if placed.layer.beta().is_some() {
                let n_outputs = placed.output.n_values();
                self.values.resize(n_items * n_outputs, 0.0);
                variational::means(&self.next_values, n_outputs, &mut self.values);
            } else {
                activate(&mut self.next_values, placed.layer.activation);
                std::mem::swap(&mut self.values, &mut self.next_values);
            }
        }
    }
}
