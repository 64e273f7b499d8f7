//! A layer's biases and its activation.

use burn::backend::tensor::FloatTensor;
use burn::backend::{Backend, Cube, Dispatch, backend_extension};
use burn::cubecl::prelude::*;
use burn::cubecl::std::tensor::layout::linear::{LinearView, LinearViewMut};
use burn::cubecl::{self, calculate_cube_count_elemwise};
use burn::prelude::Tensor;

use super::room::alone;
use crate::autoencoder::Activation;

const LEAK: f32 = Activation::LEAK;

#[backend_extension(Cube)]
trait FusedActivation: Backend {
    /// What the activation gives of `products` (`n × maps · places`) with the bias of each map (`1 × maps`).
    fn with_biases(
        products: FloatTensor<Self>,
        biases: FloatTensor<Self>,
        n_places: usize,
        activation: Activation,
    ) -> FloatTensor<Self>;

    /// What the activation gives of sums, which have their biases.
    fn of_sums(sums: FloatTensor<Self>, activation: Activation) -> FloatTensor<Self>;
}

/// Applies a known activation on a GPU; adds `biases` (`1 × maps`) first, where there are any.
pub(in crate::autoencoder::tensors) fn activate(
    sums: Tensor<2>,
    biases: Option<Tensor<2>>,
    n_places: usize,
    activation: Activation,
) -> Tensor<2> {
    let sums = sums.into_dispatch();
    Tensor::from_dispatch(match biases {
        Some(biases) => <Dispatch as FusedActivation>::with_biases(
            sums,
            biases.into_dispatch(),
            n_places,
            activation,
        ),
        None => <Dispatch as FusedActivation>::of_sums(sums, activation),
    })
}

impl FusedActivation for Cube {
    fn with_biases(
        products: FloatTensor<Self>,
        biases: FloatTensor<Self>,
        n_places: usize,
        activation: Activation,
    ) -> FloatTensor<Self> {
        let products = alone(products);
        let client = products.client.clone();
        let n_values = products.meta.num_elements();
        let n_maps = biases.meta.num_elements();
        let cube_dim = CubeDim::new(&client, n_values);
        biased_kernel::launch(
            &client,
            calculate_cube_count_elemwise(&client, n_values, cube_dim),
            cube_dim,
            products.clone().into_linear_view(),
            biases.into_linear_view(),
            n_maps,
            n_places,
            activation,
        );
        products
    }

    fn of_sums(sums: FloatTensor<Self>, activation: Activation) -> FloatTensor<Self> {
        let sums = alone(sums);
        let client = sums.client.clone();
        let n_values = sums.meta.num_elements();
        let cube_dim = CubeDim::new(&client, n_values);
        activation_kernel::launch(
            &client,
            calculate_cube_count_elemwise(&client, n_values, cube_dim),
            cube_dim,
            sums.clone().into_linear_view(),
            activation,
        );
        sums
    }
}

/// One unit for each value.
#[cube(launch)]
fn biased_kernel(
    mut sums: LinearViewMut<'_, f32>,
    biases: LinearView<'_, f32>,
    n_maps: usize,
    n_places: usize,
    #[comptime] activation: Activation,
) {
    if sums.is_in_bounds(ABSOLUTE_POS) {
        let map = ABSOLUTE_POS / n_places % n_maps;
        let sum = sums.read(ABSOLUTE_POS) + biases.read(map);
        sums.write(ABSOLUTE_POS, value_of(sum, activation));
    }
}

/// One unit for each value.
#[cube(launch)]
fn activation_kernel(mut sums: LinearViewMut<'_, f32>, #[comptime] activation: Activation) {
    if sums.is_in_bounds(ABSOLUTE_POS) {
        let sum = sums.read(ABSOLUTE_POS);
        sums.write(ABSOLUTE_POS, value_of(sum, activation));
    }
}

#[cube]
fn value_of(sum: f32, #[comptime] activation: Activation) -> f32 {
    if comptime!(activation == Activation::Relu) {
        select(sum < 0.0, 0.0, sum)
    } else if comptime!(activation == Activation::LeakyRelu) {
        select(sum < 0.0, sum * LEAK, sum)
    } else if comptime!(activation == Activation::Tanh) {
        sum.tanh()
    } else if comptime!(activation == Activation::Sigmoid) {
        1.0 / (1.0 + (-sum).exp())
    } else {
        sum
    }
}
