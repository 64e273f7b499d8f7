//! The numbers that a network learns, as plain values outside any engine.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::{Architecture, Initialisation, ParameterShape};
use crate::random::Mt19937;

/// All weights and biases of an autoencoder, in one row.
///
/// For each layer from the input on: its weights as PyTorch stores them, row by row (`outputs × inputs` for a dense
/// layer, `outputs × inputs × kernel × kernel` for a convolution, `inputs × outputs × kernel × kernel` for a
/// transposed one, with a single `kernel` where they go along series), then its biases.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Weights {
    #[serde(with = "crate::encoding::floats")]
    values: Vec<f32>,
}

/// The parameters of one layer, borrowed from [`Weights`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LayerWeights<'a> {
    /// Row by row.
    pub matrix: &'a [f32],
    /// One per output, or per output map.
    pub biases: &'a [f32],
}

impl Weights {
    /// The weights that PyTorch would begin with, drawn from `generator` in PyTorch's order.
    pub fn initial(architecture: &Architecture, generator: &mut Mt19937) -> Self {
        let shapes = architecture.parameter_shapes();
        let places = places(&shapes);
        let mut values = vec![0.0; architecture.n_parameters()];
        for layer_idx in drawing_order(architecture) {
            let discarded = discarded_around(architecture, layer_idx);
            if let Some(n_draws) = discarded.before {
                skip(generator, n_draws);
            }
            let bound = (1.0 / (shapes[layer_idx].fan_in as f64).sqrt()) as f32;
            values[places[layer_idx].clone()].fill_with(|| generator.uniform(-bound, bound));
            if let Some(n_draws) = discarded.after {
                skip(generator, n_draws);
            }
        }
        if architecture.initialisation == Initialisation::XavierUniform {
            for (shape, place) in shapes.iter().zip(places) {
                let (weights, biases) = values[place].split_at_mut(shape.n_weights());
                let bound = xavier_bound(*shape);
                weights.fill_with(|| generator.uniform(-bound, bound));
                biases.fill(0.0);
            }
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

    /// The same, to be changed in place.
    #[cfg(feature = "engine")]
    pub(super) fn values_mut(&mut self) -> &mut [f32] {
        &mut self.values
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
    pub fn layers(&self, architecture: &Architecture) -> impl Iterator<Item = LayerWeights<'_>> {
        layers_of(&self.values, architecture)
    }
}

/// Takes values in the order of [`Weights`] apart, layer by layer.
pub(super) fn layers_of<'a>(
    values: &'a [f32],
    architecture: &Architecture,
) -> impl Iterator<Item = LayerWeights<'a>> + use<'a> {
    let mut rest = values;
    let shapes = architecture.parameter_shapes().into_iter();
    shapes.map_while(move |shape| {
        let (matrix, after) = rest.split_at_checked(shape.n_weights())?;
        let (biases, after) = after.split_at_checked(shape.n_biases)?;
        rest = after;
        Some(LayerWeights { matrix, biases })
    })
}

/// Where each layer's parameters lie among all.
fn places(shapes: &[ParameterShape]) -> Vec<Range<usize>> {
    let mut start = 0;
    let mut place = |shape: &ParameterShape| {
        let end = start + shape.n_parameters();
        std::mem::replace(&mut start, end)..end
    };
    shapes.iter().map(&mut place).collect()
}

/// Convolutions first, then dense layers: the order in which the second article builds its modules.
fn drawing_order(architecture: &Architecture) -> Vec<usize> {
    let mut order: Vec<usize> = (0..architecture.layers.len()).collect();
    order.sort_by_key(|&layer_idx| !architecture.layers[layer_idx].is_convolutional());
    order
}

/// Draws of layers that are built and thrown away before and after one that is kept.
#[derive(Default)]
struct Discarded {
    before: Option<usize>,
    after: Option<usize>,
}

/// The third article's code builds a layer from the code to `hidden_size` after the encoder, and one back before
/// the decoder, and uses neither.
fn discarded_around(architecture: &Architecture, layer_idx: usize) -> Discarded {
    let Initialisation::UniformAroundDiscarded { hidden_size } = architecture.initialisation else {
        return Discarded::default();
    };
    let (code_layer, code_size) = (architecture.code_layer(), architecture.code_size());
    Discarded {
        before: (layer_idx == code_layer).then_some((hidden_size + 1) * code_size),
        after: (layer_idx + 1 == code_layer).then_some((code_size + 1) * hidden_size),
    }
}

fn skip(generator: &mut Mt19937, n_draws: usize) {
    for _ in 0..n_draws {
        generator.next_u32();
    }
}

/// Glorot and Bengio (2010): ±√(6 / (`fan_in` + `fan_out`)), for a dense layer.
fn xavier_bound(shape: ParameterShape) -> f32 {
    let deviation = (2.0 / (shape.rows + shape.columns) as f64).sqrt();
    (3.0_f64.sqrt() * deviation) as f32
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::autoencoder::Activation;

    fn tiny() -> Architecture {
        Architecture::dense(&[3, 2, 3], Activation::Tanh, Activation::Sigmoid)
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
