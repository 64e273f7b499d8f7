//! The one matrix product that every layer is made of.
//!
//! It works in tiles that stay in registers: a few rows by eight columns, each column a lane, so that the compiler
//! makes SIMD of it. Every sum runs over its terms in ascending order, whatever the tile, so that a result does not
//! depend on the machine.

use std::ops::Range;

/// Rows of a tile at most: with a row more, browsers' compilers run out of registers, and a product takes half as long
/// again.
const TILE_ROWS: usize = 4;

/// Values that one SIMD register holds; the compiler makes SIMD of groups of four, and of no larger ones.
const LANES: usize = 4;
type Lanes = [f32; LANES];

/// Groups of columns in a wide tile, and in the narrow one that a rest of so few columns is left to.
const WIDE: usize = 2;
const NARROW: usize = 1;

/// A matrix that lies somewhere.
#[derive(Clone, Copy)]
pub(super) struct Matrix<'a> {
    values: &'a [f32],
    layout: Layout<'a>,
    n_columns: usize,
}

/// Where the values of a matrix lie.
#[derive(Clone, Copy)]
enum Layout<'a> {
    /// Row by row.
    ByRow,
    /// Column by column, so many values each.
    ByColumn { n_rows: usize },
    /// Each row begins where it is told, and may share values with others.
    Slices { starts: &'a [u32] },
}

