//! The numbers that a network learns, as plain values outside any engine.

use serde::{Deserialize, Serialize};

use super::Architecture;
use crate::random::Mt19937;

/// All weights and biases of a dense autoencoder, in one row.
///
/// For each dense layer from the input on: the weights as an `outputs × inputs` matrix, row by row, then the
/// `outputs` biases. This is the order in which PyTorch stores and initialises `Linear` layers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Weights {
    #[serde(with = "crate::protocol::floats")]
    values: Vec<f32>,
}

/// The parameters of one dense layer, borrowed from [`Weights`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LayerWeights<'a> {
    /// `outputs × inputs`, row by row.
    pub matrix: &'a [f32],
    /// One per output.
    pub biases: &'a [f32],
}

impl Weights {
    /// The initial weights that PyTorch gives `Linear` layers: uniform in ±1/√inputs, biases too.
    ///
    /// Draws from `generator` once per parameter, in storage order.
    pub fn initial(architecture: &Architecture, generator: &mut Mt19937) -> Self {
        let mut values = Vec::with_capacity(architecture.n_parameters());
        for (inputs, outputs) in architecture.dense_layers() {
            let bound = (1.0 / (inputs as f64).sqrt()) as f32;
            let n_values = (inputs + 1) * outputs;
            values.extend((0..n_values).map(|_| generator.uniform(-bound, bound)));
        }
        Self { values }
    }

    /// Takes values in storage order; `None` unless their number fits the architecture.
    pub fn from_values(architecture: &Architecture, values: Vec<f32>) -> Option<Self> {
        (values.len() == architecture.n_parameters()).then_some(Self { values })
    }

    /// All values in storage order.
    pub fn values(&self) -> &[f32] {
        &self.values
    }

    /// Whether the number of values is the one that `architecture` needs.
    pub fn fits(&self, architecture: &Architecture) -> bool {
        self.values.len() == architecture.n_parameters()
    }

    /// Whether every value is a number; training that diverges leaves some that are not.
    pub fn are_finite(&self) -> bool {
        self.values.iter().all(|value| value.is_finite())
    }

    /// The layers from the input on; stops early where the values do not fit the architecture.
    pub fn layers<'a>(
        &'a self,
        architecture: &'a Architecture,
    ) -> impl Iterator<Item = LayerWeights<'a>> + 'a {
        let mut rest = self.values.as_slice();
        architecture
            .dense_layers()
            .map_while(move |(inputs, outputs)| {
                let (matrix, after) = rest.split_at_checked(inputs * outputs)?;
                let (biases, after) = after.split_at_checked(outputs)?;
                rest = after;
                Some(LayerWeights { matrix, biases })
            })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::autoencoder::Activation;

    fn tiny() -> Architecture {
        Architecture {
            layer_sizes: vec![3, 2, 3],
            hidden: Activation::Tanh,
            output: Activation::Sigmoid,
        }
    }

    #[test]
    fn layers_come_back_in_storage_order() {
        let architecture = tiny();
        let values: Vec<f32> = (0..17_u8).map(f32::from).collect();
        let weights = Weights::from_values(&architecture, values).expect("17 values fit 3-2-3");
        let layers: Vec<_> = weights.layers(&architecture).collect();
        assert_eq!(layers[0].matrix, [0.0, 1.0, 2.0, 3.0, 4.0, 5.0]);
        assert_eq!(layers[0].biases, [6.0, 7.0]);
        assert_eq!(layers[1].biases, [14.0, 15.0, 16.0]);
    }

    #[test]
    fn the_wrong_number_of_values_is_refused() {
        assert_eq!(Weights::from_values(&tiny(), vec![0.0; 16]), None);
    }

    #[test]
    fn initial_weights_stay_inside_their_bound_and_repeat_by_seed() {
        let architecture = tiny();
        let first = Weights::initial(&architecture, &mut Mt19937::new(5));
        let again = Weights::initial(&architecture, &mut Mt19937::new(5));
        assert_eq!(first, again);
        let bound = 1.0 / 3.0_f32.sqrt();
        assert!(first.values()[..8].iter().all(|value| value.abs() <= bound));
    }
}
