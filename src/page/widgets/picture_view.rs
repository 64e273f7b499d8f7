//! A small picture of values, as the network knows them.

use leptos::html;
use leptos::prelude::*;

use crate::page::effect::effect;
use crate::page::memo::Memo;
use crate::page::surface::{paint_cells, paint_signed};
use crate::page::theme::palette;

/// What a picture shows.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Shown {
    /// Nothing yet.
    Nothing,
    /// Ink, 0…1, row by row.
    Ink(Vec<f32>),
    /// Signed errors, −1…1, row by row.
    Signed(Vec<f32>),
}

/// A picture of `width` columns that follows `shown`; `description` says what it shows in words.
pub(crate) fn picture_view(
    width: Memo<usize>,
    shown: Memo<Shown>,
    description: impl Fn() -> String + Send + 'static,
) -> impl IntoView {
    let canvas = NodeRef::<html::Canvas>::new();
    let palette = palette();
    effect(move || {
        let Some(canvas) = canvas.get() else { return };
        let (width, palette) = (width.get(), palette.get());
        shown.with(|shown| match shown {
            Shown::Nothing => paint_cells(&canvas, width, &vec![0.0; width * width], &palette),
            Shown::Ink(ink) => paint_cells(&canvas, width, ink, &palette),
            Shown::Signed(signed) => paint_signed(&canvas, width, signed, &palette),
        });
    });
    // Where nothing is shown yet, the picture is taken to be a square.
    let aspect_ratio = move || {
        let width = width.get().max(1);
        let n_values = shown.with(|shown| match shown {
            Shown::Nothing => width * width,
            Shown::Ink(values) | Shown::Signed(values) => values.len(),
        });
        format!("{width} / {}", (n_values / width).max(1))
    };
    view! {
        <canvas
            class="picture"
            style:aspect-ratio=aspect_ratio
            class:is-empty=move || shown.with(|shown| *shown == Shown::Nothing)
            width="8"
            height="8"
            node_ref=canvas
            role="img"
            aria-label=description
        ></canvas>
    }
}
