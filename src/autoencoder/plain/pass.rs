//! A batch on its way through the network and back, in room that is set aside once.

use super::activation::{activate, needs_sums, through_activation};
use super::layers::PlacedLayer;
use super::scratch::Scratch;
use super::{loss, variational};
use crate::autoencoder::Loss;
use crate::autoencoder::draws::Draws;

/// Room for a batch and all that a step computes of it.
pub(super) struct Pass {
    /// What the network should reconstruct, `n × input`.
    pub target: Vec<f32>,
    /// What it gets to see, where that is not the target itself; else empty.
    pub seen: Vec<f32>,
    stops: Vec<Stop>,
    /// The gradient of the loss by the values at hand, on its way back, and room for the next one.
    delta: Vec<f32>,
    next_delta: Vec<f32>,
    scratch: Scratch,
    input_size: usize,
}

/// What a layer made of the batch; parts that it does not need are empty.
struct Stop {
    /// What the next layer gets, `n × outputs`.
    output: Vec<f32>,
    /// The same before some of it was left out.
    before_dropout: Vec<f32>,
    /// What dropout multiplies by: 0, or 1 over the part that is kept.
    mask: Vec<f32>,
    /// Before the activation, where the way back needs them: `n × outputs`, of a variational layer twice as many.
    sums: Vec<f32>,
    /// Standard normal draws for the outputs of a variational layer.
    noise: Vec<f32>,
}

/// What a batch cost.
pub(super) struct Cost {
    /// The loss, the price of a variational code included.
    pub loss: f64,
    /// The divergence of a variational code, a mean over the items in nats; `None` in a plain autoencoder.
    pub divergence: Option<f64>,
}

