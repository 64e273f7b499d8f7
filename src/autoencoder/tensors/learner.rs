//! Training on a Burn device, a batch at a time.

use burn::prelude::*;
use burn::tensor::Transaction;

use super::backward::loss_and_gradients;
use super::batches::{Batches, upload_items};
use super::forward::forward;
use super::optimiser::LayerOptimiser;
use super::parameters::{LayerParameters, read_back};
use crate::autoencoder::draws::Order;
use crate::autoencoder::{
    Architecture, Checkpoint, Moments, Position, TrainerError, TrainingConfig, Weights,
};

/// A network that learns, and the items that it learns from, on a Burn device.
pub(in crate::autoencoder) struct TensorLearner {
    architecture: Architecture,
    device: Device,
    batches: Batches,
    layers: Vec<LayerParameters>,
    optimiser: LayerOptimiser,
    /// Losses of the batches since they were last read, on the device.
    losses: Vec<Tensor<1>>,
    /// Divergences of a variational code since they were last read, on the device.
    divergences: Vec<Tensor<1>>,
}

impl TensorLearner {
    /// Uploads items (`n × input`, not none), and weights and moments, which must fit the architecture.
    pub fn new(
        architecture: &Architecture,
        config: &TrainingConfig,
        items: &[f32],
        (weights, moments): (&Weights, Option<&Moments>),
        device: &Device,
    ) -> Self {
        let n_items = items.len() / architecture.input_size();
        Self {
            architecture: architecture.clone(),
            batches: Batches::new(items, n_items, device),
            layers: LayerParameters::upload_all(architecture, weights.values(), device),
            optimiser: LayerOptimiser::new(config.optimiser, architecture, moments, device),
            losses: Vec::new(),
            divergences: Vec::new(),
            device: device.clone(),
        }
    }

    /// Learns from the batch at a place in the run: forward, loss, backward, optimiser.
    pub fn learn(&mut self, position: Position, config: &TrainingConfig, order: &mut Order) {
        let batch = self
            .batches
            .batch(position, config, &self.architecture, order);
        let rate = config.learning_rate_at(position.epoch);
        let scale = self.optimiser.gradient_scale(rate);
        let loss = config.loss;
        let taught = loss_and_gradients(&self.layers, &self.architecture, batch, loss, scale);
        self.losses.push(taught.loss);
        self.divergences.extend(taught.divergence);
        let decay = config.weight_decay;
        self.optimiser
            .step(rate, decay, &mut self.layers, taught.gradients);
    }

    /// The next batch begins another epoch.
    pub fn end_epoch(&mut self) {
        self.batches.end_epoch();
    }

    /// The loss of every batch since the last call, in order.
    pub async fn take_losses(&mut self) -> Result<Vec<f64>, TrainerError> {
        read_numbers(std::mem::take(&mut self.losses)).await
    }

    /// The divergence of a variational code in every batch since the last call.
    pub async fn take_divergences(&mut self) -> Result<Vec<f64>, TrainerError> {
        read_numbers(std::mem::take(&mut self.divergences)).await
    }

    /// A copy of the present weights.
    pub async fn weights(&self) -> Result<Weights, TrainerError> {
        let read = LayerParameters::download_all(&[&self.layers], &self.architecture).await?;
        self.as_weights(read.into_iter().next().unwrap_or_default())
    }

    /// A copy of the present weights, and of what the optimiser remembers.
    pub async fn checkpoint(&self, position: Position) -> Result<Checkpoint, TrainerError> {
        let Some((n_steps, [first, second])) = self.optimiser.memories() else {
            return Ok(Checkpoint::of_weights(position, self.weights().await?));
        };
        let sets: [&[LayerParameters]; 3] = [&self.layers, &first, &second];
        let read = LayerParameters::download_all(&sets, &self.architecture).await?;
        let mut read = read.into_iter();
        let weights = self.as_weights(read.next().unwrap_or_default())?;
        let (first, second) = (
            read.next().unwrap_or_default(),
            read.next().unwrap_or_default(),
        );
        let moments = Some(Moments {
            n_steps,
            first,
            second,
        });
        Ok(Checkpoint {
            position,
            weights,
            moments,
        })
    }

    fn as_weights(&self, values: Vec<f32>) -> Result<Weights, TrainerError> {
        let n_values = values.len();
        Weights::from_values(&self.architecture, values).ok_or(TrainerError::WeightsDoNotFit {
            n_values,
            n_parameters: self.architecture.n_parameters(),
        })
    }

    /// Mean squared error over all values of some items (`n × input`, not none).
    pub async fn mean_error(&self, items: &[f32]) -> Result<f64, TrainerError> {
        let input = self.upload(items);
        let error = (self.reconstruction(input.clone()) - input).square().mean();
        let read = read_numbers(vec![error]).await?;
        Ok(read.first().copied().unwrap_or(f64::NAN))
    }

    /// The reconstructions of some items (`n × input`, not none).
    pub async fn reconstruct(&self, items: &[f32]) -> Result<Vec<f32>, TrainerError> {
        let reconstructed = self.reconstruction(self.upload(items));
        let mut read = read_back(Transaction::default().register(reconstructed)).await?;
        Ok(read.pop().unwrap_or_default())
    }

    fn upload(&self, items: &[f32]) -> Tensor<2> {
        let n_items = items.len() / self.architecture.input_size();
        upload_items(items, n_items, &self.device)
    }

    fn reconstruction(&self, input: Tensor<2>) -> Tensor<2> {
        forward(&self.layers, &self.architecture, input).remove(self.layers.len())
    }
}

/// Reads tensors of one value each.
async fn read_numbers(numbers: Vec<Tensor<1>>) -> Result<Vec<f64>, TrainerError> {
    if numbers.is_empty() {
        return Ok(Vec::new());
    }
    let read = read_back(Transaction::default().register(Tensor::cat(numbers, 0))).await?;
    Ok(read.into_iter().flatten().map(f64::from).collect())
}
