//! The text of a table, cell by cell, without a box for each.

use serde::{Deserialize, Serialize};

/// Cells of `n_rows × n_columns`, in one text of less than 4 GB; files are far smaller.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Cells {
    n_columns: usize,
    #[serde(with = "crate::encoding::text")]
    text: String,
    /// Where each cell ends in `text`, row by row.
    #[serde(with = "crate::encoding::integers")]
    ends: Vec<u32>,
    /// The line of the file on which each row starts, from 1.
    #[serde(with = "crate::encoding::integers")]
    lines: Vec<u32>,
}

impl Cells {
    /// No rows yet; `n_columns` is at least 1.
    pub(super) fn new(n_columns: usize) -> Self {
        Self {
            n_columns,
            text: String::new(),
            ends: Vec::new(),
            lines: Vec::new(),
        }
    }

    /// Adds a row of `n_columns` cells.
    pub(super) fn push<'a>(&mut self, line: usize, row: impl Iterator<Item = &'a str>) {
        for cell in row {
            self.text.push_str(cell);
            self.ends.push(self.text.len() as u32);
        }
        self.lines.push(line as u32);
    }

    /// The other rows.
    pub(super) fn without_first_row(mut self) -> Self {
        let n_columns = self.n_columns.min(self.ends.len());
        let first_end = match n_columns.checked_sub(1) {
            Some(cell_idx) => self.ends[cell_idx],
            None => 0,
        };
        self.text.drain(..first_end as usize);
        self.ends.drain(..n_columns);
        for end in &mut self.ends {
            *end -= first_end;
        }
        self.lines.drain(..self.lines.len().min(1));
        self
    }

    /// A row of `n_columns` cells above these, on the line before theirs.
    pub(super) fn below<'a>(&self, row: impl Iterator<Item = &'a str>) -> Self {
        let mut all = Self::new(self.n_columns);
        all.push(self.line(0).saturating_sub(1).max(1), row);
        for row_idx in 0..self.n_rows() {
            let cells = (0..self.n_columns).map(|column_idx| self.get(row_idx, column_idx));
            all.push(self.line(row_idx), cells);
        }
        all
    }

    pub(super) fn n_columns(&self) -> usize {
        self.n_columns
    }

    pub(super) fn n_rows(&self) -> usize {
        self.lines.len()
    }

    /// A cell; empty beyond the last one.
    pub(super) fn get(&self, row_idx: usize, column_idx: usize) -> &str {
        let cell_idx = row_idx * self.n_columns + column_idx;
        let start = match cell_idx.checked_sub(1) {
            Some(previous_idx) => self.ends.get(previous_idx).copied().unwrap_or(0),
            None => 0,
        };
        let end = self.ends.get(cell_idx).copied().unwrap_or(start);
        self.text.get(start as usize..end as usize).unwrap_or("")
    }

    /// The cells of a column, from the top.
    pub(super) fn column(&self, column_idx: usize) -> impl Iterator<Item = &str> + Clone {
        (0..self.n_rows()).map(move |row_idx| self.get(row_idx, column_idx))
    }

    /// All cells, row by row.
    pub(super) fn all(&self) -> impl Iterator<Item = &str> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        let spans = starts.zip(&self.ends);
        spans.map(|(start, &end)| self.text.get(start as usize..end as usize).unwrap_or(""))
    }

    /// The line of the file on which a row starts, from 1; 0 beyond the last row.
    pub(super) fn line(&self, row_idx: usize) -> usize {
        self.lines.get(row_idx).map_or(0, |&line| line as usize)
    }
}
