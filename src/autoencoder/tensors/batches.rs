//! The items of a run on a Burn device, batch by batch: their order, the noise on them, what is left out and what is
//! drawn.

use burn::prelude::*;

use super::backward::Batch;
use super::forward::Chance;
use crate::autoencoder::draws::{Draws, Order, places};
use crate::autoencoder::{Architecture, Layer, Position, TrainingConfig};

/// The items of a run on their device.
pub(super) struct Batches {
    device: Device,
    /// `n × input`.
    items: Tensor<2>,
    /// The smallest and the largest value of any item; noise stays between them.
    range: (f32, f32),
    /// The items in the order of the epoch at hand; `None` before its first batch.
    shuffled_items: Option<Tensor<2>>,
}

impl Batches {
    /// Uploads the items (`n × input`) once.
    pub fn new(items: &[f32], n_items: usize, device: &Device) -> Self {
        let lowest = items.iter().copied().fold(f32::INFINITY, f32::min);
        let highest = items.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        Self {
            device: device.clone(),
            items: upload_items(items, n_items, device),
            range: (lowest, highest),
            shuffled_items: None,
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
        order: &mut Order,
    ) -> Batch {
        let places = places(position, config.batch_size, order.n_items());
        let n_rows = places.len();
        let target = self.shuffled(order).narrow(0, places.start, n_rows);
        let mut draws = Draws::of_batch(config.seed, position);
        let seen = (config.noise > 0.0)
            .then(|| self.with_noise(target.clone(), n_rows, config.noise, &mut draws));
        let masks = self.masks(architecture, n_rows, &mut draws);
        let draws = self.draws(architecture, n_rows, &mut draws);
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
    fn shuffled(&mut self, order: &mut Order) -> Tensor<2> {
        let (items, n_items) = (&self.items, order.n_items());
        let shuffled_items = self.shuffled_items.get_or_insert_with(|| {
            let order = order.of_epoch().iter();
            let order: Vec<i32> = order.map(|&idx| idx as i32).collect();
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
        draws: &mut Draws,
    ) -> Tensor<2> {
        let noise = self.upload(n_rows, clean.dims()[1], |noise| {
            draws.noise(deviation, noise);
        });
        let (lowest, highest) = self.range;
        (clean + noise).clamp(lowest, highest)
    }

    /// What each layer's output is multiplied by, where some of it is left out.
    fn masks(
        &self,
        architecture: &Architecture,
        n_rows: usize,
        draws: &mut Draws,
    ) -> Vec<Option<Tensor<2>>> {
        let mask = |(layer, size): (&Layer, usize)| {
            let dropout = layer.dropout;
            (dropout > 0.0).then(|| self.upload(n_rows, size, |mask| draws.mask(dropout, mask)))
        };
        with_sizes(architecture).map(mask).collect()
    }

    /// Standard normal draws for the outputs of variational layers.
    fn draws(
        &self,
        architecture: &Architecture,
        n_rows: usize,
        draws: &mut Draws,
    ) -> Vec<Option<Tensor<2>>> {
        let draw = |(layer, size): (&Layer, usize)| {
            let is_drawn = layer.beta().is_some();
            is_drawn.then(|| self.upload(n_rows, size, |values| draws.normal(values)))
        };
        with_sizes(architecture).map(draw).collect()
    }

    /// Uploads `n_rows × size` values once they are filled in.
    fn upload(&self, n_rows: usize, size: usize, fill: impl FnOnce(&mut [f32])) -> Tensor<2> {
        let mut values = vec![0.0; n_rows * size];
        fill(&mut values);
        upload_items(&values, n_rows, &self.device)
    }
}

/// The layers with the number of their outputs.
fn with_sizes(architecture: &Architecture) -> impl Iterator<Item = (&Layer, usize)> {
    let sizes = architecture.layer_sizes().into_iter().skip(1);
    architecture.layers.iter().zip(sizes)
}

/// Items as a tensor of `n_items × input`.
pub(in crate::autoencoder) fn upload_items(
    items: &[f32],
    n_items: usize,
    device: &Device,
) -> Tensor<2> {
    let input_size = items.len() / n_items;
    Tensor::from_data(
        TensorData::new(items.to_vec(), [n_items, input_size]),
        device,
    )
}
