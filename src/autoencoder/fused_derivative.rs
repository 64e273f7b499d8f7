//! An activation's derivative as one program on a GPU, where Burn's operations take two or three launches.

use burn::backend::tensor::FloatTensor;
use burn::backend::{Backend, Cube, Dispatch, backend_extension};
use burn::cubecl::prelude::*;
use burn::cubecl::std::tensor::layout::linear::{LinearView, LinearViewMut};
use burn::cubecl::{self, calculate_cube_count_elemwise};
use burn::prelude::Tensor;

use super::Activation;

const LEAK: f32 = Activation::LEAK;
const FRAC_1_SQRT_2: f32 = std::f32::consts::FRAC_1_SQRT_2;
/// The density of the standard normal distribution at 0: `1 / √(2π)`.
const NORMAL_AT_0: f32 = 0.398_942_3;

#[backend_extension(Cube)]
trait FusedDerivative: Backend {
    /// `delta` times the derivative that `known` tells: the sums of SiLU and GELU, of others their outputs.
    fn through(
        delta: FloatTensor<Self>,
        known: FloatTensor<Self>,
        activation: Activation,
    ) -> FloatTensor<Self>;
}

/// Multiplies `delta` by the activation's derivative on a GPU, told from the sums of SiLU and GELU, and else from what the
/// activation gave.
pub(super) fn through_activation(
    delta: Tensor<2>,
    known: Tensor<2>,
    activation: Activation,
) -> Tensor<2> {
    let (delta, known) = (delta.into_dispatch(), known.into_dispatch());
    Tensor::from_dispatch(<Dispatch as FusedDerivative>::through(
        delta, known, activation,
    ))
}

impl FusedDerivative for Cube {
    fn through(
        delta: FloatTensor<Self>,
        known: FloatTensor<Self>,
        activation: Activation,
    ) -> FloatTensor<Self> {
        // The program writes into the tensor that it reads, so nobody else may hold it.
        let delta = if delta.can_mut() { delta } else { delta.copy() };
        let client = delta.client.clone();
        let n_values = delta.meta.num_elements();
        let cube_dim = CubeDim::new(&client, n_values);
        derivative_kernel::launch(
            &client,
            calculate_cube_count_elemwise(&client, n_values, cube_dim),
            cube_dim,
            delta.clone().into_linear_view(),
            known.into_linear_view(),
            activation,
        );
        delta
    }
}

/// One unit for each value.
#[cube(launch)]
fn derivative_kernel(
    mut delta: LinearViewMut<'_, f32>,
    known: LinearView<'_, f32>,
    #[comptime] activation: Activation,
) {
    if delta.is_in_bounds(ABSOLUTE_POS) {
        let slope = delta.read(ABSOLUTE_POS);
        let y = known.read(ABSOLUTE_POS);
        if comptime!(activation == Activation::Relu) {
            delta.write(ABSOLUTE_POS, select(y <= 0.0, 0.0, slope));
        } else if comptime!(activation == Activation::Tanh) {
            delta.write(ABSOLUTE_POS, slope - y * y * slope);
        } else if comptime!(activation == Activation::Sigmoid) {
            delta.write(ABSOLUTE_POS, slope * (y - y * y));
        } else if comptime!(activation == Activation::LeakyRelu) {
            delta.write(ABSOLUTE_POS, select(y <= 0.0, LEAK * slope, slope));
        } else if comptime!(activation == Activation::Silu) {
            let s = 1.0 / (1.0 + (-y).exp());
            delta.write(ABSOLUTE_POS, slope * (s + y * (s - s * s)));
        } else if comptime!(activation == Activation::Gelu) {
            let probability = 0.5 + 0.5 * (y * FRAC_1_SQRT_2).erf();
            let density = NORMAL_AT_0 * (-0.5 * y * y).exp();
            delta.write(ABSOLUTE_POS, slope * (probability + y * density));
        }
    }
}
