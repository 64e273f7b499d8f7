//! Windows that slide over maps, laid out so that every window's values are found without collecting them.
//!
//! A convolution goes from wide maps to narrow ones, a transposed convolution from narrow maps to wide ones.
//! Each place of the narrow maps belongs to one window of the wide maps: its patch.
//! As columns, one a place, patches make both kinds of layers matrix products (Chellapilla, Puri and Simard, 2006). The
//! rows of that matrix need not be written out: a wide map is split into its phases, with the padding around it. A
//! phase has every `stride`-th value of every `stride`-th row, so that the values that a window sees at one of its own
//! places, from place to place, lie side by side. A row of the matrix is a slice of the phases.
//!
//! A slice goes over the end of one row of places to the beginning of the next, by what the window reaches beyond the
//! last place: columns in between belong to no place.

use std::ops::Range;

use crate::autoencoder::window::Span;
use crate::autoencoder::{Shape, Window};

/// Columns are worked out in groups of so many.
const GROUP: usize = 8;

/// A window, and the maps that it joins.
#[derive(Clone, Debug)]
pub(super) struct Slide {
    /// The maps that it slides over.
    pub wide: Shape,
    /// The maps with a value for each of its places.
    pub narrow: Shape,
    /// Whether the window covers the wide maps as they are, in its only place: then patches are the maps themselves.
    pub covers_all: bool,
    /// For each value under the window in all maps, in the order of [`crate::autoencoder::Weights`]: where its row
    /// begins among the phases.
    pub rows: Vec<u32>,
    /// Columns of the matrix, those that belong to no place included.
    pub n_columns: usize,
    /// Where the values of a wide map lie among its phases.
    lines: Vec<Line>,
    /// From a value of a line to the next, in a wide map.
    stride: usize,
    /// Values from a row of a phase to the next.
    row_size: usize,
    /// Values of all phases of a map, and room behind them for the last group of columns.
    map_size: usize,
}

/// The values in a row of a wide map that are of one phase.
#[derive(Clone, Debug)]
struct Line {
    /// The first of them in the map.
    first: usize,
    /// All of them in the phases.
    place: Range<usize>,
}

impl Span {
    /// The phase of a value of a map, and its place among the values of that phase.
    fn phase_of(self, idx: usize) -> (usize, usize) {
        let padded = idx + self.padding;
        (padded % self.stride, padded / self.stride)
    }

