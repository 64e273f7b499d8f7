//! The network itself: dense layers on a Burn device, and what they make of an item.

use burn::prelude::*;
use burn::tensor::{Transaction, activation};

use super::{Activation, Architecture, TrainerError, Weights};

/// A dense autoencoder on a Burn device, for looking at items rather than learning from them.
#[derive(Clone, Debug)]
pub struct Network {
    layers: Vec<DenseLayer>,
    architecture: Architecture,
    device: Device,
}

/// What a network made of some items.
#[derive(Clone, Debug, PartialEq)]
pub struct Rebuilt {
    /// `n × input`, item by item.
    pub reconstructions: Vec<f32>,
    /// `n × code`, item by item: the values of the bottleneck.
    pub codes: Vec<f32>,
}

impl Network {
    /// Puts weights on a device.
    ///
    /// # Errors
    /// When the architecture is refused or the weights do not fit it.
    pub fn new(
        architecture: &Architecture,
        weights: &Weights,
        device: &Device,
    ) -> Result<Self, TrainerError> {
        architecture.validate()?;
        if !weights.fits(architecture) {
            return Err(TrainerError::WeightsDoNotFit {
                n_values: weights.values().len(),
                n_parameters: architecture.n_parameters(),
            });
        }
        let layers = DenseLayer::upload_all(architecture, weights, device);
        Ok(Self {
            layers,
            architecture: architecture.clone(),
            device: device.clone(),
        })
    }

    /// Runs items (`n × input`, item by item) through the network; no items give an empty answer.
    ///
    /// # Errors
    /// When the values are not whole items, or the engine fails to hand its results over.
    pub async fn rebuild(&self, items: &[f32]) -> Result<Rebuilt, TrainerError> {
        let n_items = count_items(items, &self.architecture)?;
        if n_items == 0 {
            return Ok(Rebuilt {
                reconstructions: Vec::new(),
                codes: Vec::new(),
            });
        }
        let input = upload_items(items, n_items, &self.device);
        let mut values = forward(&self.layers, &self.architecture, input);
        let code = values[self.architecture.code_layer()].clone();
        let reconstruction = values.remove(self.layers.len());
        let transaction = Transaction::default()
            .register(reconstruction)
            .register(code);
        let mut read = read_back(transaction).await?.into_iter();
        Ok(Rebuilt {
            reconstructions: read.next().unwrap_or_default(),
            codes: read.next().unwrap_or_default(),
        })
    }
}

/// The parameters of one dense layer, or as many gradients: `activation(input · weight + bias)`.
#[derive(Clone, Debug)]
pub(super) struct DenseLayer {
    /// `inputs × outputs`: the transpose of what [`Weights`] stores.
    pub weight: Tensor<2>,
    /// `1 × outputs`.
    pub bias: Tensor<2>,
}

impl DenseLayer {
    /// Uploads every layer; the weights must fit the architecture.
    pub fn upload_all(
        architecture: &Architecture,
        weights: &Weights,
        device: &Device,
    ) -> Vec<Self> {
        let shapes = architecture.dense_layers();
        let upload = |((inputs, outputs), layer): ((usize, usize), super::LayerWeights<'_>)| {
            let by_input = transposed(layer.matrix, outputs, inputs);
            Self {
                weight: Tensor::from_data(TensorData::new(by_input, [inputs, outputs]), device),
                bias: Tensor::from_data(
                    TensorData::new(layer.biases.to_vec(), [1, outputs]),
                    device,
                ),
            }
        };
        shapes
            .zip(weights.layers(architecture))
            .map(upload)
            .collect()
    }

    /// Reads every layer back in one go.
    pub async fn download_all(
        layers: &[Self],
        architecture: &Architecture,
    ) -> Result<Weights, TrainerError> {
        let mut transaction = Transaction::default();
        for layer in layers {
            transaction = transaction
                .register(layer.weight.clone())
                .register(layer.bias.clone());
        }
        let read = read_back(transaction).await?;
        let mut values = Vec::with_capacity(architecture.n_parameters());
        for ((inputs, outputs), layer) in architecture.dense_layers().zip(read.chunks_exact(2)) {
            values.extend(transposed(&layer[0], inputs, outputs));
            values.extend_from_slice(&layer[1]);
        }
        let n_values = values.len();
        Weights::from_values(architecture, values).ok_or(TrainerError::WeightsDoNotFit {
            n_values,
            n_parameters: architecture.n_parameters(),
        })
    }
}

