//! The squared error of a batch, and its derivative.

use burn::backend::tensor::FloatTensor;
use burn::backend::{Backend, Cube, Dispatch, backend_extension};
use burn::cubecl;
use burn::cubecl::prelude::*;
use burn::cubecl::std::tensor::layout::linear::{LinearView, LinearViewMut};
use burn::prelude::Tensor;

use super::room::{n_adding_units, sum_of_units};

#[backend_extension(Cube)]
trait FusedLoss: Backend {
    /// Fills `delta` with `by_output` times the differences, and `loss` with `factor` times the sum of their squares.
    fn compare(
        output: FloatTensor<Self>,
        target: FloatTensor<Self>,
        delta: FloatTensor<Self>,
        loss: FloatTensor<Self>,
        factor: f32,
        by_output: f32,
    ) -> (FloatTensor<Self>, FloatTensor<Self>);
}

/// `factor · Σ (output − target)²` on a GPU, and `by_output · (output − target)`.
pub(in crate::autoencoder::tensors) fn compare(
    output: Tensor<2>,
    target: Tensor<2>,
    factor: f64,
    by_output: f64,
) -> (Tensor<1>, Tensor<2>) {
    let device = output.device();
    let delta = Tensor::<2>::empty(output.dims(), &device);
    let loss = Tensor::<1>::empty([1], &device);
    let (loss, delta) = <Dispatch as FusedLoss>::compare(
        output.into_dispatch(),
        target.into_dispatch(),
        delta.into_dispatch(),
        loss.into_dispatch(),
        factor as f32,
        by_output as f32,
    );
    (Tensor::from_dispatch(loss), Tensor::from_dispatch(delta))
}

impl FusedLoss for Cube {
    fn compare(
        output: FloatTensor<Self>,
        target: FloatTensor<Self>,
        delta: FloatTensor<Self>,
        loss: FloatTensor<Self>,
        factor: f32,
        by_output: f32,
    ) -> (FloatTensor<Self>, FloatTensor<Self>) {
        let client = output.client.clone();
        let n_values = output.meta.num_elements();
        let n_units = n_adding_units(n_values);
        loss_kernel::launch(
            &client,
            CubeCount::new_single(),
            CubeDim::new_1d(n_units),
            output.into_linear_view(),
            target.into_linear_view(),
            delta.clone().into_linear_view(),
            loss.clone().into_linear_view(),
            n_values,
            factor,
            by_output,
            n_units,
        );
        (loss, delta)
    }
}

/// One cube, whose units take the values in turns.
#[cube(launch)]
fn loss_kernel(
    output: LinearView<'_, f32>,
    target: LinearView<'_, f32>,
    mut delta: LinearViewMut<'_, f32>,
    mut loss: LinearViewMut<'_, f32>,
    n_values: usize,
    factor: f32,
    by_output: f32,
    #[comptime] n_units: u32,
) {
    let mut own = 0.0_f32;
    let mut idx = UNIT_POS as usize;
    while idx < n_values {
        let difference = output.read(idx) - target.read(idx);
        delta.write(idx, by_output * difference);
        own += difference * difference;
        idx += comptime!(n_units as usize);
    }
    let sum = sum_of_units(own, n_units);
    if UNIT_POS == 0 {
        loss.write(0, factor * sum);
    }
}
