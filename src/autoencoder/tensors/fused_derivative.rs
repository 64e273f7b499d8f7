//! An activation's derivative as one program on a GPU, where Burn's operations take two or three launches.

use burn::backend::tensor::FloatTensor;
use burn::backend::{Backend, Cube, Dispatch, backend_extension};
use burn::cubecl::prelude::*;
use burn::cubecl::std::tensor::layout::linear::{LinearView, LinearViewMut};
use burn::cubecl::{self, calculate_cube_count_elemwise};
use burn::prelude::Tensor;

use crate::autoencoder::Activation;

const LEAK: f32 = Activation::LEAK;

#[backend_extension(Cube)]
trait FusedDerivative: Backend {
    /// `delta` times the derivative where the activation gave `output`; both of one shape.
    fn through(
        delta: FloatTensor<Self>,
        output: FloatTensor<Self>,
        activation: Activation,
    ) -> FloatTensor<Self>;
}

/// Multiplies `delta` by the activation's derivative, told from the activation's own output, on a GPU.
pub(super) fn through_activation(
    delta: Tensor<2>,
    output: Tensor<2>,
    activation: Activation,
) -> Tensor<2> {
    let (delta, output) = (delta.into_dispatch(), output.into_dispatch());
    Tensor::from_dispatch(<Dispatch as FusedDerivative>::through(
        delta, output, activation,
    ))
}

impl FusedDerivative for Cube {
    fn through(
        delta: FloatTensor<Self>,
        output: FloatTensor<Self>,
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
            output.into_linear_view(),
            activation,
        );
        delta
    }
}

/// One unit for each value.
#[cube(launch)]
fn derivative_kernel(
    mut delta: LinearViewMut<'_, f32>,
    output: LinearView<'_, f32>,
    #[comptime] activation: Activation,
) {
    if delta.is_in_bounds(ABSOLUTE_POS) {
        let slope = delta.read(ABSOLUTE_POS);
        let y = output.read(ABSOLUTE_POS);
        if comptime!(activation == Activation::Relu) {
            delta.write(ABSOLUTE_POS, select(y <= 0.0, 0.0, slope));
        } else if comptime!(activation == Activation::Tanh) {
            delta.write(ABSOLUTE_POS, slope - y * y * slope);
        } else if comptime!(activation == Activation::Sigmoid) {
            delta.write(ABSOLUTE_POS, slope * (y - y * y));
        } else if comptime!(activation == Activation::LeakyRelu) {
            delta.write(ABSOLUTE_POS, select(y <= 0.0, slope * LEAK, slope));
        }
    }
}
