//! Errors on a plane: one cell a place, those above the threshold with a line around them.

use std::fmt::Write as _;

use leptos::html;
use leptos::prelude::*;
use web_sys::{KeyboardEvent, PointerEvent};

use super::error_in_words;
use crate::anomaly::LogScale;
use crate::page::effect::effect;
use crate::page::memo::Memo;
use crate::page::{surface::paint_cells, theme::palette};
use crate::sweep::ShiftCell;

/// Errors of places, row by row.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct ShiftMap {
    pub(crate) n_columns: usize,
    pub(crate) cells: Vec<ShiftCell>,
}

impl ShiftMap {
    fn n_rows(&self) -> usize {
        self.cells.len().checked_div(self.n_columns).unwrap_or(0)
    }

    fn is_above(&self, column: usize, row: usize, threshold: f32) -> bool {
        let inside = column < self.n_columns;
        let cell = self
            .cells
            .get(row * self.n_columns + column)
            .filter(|_| inside);
        cell.is_some_and(|cell| cell.error > threshold)
    }

    /// All cells above the threshold as squares, as the attribute `d` has them, in units of cells.
    fn squares(&self, threshold: f32) -> String {
        let mut path = String::new();
        for (idx, cell) in self.cells.iter().enumerate() {
            if cell.error > threshold {
                // A text takes everything that is written to it.
                let _ = write!(
                    path,
                    "M{} {}h1v1h-1z",
                    idx % self.n_columns,
                    idx / self.n_columns
                );
            }
        }
        path
    }

    /// The lines around all cells above the threshold, as the attribute `d` has them, in units of cells.
    fn outline(&self, threshold: f32) -> String {
        let mut path = String::new();
        for (idx, _) in self.cells.iter().enumerate() {
            let (column, row) = (idx % self.n_columns, idx / self.n_columns);
            if !self.is_above(column, row, threshold) {
                continue;
            }
            let is_open = |right: isize, down: isize| {
                let neighbour = column
                    .checked_add_signed(right)
                    .zip(row.checked_add_signed(down));
                neighbour.is_none_or(|(column, row)| !self.is_above(column, row, threshold))
            };
            let sides = [
                (is_open(0, -1), column, row, "h1"),
                (is_open(0, 1), column, row + 1, "h1"),
                (is_open(-1, 0), column, row, "v1"),
                (is_open(1, 0), column + 1, row, "v1"),
            ];
            for (_, x, y, line) in sides.into_iter().filter(|side| side.0) {
                // A text takes everything that is written to it.
                let _ = write!(path, "M{x} {y}{line}");
            }
        }
        path
    }
}

/// The map; `name` is what it is called, `help` what can be done with it.
pub(crate) fn shift_map(
    name: &'static str,
    scale: Memo<LogScale>,
    map: Memo<ShiftMap>,
    threshold: Memo<Option<f32>>,
) -> impl IntoView {
    let canvas = NodeRef::<html::Canvas>::new();
    let frame = NodeRef::<html::Div>::new();
    // The place that is looked at, by its index; the middle is the present place.
    let looked_at = RwSignal::new(None::<usize>);
    paint_when_changed(canvas, scale, map);
    let size = Memo::new(move |_| map.with(|map| (map.n_columns.max(1), map.n_rows().max(1))));
    let looked = move || {
        looked_at
            .get()
            .filter(|&idx| map.with(|map| idx < map.cells.len()))
    };
    let on_move = move |event: PointerEvent| {
        let Some(frame) = frame.get_untracked() else {
            return;
        };
        let rect = frame.get_bounding_client_rect();
        let (n_columns, n_rows) = size.get_untracked();
        let part = |offset: f64, length: f64, n: usize| {
            ((offset / length.max(1.0) * n as f64).max(0.0) as usize).min(n - 1)
        };
        let column = part(
            f64::from(event.client_x()) - rect.left(),
            rect.width(),
            n_columns,
        );
        let row = part(
            f64::from(event.client_y()) - rect.top(),
            rect.height(),
            n_rows,
        );
        looked_at.set(Some(row * n_columns + column));
    };
    let on_key = move |event: KeyboardEvent| {
        let size = size.get_untracked();
        if let Some(next) = moved_by_key(&event.key(), looked_at.get_untracked(), size) {
            event.prevent_default();
            looked_at.set(Some(next));
        }
    };
    let path = move |draw: fn(&ShiftMap, f32) -> String| {
        move || {
            let threshold = threshold.get();
            map.with(|map| threshold.map_or_else(String::new, |threshold| draw(map, threshold)))
        }
    };
    let middle = move || size.get().0 * size.get().1 / 2;
    view! {
        <div
            class="shift-map"
            node_ref=frame
            tabindex="0"
            role="application"
            aria-label=name
            aria-describedby="shift-help"
            hidden=move || map.with(|map| map.cells.is_empty())
            style:aspect-ratio=move || format!("{} / {}", size.get().0, size.get().1)
            on:pointermove=on_move
            on:pointerdown=on_move
            on:pointerleave=move |_| looked_at.set(None)
            on:keydown=on_key
            on:focus=move |_| looked_at.set(Some(middle()))
            on:blur=move |_| looked_at.set(None)
        >
            <canvas node_ref=canvas width="9" height="9" aria-hidden="true"></canvas>
            <svg
                viewBox=move || format!("0 0 {} {}", size.get().0, size.get().1)
                preserveAspectRatio="none"
                aria-hidden="true"
            >
                <pattern
                    id="shift-hatch"
                    width="0.34"
                    height="0.34"
                    patternUnits="userSpaceOnUse"
                    patternTransform="rotate(45)"
                >
                    <line class="shift-hatch" x1="0" y1="0" x2="0" y2="1" />
                </pattern>
                <path fill="url(#shift-hatch)" d=path(ShiftMap::squares) />
                <path class="shift-outline is-halo" d=path(ShiftMap::outline) />
                <path class="shift-outline" d=path(ShiftMap::outline) />
            </svg>
            {cell_mark("shift-here", size, move || Some(middle()))}
            {cell_mark("shift-look", size, looked)}
        </div>
        <p id="shift-help" class="visually-hidden">
            "Arrow keys move over the places around the present one."
        </p>
        <p class="shift-figure" aria-live="polite">
            {move || map.with(|map| in_words(map, looked().unwrap_or_else(middle), threshold.get()))}
        </p>
    }
}

