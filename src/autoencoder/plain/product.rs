//! The one matrix product that every layer is made of.
//!
//! It works in tiles that stay in registers: a few rows by eight columns, each column a lane, so that the compiler
//! makes SIMD of it. Every sum runs over its terms in ascending order, whatever the tile, so that a result does not
//! depend on the machine.

use std::ops::Range;
use std::slice::ChunksExact;

/// Rows of a tile: four by eight fill the sixteen vector registers of a processor, without a rest that spills.
const TILE_ROWS: usize = 4;

/// Rows of a tile where that leaves no rest: ten items, a usual batch, are two tiles.
const HALF_BATCH: usize = 5;

/// Columns of a wide tile, and of the narrow one that a rest of so few is left to.
const WIDE: usize = 8;
const NARROW: usize = 4;

/// A matrix that lies somewhere, row by row.
#[derive(Clone, Copy)]
pub(super) struct Matrix<'a> {
    values: &'a [f32],
    /// Values from one stored row to the next.
    stride: usize,
    /// Whether stored rows are meant as columns.
    is_transposed: bool,
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

/// Matrices in the order in which tiles read them; kept between products to be used again.
#[derive(Clone, Debug, Default)]
pub(super) struct Panel {
    /// A left-hand matrix, row by row.
    left: Vec<f32>,
    /// Some columns of a right-hand matrix, side by side.
    right: Vec<f32>,
}

impl<'a> Matrix<'a> {
    /// Takes values row by row, `n_columns` each.
    pub fn new(values: &'a [f32], n_columns: usize) -> Self {
        Self {
            values,
            stride: n_columns,
            is_transposed: false,
        }
    }

    /// The same values with rows and columns exchanged.
    pub fn transposed(self) -> Self {
        Self {
            is_transposed: !self.is_transposed,
            ..self
        }
    }

    fn n_rows(self) -> usize {
        if self.is_transposed {
            self.stride
        } else {
            self.values.len() / self.stride
        }
    }

    fn n_columns(self) -> usize {
        self.transposed().n_rows()
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
    let n_columns = right.n_columns();
    debug_assert_eq!(left.n_columns(), right.n_rows());
    debug_assert_eq!(result.len(), left.n_rows() * n_columns);
    let mut product = Product {
        left: left.by_rows(&mut panel.left),
        right,
        start,
        result,
        n_columns,
    };
    let mut first = 0;
    while first < n_columns {
        let n_left = n_columns - first;
        if n_left > NARROW {
            let columns = first..first + n_left.min(WIDE);
            product.fill_columns::<WIDE>(columns, &mut panel.right);
            first += WIDE;
        } else {
            product.fill_columns::<NARROW>(first..n_columns, &mut panel.right);
            first = n_columns;
        }
    }
}

/// A product on its way.
struct Product<'a> {
    /// Not transposed.
    left: Matrix<'a>,
    right: Matrix<'a>,
    start: Start<'a>,
    /// Row by row, `n_columns` each.
    result: &'a mut [f32],
    n_columns: usize,
}

/// Columns of a right-hand matrix, one below the other.
#[derive(Clone)]
struct Strip<'a> {
    rows: ChunksExact<'a, f32>,
    /// Where the columns begin in each row.
    first: usize,
}

impl Product<'_> {
    /// Computes at most `W` columns.
    fn fill_columns<const W: usize>(&mut self, columns: Range<usize>, panel: &mut Vec<f32>) {
        let strip = self.right.strip::<W>(columns.clone(), panel);
        let n_rows = self.left.n_rows();
        let mut first = 0;
        while first < n_rows {
            let n_left = n_rows - first;
            first += match n_left {
                1 => self.fill_tile::<1, W>(first, &columns, &strip),
                2 => self.fill_tile::<2, W>(first, &columns, &strip),
                3 => self.fill_tile::<3, W>(first, &columns, &strip),
                HALF_BATCH | 10 => self.fill_tile::<HALF_BATCH, W>(first, &columns, &strip),
                _ => self.fill_tile::<TILE_ROWS, W>(first, &columns, &strip),
            };
        }
    }

    /// Computes `R` rows of these columns, and returns `R`.
    #[inline(never)]
    fn fill_tile<const R: usize, const W: usize>(
        &mut self,
        first_row: usize,
        columns: &Range<usize>,
        strip: &Strip<'_>,
    ) -> usize {
        let n_columns = self.n_columns;
        let row = |r| &self.left.values[(first_row + r) * self.left.stride..][..self.left.stride];
        let mut sums = [[0.0; W]; R];
        strip.sums(std::array::from_fn(row), &mut sums);
        for (row_idx, sums) in (first_row..).zip(&sums) {
            let row = &mut self.result[row_idx * n_columns..][columns.clone()];
            match self.start {
                Start::Zero => store(row, sums, |_, _| 0.0),
                Start::ByColumn(values) => {
                    let values = &values[columns.clone()];
                    store(row, sums, |c, _| values[c]);
                }
                Start::ByRow(values) => store(row, sums, |_, _| values[row_idx]),
                Start::Result => store(row, sums, |_, old| old),
            }
        }
        R
    }
}