impl Pass {
    /// Room for batches of at most `n_items`.
    pub fn new(layers: &[PlacedLayer], n_items: usize, is_noisy: bool) -> Self {
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
                mask: room(leaves_out, n_outputs),
                sums: room(
                    is_drawn || needs_sums(placed.layer.activation),
                    placed.n_sums,
                ),
                noise: room(is_drawn, n_outputs),
            }
        };
        let most_sums = layers.iter().map(|layer| layer.n_sums).max().unwrap_or(0);
        Self {
            target: room(true, input_size),
            seen: room(is_noisy, input_size),
            stops: layers.iter().map(stop).collect(),
            delta: room(true, most_sums),
            next_delta: room(true, most_sums),
            scratch: Scratch::default(),
            input_size,
        }
    }

    /// Draws what is left out of the first `n_items`, and what a variational code is.
    pub fn draw(&mut self, n_items: usize, layers: &[PlacedLayer], draws: &mut Draws) {
        for (stop, placed) in self.stops.iter_mut().zip(layers) {
            let n_values = n_items * placed.output.n_values();
            if !stop.mask.is_empty() {
                draws.mask(placed.layer.dropout, &mut stop.mask[..n_values]);
            }
        }
        for (stop, placed) in self.stops.iter_mut().zip(layers) {
            if !stop.noise.is_empty() {
                draws.normal(&mut stop.noise[..n_items * placed.output.n_values()]);
            }
        }
    }

    /// Runs the first `n_items` through the network, and puts the gradients of `scale` times their loss into `gradients`.
    pub fn learn(
        &mut self,
        n_items: usize,
        layers: &[PlacedLayer],
        parameters: &[f32],
        (loss, scale): (Loss, f64),
        gradients: &mut [f32],
    ) -> Cost {
        self.forward(n_items, layers, parameters);
        let factor = loss::factor(loss, n_items * self.input_size);
        let cost = self.cost(n_items, layers, factor);
        self.backward(n_items, layers, parameters, scale * factor, gradients);
        cost
    }

    fn forward(&mut self, n_items: usize, layers: &[PlacedLayer], parameters: &[f32]) {
        let seen = if self.seen.is_empty() {
            &self.target
        } else {
            &self.seen
        };
        let mut input = &seen[..n_items * self.input_size];
        for (stop, placed) in self.stops.iter_mut().zip(layers) {
            stop.run(n_items, placed, parameters, input, &mut self.scratch);
            input = &stop.output[..n_items * placed.output.n_values()];
        }
    }

    fn cost(&self, n_items: usize, layers: &[PlacedLayer], factor: f64) -> Cost {
        let n_values = n_items * self.input_size;
        let output = self.stops.last().map_or(&[][..], |stop| &stop.output);
        let (output, target) = (&output[..n_values], &self.target[..n_values]);
        let mut squares = loss::squared_differences(output, target, self.input_size);
        let mut divergence = None;
        for (stop, placed) in self.stops.iter().zip(layers) {
            if let Some(beta) = placed.layer.beta() {
                let sums = &stop.sums[..n_items * placed.n_sums];
                let nats = variational::divergence(sums, placed.output.n_values());
                squares += f64::from(beta) * nats;
                *divergence.get_or_insert(0.0) += nats / n_items as f64;
            }
        }
        Cost {
            loss: squares * factor,
            divergence,
        }
    }

    /// Backpropagation (Rumelhart, Hinton and Williams, 1986), of a loss in which a squared difference counts `scale`.
    fn backward(
        &mut self,
        n_items: usize,
        layers: &[PlacedLayer],
        parameters: &[f32],
        scale: f64,
        gradients: &mut [f32],
    ) {
        let Self {
            target,
            seen,
            stops,
            delta,
            next_delta,
            scratch,
            ..
        } = self;
        let n_values = n_items * self.input_size;
        let output = stops.last().map_or(&[][..], |stop| &stop.output);
        let by_output = (2.0 * scale) as f32;
        loss::differentiate(output, &target[..n_values], by_output, delta);
        for (idx, placed) in layers.iter().enumerate().rev() {
            let stop = &stops[idx];
            stop.through_outputs(n_items, placed, scale, delta, next_delta);
            let (n_inputs, n_sums) = (placed.input.n_values(), placed.n_sums);
            let input = match idx.checked_sub(1) {
                Some(before) => &stops[before].output,
                None if seen.is_empty() => &*target,
                None => &*seen,
            };
            let (input, by_sums) = (&input[..n_items * n_inputs], &delta[..n_items * n_sums]);
            placed.parameter_gradients(input, by_sums, gradients, scratch);
            if idx > 0 {
                let by_input = &mut next_delta[..n_items * n_inputs];
                placed.input_gradient(parameters, by_sums, by_input, scratch);
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
        scratch: &mut Scratch,
    ) {
        let n_outputs = placed.output.n_values();
        let n_values = n_items * n_outputs;
        let output = &mut self.output[..n_values];
        if placed.layer.beta().is_some() {
            let sums = &mut self.sums[..n_items * placed.n_sums];
            placed.forward(parameters, input, sums, scratch);
            variational::draw(sums, &self.noise[..n_values], n_outputs, output);
        } else {
            placed.forward(parameters, input, output, scratch);
            if !self.sums.is_empty() {
                self.sums[..n_values].copy_from_slice(output);
            }
            activate(output, placed.layer.activation);
        }
        if !self.mask.is_empty() {
            self.before_dropout[..n_values].copy_from_slice(output);
            for (value, factor) in output.iter_mut().zip(&self.mask) {
                *value *= factor;
            }
        }
    }

    /// Turns the gradient of what this layer gave into that of its sums.
    fn through_outputs(
        &self,
        n_items: usize,
        placed: &PlacedLayer,
        scale: f64,
        delta: &mut Vec<f32>,
        next_delta: &mut Vec<f32>,
    ) {
        let n_outputs = placed.output.n_values();
        let by_output = &mut delta[..n_items * n_outputs];
        let mut output = &self.output;
        if !self.mask.is_empty() {
            for (value, factor) in by_output.iter_mut().zip(&self.mask) {
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
        variational::sums_gradient(sums, &self.noise, by_output, n_outputs, price, by_sums);
        std::mem::swap(delta, next_delta);
    }
}
