//! Items on their way through the network and back, in room that is set aside once.

use std::ops::Range;

use super::activation::{activate, needs_sums, through_activation};
use super::batch::Batch;
use super::layers::PlacedLayer;
use super::parts::Task;
use super::scratch::Scratch;
use super::{loss, variational};
use crate::autoencoder::PartsCost;

/// Room for some items of a batch and all that a step computes of them.
pub(super) struct Pass {
    stops: Vec<Stop>,
    /// The gradient of the loss by the values at hand, on its way back, and room for the next one.
    delta: Vec<f32>,
    next_delta: Vec<f32>,
    scratch: Scratch,
    input_size: usize,
}

/// What a layer made of the items; parts that it does not need are empty.
struct Stop {
    /// What the next layer gets, `n × outputs`.
    output: Vec<f32>,
    /// The same before some of it was left out.
    before_dropout: Vec<f32>,
    /// Before the activation, where the way back needs them: `n × outputs`, of a variational layer twice as many.
    sums: Vec<f32>,
}

/// What was drawn for the outputs of a layer.
#[derive(Clone, Copy)]
struct Chance<'a> {
    /// What dropout multiplies by; empty without dropout.
    mask: &'a [f32],
    /// Standard normal draws; empty unless the layer is variational.
    noise: &'a [f32],
}

impl<'a> Chance<'a> {
    fn of(batch: &'a Batch, items: &Range<usize>, layer_idx: usize) -> Self {
        Self {
            mask: batch.mask(layer_idx, items),
            noise: batch.noise(layer_idx, items),
        }
    }
}

impl Pass {
    /// Room for at most `n_items`.
    pub fn new(layers: &[PlacedLayer], n_items: usize) -> Self {
        let input_size = layers.first().map_or(0, |layer| layer.input.n_values());
        let room =
            |is_needed: bool, size: usize| vec![0.0; if is_needed { n_items * size } else { 0 }];
        let stop = |placed: &PlacedLayer| {
            let n_outputs = placed.output.n_values();
            let is_drawn = placed.layer.beta().is_some();
            let leaves_out = placed.layer.dropout > 0.0;
            Stop {
                output: room(true, n_outputs),
                before_dropout: room(leaves_out, n_outputs),
                sums: room(
                    is_drawn || needs_sums(placed.layer.activation),
                    placed.n_sums,
                ),
            }
        };
        let most_sums = layers.iter().map(|layer| layer.n_sums).max().unwrap_or(0);
        Self {
            stops: layers.iter().map(stop).collect(),
            delta: room(true, most_sums),
            next_delta: room(true, most_sums),
            scratch: Scratch::default(),
            input_size,
        }
    }

    /// Runs some items of a batch through the network, and puts the gradients of what they cost into `gradients`.
    pub fn learn(&mut self, task: &Task, items: &Range<usize>, gradients: &mut [f32]) -> PartsCost {
        self.forward(task, items);
        let cost = self.cost(task, items);
        self.backward(task, items, gradients);
        cost
    }

    fn forward(&mut self, task: &Task, items: &Range<usize>) {
        let n_items = items.len();
        let mut input = task.batch.input(items);
        for (idx, (stop, placed)) in self.stops.iter_mut().zip(task.layers).enumerate() {
            let chance = Chance::of(task.batch, items, idx);
            let scratch = &mut self.scratch;
            stop.run(n_items, placed, task.parameters, input, chance, scratch);
            input = &stop.output[..n_items * placed.output.n_values()];
        }
    }

    fn cost(&self, task: &Task, items: &Range<usize>) -> PartsCost {
        let n_items = items.len();
        let target = task.batch.target.of(items);
        let output = self.stops.last().map_or(&[][..], |stop| &stop.output);
        let output = &output[..target.len()];
        let mut squares = loss::squared_differences(output, target, self.input_size);
        let mut nats = None;
        for (stop, placed) in self.stops.iter().zip(task.layers) {
            if let Some(beta) = placed.layer.beta() {
                let sums = &stop.sums[..n_items * placed.n_sums];
                let of_layer = variational::divergence(sums, placed.output.n_values());
                squares += f64::from(beta) * of_layer;
                *nats.get_or_insert(0.0) += of_layer;
            }
        }
        PartsCost { squares, nats }
    }

