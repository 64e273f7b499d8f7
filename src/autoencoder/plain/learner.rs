//! Training on the CPU, a batch at a time.

use std::ops::Range;

use super::batch::Batch;
use super::cut::{Cut, is_worth_cutting};
use super::layers::{PlacedLayer, place_layers, products_of_item};
use super::optimiser::FlatOptimiser;
use super::parts::{Known, PartSums, Task};
use super::{loss, network};
use crate::autoencoder::draws::{Draws, Order, places};
use crate::autoencoder::{
    Architecture, Checkpoint, Moments, PartsCost, Position, ShareOrder, TrainingConfig, Weights,
};

/// A network that learns, and the items that it learns from.
pub(in crate::autoencoder) struct PlainLearner {
    layers: Vec<PlacedLayer>,
    parameters: Weights,
    optimiser: FlatOptimiser,
    items: Items,
    batch: Batch,
    /// Whether batches are cut into parts.
    is_cut: bool,
    at_hand: AtHand,
    sums: PartSums,
    /// Room for the gradients of shares that are worked out elsewhere.
    spare_gradients: Vec<Vec<f32>>,
    /// Of the batches since they were last taken.
    losses: Vec<f64>,
    divergences: Vec<f64>,
}

/// The batch that is being learned from.
struct AtHand {
    cut: Cut,
    /// Of its epoch.
    rate: f64,
    /// What a squared difference counts in the loss.
    factor: f64,
    /// What of its gradients is known so far.
    known: Vec<Known>,
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
        let n_parameters = parameters.values().len();
        let input_size = architecture.input_size();
        let n_items = items.len() / input_size;
        let n_at_once = config.batch_size.min(n_items);
        let n_batches = config.n_batches(n_items);
        let is_cut = is_worth_cutting(n_at_once, products_of_item(&layers), n_parameters);
        let cut = Cut::new(n_at_once, is_cut);
        Self {
            optimiser: FlatOptimiser::new(config.optimiser, n_parameters, moments),
            items: Items::new(items, input_size),
            batch: Batch::new(&layers, n_at_once, config.noise > 0.0),
            is_cut,
            at_hand: AtHand {
                cut,
                rate: 0.0,
                factor: 0.0,
                known: Vec::new(),
            },
            sums: PartSums::new(&layers, n_parameters, cut),
            spare_gradients: Vec::new(),
            losses: Vec::with_capacity(n_batches),
            divergences: Vec::with_capacity(n_batches),
            layers,
            parameters,
        }
    }

    /// Whether batches are cut into parts, so that others can help.
    pub fn is_cut(&self) -> bool {
        self.is_cut
    }

    /// Lays out the batch at a place in the run, and draws what chance decides of it.
    pub fn begin(&mut self, position: Position, config: &TrainingConfig, order: &mut Order) {
        let places = places(position, config.batch_size, order.n_items());
        let n_items = places.len();
        let rows = &order.of_epoch()[places];
        self.items
            .gather(rows, self.batch.target.first_mut(n_items));
        self.draw(n_items, position, config);
        let n_values = n_items * self.items.input_size;
        for known in self.at_hand.known.drain(..) {
            if !known.gradients.is_empty() {
                self.spare_gradients.push(known.gradients);
            }
        }
        self.at_hand.cut = Cut::new(n_items, self.is_cut);
        self.at_hand.rate = config.learning_rate_at(position.epoch);
        self.at_hand.factor = loss::factor(config.loss, n_values);
    }

    /// What each of some workers has to do for the batch at hand, this one first.
    pub fn shares(&self, n_workers: usize) -> Vec<Range<usize>> {
        self.at_hand.cut.shares(n_workers)
    }

    /// The present parameters.
    pub fn parameters(&self) -> &[f32] {
        self.parameters.values()
    }

    /// All that another needs for a share of the batch at hand beside the parameters.
    pub fn write_order(&self, parts: &Range<usize>, rows: &mut Vec<f32>) -> ShareOrder {
        let cut = self.at_hand.cut;
        let items = cut.items_of(parts);
        rows.resize(items.len() * self.batch.width(), 0.0);
        self.batch.write(&items, rows);
        ShareOrder {
            n_items: cut.n_items(),
            parts: parts.clone(),
            scale: self.scale(),
        }
    }

    /// Works out a share of the batch at hand that begins with its first part.
    pub fn work(&mut self, parts: &Range<usize>) {
        let cost = self.add_up(parts);
        self.at_hand.known.push(Known {
            parts: parts.clone(),
            gradients: Vec::new(),
            cost,
        });
    }

    /// Takes what another worked out; `fill` writes its gradients.
    pub fn accept(&mut self, parts: Range<usize>, cost: PartsCost, fill: impl FnOnce(&mut [f32])) {
        let spare = self.spare_gradients.pop();
        let mut gradients = spare.unwrap_or_else(|| vec![0.0; self.parameters.values().len()]);
        fill(&mut gradients);
        self.at_hand.known.push(Known {
            parts,
            gradients,
            cost,
        });
    }

    /// Works out what is not known yet of the batch at hand, and learns from it.
    pub fn end(&mut self, config: &TrainingConfig) {
        let PartsCost { squares, nats } = self.add_up(&self.at_hand.cut.parts());
        let AtHand {
            cut, rate, factor, ..
        } = self.at_hand;
        self.losses.push(squares * factor);
        let n_items = cut.n_items() as f64;
        self.divergences.extend(nats.map(|nats| nats / n_items));
        let (parameters, gradients) = (self.parameters.values_mut(), self.sums.gradients());
        self.optimiser
            .step(rate, config.weight_decay, parameters, gradients);
    }

    fn add_up(&mut self, parts: &Range<usize>) -> PartsCost {
        let task = Task {
            layers: &self.layers,
            parameters: self.parameters.values(),
            batch: &self.batch,
            first_item: 0,
            cut: self.at_hand.cut,
            scale: self.scale(),
        };
        self.sums.add_up(&task, parts, &self.at_hand.known)
    }

    /// What a squared difference counts in what is differentiated.
    fn scale(&self) -> f64 {
        self.optimiser.gradient_scale(self.at_hand.rate) * self.at_hand.factor
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
            let seen = self.batch.seen.first_mut(n_items);
            draws.noise(config.noise, seen);
            let (lowest, highest) = self.items.range;
            for (seen, target) in seen.iter_mut().zip(self.batch.target.of(&(0..n_items))) {
                *seen = (*target + *seen).clamp(lowest, highest);
            }
        }
        self.batch.draw(n_items, &self.layers, &mut draws);
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
