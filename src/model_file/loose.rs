//! Weights that do not say what network they belong to.

use std::collections::BTreeMap;

use safetensors::SafeTensors;
use serde::{Deserialize, Serialize};

use super::ModelFileError;
use super::layers::LayerTensors;
use super::tensors::floats_of;
use crate::autoencoder::{Architecture, Weights};
use crate::encoding::floats;

/// The weights and biases of a file in the order of their layers, whatever network they belong to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LooseWeights {
    layers: Vec<LooseLayer>,
}

/// Of one layer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct LooseLayer {
    /// What stands before `.weight` and `.bias`.
    name: String,
    weight: Option<LooseTensor>,
    bias: Option<LooseTensor>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct LooseTensor {
    shape: Vec<usize>,
    #[serde(with = "floats")]
    values: Vec<f32>,
}

impl LooseWeights {
    /// Every tensor that is called a weight or a bias.
    ///
    /// # Errors
    /// When one of them holds numbers of another kind, or some that are not finite.
    pub(super) fn of(tensors: &SafeTensors) -> Result<Self, ModelFileError> {
        let mut layers: BTreeMap<Vec<NamePart>, LooseLayer> = BTreeMap::new();
        for (name, tensor) in tensors.iter() {
            let (of_layer, kind) = name.rsplit_once('.').unwrap_or(("", name));
            if !matches!(kind, "weight" | "bias") {
                continue;
            }
            let loose = LooseTensor {
                shape: tensor.shape().to_vec(),
                values: floats_of(name, &tensor)?,
            };
            let layer = layers.entry(parts_of(of_layer)).or_insert(LooseLayer {
                name: of_layer.to_owned(),
                weight: None,
                bias: None,
            });
            if kind == "weight" {
                layer.weight = Some(loose);
            } else {
                layer.bias = Some(loose);
            }
        }
        Ok(Self {
            layers: layers.into_values().collect(),
        })
    }

    /// The weights of a network whose layers they fit; a layer without biases has biases of 0.
    ///
    /// # Errors
    /// When there are more or fewer layers, or one of another shape.
    pub fn fit(&self, architecture: &Architecture) -> Result<Weights, ModelFileError> {
        let needed = LayerTensors::of(architecture);
        if self.layers.len() != needed.len() {
            return Err(ModelFileError::Layers {
                n_found: self.layers.len(),
                n_needed: needed.len(),
            });
        }
        let mut values = Vec::with_capacity(architecture.n_parameters());
        for (layer, needed) in self.layers.iter().zip(&needed) {
            let weight_name = format!("{}.weight", layer.name);
            let weight = layer.weight.as_ref();
            let weight = weight.ok_or_else(|| ModelFileError::missing(&weight_name))?;
            values.extend(weight.of_shape(&weight_name, &needed.weight_shape)?);
            match &layer.bias {
                Some(bias) => {
                    let name = format!("{}.bias", layer.name);
                    values.extend(bias.of_shape(&name, &[needed.n_biases])?);
                }
                None => values.extend(std::iter::repeat_n(0.0, needed.n_biases)),
            }
        }
        let n_values = values.len();
        Weights::from_values(architecture, values).ok_or_else(|| {
            ModelFileError::shape("all weights", &[n_values], &[architecture.n_parameters()])
        })
    }
}

impl LooseTensor {
    fn of_shape(&self, name: &str, shape: &[usize]) -> Result<&[f32], ModelFileError> {
        if self.shape != shape {
            return Err(ModelFileError::shape(name, &self.shape, shape));
        }
        Ok(&self.values)
    }
}

/// A part of a name between two points, in the order in which layers are built: an encoder before a decoder, and 2 before
/// 10.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
enum NamePart {
    Encoder,
    Number(u64),
    Word(String),
    Decoder,
}

fn parts_of(name: &str) -> Vec<NamePart> {
    let part = |part: &str| match (part, part.parse()) {
        ("encoder", _) => NamePart::Encoder,
        ("decoder", _) => NamePart::Decoder,
        (_, Ok(number)) => NamePart::Number(number),
        (word, Err(_)) => NamePart::Word(word.to_owned()),
    };
    name.split('.').map(part).collect()
}
