//! The waist of the diagram: the values of the code at hand.

use leptos::prelude::*;

use super::layout::Block;

/// Values under each other; a longer code takes another column.
const MOST_ROWS: usize = 16;
/// Of its room, a bar takes this part, and no more than this.
const BAR_PART: f32 = 0.74;
const THICKEST_BAR: f32 = 20.0;

/// How many values of a code stand under each other.
pub(super) fn rows_of(code_size: usize) -> usize {
    code_size.div_ceil(columns_of(code_size)).max(1)
}

fn columns_of(code_size: usize) -> usize {
    code_size.div_ceil(MOST_ROWS).max(1)
}

/// What the longest possible bar stands for: 1, or the largest value where that is more.
pub(super) fn scale_of(code: &[f32]) -> f32 {
    let largest = code.iter().map(|value| value.abs());
    largest
        .filter(|value| value.is_finite())
        .fold(1.0, f32::max)
}

/// The values as bars to the right (above zero) and left (below zero) of a middle line.
pub(super) fn code_view(block: &Block, size: usize, code: Option<&[f32]>) -> impl IntoView + use<> {
    let (n_columns, n_rows) = (columns_of(size), rows_of(size));
    let pitch = block.height / n_rows as f32;
    let column_width = block.width / n_columns as f32;
    let code = code.unwrap_or_default();
    let scale = scale_of(code);
    let thickness = (pitch * BAR_PART).min(THICKEST_BAR);
    let (left, top) = (block.left(), block.top());
    let middle_of = move |column: usize| left + column_width * (column as f32 + 0.5);
    let values = code.iter().enumerate().map(|(idx, &value)| {
        let (column, row) = (idx / n_rows, idx % n_rows);
        let length = (value / scale).clamp(-1.0, 1.0).abs() * (column_width / 2.0 - 2.0);
        let middle = middle_of(column);
        view! {
            <rect
                class="net-value"
                class:is-negative=value < 0.0
                x=if value < 0.0 { middle - length } else { middle }
                y=top + pitch * (row as f32 + 0.5) - thickness / 2.0
                width=length.max(0.8)
                height=thickness
                rx="1"
            />
        }
    });
    let zeros = (0..n_columns).map(|column| {
        let middle = middle_of(column);
        view! {
            <line class="net-zero" x1=middle x2=middle y1=block.top() y2=block.top() + block.height />
        }
    });
    view! {
        {block.bar("net-code")}
        {values.collect_view()}
        {zeros.collect_view()}
    }
}
