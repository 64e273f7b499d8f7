//! The step of gradient descent of a whole layer.

use burn::backend::tensor::FloatTensor;
use burn::backend::{Backend, Cube, Dispatch, backend_extension};
use burn::cubecl::prelude::*;
use burn::cubecl::std::tensor::layout::linear::{LinearView, LinearViewMut};
use burn::cubecl::{self, calculate_cube_count_elemwise};
use burn::prelude::Tensor;

use super::super::parameters::LayerParameters;
use super::room::alone;

#[backend_extension(Cube)]
trait FusedDescent: Backend {
    /// Takes a step; gives back the weights and the biases.
    fn descend(
        weights: FloatTensor<Self>,
        gradient: FloatTensor<Self>,
        biases: FloatTensor<Self>,
        bias_gradient: FloatTensor<Self>,
        decay: f32,
    ) -> (FloatTensor<Self>, FloatTensor<Self>);
}

/// Subtracts from the parameters of a layer that lies on a GPU their gradients, and `decay` times themselves.
pub(in crate::autoencoder::tensors) fn descend(
    layer: LayerParameters,
    gradient: LayerParameters,
    decay: f64,
) -> LayerParameters {
    let (weight, bias) = <Dispatch as FusedDescent>::descend(
        layer.weight.into_dispatch(),
        gradient.weight.into_dispatch(),
        layer.bias.into_dispatch(),
        gradient.bias.into_dispatch(),
        decay as f32,
    );
    LayerParameters {
        weight: Tensor::from_dispatch(weight),
        bias: Tensor::from_dispatch(bias),
    }
}

impl FusedDescent for Cube {
    fn descend(
        weights: FloatTensor<Self>,
        gradient: FloatTensor<Self>,
        biases: FloatTensor<Self>,
        bias_gradient: FloatTensor<Self>,
        decay: f32,
    ) -> (FloatTensor<Self>, FloatTensor<Self>) {
        let (weights, biases) = (alone(weights), alone(biases));
        let client = weights.client.clone();
        let n_weights = weights.meta.num_elements();
        let n_values = n_weights + biases.meta.num_elements();
        let cube_dim = CubeDim::new(&client, n_values);
        descent_kernel::launch(
            &client,
            calculate_cube_count_elemwise(&client, n_values, cube_dim),
            cube_dim,
            weights.clone().into_linear_view(),
            gradient.into_linear_view(),
            biases.clone().into_linear_view(),
            bias_gradient.into_linear_view(),
            n_weights,
            decay,
        );
        (weights, biases)
    }
}

/// One unit moves one parameter: the first `n_weights` units the weights, the others the biases.
#[cube(launch)]
fn descent_kernel(
    mut weights: LinearViewMut<'_, f32>,
    gradient: LinearView<'_, f32>,
    mut biases: LinearViewMut<'_, f32>,
    bias_gradient: LinearView<'_, f32>,
    n_weights: usize,
    decay: f32,
) {
    if ABSOLUTE_POS < n_weights {
        move_parameter(&mut weights, gradient, ABSOLUTE_POS, decay);
    } else {
        let place = ABSOLUTE_POS - n_weights;
        if biases.is_in_bounds(place) {
            move_parameter(&mut biases, bias_gradient, place, decay);
        }
    }
}

#[cube]
fn move_parameter(
    values: &mut LinearViewMut<'_, f32>,
    gradient: LinearView<'_, f32>,
    place: usize,
    decay: f32,
) {
    let value = values.read(place);
    values.write(place, value - (gradient.read(place) + decay * value));
}
