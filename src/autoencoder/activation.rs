//! The functions that a layer may apply to its sums.

use serde::{Deserialize, Serialize};

/// The function that a layer applies to each of its sums.
///
/// [`super::reference::value_and_derivative`] defines each of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Activation {
    /// `z`: the layer stays linear.
    Identity,
    /// `max(0, z)`.
    Relu,
    /// `z` above 0, else [`Activation::LEAK`] times as much.
    LeakyRelu,
    /// `tanh(z)`, in −1…1.
    Tanh,
    /// `1 / (1 + e^−z)`, in 0…1.
    Sigmoid,
    /// `z · sigmoid(z)`, also called swish (Ramachandran, Zoph and Le, 2017).
    Silu,
    /// `z · Φ(z)`, with the standard normal distribution function (Hendrycks and Gimpel, 2016); exact, not by `tanh`.
    Gelu,
}

impl Activation {
    /// Every activation.
    pub const ALL: [Self; 7] = [
        Self::Identity,
        Self::Relu,
        Self::LeakyRelu,
        Self::Tanh,
        Self::Sigmoid,
        Self::Silu,
        Self::Gelu,
    ];

    /// The slope of [`Activation::LeakyRelu`] below 0, as in PyTorch.
    pub const LEAK: f32 = 0.01;

    /// The field's name for it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Identity => "linear",
            Self::Relu => "ReLU",
            Self::LeakyRelu => "leaky ReLU",
            Self::Tanh => "tanh",
            Self::Sigmoid => "sigmoid",
            Self::Silu => "SiLU",
            Self::Gelu => "GELU",
        }
    }
}
