//! The subject in its textbook form: dense layers, plain loops, double precision.
//!
//! Read this first. It is slow and says everything once: what a network computes, what that costs, how the cost
//! changes with every parameter, and how the parameters follow. The two engines that the page trains with do the same
//! faster, and their tests hold them to this.
//!
//! Sizes in the comments: a layer has `n_inputs` and `n_outputs`; an item is a row of the first layer's `n_inputs`.

use super::{Activation, Architecture, LayerKind, Loss, Weights};

/// An activation and its derivative, both at the sum `z`.
pub fn value_and_derivative(activation: Activation, z: f64) -> (f64, f64) {
    match activation {
        Activation::Identity => (z, 1.0),
        Activation::Relu | Activation::LeakyRelu if z > 0.0 => (z, 1.0),
        Activation::Relu => (0.0, 0.0),
        Activation::LeakyRelu => {
            let leak = f64::from(Activation::LEAK);
            (leak * z, leak)
        }
        Activation::Tanh => (z.tanh(), 1.0 - z.tanh() * z.tanh()),
        Activation::Sigmoid => {
            let y = sigmoid(z);
            (y, y * (1.0 - y))
        }
        Activation::Silu => {
            let y = sigmoid(z);
            (z * y, y + z * y * (1.0 - y))
        }
        Activation::Gelu => {
            let density = (-z * z / 2.0).exp() / std::f64::consts::TAU.sqrt();
            let probability = 0.5 * (1.0 + erf(z / std::f64::consts::SQRT_2));
            (z * probability, probability + z * density)
        }
    }
}

fn sigmoid(z: f64) -> f64 {
    1.0 / (1.0 + (-z).exp())
}

/// The error function, by its series `2/√π · e^(−x²) · Σ 2ⁿ x²ⁿ⁺¹ / (1 · 3 · … · (2n + 1))`.
fn erf(x: f64) -> f64 {
    if x.abs() > 6.0 {
        return x.signum();
    }
    let (mut term, mut sum) = (x, x);
    for n in 1..200 {
        term *= 2.0 * x * x / f64::from(2 * n + 1);
        sum += term;
    }
    std::f64::consts::FRAC_2_SQRT_PI * (-x * x).exp() * sum
}

/// The parameters of a layer, or as many numbers that belong to them: gradients, moments.
#[derive(Clone, Debug, PartialEq)]
pub struct Parameters {
    /// `n_outputs` rows of `n_inputs` weights.
    pub weights: Vec<Vec<f64>>,
    /// `n_outputs`.
    pub biases: Vec<f64>,
}

impl Parameters {
    fn zeros_like(other: &Self) -> Self {
        let mut zeros = other.clone();
        zeros.values_mut().for_each(|value| *value = 0.0);
        zeros
    }

    /// Weights row by row, then biases.
    pub fn values(&self) -> impl Iterator<Item = &f64> {
        self.weights.iter().flatten().chain(&self.biases)
    }

    fn values_mut(&mut self) -> impl Iterator<Item = &mut f64> {
        self.weights.iter_mut().flatten().chain(&mut self.biases)
    }
}

/// A dense autoencoder.
#[derive(Clone, Debug, PartialEq)]
pub struct Network {
    /// From the input on.
    pub layers: Vec<Parameters>,
    /// One a layer.
    pub activations: Vec<Activation>,
}

/// What became of one item on its way through the network.
struct Pass {
    /// What went into each layer, and last the reconstruction: `n_layers + 1` rows.
    values: Vec<Vec<f64>>,
    /// Each layer's sums before its activation: `n_layers` rows of `n_outputs`.
    sums: Vec<Vec<f64>>,
}

impl Network {
    /// Takes weights apart; `None` where a layer is not dense, or the weights do not fit.
    pub fn new(architecture: &Architecture, weights: &Weights) -> Option<Self> {
        let is_dense = |kind| matches!(kind, LayerKind::Dense { .. });
        let are_dense = architecture.layers.iter().all(|layer| is_dense(layer.kind));
        if !are_dense || !weights.fits(architecture) {
            return None;
        }
        let in_double = |row: &[f32]| row.iter().copied().map(f64::from).collect::<Vec<f64>>();
        let with_sizes = weights.layers(architecture).zip(architecture.layer_sizes());
        let layers = with_sizes.map(|(layer, n_inputs)| Parameters {
            weights: layer.matrix.chunks(n_inputs).map(in_double).collect(),
            biases: in_double(layer.biases),
        });
        Some(Self {
            layers: layers.collect(),
            activations: architecture.layers.iter().map(|it| it.activation).collect(),
        })
    }

    /// All parameters, as [`Weights`] stores them.
    pub fn values(&self) -> Vec<f64> {
        let layers = self.layers.iter();
        layers.flat_map(Parameters::values).copied().collect()
    }

    /// What the network makes of an item.
    pub fn reconstruct(&self, item: &[f64]) -> Vec<f64> {
        self.forward(item).values.pop().unwrap_or_default()
    }

