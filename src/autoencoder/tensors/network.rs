//! What a network on a Burn device makes of items.

use burn::prelude::*;
use burn::tensor::Transaction;

use super::batches::upload_items;
use super::forward::{decode, forward};
use super::parameters::{LayerParameters, read_back};
use crate::autoencoder::{Architecture, Reconstructed, TrainerError, Weights};

/// Weights on a Burn device.
#[derive(Clone, Debug)]
pub(in crate::autoencoder) struct TensorNetwork {
    layers: Vec<LayerParameters>,
    device: Device,
}

impl TensorNetwork {
    /// Uploads weights, which must fit the architecture.
    pub fn new(architecture: &Architecture, weights: &Weights, device: &Device) -> Self {
        Self {
            layers: LayerParameters::upload_all(architecture, weights.values(), device),
            device: device.clone(),
        }
    }

    /// Runs `n_items` whole items, at least one, through the network.
    ///
    /// # Errors
    /// When the device fails to hand its results over.
    pub async fn reconstruct(
        &self,
        architecture: &Architecture,
        items: &[f32],
        n_items: usize,
    ) -> Result<Reconstructed, TrainerError> {
        let input = upload_items(items, n_items, &self.device);
        let mut values = forward(&self.layers, architecture, input);
        let code = values[architecture.code_layer()].clone();
        let reconstruction = values.remove(self.layers.len());
        let transaction = Transaction::default()
            .register(reconstruction)
            .register(code);
        let mut read = read_back(transaction).await?.into_iter();
        Ok(Reconstructed {
            reconstructions: read.next().unwrap_or_default(),
            codes: read.next().unwrap_or_default(),
        })
    }

    /// What the decoder makes of `n_codes` whole codes, at least one.
    ///
    /// # Errors
    /// When the device fails to hand its results over.
    pub async fn decode(
        &self,
        architecture: &Architecture,
        codes: &[f32],
        n_codes: usize,
    ) -> Result<Vec<f32>, TrainerError> {
        let codes = upload_items(codes, n_codes, &self.device);
        let decoded = decode(&self.layers, architecture, codes);
        let mut read = read_back(Transaction::default().register(decoded)).await?;
        Ok(read.pop().unwrap_or_default())
    }
}
