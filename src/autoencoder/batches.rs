//! The items of a run, batch by batch: their order, the noise on them, what is left out and what is drawn.

use burn::prelude::*;

use super::backward::Batch;
use super::forward::Chance;
use super::network::upload_items;
use super::{Architecture, Position, TrainingConfig};
use crate::random::Mt19937;

/// The items of a run on their device, and the order in which they come.
pub(super) struct Batches {
    device: Device,
    /// `n × input`.
    items: Tensor<2>,
    n_items: usize,
    /// The smallest and the largest value of any item; noise stays between them.
    range: (f32, f32),
    /// The items in the order of the epoch at hand; `None` before its first batch.
    shuffled_items: Option<Tensor<2>>,
    generator: Mt19937,
}

impl Batches {
    /// Uploads the items (`n × input`) once; `generator` has drawn the initial weights and nothing since.
    pub fn new(items: &[f32], n_items: usize, device: &Device, generator: Mt19937) -> Self {
        let lowest = items.iter().copied().fold(f32::INFINITY, f32::min);
        let highest = items.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        Self {
            device: device.clone(),
            items: upload_items(items, n_items, device),
            n_items,
            range: (lowest, highest),
            shuffled_items: None,
            generator,
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
        self.shuffled_items = None;
    }

    /// The batch at a place in the run.
    pub fn batch(
        &mut self,
        position: Position,
        config: &TrainingConfig,
        architecture: &Architecture,
    ) -> Batch {
        let start = position.batch * config.batch_size;
        let end = (start + config.batch_size).min(self.n_items);
        let target = self.shuffled().narrow(0, start, end - start);
        let n_rows = end - start;
        let mut generator = generator_of(config.seed, position);
        let seen = (config.noise > 0.0)
            .then(|| self.with_noise(target.clone(), n_rows, config.noise, &mut generator));
        let masks = self.masks(architecture, n_rows, &mut generator);
        let draws = self.draws(architecture, n_rows, &mut generator);
        Batch {
            target,
            seen,
            chance: Chance { masks, draws },
        }
    }

    #[expect(
        clippy::cast_possible_wrap,
        reason = "a browser cannot hold two thousand million items"
    )]
    fn shuffled(&mut self) -> Tensor<2> {
        let (items, generator, n_items) = (&self.items, &mut self.generator, self.n_items);
        let shuffled_items = self.shuffled_items.get_or_insert_with(|| {
            let order = generator.epoch_order(n_items).into_iter();
            let order: Vec<i32> = order.map(|idx| idx as i32).collect();
            let order =
                Tensor::<1, Int>::from_data(TensorData::new(order, [n_items]), &items.device());
            items.clone().select(0, order)
        });
        shuffled_items.clone()
    }

    fn with_noise(
        &self,
        clean: Tensor<2>,
        n_rows: usize,
        deviation: f32,
        generator: &mut Mt19937,
    ) -> Tensor<2> {
        let n_values = n_rows * clean.dims()[1];
        let noise: Vec<f32> = (0..n_values)
            .map(|_| deviation * generator.normal())
            .collect();
        let (lowest, highest) = self.range;
        (clean + upload_items(&noise, n_rows, &self.device)).clamp(lowest, highest)
    }

    /// What each layer's output is multiplied by, where some of it is left out.
    fn masks(
        &self,
        architecture: &Architecture,
        n_rows: usize,
        generator: &mut Mt19937,
    ) -> Vec<Option<Tensor<2>>> {
        if architecture.layers.iter().all(|layer| layer.dropout <= 0.0) {
            return Vec::new();
        }
        let sizes = architecture.layer_sizes().into_iter().skip(1);
        let layers = architecture.layers.iter().zip(sizes);
        let mask = |(layer, size): (&super::Layer, usize)| {
            (layer.dropout > 0.0).then(|| {
                let kept = 1.0 / (1.0 - layer.dropout);
                let draw = |_| {
                    if generator.uniform(0.0, 1.0) < layer.dropout {
                        0.0
                    } else {
                        kept
                    }
                };
                let values: Vec<f32> = (0..n_rows * size).map(draw).collect();
                upload_items(&values, n_rows, &self.device)
            })
        };
        layers.map(mask).collect()
    }

    /// Standard normal draws for the outputs of variational layers.
    fn draws(
        &self,
        architecture: &Architecture,
        n_rows: usize,
        generator: &mut Mt19937,
    ) -> Vec<Option<Tensor<2>>> {
        if architecture
            .layers
            .iter()
            .all(|layer| layer.beta().is_none())
        {
            return Vec::new();
        }
        let sizes = architecture.layer_sizes().into_iter().skip(1);
        let layers = architecture.layers.iter().zip(sizes);
        let draw = |(layer, size): (&super::Layer, usize)| {
            layer.beta().map(|_| {
                let values: Vec<f32> = (0..n_rows * size).map(|_| generator.normal()).collect();
                upload_items(&values, n_rows, &self.device)
            })
        };
        layers.map(draw).collect()
    }
}

/// A generator for one batch alone, so that a run that goes on in the middle sees the same noise.
fn generator_of(seed: u64, position: Position) -> Mt19937 {
    // Odd multipliers keep neighbouring epochs and batches apart.
    let place = (position.epoch as u64).wrapping_mul(0x9e37_79b9) ^ (position.batch as u64);
    Mt19937::new(seed.wrapping_add(1) ^ place.wrapping_mul(0x85eb_ca6b))
}