/// Writes the sums, as many as the row has room for, each with what it starts from: told by column and old value.
#[inline]
fn store<const W: usize>(row: &mut [f32], sums: &[f32; W], start: impl Fn(usize, f32) -> f32) {
    if let Ok(whole) = <&mut [f32; W]>::try_from(&mut *row) {
        for (c, (value, sum)) in whole.iter_mut().zip(sums).enumerate() {
            *value = start(c, *value) + sum;
        }
    } else {
        for (c, (value, sum)) in row.iter_mut().zip(sums).enumerate() {
            *value = start(c, *value) + sum;
        }
    }
}

impl Strip<'_> {
    /// The sums of products of `R` rows with these columns.
    ///
    /// The compiler keeps the sums in registers only where they begin and end in one place, hence the plain loops.
    #[expect(
        clippy::inline_always,
        reason = "as a function of its own it is compiled without vectors"
    )]
    #[inline(always)]
    fn sums<const R: usize, const W: usize>(&self, rows: [&[f32]; R], result: &mut [[f32; W]; R]) {
        let n_terms = rows[0].len();
        let rows = rows.map(|row| &row[..n_terms]);
        let mut sums = [[0.0; W]; R];
        for (idx, right) in self.rows.clone().take(n_terms).enumerate() {
            let Some(right) = right[self.first..].first_chunk::<W>() else {
                break;
            };
            for r in 0..R {
                let factor = rows[r][idx];
                for c in 0..W {
                    sums[r][c] += factor * right[c];
                }
            }
        }
        *result = sums;
    }
}

impl<'a> Matrix<'a> {
    /// The same matrix stored row by row; `room` is used where it is not.
    fn by_rows(self, room: &'a mut Vec<f32>) -> Self {
        if !self.is_transposed {
            return self;
        }
        let n_columns = self.n_columns();
        room.resize(self.values.len(), 0.0);
        transpose(self.values, self.stride, room);
        Matrix::new(room, n_columns)
    }

    /// Some columns; `room` is used where they are stored one after the other, or fewer than `W`.
    fn strip<'b, const W: usize>(self, columns: Range<usize>, room: &'b mut Vec<f32>) -> Strip<'b>
    where
        'a: 'b,
    {
        if !self.is_transposed && columns.len() == W {
            return Strip {
                rows: self.values.chunks_exact(self.stride),
                first: columns.start,
            };
        }
        let n_rows = self.n_rows();
        room.resize(n_rows * W, 0.0);
        let (rows, _) = room.as_chunks_mut::<W>();
        if self.is_transposed {
            let column = |c| match columns.start + c {
                idx if idx < columns.end => &self.values[idx * self.stride..][..n_rows],
                _ => &[],
            };
            gather_transposed(std::array::from_fn(column), rows);
        } else {
            let stored = self.values.chunks_exact(self.stride);
            for (row, stored) in rows.iter_mut().zip(stored) {
                let stored = &stored[columns.clone()];
                row.fill(0.0);
                row[..stored.len()].copy_from_slice(stored);
            }
        }
        Strip {
            rows: room.chunks_exact(W),
            first: 0,
        }
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

/// Lays columns that are stored one after the other side by side; a column without values is zeros.
fn gather_transposed<const W: usize>(columns: [&[f32]; W], rows: &mut [[f32; W]]) {
    if columns.iter().all(|column| column.len() == rows.len()) {
        let columns = columns.map(|column| &column[..rows.len()]);
        for (idx, row) in rows.iter_mut().enumerate() {
            *row = columns.map(|column| column[idx]);
        }
    } else {
        for (idx, row) in rows.iter_mut().enumerate() {
            *row = columns.map(|column| column.get(idx).copied().unwrap_or(0.0));
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
            let lefts = [Matrix::new(&left, k), Matrix::new(&left_t, n).transposed()];
            let rights = [
                Matrix::new(&right, m),
                Matrix::new(&right_t, k).transposed(),
            ];
            for (left, right) in lefts.into_iter().flat_map(|l| rights.map(|r| (l, r))) {
                let mut result = vec![f32::NAN; n * m];
                multiply(left, right, Start::Zero, &mut result, &mut panel);
                assert_eq!(result, expected, "{n} × {k} × {m}");
            }
        }
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
