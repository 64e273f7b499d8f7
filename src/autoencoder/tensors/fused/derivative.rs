//! An activation's derivative, and the gradient of the biases before it.

use burn::backend::tensor::FloatTensor;
use burn::backend::{Backend, Cube, Dispatch, backend_extension};
use burn::cubecl::prelude::*;
use burn::cubecl::std::tensor::layout::linear::{LinearView, LinearViewMut};
use burn::cubecl::{self, calculate_cube_count_elemwise};
use burn::prelude::Tensor;

use super::room::{alone, n_adding_units, sum_of_units};
use crate::autoencoder::Activation;

const LEAK: f32 = Activation::LEAK;

#[backend_extension(Cube)]
trait FusedDerivative: Backend {
    /// `delta` times the derivative where the activation gave `output`, both `n × maps · places`, and in `sums` of each
    /// map what that comes to.
    fn through(
        delta: FloatTensor<Self>,
        output: FloatTensor<Self>,
        sums: FloatTensor<Self>,
        activation: Activation,
    ) -> (FloatTensor<Self>, FloatTensor<Self>);
}

/// Multiplies `delta` (`n × maps · places`) by the derivative of a known activation, told from its own output, on a GPU.
/// Beside it comes the sum over items and places: `1 × maps`.
pub(in crate::autoencoder::tensors) fn through_activation(
    delta: Tensor<2>,
    output: Tensor<2>,
    n_maps: usize,
    activation: Activation,
) -> (Tensor<2>, Tensor<2>) {
    let sums = Tensor::<2>::empty([1, n_maps], &delta.device());
    let (delta, sums) = <Dispatch as FusedDerivative>::through(
        delta.into_dispatch(),
        output.into_dispatch(),
        sums.into_dispatch(),
        activation,
    );
    (Tensor::from_dispatch(delta), Tensor::from_dispatch(sums))
}

impl FusedDerivative for Cube {
    fn through(
        delta: FloatTensor<Self>,
        output: FloatTensor<Self>,
        sums: FloatTensor<Self>,
        activation: Activation,
    ) -> (FloatTensor<Self>, FloatTensor<Self>) {
        // Where nothing is multiplied, nothing is written.
        let delta = if activation == Activation::Identity {
            delta
        } else {
            alone(delta)
        };
        let client = delta.client.clone();
        let n_maps = sums.meta.num_elements();
        let n_items = delta.meta.shape()[0];
        let n_places = delta.meta.num_elements() / (n_items * n_maps).max(1);
        if n_places == 1 {
            let cube_dim = CubeDim::new(&client, n_maps);
            columns_kernel::launch(
                &client,
                calculate_cube_count_elemwise(&client, n_maps, cube_dim),
                cube_dim,
                delta.clone().into_linear_view(),
                output.into_linear_view(),
                sums.clone().into_linear_view(),
                n_items,
                n_maps,
                activation,
            );
            return (delta, sums);
        }
        let n_units = n_adding_units(n_items * n_places);
        maps_kernel::launch(
            &client,
            CubeCount::new_1d(n_maps as u32),
            CubeDim::new_1d(n_units),
            delta.clone().into_linear_view(),
            output.into_linear_view(),
            sums.clone().into_linear_view(),
            n_items,
            n_maps,
            n_places,
            activation,
            n_units,
        );
        (delta, sums)
    }
}

/// Where maps are single values: one unit for each, which takes it from item to item.
#[cube(launch)]
fn columns_kernel(
    mut delta: LinearViewMut<'_, f32>,
    output: LinearView<'_, f32>,
    mut sums: LinearViewMut<'_, f32>,
    n_items: usize,
    n_maps: usize,
    #[comptime] activation: Activation,
) {
    if ABSOLUTE_POS < n_maps {
        let mut sum = 0.0_f32;
        for item in 0..n_items {
            let place = item * n_maps + ABSOLUTE_POS;
            sum += pass_through(&mut delta, output, place, activation);
        }
        sums.write(ABSOLUTE_POS, sum);
    }
}

/// One cube for each map; its units take the map's values in turns.
#[cube(launch)]
fn maps_kernel(
    mut delta: LinearViewMut<'_, f32>,
    output: LinearView<'_, f32>,
    mut sums: LinearViewMut<'_, f32>,
    n_items: usize,
    n_maps: usize,
    n_places: usize,
    #[comptime] activation: Activation,
    #[comptime] n_units: u32,
) {
    let map = CUBE_POS;
    let mut own = 0.0_f32;
    let mut idx = UNIT_POS as usize;
    while idx < n_items * n_places {
        let place = (idx / n_places * n_maps + map) * n_places + idx % n_places;
        own += pass_through(&mut delta, output, place, activation);
        idx += comptime!(n_units as usize);
    }
    let sum = sum_of_units(own, n_units);
    if UNIT_POS == 0 {
        sums.write(map, sum);
    }
}

/// Multiplies a value by the derivative, and gives it back.
#[cube]
fn pass_through(
    delta: &mut LinearViewMut<'_, f32>,
    output: LinearView<'_, f32>,
    place: usize,
    #[comptime] activation: Activation,
) -> f32 {
    let mut slope = delta.read(place);
    if comptime!(activation != Activation::Identity) {
        slope = slope_through(slope, output.read(place), activation);
        delta.write(place, slope);
    }
    slope
}

/// The derivative told from what the activation gave.
#[cube]
fn slope_through(slope: f32, y: f32, #[comptime] activation: Activation) -> f32 {
    if comptime!(activation == Activation::Relu) {
        select(y <= 0.0, 0.0, slope)
    } else if comptime!(activation == Activation::LeakyRelu) {
        select(y <= 0.0, slope * LEAK, slope)
    } else if comptime!(activation == Activation::Tanh) {
        slope - y * y * slope
    } else {
        slope * (y - y * y)
    }
}
