//! What chance decides in a run, drawn on the host: the order of the items, noise, what is left out, what is drawn.

use std::ops::Range;

/// Logarithms of variances are cut to ± this, so that no deviation is 0 or overflows.
pub(super) const LARGEST_LOG_VARIANCE: f32 = 10.0;

use super::Position;
use crate::random::Mt19937;

/// The order in which a run's items come.
pub(super) struct Order {
    /// Has drawn the initial weights, and then the order of every epoch so far.
    generator: Mt19937,
    n_items: usize,
    /// Of the epoch at hand; empty before its first batch.
    of_epoch: Vec<usize>,
}

impl Order {
    /// For `n_items`; `generator` has drawn the initial weights and nothing since.
    pub fn new(n_items: usize, generator: Mt19937) -> Self {
        Self {
            generator,
            n_items,
            of_epoch: Vec::new(),
        }
    }

    /// Number of items.
    pub fn n_items(&self) -> usize {
        self.n_items
    }

    /// Draws the orders of epochs that are done already.
    pub fn skip_epochs(&mut self, n_epochs: usize) {
        for _ in 0..n_epochs {
            self.generator.epoch_order(self.n_items);
        }
    }

    /// The next batch begins another epoch.
    pub fn end_epoch(&mut self) {
        self.of_epoch.clear();
    }

    /// The items of the epoch at hand, in its order.
    pub fn of_epoch(&mut self) -> &[usize] {
        if self.of_epoch.is_empty() {
            self.of_epoch = self.generator.epoch_order(self.n_items);
        }
        &self.of_epoch
    }
}

/// The places of a batch in its epoch's order; the last one may be shorter.
pub(super) fn places(position: Position, batch_size: usize, n_items: usize) -> Range<usize> {
    let start = position.batch * batch_size;
    start..(start + batch_size).min(n_items)
}

/// What chance decides for one batch; drawn in this order: noise, then masks layer by layer, then codes.
pub(super) struct Draws(Mt19937);

impl Draws {
    /// A generator for one batch alone, so that a run that goes on in the middle sees the same draws.
    pub fn of_batch(seed: u64, position: Position) -> Self {
        // Odd multipliers keep neighbouring epochs and batches apart.
        let place = (position.epoch as u64).wrapping_mul(0x9e37_79b9) ^ (position.batch as u64);
        let seed = seed.wrapping_add(1) ^ place.wrapping_mul(0x85eb_ca6b);
        Self(Mt19937::new(seed))
    }

    /// Normal noise of a standard deviation.
    pub fn noise(&mut self, deviation: f32, values: &mut [f32]) {
        values.fill_with(|| deviation * self.0.normal());
    }

    /// Factors for dropout: 0 for the part `dropout` of them, on average, else 1 over the part that is kept.
    pub fn mask(&mut self, dropout: f32, factors: &mut [f32]) {
        let kept = 1.0 / (1.0 - dropout);
        factors.fill_with(|| {
            if self.0.uniform(0.0, 1.0) < dropout {
                0.0
            } else {
                kept
            }
        });
    }

    /// Standard normal draws.
    pub fn normal(&mut self, values: &mut [f32]) {
        values.fill_with(|| self.0.normal());
    }
}