fn paint_when_changed(canvas: NodeRef<html::Canvas>, scale: Memo<LogScale>, map: Memo<ShiftMap>) {
    let palette = palette();
    effect(move || {
        let Some(canvas) = canvas.get() else { return };
        let (palette, scale) = (palette.get(), scale.get());
        map.with(|map| {
            let shade = |cell: &ShiftCell| scale.position(cell.error);
            let shades: Vec<f32> = map.cells.iter().map(shade).collect();
            paint_cells(&canvas, map.n_columns, &shades, &palette);
        });
    });
}

/// A frame around one cell.
fn cell_mark(
    class: &'static str,
    size: Memo<(usize, usize)>,
    idx: impl Fn() -> Option<usize> + Copy + Send + 'static,
) -> impl IntoView {
    let part = |n_cells: usize, n: usize| format!("{:.3}%", n_cells as f32 / n as f32 * 100.0);
    let column = move || idx().map_or(0, |idx| idx % size.get().0);
    let row = move || idx().map_or(0, |idx| idx / size.get().0);
    view! {
        <span
            class=class
            aria-hidden="true"
            hidden=move || idx().is_none()
            style:width=move || part(1, size.get().0)
            style:height=move || part(1, size.get().1)
            style:left=move || part(column(), size.get().0)
            style:top=move || part(row(), size.get().1)
        ></span>
    }
}

/// Where a key leads from a place, or from the middle; `None` for other keys.
fn moved_by_key(
    key: &str,
    from: Option<usize>,
    (n_columns, n_rows): (usize, usize),
) -> Option<usize> {
    let from = from.unwrap_or(n_columns * n_rows / 2);
    let (column, row) = (from % n_columns, from / n_columns);
    let (column, row) = match key {
        "ArrowLeft" => (column.saturating_sub(1), row),
        "ArrowRight" => (column + 1, row),
        "ArrowUp" => (column, row.saturating_sub(1)),
        "ArrowDown" => (column, row + 1),
        "Home" => (n_columns / 2, n_rows / 2),
        _ => return None,
    };
    Some(row.min(n_rows - 1) * n_columns + column.min(n_columns - 1))
}

/// "1.5 right, 0.5 up: error 0.031, above the threshold".
fn in_words(map: &ShiftMap, idx: usize, threshold: Option<f32>) -> String {
    let Some(cell) = map.cells.get(idx) else {
        return String::new();
    };
    let part = |by: f32, forwards: &str, backwards: &str| {
        let way = if by > 0.0 { forwards } else { backwards };
        (by.abs() > 0.0).then(|| format!("{} {way}", by.abs()))
    };
    let parts = [
        part(cell.right, "right", "left"),
        part(cell.down, "down", "up"),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    let place = if parts.is_empty() {
        "Where it is now".to_owned()
    } else {
        format!("Moved {}", parts.join(", "))
    };
    format!("{place}: error {}.", error_in_words(cell.error, threshold))
}
