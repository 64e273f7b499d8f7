//! Windows that slide over maps, laid out as a matrix and back again.
//!
//! A convolution goes from wide maps to narrow ones, a transposed convolution from narrow maps to wide ones.
//! Each place of the narrow maps belongs to one window of the wide maps: its patch.
//! Patches stand in columns, one column a place: `channels · kernel · kernel × items · places`, the rows in the order
//! of [`crate::autoencoder::Weights`], so that both kinds of layers become matrix products
//! (Chellapilla, Puri and Simard, 2006).

use std::ops::Range;

use crate::autoencoder::{Shape, Window};

/// A window, and the maps that it joins.
#[derive(Clone, Copy, Debug)]
pub(super) struct Slide {
    pub window: Window,
    /// The maps that it slides over.
    pub wide: Shape,
    /// The maps with a value for each of its places.
    pub narrow: Shape,
}

impl Slide {
    /// The window of a convolution, which slides over what goes in.
    pub fn narrowing(window: Window, input: Shape, output: Shape) -> Self {
        Self {
            window,
            wide: input,
            narrow: output,
        }
    }

    /// The window of a transposed convolution, which slides over what comes out.
    pub fn widening(window: Window, input: Shape, output: Shape) -> Self {
        Self::narrowing(window, output, input)
    }

    /// Whether the window covers the wide maps as they are, in its only place: then patches are the maps themselves.
    pub fn covers_all(&self) -> bool {
        let Self {
            window: Window {
                kernel, padding, ..
            },
            wide,
            ..
        } = *self;
        self.n_places() == 1 && padding == 0 && wide.height == kernel && wide.width == kernel
    }

    /// Places of the window in the maps of one item.
    pub fn n_places(&self) -> usize {
        self.narrow.height * self.narrow.width
    }

    /// Values under the window in all maps together.
    pub fn patch_size(&self) -> usize {
        self.wide.channels * self.window.kernel * self.window.kernel
    }

    /// Collects the patches of some items' wide maps; what lies beyond their edges is 0.
    pub fn gather(&self, maps: &[f32], patches: &mut [f32]) {
        let n_places = self.n_places();
        let n_columns = patches.len() / self.patch_size();
        let items = maps.chunks_exact(self.wide.n_values());
        for (item_idx, maps) in items.enumerate() {
            let mut rows = patches.chunks_exact_mut(n_columns);
            for map in maps.chunks_exact(self.wide.height * self.wide.width) {
                for row_offset in 0..self.window.kernel {
                    for (column_offset, row) in (0..self.window.kernel).zip(&mut rows) {
                        let row = &mut row[item_idx * n_places..][..n_places];
                        self.gather_one(map, row_offset, column_offset, row);
                    }
                }
            }
        }
    }

    /// Adds patches to the wide maps that they would be collected from.
    pub fn scatter(&self, patches: &[f32], maps: &mut [f32]) {
        let n_places = self.n_places();
        let n_columns = patches.len() / self.patch_size();
        let items = maps.chunks_exact_mut(self.wide.n_values());
        for (item_idx, maps) in items.enumerate() {
            let mut rows = patches.chunks_exact(n_columns);
            for map in maps.chunks_exact_mut(self.wide.height * self.wide.width) {
                for row_offset in 0..self.window.kernel {
                    for (column_offset, row) in (0..self.window.kernel).zip(&mut rows) {
                        let row = &row[item_idx * n_places..][..n_places];
                        self.scatter_one(row, row_offset, column_offset, map);
                    }
                }
            }
        }
    }

    /// Takes what lies at one offset in each window of a map.
    fn gather_one(&self, map: &[f32], row_offset: usize, column_offset: usize, values: &mut [f32]) {
        let inside = self.places_inside(column_offset, self.wide.width, self.narrow.width);
        let rows = self.places_inside(row_offset, self.wide.height, self.narrow.height);
        for (place, values) in values.chunks_exact_mut(self.narrow.width).enumerate() {
            if !rows.contains(&place) || inside.is_empty() {
                values.fill(0.0);
                continue;
            }
            let row = self.window.stride * place + row_offset - self.window.padding;
            let start = self.window.stride * inside.start + column_offset - self.window.padding;
            let row = &map[row * self.wide.width..][start..self.wide.width];
            values[..inside.start].fill(0.0);
            values[inside.end..].fill(0.0);
            let taken = row.iter().step_by(self.window.stride);
            for (value, &taken) in values[inside.clone()].iter_mut().zip(taken) {
                *value = taken;
            }
        }
    }

    /// Adds values to what lies at one offset in each window of a map.
    fn scatter_one(
        &self,
        values: &[f32],
        row_offset: usize,
        column_offset: usize,
        map: &mut [f32],
    ) {
        let inside = self.places_inside(column_offset, self.wide.width, self.narrow.width);
        if inside.is_empty() {
            return;
        }
        let start = self.window.stride * inside.start + column_offset - self.window.padding;
        for place in self.places_inside(row_offset, self.wide.height, self.narrow.height) {
            let row = self.window.stride * place + row_offset - self.window.padding;
            let row = &mut map[row * self.wide.width..][start..self.wide.width];
            let values = &values[place * self.narrow.width..][inside.clone()];
            for (sum, value) in row.iter_mut().step_by(self.window.stride).zip(values) {
                *sum += value;
            }
        }
    }

    /// The places along one side where the window's `offset` lies on the maps, not on the padding around them.
    fn places_inside(&self, offset: usize, wide: usize, narrow: usize) -> Range<usize> {
        let Window {
            stride, padding, ..
        } = self.window;
        let first = padding.saturating_sub(offset).div_ceil(stride);
        let end = (wide + padding).saturating_sub(offset).div_ceil(stride);
        first.min(narrow)..end.min(narrow).max(first.min(narrow))
    }
}
