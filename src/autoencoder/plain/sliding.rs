//! What convolutions and transposed convolutions are made of: one window between wide maps and narrow ones.
//!
//! The gradient of a convolution's input is a transposed convolution, and the other way round, so both kinds of layers
//! share three products. All maps lie item by item, `channels × height × width` each; `weights` is
//! `narrow channels × wide channels · values of the window`, as [`crate::autoencoder::Weights`] stores them for both.

use super::patches::Slide;
use super::product::{Matrix, Start, multiply, transpose};
use super::scratch::Scratch;

impl Slide {
    /// A convolution: the narrow maps, `biases` (one per map, or none) included.
    pub fn narrow_maps(
        &self,
        weights: &[f32],
        biases: &[f32],
        wide_maps: &[f32],
        narrow_maps: &mut [f32],
        scratch: &mut Scratch,
    ) {
        let start = if biases.is_empty() {
            Start::Zero
        } else {
            Start::ByRow(biases)
        };
        let weights = Matrix::new(weights, self.rows.len());
        let n_floats = self.n_phase_values() + self.narrow.channels * self.n_columns;
        let (room, panel) = scratch.floats(n_floats);
        let (phases, columns) = room.split_at_mut(self.n_phase_values());
        let items = wide_maps.chunks_exact(self.wide.n_values());
        for (wide_maps, narrow_maps) in
            items.zip(narrow_maps.chunks_exact_mut(self.narrow.n_values()))
        {
            self.split(wide_maps, phases);
            let patches = Matrix::of_slices(phases, &self.rows, self.n_columns);
            multiply(weights, patches, start, columns, panel);
            self.of_columns(columns, narrow_maps);
        }
    }

    /// A transposed convolution: the wide maps, `biases` (one per map, or none) included.
    pub fn widen_maps(
        &self,
        weights: &[f32],
        biases: &[f32],
        narrow_maps: &[f32],
        wide_maps: &mut [f32],
        scratch: &mut Scratch,
    ) {
        let (patch_size, n_channels) = (self.rows.len(), self.narrow.channels);
        let n_floats = self.n_phase_values() + (patch_size + n_channels) * self.n_columns;
        let (room, panel) = scratch.floats(n_floats);
        let (phases, room) = room.split_at_mut(self.n_phase_values());
        let (patches, columns) = room.split_at_mut(patch_size * self.n_columns);
        let weights = Matrix::by_column(weights, patch_size);
        let items = narrow_maps.chunks_exact(self.narrow.n_values());
        for (narrow_maps, wide_maps) in items.zip(wide_maps.chunks_exact_mut(self.wide.n_values()))
        {
            self.to_columns(narrow_maps, columns);
            let columns = Matrix::new(columns, self.n_columns);
            multiply(weights, columns, Start::Zero, patches, panel);
            self.fill(biases, phases);
            self.add(patches, phases);
            self.join(phases, wide_maps);
        }
    }

    /// The gradient of the weights (overwritten), from the wide maps on one side and the narrow ones on the other: one
    /// of them is what went in, the other the gradient of what came out.
    pub fn weight_gradient(
        &self,
        wide_maps: &[f32],
        narrow_maps: &[f32],
        gradient: &mut [f32],
        scratch: &mut Scratch,
    ) {
        let n_channels = self.narrow.channels;
        let n_weights = gradient.len();
        let n_floats = self.n_phase_values() + n_channels * self.n_columns + n_weights;
        let (room, panel) = scratch.floats(n_floats);
        let (by_patch, room) = room.split_at_mut(n_weights);
        let (phases, columns) = room.split_at_mut(self.n_phase_values());
        let mut start = Start::Zero;
        let items = narrow_maps.chunks_exact(self.narrow.n_values());
        for (narrow_maps, wide_maps) in items.zip(wide_maps.chunks_exact(self.wide.n_values())) {
            self.split(wide_maps, phases);
            self.to_columns(narrow_maps, columns);
            let patches = Matrix::of_slices(phases, &self.rows, self.n_columns);
            multiply(
                patches,
                Matrix::by_column(columns, self.n_columns),
                start,
                by_patch,
                panel,
            );
            start = Start::Result;
        }
        transpose(by_patch, n_channels, gradient);
    }
}

/// Sums maps (`places` values each) over items and places; overwrites `sums`, one per map.
pub(super) fn sum_maps(maps: &[f32], n_places: usize, sums: &mut [f32]) {
    sums.fill(0.0);
    for item in maps.chunks_exact(n_places * sums.len()) {
        for (sum, map) in sums.iter_mut().zip(item.chunks_exact(n_places)) {
            *sum += sum_in_lanes(map);
        }
    }
}

/// A sum in eight lanes, which the compiler keeps in vectors; the order is the same everywhere.
fn sum_in_lanes(values: &[f32]) -> f32 {
    let mut lanes = [0.0_f32; 8];
    let (eights, rest) = values.as_chunks::<8>();
    for eight in eights {
        for (lane, value) in lanes.iter_mut().zip(eight) {
            *lane += value;
        }
    }
    lanes.iter().chain(rest).sum()
}
