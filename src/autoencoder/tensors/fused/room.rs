//! Room that programs write into.

use burn::backend::Cube;
use burn::backend::tensor::FloatTensor;
use burn::cubecl;
use burn::cubecl::prelude::*;

/// A program writes into a tensor that it reads, so nobody else may hold that.
pub(super) fn alone(tensor: FloatTensor<Cube>) -> FloatTensor<Cube> {
    if tensor.can_mut() {
        tensor
    } else {
        tensor.copy()
    }
}

/// Units of a cube that add so many values up: a power of two, as [`sum_of_units`] needs it.
pub(super) fn n_adding_units(n_values: usize) -> u32 {
    const FEWEST: usize = 32;
    const MOST: usize = 256;
    n_values.clamp(FEWEST, MOST).next_power_of_two() as u32
}

/// The sum of what each of the `n_units` units of a cube has added up, in the first of them.
#[cube]
pub(super) fn sum_of_units(own: f32, #[comptime] n_units: u32) -> f32 {
    let mut sums = Shared::<[f32]>::new_slice(comptime!(n_units as usize));
    let unit = UNIT_POS as usize;
    sums[unit] = own;
    sync_cube();
    let mut n_left = comptime!(n_units as usize).runtime();
    while n_left > 1 {
        n_left /= 2;
        if unit < n_left {
            let other = sums[unit + n_left];
            sums[unit] += other;
        }
        sync_cube();
    }
    sums[0]
}