    /// Backpropagation (Rumelhart, Hinton and Williams, 1986), of a loss in which a squared difference counts
    /// `task.scale`.
    fn backward(&mut self, task: &Task, items: &Range<usize>, gradients: &mut [f32]) {
        let Self {
            stops,
            delta,
            next_delta,
            scratch,
            ..
        } = self;
        let n_items = items.len();
        let output = stops.last().map_or(&[][..], |stop| &stop.output);
        let by_output = (2.0 * task.scale) as f32;
        loss::differentiate(output, task.batch.target.of(items), by_output, delta);
        for (idx, placed) in task.layers.iter().enumerate().rev() {
            let (stop, chance) = (&stops[idx], Chance::of(task.batch, items, idx));
            stop.through_outputs(n_items, placed, chance, task.scale, delta, next_delta);
            let (n_inputs, n_sums) = (placed.input.n_values(), placed.n_sums);
            let input = match idx.checked_sub(1) {
                Some(before) => &stops[before].output[..n_items * n_inputs],
                None => task.batch.input(items),
            };
            let by_sums = &delta[..n_items * n_sums];
            placed.parameter_gradients(input, by_sums, gradients, scratch);
            if idx > 0 {
                let by_input = &mut next_delta[..n_items * n_inputs];
                placed.input_gradient(task.parameters, by_sums, by_input, scratch);
                std::mem::swap(delta, next_delta);
            }
        }
    }
}

impl Stop {
    fn run(
        &mut self,
        n_items: usize,
        placed: &PlacedLayer,
        parameters: &[f32],
        input: &[f32],
        chance: Chance<'_>,
        scratch: &mut Scratch,
    ) {
        let n_outputs = placed.output.n_values();
        let n_values = n_items * n_outputs;
        let output = &mut self.output[..n_values];
        if placed.layer.beta().is_some() {
            let sums = &mut self.sums[..n_items * placed.n_sums];
            placed.forward(parameters, input, sums, scratch);
            variational::draw(sums, chance.noise, n_outputs, output);
        } else {
            placed.forward(parameters, input, output, scratch);
            if !self.sums.is_empty() {
                self.sums[..n_values].copy_from_slice(output);
            }
            activate(output, placed.layer.activation);
        }
        if !chance.mask.is_empty() {
            self.before_dropout[..n_values].copy_from_slice(output);
            for (value, factor) in output.iter_mut().zip(chance.mask) {
                *value *= factor;
            }
        }
    }

    /// Turns the gradient of what this layer gave into that of its sums.
    fn through_outputs(
        &self,
        n_items: usize,
        placed: &PlacedLayer,
        chance: Chance<'_>,
        scale: f64,
        delta: &mut Vec<f32>,
        next_delta: &mut Vec<f32>,
    ) {
        let n_outputs = placed.output.n_values();
        let by_output = &mut delta[..n_items * n_outputs];
        let mut output = &self.output;
        if !chance.mask.is_empty() {
            for (value, factor) in by_output.iter_mut().zip(chance.mask) {
                *value *= factor;
            }
            output = &self.before_dropout;
        }
        let Some(beta) = placed.layer.beta() else {
            through_activation(by_output, &self.sums, output, placed.layer.activation);
            return;
        };
        let price = (f64::from(beta) * scale) as f32;
        let sums = &self.sums[..n_items * placed.n_sums];
        let by_sums = &mut next_delta[..n_items * placed.n_sums];
        variational::sums_gradient(sums, chance.noise, by_output, n_outputs, price, by_sums);
        std::mem::swap(delta, next_delta);
    }
}
