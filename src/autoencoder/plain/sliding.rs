//! What convolutions and transposed convolutions are made of: one window between wide maps and narrow ones.
//!
//! The gradient of a convolution's input is a transposed convolution, and the other way round, so both kinds of layers
//! share three products. All maps lie item by item, `channels × height × width` each; `weights` is
//! `narrow channels × wide channels · values of the window`, as [`crate::autoencoder::Weights`] stores them for both.

use super::patches::Slide;
use super::product::{Matrix, Start, multiply, transpose};
use super::scratch::Scratch;

/// Places that go into one product, at least: enough to fill tiles, few enough to stay near the processor.
const PLACES_AT_ONCE: usize = 192;

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
        let (patch_size, n_channels) = (self.patch_size(), self.narrow.channels);
        let start = if biases.is_empty() {
            Start::Zero
        } else {
            Start::ByRow(biases)
        };
        let weights = Matrix::new(weights, patch_size);
        let wide_groups = wide_maps.chunks(self.group_size() * self.wide.n_values());
        let narrow_groups = narrow_maps.chunks_mut(self.group_size() * self.narrow.n_values());
        for (wide_maps, narrow_maps) in wide_groups.zip(narrow_groups) {
            let n_columns = narrow_maps.len() / n_channels;
            let n_floats = self.room_size() + (patch_size + n_channels) * n_columns;
            let (room, panel) = scratch.floats(n_floats);
            let (map, room) = room.split_at_mut(self.room_size());
            let (patches, columns) = room.split_at_mut(patch_size * n_columns);
            self.gather(wide_maps, patches, map);
            let patches = Matrix::new(patches, n_columns);
            if n_columns == self.n_places() {
                multiply(weights, patches, start, narrow_maps, panel);
            } else {
                multiply(weights, patches, start, columns, panel);
                self.spread_columns(columns, narrow_maps);
            }
        }
    }

    /// A transposed convolution: adds its sums to the wide maps.
    pub fn widen_maps(
        &self,
        weights: &[f32],
        narrow_maps: &[f32],
        wide_maps: &mut [f32],
        scratch: &mut Scratch,
    ) {
        let (patch_size, n_channels) = (self.patch_size(), self.narrow.channels);
        let wide_groups = wide_maps.chunks_mut(self.group_size() * self.wide.n_values());
        let narrow_groups = narrow_maps.chunks(self.group_size() * self.narrow.n_values());
        for (wide_maps, narrow_maps) in wide_groups.zip(narrow_groups) {
            let n_columns = narrow_maps.len() / n_channels;
            let n_floats = (patch_size + n_channels) * n_columns + weights.len();
            let (room, panel) = scratch.floats(n_floats + self.room_size());
            let (by_patch, room) = room.split_at_mut(weights.len());
            let (map, room) = room.split_at_mut(self.room_size());
            let (patches, columns) = room.split_at_mut(patch_size * n_columns);
            transpose(weights, patch_size, by_patch);
            let columns = if n_columns == self.n_places() {
                narrow_maps
            } else {
                self.lay_side_by_side(narrow_maps, columns);
                columns
            };
            multiply(
                Matrix::new(by_patch, n_channels),
                Matrix::new(columns, n_columns),
                Start::Zero,
                patches,
                panel,
            );
            self.scatter(patches, wide_maps, map);
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
        let (patch_size, n_channels) = (self.patch_size(), self.narrow.channels);
        let n_weights = gradient.len();
        let wide_groups = wide_maps.chunks(self.group_size() * self.wide.n_values());
        let narrow_groups = narrow_maps.chunks(self.group_size() * self.narrow.n_values());
        let mut start = Start::Zero;
        for (wide_maps, narrow_maps) in wide_groups.zip(narrow_groups) {
            let n_columns = narrow_maps.len() / n_channels;
            let n_floats = (patch_size + n_channels) * n_columns + n_weights;
            let (room, panel) = scratch.floats(n_floats + self.room_size());
            let (by_patch, room) = room.split_at_mut(n_weights);
            let (map, room) = room.split_at_mut(self.room_size());
            let (patches, by_place) = room.split_at_mut(patch_size * n_columns);
            self.gather(wide_maps, patches, map);
            let items = narrow_maps.chunks_exact(self.narrow.n_values());
            let places = by_place.chunks_exact_mut(self.narrow.n_values());
            for (maps, places) in items.zip(places) {
                transpose(maps, self.n_places(), places);
            }
            multiply(
                Matrix::new(patches, n_columns),
                Matrix::new(by_place, n_channels),
                start,
                by_patch,
                panel,
            );
            start = Start::Result;
        }
        let (by_patch, _) = scratch.floats(n_weights);
        transpose(by_patch, n_channels, gradient);
    }

    /// How many items go into one product.
    fn group_size(&self) -> usize {
        PLACES_AT_ONCE.div_ceil(self.n_places())
    }

    /// Lays the narrow maps of a group, item by item, side by side: `channels × items · places`.
    fn lay_side_by_side(&self, maps: &[f32], columns: &mut [f32]) {
        let n_columns = columns.len() / self.narrow.channels;
        let n_places = self.n_places();
        for (item_idx, maps) in maps.chunks_exact(self.narrow.n_values()).enumerate() {
            let rows = columns.chunks_exact_mut(n_columns);
            for (map, row) in maps.chunks_exact(n_places).zip(rows) {
                row[item_idx * n_places..][..n_places].copy_from_slice(map);
            }
        }
    }

    /// The reverse of [`Self::lay_side_by_side`].
    fn spread_columns(&self, columns: &[f32], maps: &mut [f32]) {
        let n_columns = columns.len() / self.narrow.channels;
        let n_places = self.n_places();
        for (item_idx, maps) in maps.chunks_exact_mut(self.narrow.n_values()).enumerate() {
            let rows = columns.chunks_exact(n_columns);
            for (map, row) in maps.chunks_exact_mut(n_places).zip(rows) {
                map.copy_from_slice(&row[item_idx * n_places..][..n_places]);
            }
        }
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
