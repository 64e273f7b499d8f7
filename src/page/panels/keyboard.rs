//! Drawing without a pointer: a cursor that walks over the network's pixels.

use leptos::prelude::*;
use web_sys::KeyboardEvent;

use super::sheet::Sheet;
use crate::page::store::Store;
use crate::picture::INK_PER_PIXEL;
use crate::session::{Change, PictureBench};

/// The cell that Space paints or erases.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct CellCursor {
    column: usize,
    row: usize,
    has_moved: bool,
}

impl CellCursor {
    /// Distance from the left edge on a surface of so many columns, for the style sheet.
    pub(crate) fn left(self, n_columns: usize) -> String {
        percent(self.column.min(n_columns.saturating_sub(1)), n_columns)
    }

    /// Distance from the top edge on a surface of so many rows, for the style sheet.
    pub(crate) fn top(self, n_rows: usize) -> String {
        percent(self.row.min(n_rows.saturating_sub(1)), n_rows)
    }

    /// Where the cursor is and what it stands on; nothing before it has moved.
    pub(crate) fn in_words(self, bench: &PictureBench) -> String {
        if !self.has_moved {
            return String::new();
        }
        let at = self.within(bench.size());
        let cells = bench.turned().downscale(INK_PER_PIXEL);
        let is_ink = cells.get(at.column, at.row) > 0.5;
        let content = if is_ink { "ink" } else { "empty" };
        format!("Row {}, column {}: {content}", at.row + 1, at.column + 1)
    }

    /// The same place on a surface that may have become smaller.
    fn within(self, (n_columns, n_rows): (usize, usize)) -> Self {
        Self {
            column: self.column.min(n_columns.saturating_sub(1)),
            row: self.row.min(n_rows.saturating_sub(1)),
            ..self
        }
    }

    fn moved(self, columns: isize, rows: isize, size: (usize, usize)) -> Self {
        let moved = Self {
            column: self.column.saturating_add_signed(columns),
            row: self.row.saturating_add_signed(rows),
            has_moved: true,
        };
        moved.within(size)
    }
}

/// What part of the surface so many cells are.
pub(crate) fn percent(n_cells: usize, n_along: usize) -> String {
    format!("{}%", n_cells as f32 / n_along.max(1) as f32 * 100.0)
}

/// Moves the cursor, paints, erases, clears or takes back.
pub(crate) fn on_key(
    store: Store,
    sheet: Sheet,
    cursor: RwSignal<CellCursor>,
    event: &KeyboardEvent,
) {
    let size = store.peek(|session| sheet.size(session));
    let change = |change| store.send((sheet.message)(change));
    let at = cursor.get_untracked().within(size);
    let is_control = event.ctrl_key() || event.meta_key();
    let go = |columns, rows| cursor.set(at.moved(columns, rows, size));
    match event.key().as_str() {
        "ArrowLeft" => go(-1, 0),
        "ArrowRight" => go(1, 0),
        "ArrowUp" => go(0, -1),
        "ArrowDown" => go(0, 1),
        " " => {
            change(Change::ToggleCell {
                column: at.column,
                row: at.row,
            });
            go(0, 0);
        }
        "Delete" | "Backspace" => change(Change::Clear),
        "z" if is_control => change(Change::Undo),
        _ => return,
    }
    event.prevent_default();
}
