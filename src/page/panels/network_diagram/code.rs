//! The waist of the diagram: the values of the code at hand.

use std::fmt::Write as _;

use leptos::prelude::*;

use super::layout::Block;

/// Values under each other; a longer code takes another column.
const MOST_ROWS: usize = 16;
/// Of its room, a bar takes this part, and no more than this.
const BAR_PART: f32 = 0.74;
const THICKEST_BAR: f32 = 20.0;
/// A value of nearly nothing can still be seen.
const SHORTEST_BAR: f32 = 0.8;

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

/// A line down the middle of each column of values, at zero.
pub(super) fn zeros(block: &Block, size: usize) -> impl IntoView + use<> {
    let (top, bottom) = (block.top(), block.top() + block.height);
    let columns = Columns::of(block, size);
    let lines = (0..columns_of(size)).map(|column| {
        let middle = columns.middle(column);
        view! { <line class="net-zero" x1=middle x2=middle y1=top y2=bottom /> }
    });
    lines.collect_view()
}

/// The values above zero as bars to the right of the middle line, or those below zero as bars to its left: the `d`
/// of a path.
pub(super) fn bars(block: &Block, size: usize, code: &[f32], of_negative: bool) -> String {
    let columns = Columns::of(block, size);
    let (n_rows, scale) = (rows_of(size), scale_of(code));
    let pitch = block.height / n_rows as f32;
    let thickness = (pitch * BAR_PART).min(THICKEST_BAR);
    let longest = columns.width / 2.0 - 2.0;
    let mut path = String::new();
    for (idx, &value) in code.iter().enumerate() {
        if (value < 0.0) != of_negative {
            continue;
        }
        let length = ((value / scale).clamp(-1.0, 1.0).abs() * longest).max(SHORTEST_BAR);
        let end = if of_negative { -length } else { length };
        let middle = columns.middle(idx / n_rows);
        let top = block.top() + pitch * ((idx % n_rows) as f32 + 0.5) - thickness / 2.0;
        // A string takes everything that is written to it.
        let _ = write!(
            path,
            "M{middle:.2} {top:.2}h{end:.2}v{thickness:.2}h{:.2}z",
            -end
        );
    }
    path
}

/// Where the columns of values stand.
struct Columns {
    left: f32,
    width: f32,
}

impl Columns {
    fn of(block: &Block, size: usize) -> Self {
        Self {
            left: block.left(),
            width: block.width / columns_of(size) as f32,
        }
    }

    fn middle(&self, column: usize) -> f32 {
        self.left + self.width * (column as f32 + 0.5)
    }
}