    /// `zⱼ = Σᵢ wⱼᵢ · xᵢ + bⱼ` and `yⱼ = f(zⱼ)`, layer by layer; one layer's `y` is the next one's `x`.
    fn forward(&self, item: &[f64]) -> Pass {
        let mut pass = Pass {
            values: vec![item.to_vec()],
            sums: Vec::new(),
        };
        for (layer, &activation) in self.layers.iter().zip(&self.activations) {
            let input = &pass.values[pass.values.len() - 1];
            let mut sums = layer.biases.clone();
            for (sum, weights) in sums.iter_mut().zip(&layer.weights) {
                for (weight, x) in weights.iter().zip(input) {
                    *sum += weight * x;
                }
            }
            let output = sums.iter().map(|&z| value_and_derivative(activation, z).0);
            pass.values.push(output.collect());
            pass.sums.push(sums);
        }
        pass
    }

    /// What the reconstructions of a batch cost: `Σ (y − x)²`, or its mean over all values of all items.
    pub fn loss(&self, batch: &[Vec<f64>], loss: Loss) -> f64 {
        let of_item = |item: &Vec<f64>| {
            let pairs = self.reconstruct(item).into_iter().zip(item);
            pairs.map(|(y, x)| (y - x) * (y - x)).sum::<f64>()
        };
        batch.iter().map(of_item).sum::<f64>() * share(loss, batch)
    }

    /// The derivative of the loss by every parameter: backpropagation (Rumelhart, Hinton and Williams, 1986).
    pub fn gradients(&self, batch: &[Vec<f64>], loss: Loss) -> Vec<Parameters> {
        let mut gradients: Vec<_> = self.layers.iter().map(Parameters::zeros_like).collect();
        for item in batch {
            let Pass { values, sums } = self.forward(item);
            // ∂loss/∂y of the layer at hand, `n_outputs`; of the last one 2 · (y − x).
            let pairs = values[self.layers.len()].iter().zip(item);
            let mut by_output: Vec<f64> = pairs
                .map(|(y, x)| 2.0 * (y - x) * share(loss, batch))
                .collect();
            for idx in (0..self.layers.len()).rev() {
                let input = &values[idx];
                let gradient = &mut gradients[idx];
                // ∂loss/∂x of this layer, `n_inputs`, which is ∂loss/∂y of the layer before.
                let mut by_input = vec![0.0; input.len()];
                for (j, weights) in self.layers[idx].weights.iter().enumerate() {
                    // ∂loss/∂zⱼ = ∂loss/∂yⱼ · f′(zⱼ).
                    let slope = value_and_derivative(self.activations[idx], sums[idx][j]).1;
                    let by_sum = by_output[j] * slope;
                    gradient.biases[j] += by_sum;
                    for i in 0..input.len() {
                        gradient.weights[j][i] += by_sum * input[i];
                        by_input[i] += by_sum * weights[i];
                    }
                }
                by_output = by_input;
            }
        }
        gradients
    }

    /// Gradient descent: `w −= rate · gradient`.
    pub fn descend(&mut self, gradients: &[Parameters], rate: f64) {
        for (layer, gradient) in self.layers.iter_mut().zip(gradients) {
            for (w, g) in layer.values_mut().zip(gradient.values()) {
                *w -= rate * g;
            }
        }
    }
}

/// What each squared difference of a batch counts in its loss.
fn share(loss: Loss, batch: &[Vec<f64>]) -> f64 {
    match loss {
        Loss::MeanSquared => 1.0 / batch.iter().map(Vec::len).sum::<usize>() as f64,
        Loss::SummedSquared => 1.0,
    }
}

/// Adam (Kingma and Ba, 2015, algorithm 1), in the paper's letters.
#[derive(Clone, Debug)]
pub struct Adam {
    /// Steps taken.
    t: i32,
    /// First moments: running means of the gradients.
    m: Vec<Parameters>,
    /// Second moments: running means of their squares.
    v: Vec<Parameters>,
}

impl Adam {
    const BETA_1: f64 = 0.9;
    const BETA_2: f64 = 0.999;
    const EPSILON: f64 = 1e-8;

    /// An optimiser of a network that has seen no gradient.
    pub fn new(network: &Network) -> Self {
        let zeros: Vec<_> = network.layers.iter().map(Parameters::zeros_like).collect();
        Self {
            t: 0,
            m: zeros.clone(),
            v: zeros,
        }
    }

    /// Moves every parameter by `−rate · m̂ / (√v̂ + ε)`.
    pub fn descend(&mut self, network: &mut Network, gradients: &[Parameters], rate: f64) {
        self.t += 1;
        let moments = self.m.iter_mut().zip(&mut self.v);
        for ((layer, gradient), (m, v)) in network.layers.iter_mut().zip(gradients).zip(moments) {
            let moments = m.values_mut().zip(v.values_mut());
            for ((w, g), (m, v)) in layer.values_mut().zip(gradient.values()).zip(moments) {
                *m = Self::BETA_1 * *m + (1.0 - Self::BETA_1) * g;
                *v = Self::BETA_2 * *v + (1.0 - Self::BETA_2) * g * g;
                let unbiased_m = *m / (1.0 - Self::BETA_1.powi(self.t));
                let unbiased_v = *v / (1.0 - Self::BETA_2.powi(self.t));
                *w -= rate * unbiased_m / (unbiased_v.sqrt() + Self::EPSILON);
            }
        }
    }
}