/// What the sums of a product start from.
#[derive(Clone, Copy)]
pub(super) enum Start<'a> {
    /// Nothing.
    Zero,
    /// One value for each column.
    ByColumn(&'a [f32]),
    /// One value for each row.
    ByRow(&'a [f32]),
    /// What the result holds already.
    Result,
}

/// Some columns of a right-hand matrix, laid side by side; kept between products to be used again.
#[derive(Clone, Debug, Default)]
pub(super) struct Panel(Vec<Lanes>);

impl<'a> Matrix<'a> {
    /// Takes values row by row, `n_columns` each.
    pub fn new(values: &'a [f32], n_columns: usize) -> Self {
        Self {
            values,
            layout: Layout::ByRow,
            n_columns,
        }
    }

    /// Takes values column by column, `n_rows` each.
    pub fn by_column(values: &'a [f32], n_rows: usize) -> Self {
        Self {
            values,
            layout: Layout::ByColumn { n_rows },
            n_columns: values.len() / n_rows,
        }
    }

    /// Takes as rows the `n_columns` values from each of `starts` on.
    pub fn of_slices(values: &'a [f32], starts: &'a [u32], n_columns: usize) -> Self {
        Self {
            values,
            layout: Layout::Slices { starts },
            n_columns,
        }
    }

    fn n_rows(self) -> usize {
        match self.layout {
            Layout::ByRow => self.values.len() / self.n_columns,
            Layout::ByColumn { n_rows } => n_rows,
            Layout::Slices { starts } => starts.len(),
        }
    }
}

/// Multiplies `left` (`n × k`) by `right` (`k × m`) into `result` (`n × m`, row by row).
pub(super) fn multiply(
    left: Matrix<'_>,
    right: Matrix<'_>,
    start: Start<'_>,
    result: &mut [f32],
    panel: &mut Panel,
) {
    let n_columns = right.n_columns;
    debug_assert_eq!(left.n_columns, right.n_rows());
    debug_assert_eq!(result.len(), left.n_rows() * n_columns);
    let mut first = 0;
    while first < n_columns {
        if n_columns - first > NARROW * LANES {
            let columns = first..n_columns.min(first + WIDE * LANES);
            multiply_columns::<WIDE>(left, right, start, columns, result, panel);
        } else {
            multiply_columns::<NARROW>(left, right, start, first..n_columns, result, panel);
        }
        first += WIDE * LANES;
    }
}

/// Computes the columns of a product that fit into `W` groups.
fn multiply_columns<const W: usize>(
    left: Matrix<'_>,
    right: Matrix<'_>,
    start: Start<'_>,
    columns: Range<usize>,
    result: &mut [f32],
    panel: &mut Panel,
) {
    let panel = panel.gather::<W>(right, columns.clone());
    let n_columns = right.n_columns;
    // As many tiles as need be, of one size as far as possible: a last one of a single row would take as long as a larger one.
    let n_rows = result.len() / n_columns;
    let tile_rows = n_rows.div_ceil(n_rows.div_ceil(TILE_ROWS).max(1)).max(1);
    let tiles = result.chunks_mut(tile_rows * n_columns);
    for (tile_idx, result) in tiles.enumerate() {
        let tile = Tile {
            left,
            first_row: tile_idx * tile_rows,
            columns: columns.clone(),
            n_columns,
            start,
        };
        match result.len() / n_columns {
            1 => tile.multiply::<1, W>(panel, result),
            2 => tile.multiply::<2, W>(panel, result),
            3 => tile.multiply::<3, W>(panel, result),
            _ => tile.multiply::<TILE_ROWS, W>(panel, result),
        }
    }
}

impl Panel {
    /// Lays `columns` of a matrix side by side, a row after the other; what lies beyond them is not wanted.
    fn gather<const W: usize>(
        &mut self,
        right: Matrix<'_>,
        columns: Range<usize>,
    ) -> &[[Lanes; W]] {
        let n_rows = right.n_rows();
        if self.0.len() < n_rows * W {
            self.0.resize(n_rows * W, [0.0; LANES]);
        }
        let rows = self.0[..n_rows * W].as_chunks_mut::<W>().0;
        match right.layout {
            Layout::ByRow => {
                let stored = right.values.chunks_exact(right.n_columns);
                for (row, stored) in rows.iter_mut().zip(stored) {
                    *row = group(&stored[columns.clone()]);
                }
            }
            Layout::ByColumn { n_rows } => {
                for group in 0..W {
                    let first = columns.start + group * LANES;
                    let stored: [&[f32]; LANES] = std::array::from_fn(|c| {
                        let column = (first + c).min(columns.end - 1);
                        &right.values[column * n_rows..][..n_rows]
                    });
                    for (idx, row) in rows.iter_mut().enumerate() {
                        row[group] = stored.map(|column| column[idx]);
                    }
                }
            }
            Layout::Slices { starts } => {
                let values = &right.values[columns.start..];
                for (row, &start) in rows.iter_mut().zip(starts) {
                    *row = group(&values[start as usize..][..columns.len()]);
                }
            }
        }
        rows
    }
}

/// Values in groups; where some are missing, zeros.
#[inline]
fn group<const W: usize>(values: &[f32]) -> [Lanes; W] {
    match values.as_chunks::<LANES>().0.as_chunks::<W>().0.first() {
        Some(&whole) => whole,
        None => group_some(values),
    }
}

// Away from the loops over whole groups, which would else be compiled value by value.
#[inline(never)]
fn group_some<const W: usize>(values: &[f32]) -> [Lanes; W] {
    let mut groups = [[0.0; LANES]; W];
    groups.as_flattened_mut()[..values.len()].copy_from_slice(values);
    groups
}

/// Puts grouped values where they belong; those beyond are not wanted.
#[inline]
fn ungroup<const W: usize>(groups: &[Lanes; W], values: &mut [f32]) {
    let whole = values.as_chunks_mut::<LANES>().0.as_chunks_mut::<W>().0;
    match whole.first_mut() {
        Some(whole) => *whole = *groups,
        None => ungroup_some(groups, values),
    }
}

#[inline(never)]
fn ungroup_some<const W: usize>(groups: &[Lanes; W], values: &mut [f32]) {
    for (place, value) in values.iter_mut().zip(groups.as_flattened()) {
        *place = *value;
    }
}

/// Writes a matrix, stored row by row with `n_columns` values each, column by column.
pub(super) fn transpose(values: &[f32], n_columns: usize, transposed: &mut [f32]) {
    let n_rows = values.len() / n_columns;
    for (column_idx, column) in transposed.chunks_exact_mut(n_rows).enumerate() {
        let values = values[column_idx..].iter().step_by(n_columns);
        for (to, from) in column.iter_mut().zip(values) {
            *to = *from;
        }
    }
}

/// Some rows and columns of a result.
struct Tile<'a> {
    left: Matrix<'a>,
    first_row: usize,
    columns: Range<usize>,
    /// Of the whole result.
    n_columns: usize,
    start: Start<'a>,
}

