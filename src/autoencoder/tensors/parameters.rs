//! What a network has learned, on a Burn device.

use burn::prelude::*;
use burn::tensor::Transaction;

use crate::autoencoder::weights::layers_of;
use crate::autoencoder::{Architecture, Layer, ParameterShape, TrainerError};

/// The parameters of one layer, or as many gradients.
#[derive(Clone, Debug)]
pub(in crate::autoencoder) struct LayerParameters {
    /// Of a dense layer `inputs × outputs`, the transpose of what [`Weights`](crate::autoencoder::Weights) stores; of a convolution as stored.
    pub weight: Tensor<2>,
    /// `1 × outputs`, or `1 × maps`.
    pub bias: Tensor<2>,
}

impl LayerParameters {
    /// Uploads every layer of values in the order of [`Weights`](crate::autoencoder::Weights), which must fit the architecture.
    pub fn upload_all(architecture: &Architecture, values: &[f32], device: &Device) -> Vec<Self> {
        let shapes = architecture.parameter_shapes();
        let stored = layers_of(values, architecture);
        let layers = architecture.layers.iter().zip(shapes).zip(stored);
        layers
            .map(|((layer, shape), stored)| {
                let (matrix, [rows, columns]) = if is_stored_transposed(layer) {
                    let by_input = transposed(stored.matrix, shape.rows, shape.columns);
                    (by_input, [shape.columns, shape.rows])
                } else {
                    (stored.matrix.to_vec(), [shape.rows, shape.columns])
                };
                let biases = TensorData::new(stored.biases.to_vec(), [1, shape.n_biases]);
                Self {
                    weight: Tensor::from_data(TensorData::new(matrix, [rows, columns]), device),
                    bias: Tensor::from_data(biases, device),
                }
            })
            .collect()
    }

    /// Reads every layer of each set back in one go: a row of values in the order of [`Weights`](crate::autoencoder::Weights) a set.
    pub async fn download_all(
        sets: &[&[Self]],
        architecture: &Architecture,
    ) -> Result<Vec<Vec<f32>>, TrainerError> {
        let mut transaction = Transaction::default();
        for layer in sets.iter().copied().flatten() {
            transaction = transaction
                .register(layer.weight.clone())
                .register(layer.bias.clone());
        }
        let read = read_back(transaction).await?;
        let sets = read.chunks_exact(2 * architecture.layers.len());
        Ok(sets
            .map(|set| in_storage_order(set, architecture))
            .collect())
    }
}

/// The weight and bias tensors of all layers as one row.
fn in_storage_order(tensors: &[Vec<f32>], architecture: &Architecture) -> Vec<f32> {
    let mut values = Vec::with_capacity(architecture.n_parameters());
    let layers = architecture
        .layers
        .iter()
        .zip(architecture.parameter_shapes());
    for ((layer, ParameterShape { rows, columns, .. }), of_layer) in
        layers.zip(tensors.chunks_exact(2))
    {
        if is_stored_transposed(layer) {
            values.extend(transposed(&of_layer[0], columns, rows));
        } else {
            values.extend_from_slice(&of_layer[0]);
        }
        values.extend_from_slice(&of_layer[1]);
    }
    values
}

/// Waits for the device and takes every registered tensor's values.
pub(in crate::autoencoder) async fn read_back(
    transaction: Transaction,
) -> Result<Vec<Vec<f32>>, TrainerError> {
    let read = transaction.execute_async().await;
    let tensors = read.map_err(|error| TrainerError::ReadBack {
        message: error.to_string(),
    })?;
    let values = tensors.into_iter().map(TensorData::try_into_vec::<f32>);
    values
        .collect::<Result<_, _>>()
        .map_err(|error| TrainerError::ReadBack {
            message: format!("{error:?}"),
        })
}

/// A batch is multiplied from the left, so dense weights lie on the device by input.
fn is_stored_transposed(layer: &Layer) -> bool {
    !layer.is_convolutional()
}

/// The transpose of a `rows × columns` matrix stored row by row.
fn transposed(matrix: &[f32], rows: usize, columns: usize) -> Vec<f32> {
    (0..columns)
        .flat_map(|column| (0..rows).map(move |row| matrix[row * columns + column]))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn transposing_a_matrix_swaps_rows_and_columns() {
        assert_eq!(
            transposed(&[1.0, 2.0, 3.0, 4.0, 5.0, 6.0], 2, 3),
            [1.0, 4.0, 2.0, 5.0, 3.0, 6.0]
        );
    }
}
