//! Windows that slide over maps, laid out as a matrix and back again.
//!
//! A convolution goes from wide maps to narrow ones, a transposed convolution from narrow maps to wide ones.
//! Each place of the narrow maps belongs to one window of the wide maps: its patch.
//! Patches stand in columns, one column a place: `channels · values of the window × items · places`, the rows in the order
//! of [`crate::autoencoder::Weights`], so that both kinds of layers become matrix products
//! (Chellapilla, Puri and Simard, 2006).

use crate::autoencoder::{Shape, Window};

/// A window, and the maps that it joins.
#[derive(Clone, Debug)]
pub(super) struct Slide {
    /// The maps that it slides over.
    pub wide: Shape,
    /// The maps with a value for each of its places.
    pub narrow: Shape,
    /// Whether the window covers the wide maps as they are, in its only place: then patches are the maps themselves.
    pub covers_all: bool,
    /// Values under the window in one map.
    area: usize,
    /// For each value under the window, for each of its places: where that lies in a wide map. What is beyond the edges
    /// lies behind the map.
    offsets: Vec<u32>,
}

impl Slide {
    /// The window of a convolution, which slides over what goes in.
    pub fn narrowing(window: Window, input: Shape, output: Shape) -> Self {
        Self::new(window, input, output)
    }

    /// The window of a transposed convolution, which slides over what comes out.
    pub fn widening(window: Window, input: Shape, output: Shape) -> Self {
        Self::new(window, output, input)
    }

    fn new(window: Window, wide: Shape, narrow: Shape) -> Self {
        let [down, across] = window.spans();
        let offset = |row: usize, column: usize| {
            let row = row.checked_sub(down.padding);
            let column = column.checked_sub(across.padding);
            let inside = row
                .filter(|&row| row < wide.height)
                .zip(column.filter(|&column| column < wide.width));
            let behind = wide.height * wide.width;
            inside.map_or(behind, |(row, column)| row * wide.width + column) as u32
        };
        let mut offsets = Vec::with_capacity(window.area() * narrow.height * narrow.width);
        for (row, column) in pairs(down.kernel, across.kernel) {
            let places = pairs(narrow.height, narrow.width);
            let place = |(y, x)| offset(down.stride * y + row, across.stride * x + column);
            offsets.extend(places.map(place));
        }
        let is_point = narrow.height == 1 && narrow.width == 1;
        Self {
            wide,
            narrow,
            covers_all: is_point && window.covers(wide),
            area: window.area(),
            offsets,
        }
    }

    /// Places of the window in the maps of one item.
    pub fn n_places(&self) -> usize {
        self.narrow.height * self.narrow.width
    }

    /// Values under the window in all maps together.
    pub fn patch_size(&self) -> usize {
        self.wide.channels * self.area
    }

    /// Values of the room that [`Self::gather`] and [`Self::scatter`] need: a wide map, and one value behind it.
    pub fn room_size(&self) -> usize {
        self.wide.height * self.wide.width + 1
    }

    /// Collects the patches of some items' wide maps; what lies beyond their edges is 0.
    pub fn gather(&self, maps: &[f32], patches: &mut [f32], room: &mut [f32]) {
        let n_places = self.n_places();
        let n_columns = patches.len() / self.patch_size();
        let behind = self.room_size() - 1;
        room[behind] = 0.0;
        for (item_idx, maps) in maps.chunks_exact(self.wide.n_values()).enumerate() {
            let rows = patches.chunks_exact_mut(self.area * n_columns);
            for (map, rows) in maps.chunks_exact(behind).zip(rows) {
                room[..behind].copy_from_slice(map);
                let offsets = self.offsets.chunks_exact(n_places);
                for (row, offsets) in rows.chunks_exact_mut(n_columns).zip(offsets) {
                    let row = &mut row[item_idx * n_places..][..n_places];
                    for (value, &offset) in row.iter_mut().zip(offsets) {
                        *value = room[offset as usize];
                    }
                }
            }
        }
    }

    /// Adds patches to the wide maps that they would be collected from.
    pub fn scatter(&self, patches: &[f32], maps: &mut [f32], room: &mut [f32]) {
        let n_places = self.n_places();
        let n_columns = patches.len() / self.patch_size();
        let behind = self.room_size() - 1;
        for (item_idx, maps) in maps.chunks_exact_mut(self.wide.n_values()).enumerate() {
            let rows = patches.chunks_exact(self.area * n_columns);
            for (map, rows) in maps.chunks_exact_mut(behind).zip(rows) {
                room[..behind].copy_from_slice(map);
                let offsets = self.offsets.chunks_exact(n_places);
                for (row, offsets) in rows.chunks_exact(n_columns).zip(offsets) {
                    let row = &row[item_idx * n_places..][..n_places];
                    for (value, &offset) in row.iter().zip(offsets) {
                        room[offset as usize] += value;
                    }
                }
                map.copy_from_slice(&room[..behind]);
            }
        }
    }
}

/// All pairs, row by row.
fn pairs(n_rows: usize, n_columns: usize) -> impl Iterator<Item = (usize, usize)> {
    (0..n_rows).flat_map(move |row| (0..n_columns).map(move |column| (row, column)))
}
