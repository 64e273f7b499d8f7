//! Several small pictures in a row, as one.

use leptos::html;
use leptos::prelude::*;

use crate::page::effect::effect;
use crate::page::surface::paint_cells;
use crate::page::theme::palette;
use crate::picture::side_by_side;

/// Pictures of `width` columns side by side; `description` says in words what they are.
pub(crate) fn picture_strip(
    width: usize,
    pictures: &[Vec<f32>],
    description: String,
) -> impl IntoView + use<> {
    let canvas = NodeRef::<html::Canvas>::new();
    let palette = palette();
    let (strip_width, ink) = side_by_side(width, pictures);
    effect(move || {
        if let Some(canvas) = canvas.get() {
            paint_cells(&canvas, strip_width, &ink, &palette.get());
        }
    });
    view! { <canvas class="picture-strip" node_ref=canvas role="img" aria-label=description></canvas> }
}