impl Tile<'_> {
    fn multiply<const R: usize, const W: usize>(&self, panel: &[[Lanes; W]], result: &mut [f32]) {
        let start = self.sums_at_start::<R, W>(result);
        let first = self.first_row;
        let values = self.left.values;
        let sums = match self.left.layout {
            Layout::ByRow => {
                by_rows::<R, W>(values, |r| (first + r) * self.left.n_columns, panel, start)
            }
            Layout::Slices { starts } => {
                by_rows::<R, W>(values, |r| starts[first + r] as usize, panel, start)
            }
            Layout::ByColumn { n_rows } => {
                let columns = values.chunks_exact(n_rows);
                by_columns::<R, W>(
                    columns.map(|column| &column[first..first + R]),
                    panel,
                    start,
                )
            }
        };
        for (row, sums) in result.chunks_exact_mut(self.n_columns).zip(&sums) {
            ungroup(sums, &mut row[self.columns.clone()]);
        }
    }

    fn sums_at_start<const R: usize, const W: usize>(&self, result: &[f32]) -> [[Lanes; W]; R] {
        match self.start {
            Start::Zero => [[[0.0; LANES]; W]; R],
            Start::ByColumn(values) => [group(&values[self.columns.clone()]); R],
            Start::ByRow(values) => {
                std::array::from_fn(|r| [[values[self.first_row + r]; LANES]; W])
            }
            Start::Result => std::array::from_fn(|r| {
                let row = &result[r * self.n_columns..][..self.n_columns];
                group(&row[self.columns.clone()])
            }),
        }
    }
}

fn by_rows<const R: usize, const W: usize>(
    values: &[f32],
    start_of: impl Fn(usize) -> usize,
    panel: &[[Lanes; W]],
    mut sums: [[Lanes; W]; R],
) -> [[Lanes; W]; R] {
    let row = |r| &values[start_of(r)..][..panel.len()];
    let rows: [&[f32]; R] = std::array::from_fn(row);
    for (idx, right) in panel.iter().enumerate() {
        for (sums, row) in sums.iter_mut().zip(rows) {
            add_multiple(sums, row[idx], right);
        }
    }
    sums
}

fn by_columns<'a, const R: usize, const W: usize>(
    columns: impl Iterator<Item = &'a [f32]>,
    panel: &[[Lanes; W]],
    mut sums: [[Lanes; W]; R],
) -> [[Lanes; W]; R] {
    for (column, right) in columns.zip(panel) {
        for (sums, &left) in sums.iter_mut().zip(column) {
            add_multiple(sums, left, right);
        }
    }
    sums
}

