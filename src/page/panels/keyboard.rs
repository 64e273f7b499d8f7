//! Drawing without a pointer: a cursor that walks over the network's pixels.

use leptos::prelude::*;
use web_sys::KeyboardEvent;

use crate::page::store::Store;
use crate::picture::INK_PER_PIXEL;
use crate::session::{Bench, Change, Message};

/// Cells along a side of the surface.
const SIDE: usize = 8;

/// The cell that Space paints or erases.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct CellCursor {
    column: usize,
    row: usize,
    has_moved: bool,
}

impl CellCursor {
    /// Distance from the left edge, for the style sheet.
    pub(crate) fn left(self) -> String {
        percent(self.column)
    }

    /// Distance from the top edge, for the style sheet.
    pub(crate) fn top(self) -> String {
        percent(self.row)
    }

    /// Where the cursor is and what it stands on; nothing before it has moved.
    pub(crate) fn in_words(self, bench: &Bench) -> String {
        if !self.has_moved {
            return String::new();
        }
        let cells = bench.turned().downscale(INK_PER_PIXEL);
        let is_ink = cells.get(self.column, self.row) > 0.5;
        let content = if is_ink { "ink" } else { "empty" };
        format!(
            "Row {}, column {}: {content}",
            self.row + 1,
            self.column + 1
        )
    }

    fn moved(self, columns: isize, rows: isize) -> Self {
        let along = |position: usize, by: isize| position.saturating_add_signed(by).min(SIDE - 1);
        Self {
            column: along(self.column, columns),
            row: along(self.row, rows),
            has_moved: true,
        }
    }
}

fn percent(cells: usize) -> String {
    format!("{}%", cells as f32 / SIDE as f32 * 100.0)
}

/// Moves the cursor, paints, erases, clears or takes back.
pub(crate) fn on_key(store: Store, cursor: RwSignal<CellCursor>, event: &KeyboardEvent) {
    let at = cursor.get_untracked();
    let is_control = event.ctrl_key() || event.meta_key();
    match event.key().as_str() {
        "ArrowLeft" => cursor.set(at.moved(-1, 0)),
        "ArrowRight" => cursor.set(at.moved(1, 0)),
        "ArrowUp" => cursor.set(at.moved(0, -1)),
        "ArrowDown" => cursor.set(at.moved(0, 1)),
        " " => {
            store.send(Message::Bench(Change::ToggleCell {
                column: at.column,
                row: at.row,
            }));
            cursor.set(at.moved(0, 0));
        }
        "Delete" | "Backspace" => store.send(Message::Bench(Change::Clear)),
        "z" if is_control => store.send(Message::Bench(Change::Undo)),
        _ => return,
    }
    event.prevent_default();
}
