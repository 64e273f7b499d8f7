//! Training on the CPU, a batch at a time.

use super::layers::{PlacedLayer, place_layers};
use super::network;
use super::optimiser::FlatOptimiser;
use super::pass::Pass;
use crate::autoencoder::draws::{Draws, Order, places};
use crate::autoencoder::{Architecture, Checkpoint, Moments, Position, TrainingConfig, Weights};

/// A network that learns, and the items that it learns from.
pub(in crate::autoencoder) struct PlainLearner {
    layers: Vec<PlacedLayer>,
    parameters: Weights,
    gradients: Vec<f32>,
    optimiser: FlatOptimiser,
    items: Items,
    pass: Pass,
    /// Of the batches since they were last taken.
    losses: Vec<f64>,
    divergences: Vec<f64>,
}

/// The items of a run, `n × input`.
struct Items {
    values: Vec<f32>,
    input_size: usize,
    /// The smallest and the largest value of any item; noise stays between them.
    range: (f32, f32),
}

impl PlainLearner {
    /// Copies items (`n × input`, not none), and weights and moments, which must fit the architecture.
    pub fn new(
        architecture: &Architecture,
        config: &TrainingConfig,
        items: &[f32],
        (weights, moments): (&Weights, Option<&Moments>),
    ) -> Self {
        let layers = place_layers(architecture);
        let parameters = weights.clone();
        let input_size = architecture.input_size();
        let n_items = items.len() / input_size;
        let n_at_once = config.batch_size.min(n_items);
        let n_batches = config.n_batches(n_items);
        Self {
            gradients: vec![0.0; parameters.values().len()],
            optimiser: FlatOptimiser::new(config.optimiser, parameters.values().len(), moments),
            items: Items::new(items, input_size),
            pass: Pass::new(&layers, n_at_once, config.noise > 0.0),
            losses: Vec::with_capacity(n_batches),
            divergences: Vec::with_capacity(n_batches),
            layers,
            parameters,
        }
    }

    /// Learns from the batch at a place in the run: forward, loss, backward, optimiser.
    pub fn learn(&mut self, position: Position, config: &TrainingConfig, order: &mut Order) {
        let places = places(position, config.batch_size, order.n_items());
        let n_items = places.len();
        let rows = &order.of_epoch()[places];
        self.items.gather(rows, &mut self.pass.target);
        self.draw(n_items, position, config);
        let rate = config.learning_rate_at(position.epoch);
        let goal = (config.loss, self.optimiser.gradient_scale(rate));
        let (parameters, gradients) = (self.parameters.values_mut(), &mut self.gradients);
        let cost = self
            .pass
            .learn(n_items, &self.layers, parameters, goal, gradients);
        self.losses.push(cost.loss);
        self.divergences.extend(cost.divergence);
        self.optimiser
            .step(rate, config.weight_decay, parameters, gradients);
    }

    /// The loss of every batch since the last call, in order.
    pub fn take_losses(&mut self) -> Vec<f64> {
        self.losses.drain(..).collect()
    }

    /// The divergence of a variational code in every batch since the last call.
    pub fn take_divergences(&mut self) -> Vec<f64> {
        self.divergences.drain(..).collect()
    }

    /// A copy of the present weights.
    pub fn weights(&self) -> Weights {
        self.parameters.clone()
    }

    /// A copy of the present weights, and of what the optimiser remembers.
    pub fn checkpoint(&self, position: Position) -> Checkpoint {
        Checkpoint {
            position,
            weights: self.parameters.clone(),
            moments: self.optimiser.moments().cloned(),
        }
    }

    /// Mean squared error over all values of some items (`n × input`).
    pub fn mean_error(&self, items: &[f32]) -> f64 {
        network::mean_error(&self.layers, self.parameters.values(), items)
    }

    /// The reconstructions of some items (`n × input`).
    pub fn reconstruct(&self, items: &[f32]) -> Vec<f32> {
        network::reconstruct(&self.layers, self.parameters.values(), items)
    }

    fn draw(&mut self, n_items: usize, position: Position, config: &TrainingConfig) {
        let is_left_to_chance =
            |placed: &PlacedLayer| placed.layer.dropout > 0.0 || placed.layer.beta().is_some();
        if config.noise <= 0.0 && !self.layers.iter().any(is_left_to_chance) {
            return;
        }
        let mut draws = Draws::of_batch(config.seed, position);
        if config.noise > 0.0 {
            let n_values = n_items * self.items.input_size;
            let Pass { target, seen, .. } = &mut self.pass;
            let (target, seen) = (&target[..n_values], &mut seen[..n_values]);
            draws.noise(config.noise, seen);
            let (lowest, highest) = self.items.range;
            for (seen, target) in seen.iter_mut().zip(target) {
                *seen = (*target + *seen).clamp(lowest, highest);
            }
        }
        self.pass.draw(n_items, &self.layers, &mut draws);
    }
}

impl Items {
    fn new(values: &[f32], input_size: usize) -> Self {
        let lowest = values.iter().copied().fold(f32::INFINITY, f32::min);
        let highest = values.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        Self {
            values: values.to_vec(),
            input_size,
            range: (lowest, highest),
        }
    }

    /// Lays some rows one after the other.
    fn gather(&self, rows: &[usize], gathered: &mut [f32]) {
        for (row, gathered) in rows.iter().zip(gathered.chunks_exact_mut(self.input_size)) {
            let start = row * self.input_size;
            gathered.copy_from_slice(&self.values[start..start + self.input_size]);
        }
    }
}
