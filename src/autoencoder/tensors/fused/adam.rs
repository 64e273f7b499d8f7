//! Adam's step of a whole layer, which takes fourteen launches a tensor in Burn's operations.

#![expect(
    clippy::type_complexity,
    reason = "the macro takes tuples of tensors only"
)]

use burn::backend::tensor::FloatTensor;
use burn::backend::{Backend, Cube, Dispatch, ExtensionType, backend_extension};
use burn::cubecl::prelude::*;
use burn::cubecl::std::tensor::layout::linear::{LinearView, LinearViewMut};
use burn::cubecl::{self, calculate_cube_count_elemwise};
use burn::prelude::Tensor;

use super::super::optimiser::{Pace, TensorMoments};
use super::super::parameters::LayerParameters;
use super::room::alone;
use crate::autoencoder::adam;

const BETA_1: f32 = adam::BETA_1 as f32;
const BETA_2: f32 = adam::BETA_2 as f32;

/// Some parameters with what Adam remembers of them and what it learns now; all of one shape.
#[derive(ExtensionType)]
pub(in crate::autoencoder::tensors) struct Learner<B: Backend> {
    values: FloatTensor<B>,
    first: FloatTensor<B>,
    second: FloatTensor<B>,
    gradient: FloatTensor<B>,
}

#[backend_extension(Cube)]
trait FusedAdam: Backend {
    /// Takes a step; gives back the weights with their first and second moments, then the same of the biases.
    fn adam_step(
        #[extension_type] weights: Learner<Self>,
        #[extension_type] biases: Learner<Self>,
        step_size: f32,
        epsilon: f32,
        weight_decay: f32,
    ) -> (
        FloatTensor<Self>,
        FloatTensor<Self>,
        FloatTensor<Self>,
        FloatTensor<Self>,
        FloatTensor<Self>,
        FloatTensor<Self>,
    );
}

/// Moves the weights and biases of a layer that lies on a GPU.
pub(in crate::autoencoder::tensors) fn step(
    layer: LayerParameters,
    gradient: LayerParameters,
    memory: Option<(TensorMoments, TensorMoments)>,
    pace: &Pace,
) -> (LayerParameters, (TensorMoments, TensorMoments)) {
    let nothing = |tensor: &Tensor<2>| TensorMoments {
        first: tensor.zeros_like(),
        second: tensor.zeros_like(),
    };
    let (of_weight, of_bias) =
        memory.unwrap_or_else(|| (nothing(&layer.weight), nothing(&layer.bias)));
    let learner = |values: Tensor<2>, gradient: Tensor<2>, moments: TensorMoments| Learner {
        values: values.into_dispatch(),
        gradient: gradient.into_dispatch(),
        first: moments.first.into_dispatch(),
        second: moments.second.into_dispatch(),
    };
    let (weight, first, second, bias, bias_first, bias_second) = <Dispatch as FusedAdam>::adam_step(
        learner(layer.weight, gradient.weight, of_weight),
        learner(layer.bias, gradient.bias, of_bias),
        pace.corrections.step_size as f32,
        pace.corrections.epsilon as f32,
        pace.weight_decay as f32,
    );
    let layer = LayerParameters {
        weight: Tensor::from_dispatch(weight),
        bias: Tensor::from_dispatch(bias),
    };
    let moments = |first, second| TensorMoments {
        first: Tensor::from_dispatch(first),
        second: Tensor::from_dispatch(second),
    };
    (
        layer,
        (moments(first, second), moments(bias_first, bias_second)),
    )
}

impl FusedAdam for Cube {
    fn adam_step(
        weights: Learner<Self>,
        biases: Learner<Self>,
        step_size: f32,
        epsilon: f32,
        weight_decay: f32,
    ) -> (
        FloatTensor<Self>,
        FloatTensor<Self>,
        FloatTensor<Self>,
        FloatTensor<Self>,
        FloatTensor<Self>,
        FloatTensor<Self>,
    ) {
        let (weights, biases) = (weights.of_its_own(), biases.of_its_own());
        let client = weights.values.client.clone();
        let n_weights = weights.values.meta.num_elements();
        let n_values = n_weights + biases.values.meta.num_elements();
        let cube_dim = CubeDim::new(&client, n_values);
        adam_kernel::launch(
            &client,
            calculate_cube_count_elemwise(&client, n_values, cube_dim),
            cube_dim,
            weights.values.clone().into_linear_view(),
            weights.first.clone().into_linear_view(),
            weights.second.clone().into_linear_view(),
            weights.gradient.into_linear_view(),
            biases.values.clone().into_linear_view(),
            biases.first.clone().into_linear_view(),
            biases.second.clone().into_linear_view(),
            biases.gradient.into_linear_view(),
            n_weights,
            step_size,
            epsilon,
            weight_decay,
        );
        (
            weights.values,
            weights.first,
            weights.second,
            biases.values,
            biases.first,
            biases.second,
        )
    }
}

impl Learner<Cube> {
    fn of_its_own(self) -> Self {
        Self {
            values: alone(self.values),
            first: alone(self.first),
            second: alone(self.second),
            gradient: self.gradient,
        }
    }
}

/// One unit moves one parameter: the first `n_weights` units the weights, the others the biases.
#[cube(launch)]
fn adam_kernel(
    mut weights: LinearViewMut<'_, f32>,
    mut first: LinearViewMut<'_, f32>,
    mut second: LinearViewMut<'_, f32>,
    gradient: LinearView<'_, f32>,
    mut biases: LinearViewMut<'_, f32>,
    mut bias_first: LinearViewMut<'_, f32>,
    mut bias_second: LinearViewMut<'_, f32>,
    bias_gradient: LinearView<'_, f32>,
    n_weights: usize,
    step_size: f32,
    epsilon: f32,
    weight_decay: f32,
) {
    if ABSOLUTE_POS < n_weights {
        move_parameter(
            &mut weights,
            &mut first,
            &mut second,
            gradient,
            ABSOLUTE_POS,
            step_size,
            epsilon,
            weight_decay,
        );
    } else {
        let place = ABSOLUTE_POS - n_weights;
        if biases.is_in_bounds(place) {
            move_parameter(
                &mut biases,
                &mut bias_first,
                &mut bias_second,
                bias_gradient,
                place,
                step_size,
                epsilon,
                weight_decay,
            );
        }
    }
}

#[cube]
fn move_parameter(
    values: &mut LinearViewMut<'_, f32>,
    first: &mut LinearViewMut<'_, f32>,
    second: &mut LinearViewMut<'_, f32>,
    gradient: LinearView<'_, f32>,
    place: usize,
    step_size: f32,
    epsilon: f32,
    weight_decay: f32,
) {
    let value = values.read(place);
    let slope = gradient.read(place) + weight_decay * value;
    let mean = BETA_1 * first.read(place) + slope;
    let square = BETA_2 * second.read(place) + slope * slope;
    first.write(place, mean);
    second.write(place, square);
    values.write(place, value - step_size * mean / (square.sqrt() + epsilon));
}