#[inline]
fn add_multiple<const W: usize>(sums: &mut [Lanes; W], factor: f32, values: &[Lanes; W]) {
    for (sums, values) in sums.iter_mut().zip(values) {
        for (sum, value) in sums.iter_mut().zip(values) {
            *sum += factor * value;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Mt19937;

    /// The product as the definition has it: every sum by itself.
    fn by_definition(n: usize, k: usize, m: usize, left: &[f32], right: &[f32]) -> Vec<f32> {
        let sum = |r: usize, c: usize| {
            (0..k).fold(0.0, |sum, i| sum + left[r * k + i] * right[i * m + c])
        };
        (0..n * m).map(|at| sum(at / m, at % m)).collect()
    }

    fn transposed(values: &[f32], n_columns: usize) -> Vec<f32> {
        let n_rows = values.len() / n_columns;
        let at = |idx: usize| values[(idx % n_rows) * n_columns + idx / n_rows];
        (0..values.len()).map(at).collect()
    }

    #[test]
    fn products_of_every_form_and_rest_are_those_of_the_definition_to_the_last_bit() {
        let mut generator = Mt19937::new(5);
        let mut panel = Panel::default();
        for (n, k, m) in [
            (1, 1, 1),
            (2, 3, 4),
            (3, 7, 5),
            (4, 8, 8),
            (5, 2, 9),
            (10, 65, 32),
            (13, 5, 65),
        ] {
            let mut draw = |len| -> Vec<f32> { (0..len).map(|_| generator.normal()).collect() };
            let (left, right) = (draw(n * k), draw(k * m));
            let expected = by_definition(n, k, m, &left, &right);
            let (left_t, right_t) = (transposed(&left, k), transposed(&right, m));
            let starts = |n_rows: usize, size: usize| -> Vec<u32> {
                (0..n_rows).map(|row| (row * size) as u32).collect()
            };
            let (left_starts, right_starts) = (starts(n, k), starts(k, m));
            let lefts = [
                Matrix::new(&left, k),
                Matrix::by_column(&left_t, n),
                Matrix::of_slices(&left, &left_starts, k),
            ];
            let rights = [
                Matrix::new(&right, m),
                Matrix::by_column(&right_t, k),
                Matrix::of_slices(&right, &right_starts, m),
            ];
            for (left, right) in lefts.into_iter().flat_map(|l| rights.map(|r| (l, r))) {
                let mut result = vec![f32::NAN; n * m];
                multiply(left, right, Start::Zero, &mut result, &mut panel);
                assert_eq!(result, expected, "{n} × {k} × {m}");
            }
        }
    }

    #[test]
    fn rows_may_share_values() {
        let mut panel = Panel::default();
        let (values, starts) = ([1.0, 2.0, 3.0, 4.0], [0, 2, 1]);
        let slices = Matrix::of_slices(&values, &starts, 2);
        let mut result = [0.0; 4];
        let sums = [1.0, 10.0, 100.0, 0.0, 0.0, 1.0];
        multiply(
            Matrix::new(&sums, 3),
            slices,
            Start::Zero,
            &mut result,
            &mut panel,
        );
        assert_eq!(result.to_vec(), [231.0, 342.0, 2.0, 3.0]);
        let mut result = [0.0; 3];
        let column = Matrix::new(&[1.0, 10.0], 1);
        multiply(slices, column, Start::Zero, &mut result, &mut panel);
        assert_eq!(result.to_vec(), [21.0, 43.0, 32.0]);
    }

    #[test]
    fn sums_start_from_a_row_a_column_or_the_result() {
        let mut panel = Panel::default();
        let (left, right) = ([1.0, 2.0], [3.0, 4.0, 5.0]);
        let (left, right) = (Matrix::new(&left, 1), Matrix::new(&right, 3));
        let mut result = [0.0; 6];
        let by_column = Start::ByColumn(&[10.0, 20.0, 30.0]);
        multiply(left, right, by_column, &mut result, &mut panel);
        assert_eq!(result.to_vec(), [13.0, 24.0, 35.0, 16.0, 28.0, 40.0]);
        let by_row = Start::ByRow(&[100.0, 200.0]);
        multiply(left, right, by_row, &mut result, &mut panel);
        assert_eq!(result.to_vec(), [103.0, 104.0, 105.0, 206.0, 208.0, 210.0]);
        multiply(left, right, Start::Result, &mut result, &mut panel);
        assert_eq!(result.to_vec(), [106.0, 108.0, 110.0, 212.0, 216.0, 220.0]);
    }
}
