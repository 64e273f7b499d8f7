//! Several small pictures in a row, as one.

use leptos::html;
use leptos::prelude::*;

use crate::page::surface::paint_cells;
use crate::page::theme::palette;

/// Paper between two pictures, as a part of a picture's width: at least one cell.
const CELLS_PER_GAP: usize = 10;

/// Pictures of `width` columns side by side; `description` says in words what they are.
pub(crate) fn picture_strip(
    width: usize,
    pictures: &[Vec<f32>],
    description: String,
) -> impl IntoView + use<> {
    let canvas = NodeRef::<html::Canvas>::new();
    let palette = palette();
    let (strip_width, ink) = joined(width, pictures);
    Effect::new(move |_| {
        if let Some(canvas) = canvas.get() {
            paint_cells(&canvas, strip_width, &ink, &palette.get());
        }
    });
    view! { <canvas class="picture-strip" node_ref=canvas role="img" aria-label=description></canvas> }
}

/// The pictures as one wide picture, and its width.
fn joined(width: usize, pictures: &[Vec<f32>]) -> (usize, Vec<f32>) {
    let n_rows = pictures.first().map_or(0, Vec::len) / width.max(1);
    let gap = vec![0.0; width.div_ceil(CELLS_PER_GAP)];
    let row_of = |picture: &Vec<f32>, row: usize| {
        picture
            .get(row * width..(row + 1) * width)
            .map_or_else(|| vec![0.0; width], <[f32]>::to_vec)
    };
    let rows = (0..n_rows).map(|row| {
        let parts: Vec<Vec<f32>> = pictures
            .iter()
            .map(|picture| row_of(picture, row))
            .collect();
        parts.join(&gap[..])
    });
    let ink: Vec<f32> = rows.flatten().collect();
    let strip_width = ink.len().checked_div(n_rows).unwrap_or(0);
    (strip_width, ink)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_are_joined_row_by_row_with_paper_between() {
        let (width, ink) = joined(2, &[vec![1.0; 4], vec![0.5; 4]]);
        assert_eq!(width, 5);
        assert_eq!(ink, [1.0, 1.0, 0.0, 0.5, 0.5, 1.0, 1.0, 0.0, 0.5, 0.5]);
        assert_eq!(joined(2, &[]), (0, Vec::new()));
    }
}
