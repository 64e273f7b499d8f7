//! The network itself, and what it makes of an item.

use super::plain::PlainNetwork;
#[cfg(feature = "tensors")]
use super::tensors::TensorNetwork;
use super::{Architecture, Device, TrainerError, Weights};

/// An autoencoder on a device, for looking at items rather than learning from them.
#[derive(Clone, Debug)]
pub struct Network {
    architecture: Architecture,
    layers: Layers,
}

/// Who does the sums.
#[derive(Clone, Debug)]
enum Layers {
    /// The CPU's own engine.
    Plain(PlainNetwork),
    /// Burn's tensors.
    #[cfg(feature = "tensors")]
    Tensors(TensorNetwork),
}

/// What a network made of some items.
#[derive(Clone, Debug, PartialEq)]
pub struct Reconstructed {
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
        let layers = match device {
            Device::Cpu => Layers::Plain(PlainNetwork::new(architecture, weights)),
            #[cfg(feature = "tensors")]
            Device::Tensors(device) => {
                Layers::Tensors(TensorNetwork::new(architecture, weights, device))
            }
        };
        Ok(Self {
            architecture: architecture.clone(),
            layers,
        })
    }

    /// Number of values in one item.
    pub fn input_size(&self) -> usize {
        self.architecture.input_size()
    }

    /// Runs items (`n × input`, item by item) through the network; no items give an empty answer.
    ///
    /// # Errors
    /// When the values are not whole items, or the engine fails to hand its results over.
    pub async fn reconstruct(&self, items: &[f32]) -> Result<Reconstructed, TrainerError> {
        let n_items = count_items(items, &self.architecture)?;
        if n_items == 0 {
            return Ok(Reconstructed {
                reconstructions: Vec::new(),
                codes: Vec::new(),
            });
        }
        match &self.layers {
            Layers::Plain(network) => Ok(network.reconstruct(items)),
            #[cfg(feature = "tensors")]
            Layers::Tensors(network) => {
                let architecture = &self.architecture;
                network.reconstruct(architecture, items, n_items).await
            }
        }
    }

    /// What the decoder makes of codes (`n × code`, code by code): `n × input`; no codes give an empty answer.
    ///
    /// # Errors
    /// When the values are not whole codes, or the engine fails to hand its results over.
    pub async fn decode(&self, codes: &[f32]) -> Result<Vec<f32>, TrainerError> {
        let code_size = self.architecture.code_size();
        if !codes.len().is_multiple_of(code_size) {
            return Err(TrainerError::RaggedItems {
                n_values: codes.len(),
                input_size: code_size,
            });
        }
        let n_codes = codes.len() / code_size;
        if n_codes == 0 {
            return Ok(Vec::new());
        }
        match &self.layers {
            Layers::Plain(network) => Ok(network.decode(codes)),
            #[cfg(feature = "tensors")]
            Layers::Tensors(network) => network.decode(&self.architecture, codes, n_codes).await,
        }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::autoencoder::Activation;

    fn identity(layer_sizes: &[usize]) -> Architecture {
        Architecture::dense(layer_sizes, Activation::Identity, Activation::Identity)
    }

    #[test]
    fn a_linear_network_computes_what_a_hand_does() {
        let architecture = identity(&[2, 1, 2]);
        let values = vec![2.0, 3.0, 0.5, 1.0, -1.0, 10.0, 20.0];
        let weights = Weights::from_values(&architecture, values).expect("7 values fit 2-1-2");
        let network = Network::new(&architecture, &weights, &Device::Cpu).expect("it fits");
        let reconstructed =
            pollster::block_on(network.reconstruct(&[1.0, 2.0, 0.0, 0.0])).expect("two items");
        assert_eq!(reconstructed.codes, [8.5, 0.5]);
        assert_eq!(reconstructed.reconstructions, [18.5, 11.5, 10.5, 19.5]);
    }

    #[test]
    fn no_items_give_an_empty_answer_and_half_an_item_is_refused() {
        let architecture = identity(&[2, 1, 2]);
        let weights = Weights::from_values(&architecture, vec![0.0; 7]).expect("7 values fit");
        let network = Network::new(&architecture, &weights, &Device::Cpu).expect("it fits");
        let reconstructed = pollster::block_on(network.reconstruct(&[])).expect("nothing to do");
        assert!(reconstructed.reconstructions.is_empty() && reconstructed.codes.is_empty());
        let refused = pollster::block_on(network.reconstruct(&[1.0]));
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
        let refused = Network::new(&identity(&[3, 1, 3]), &weights, &Device::Cpu);
        let expected = TrainerError::WeightsDoNotFit {
            n_values: 7,
            n_parameters: 10,
        };
        assert_eq!(refused.err(), Some(expected));
    }

    #[test]
    fn decoding_an_items_code_gives_its_reconstruction() {
        let architecture = Architecture::dense(&[3, 2, 3], Activation::Tanh, Activation::Sigmoid);
        let weights = Weights::initial(&architecture, &mut crate::random::Mt19937::new(3));
        let network = Network::new(&architecture, &weights, &Device::Cpu).expect("it fits");
        let items = [0.5, 0.25, 1.0, 0.0, 0.125, 0.75];
        let reconstructed = pollster::block_on(network.reconstruct(&items)).expect("two items");
        let decoded = pollster::block_on(network.decode(&reconstructed.codes)).expect("two codes");
        assert_eq!(decoded, reconstructed.reconstructions);
    }
}
