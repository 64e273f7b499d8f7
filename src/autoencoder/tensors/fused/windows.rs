//! The gradient of a window's weights.

use burn::backend::tensor::FloatTensor;
use burn::backend::{Backend, Cube, Dispatch, backend_extension};
use burn::cubecl;
use burn::cubecl::prelude::*;
use burn::cubecl::std::tensor::layout::linear::{LinearView, LinearViewMut};
use burn::prelude::Tensor;

use super::room::sum_of_units;
use crate::autoencoder::{Shape, Window};

/// Units that add up one weight's gradient.
const N_UNITS: u32 = 64;

/// A window between wide maps and narrow ones, as a program needs it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Slide {
    wide_maps: usize,
    wide_height: usize,
    wide_width: usize,
    narrow_maps: usize,
    narrow_height: usize,
    narrow_width: usize,
    kernel_height: usize,
    kernel_width: usize,
    stride_down: usize,
    stride_across: usize,
    padding_down: usize,
    padding_across: usize,
}

#[backend_extension(Cube)]
trait FusedWindows: Backend {
    /// Fills `gradient` from the wide maps on one side of a window and the narrow ones on the other.
    fn weight_gradient(
        wide: FloatTensor<Self>,
        narrow: FloatTensor<Self>,
        gradient: FloatTensor<Self>,
        slide: Slide,
    ) -> FloatTensor<Self>;
}

/// The gradient of a window's weights on a GPU, `narrow maps × wide maps · values of the window`: one of `wide` and
/// `narrow`, row by item, is what went in, the other the gradient of what came out.
pub(in crate::autoencoder::tensors) fn weight_gradient(
    window: Window,
    (wide, wide_shape): (Tensor<2>, Shape),
    (narrow, narrow_shape): (Tensor<2>, Shape),
) -> Tensor<2> {
    let [down, across] = window.spans();
    let slide = Slide {
        wide_maps: wide_shape.channels,
        wide_height: wide_shape.height,
        wide_width: wide_shape.width,
        narrow_maps: narrow_shape.channels,
        narrow_height: narrow_shape.height,
        narrow_width: narrow_shape.width,
        kernel_height: down.kernel,
        kernel_width: across.kernel,
        stride_down: down.stride,
        stride_across: across.stride,
        padding_down: down.padding,
        padding_across: across.padding,
    };
    let n_columns = slide.wide_maps * slide.kernel_height * slide.kernel_width;
    let gradient = Tensor::<2>::empty([slide.narrow_maps, n_columns], &wide.device());
    Tensor::from_dispatch(<Dispatch as FusedWindows>::weight_gradient(
        wide.into_dispatch(),
        narrow.into_dispatch(),
        gradient.into_dispatch(),
        slide,
    ))
}

impl FusedWindows for Cube {
    fn weight_gradient(
        wide: FloatTensor<Self>,
        narrow: FloatTensor<Self>,
        gradient: FloatTensor<Self>,
        slide: Slide,
    ) -> FloatTensor<Self> {
        // The most cubes in one dimension that WebGPU promises.
        const MOST: u32 = 65_535;
        let client = wide.client.clone();
        let n_weights = gradient.meta.num_elements() as u32;
        let across = n_weights.clamp(1, MOST);
        weight_gradient_kernel::launch(
            &client,
            CubeCount::new_2d(across, n_weights.div_ceil(across)),
            CubeDim::new_1d(N_UNITS),
            wide.clone().into_linear_view(),
            narrow.into_linear_view(),
            gradient.clone().into_linear_view(),
            wide.meta.shape()[0],
            slide,
        );
        gradient
    }
}

/// One cube for each weight; its units take rows of places in turns.
#[cube(launch)]
fn weight_gradient_kernel(
    wide: LinearView<'_, f32>,
    narrow: LinearView<'_, f32>,
    mut gradient: LinearViewMut<'_, f32>,
    n_items: usize,
    #[comptime] slide: Slide,
) {
    let column = CUBE_POS % comptime!(slide.kernel_width);
    let row = CUBE_POS / comptime!(slide.kernel_width) % comptime!(slide.kernel_height);
    let maps = CUBE_POS / comptime!(slide.kernel_width * slide.kernel_height);
    let wide_map = maps % comptime!(slide.wide_maps);
    let narrow_map = maps / comptime!(slide.wide_maps);
    // The places of a row whose window has this value inside the map; padding comes before and behind.
    let stride = comptime!(slide.stride_across);
    let padding = comptime!(slide.padding_across);
    let first = if column < padding {
        (padding - column).div_ceil(stride)
    } else {
        0usize.runtime()
    };
    let reach = comptime!(slide.padding_across + slide.wide_width).runtime();
    let behind = reach.max(column) - column;
    let end = behind
        .div_ceil(stride)
        .min(comptime!(slide.narrow_width).runtime());
    let n_rows = n_items * comptime!(slide.narrow_height);
    let mut own = 0.0_f32;
    let mut idx = UNIT_POS as usize;
    while idx < n_rows {
        let item = idx / comptime!(slide.narrow_height);
        let place_row = idx % comptime!(slide.narrow_height);
        let y = place_row * comptime!(slide.stride_down) + row;
        let is_inside = y >= comptime!(slide.padding_down)
            && y < comptime!(slide.padding_down + slide.wide_height);
        if is_inside {
            let map = item * comptime!(slide.wide_maps) + wide_map;
            let line = map * comptime!(slide.wide_height) + y - comptime!(slide.padding_down);
            let of_wide = line * comptime!(slide.wide_width) + column;
            let map = item * comptime!(slide.narrow_maps) + narrow_map;
            let line = map * comptime!(slide.narrow_height) + place_row;
            let of_narrow = line * comptime!(slide.narrow_width);
            for x in first..end {
                own += wide.read(of_wide + x * stride - padding) * narrow.read(of_narrow + x);
            }
        }
        idx += comptime!(N_UNITS as usize);
    }
    let sum = sum_of_units(own, N_UNITS);
    if UNIT_POS == 0 && gradient.is_in_bounds(CUBE_POS) {
        gradient.write(CUBE_POS, sum);
    }
}