    /// The first value of a map that is of a phase, and its place there; it may lie beyond the map.
    fn first_of_phase(self, phase: usize) -> (usize, usize) {
        let first = (phase + self.stride - self.padding % self.stride) % self.stride;
        (first, self.phase_of(first).1)
    }
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
        let row_size = (wide.width + 2 * across.padding).div_ceil(across.stride);
        let phase_size = (wide.height + 2 * down.padding).div_ceil(down.stride) * row_size;
        let start_of = |(row, column): (usize, usize)| {
            let phase = (row % down.stride) * across.stride + column % across.stride;
            phase * phase_size + row / down.stride * row_size + column / across.stride
        };
        let starts: Vec<_> = pairs(down.kernel, across.kernel).map(start_of).collect();
        let n_columns = narrow.height.saturating_sub(1) * row_size + narrow.width;
        let n_columns = n_columns.next_multiple_of(GROUP);
        let last = starts.iter().max().map_or(0, |start| start + n_columns);
        let map_size = last.max(down.stride * across.stride * phase_size);
        let maps = (0..wide.channels).map(|channel| channel * map_size);
        let rows = maps.flat_map(|map| starts.iter().map(move |start| (map + start) as u32));
        let line = |(y, phase)| {
            let (first, column) = across.first_of_phase(phase);
            let (row_phase, row) = down.phase_of(y);
            let phase = row_phase * across.stride + phase;
            let start = phase * phase_size + row * row_size + column;
            let n_values = wide.width.saturating_sub(first).div_ceil(across.stride);
            Line {
                first: y * wide.width + first.min(wide.width - 1),
                place: start..start + n_values,
            }
        };
        let is_point = narrow.height == 1 && narrow.width == 1;
        Self {
            wide,
            narrow,
            covers_all: is_point && window.covers(wide),
            rows: rows.collect(),
            n_columns,
            lines: pairs(wide.height, across.stride).map(line).collect(),
            stride: across.stride,
            row_size,
            map_size,
        }
    }

    /// Places of the window in the maps of one item.
    pub fn n_places(&self) -> usize {
        self.narrow.height * self.narrow.width
    }

    /// Values of the phases of an item's wide maps.
    pub fn n_phase_values(&self) -> usize {
        self.wide.channels * self.map_size
    }

    /// Splits an item's wide maps into their phases; the padding is 0.
    pub fn split(&self, maps: &[f32], phases: &mut [f32]) {
        phases.fill(0.0);
        let maps = maps.chunks_exact(self.wide.height * self.wide.width);
        for (map, phases) in maps.zip(phases.chunks_exact_mut(self.map_size)) {
            for Line { first, place } in &self.lines {
                let values = map[*first..].iter().step_by(self.stride);
                for (to, from) in phases[place.clone()].iter_mut().zip(values) {
                    *to = *from;
                }
            }
        }
    }

    /// Fills the phases of each map with its bias, or with 0 where there are none.
    pub fn fill(&self, biases: &[f32], phases: &mut [f32]) {
        if biases.is_empty() {
            phases.fill(0.0);
        }
        for (phases, &bias) in phases.chunks_exact_mut(self.map_size).zip(biases) {
            phases.fill(bias);
        }
    }

    /// Puts the phases of an item together to its wide maps; what lies in the padding is lost.
    pub fn join(&self, phases: &[f32], maps: &mut [f32]) {
        let maps = maps.chunks_exact_mut(self.wide.height * self.wide.width);
        for (map, phases) in maps.zip(phases.chunks_exact(self.map_size)) {
            for Line { first, place } in &self.lines {
                let values = map[*first..].iter_mut().step_by(self.stride);
                for (to, from) in values.zip(&phases[place.clone()]) {
                    *to = *from;
                }
            }
        }
    }

    /// Adds patches (a row for each value under the window, `n_columns` each) to the phases that they are slices of.
    pub fn add(&self, patches: &[f32], phases: &mut [f32]) {
        for (row, &start) in patches.chunks_exact(self.n_columns).zip(&self.rows) {
            let places = &mut phases[start as usize..][..self.n_columns];
            let (places, _) = places.as_chunks_mut::<GROUP>();
            for (places, values) in places.iter_mut().zip(row.as_chunks::<GROUP>().0) {
                for (place, value) in places.iter_mut().zip(values) {
                    *place += value;
                }
            }
        }
    }

    /// Puts the values of an item's places (`channels × places`) into columns (`channels × n_columns`); the others are 0.
    pub fn to_columns(&self, maps: &[f32], columns: &mut [f32]) {
        columns.fill(0.0);
        let maps = maps.chunks_exact(self.n_places());
        for (map, columns) in maps.zip(columns.chunks_exact_mut(self.n_columns)) {
            let rows = map.chunks_exact(self.narrow.width);
            for (row, columns) in rows.zip(columns.chunks_mut(self.row_size)) {
                columns[..row.len()].copy_from_slice(row);
            }
        }
    }

    /// The reverse of [`Self::to_columns`].
    pub fn of_columns(&self, columns: &[f32], maps: &mut [f32]) {
        let maps = maps.chunks_exact_mut(self.n_places());
        for (map, columns) in maps.zip(columns.chunks_exact(self.n_columns)) {
            let rows = map.chunks_exact_mut(self.narrow.width);
            for (row, columns) in rows.zip(columns.chunks(self.row_size)) {
                row.copy_from_slice(&columns[..row.len()]);
            }
        }
    }
}

/// All pairs, row by row.
fn pairs(n_rows: usize, n_columns: usize) -> impl Iterator<Item = (usize, usize)> {
    (0..n_rows).flat_map(move |row| (0..n_columns).map(move |column| (row, column)))
}