/// Runs `input` (`n × input`) through the network.
///
/// Returns the values of every layer, `n × width` each, from the input itself to the reconstruction.
pub(super) fn forward(
    layers: &[DenseLayer],
    architecture: &Architecture,
    input: Tensor<2>,
) -> Vec<Tensor<2>> {
    let mut values = Vec::with_capacity(layers.len() + 1);
    values.push(input);
    for (layer, activation) in layers.iter().zip(architecture.activations()) {
        let sums = values[values.len() - 1]
            .clone()
            .matmul(layer.weight.clone());
        values.push(activate(sums + layer.bias.clone(), activation));
    }
    values
}

impl Architecture {
    /// What follows each dense layer, from the first on.
    pub(super) fn activations(&self) -> impl DoubleEndedIterator<Item = Activation> + '_ {
        let last = self.layer_sizes.len().saturating_sub(2);
        (0..=last).map(move |idx| {
            if idx == last {
                self.output
            } else {
                self.hidden
            }
        })
    }
}

fn activate(x: Tensor<2>, activation: Activation) -> Tensor<2> {
    match activation {
        Activation::Identity => x,
        Activation::Relu => activation::relu(x),
        Activation::Tanh => activation::tanh(x),
        Activation::Sigmoid => activation::sigmoid(x),
    }
}

/// How many whole items the values make.
pub(super) fn count_items(
    items: &[f32],
    architecture: &Architecture,
) -> Result<usize, TrainerError> {
    let input_size = architecture.input_size();
    if !items.len().is_multiple_of(input_size) {
        return Err(TrainerError::RaggedItems {
            n_values: items.len(),
            input_size,
        });
    }
    Ok(items.len() / input_size)
}

/// Items as a tensor of `n_items × input`.
pub(super) fn upload_items(items: &[f32], n_items: usize, device: &Device) -> Tensor<2> {
    let input_size = items.len() / n_items;
    Tensor::from_data(
        TensorData::new(items.to_vec(), [n_items, input_size]),
        device,
    )
}

/// Waits for the device and takes every registered tensor's values.
pub(super) async fn read_back(transaction: Transaction) -> Result<Vec<Vec<f32>>, TrainerError> {
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

/// The transpose of a `rows × columns` matrix stored row by row.
fn transposed(matrix: &[f32], rows: usize, columns: usize) -> Vec<f32> {
    (0..columns)
        .flat_map(|column| (0..rows).map(move |row| matrix[row * columns + column]))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn identity(layer_sizes: &[usize]) -> Architecture {
        Architecture {
            layer_sizes: layer_sizes.to_vec(),
            hidden: Activation::Identity,
            output: Activation::Identity,
        }
    }

    #[test]
    fn a_linear_network_computes_what_a_hand_does() {
        let architecture = identity(&[2, 1, 2]);
        let values = vec![2.0, 3.0, 0.5, 1.0, -1.0, 10.0, 20.0];
        let weights = Weights::from_values(&architecture, values).expect("7 values fit 2-1-2");
        let network = Network::new(&architecture, &weights, &Device::flex()).expect("it fits");
        let rebuilt =
            pollster::block_on(network.rebuild(&[1.0, 2.0, 0.0, 0.0])).expect("two items");
        assert_eq!(rebuilt.codes, [8.5, 0.5]);
        assert_eq!(rebuilt.reconstructions, [18.5, 11.5, 10.5, 19.5]);
    }

    #[test]
    fn no_items_give_an_empty_answer_and_half_an_item_is_refused() {
        let architecture = identity(&[2, 1, 2]);
        let weights = Weights::from_values(&architecture, vec![0.0; 7]).expect("7 values fit");
        let network = Network::new(&architecture, &weights, &Device::flex()).expect("it fits");
        let rebuilt = pollster::block_on(network.rebuild(&[])).expect("nothing to do");
        assert!(rebuilt.reconstructions.is_empty() && rebuilt.codes.is_empty());
        let refused = pollster::block_on(network.rebuild(&[1.0]));
        assert_eq!(
            refused,
            Err(TrainerError::RaggedItems {
                n_values: 1,
                input_size: 2
            })
        );
    }

    #[test]
    fn weights_of_another_network_are_refused() {
        let weights = Weights::from_values(&identity(&[2, 1, 2]), vec![0.0; 7]).expect("7 fit");
        let refused = Network::new(&identity(&[3, 1, 3]), &weights, &Device::flex());
        let expected = TrainerError::WeightsDoNotFit {
            n_values: 7,
            n_parameters: 10,
        };
        assert_eq!(refused.err(), Some(expected));
    }

    #[test]
    fn transposing_a_matrix_swaps_rows_and_columns() {
        assert_eq!(
            transposed(&[1.0, 2.0, 3.0, 4.0, 5.0, 6.0], 2, 3),
            [1.0, 4.0, 2.0, 5.0, 3.0, 6.0]
        );
    }
}
