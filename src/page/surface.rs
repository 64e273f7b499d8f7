//! Painting pictures on canvases, one canvas pixel a value.

use js_sys::{Object, Reflect};
use wasm_bindgen::{Clamped, JsCast as _};
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement, ImageData};

use super::theme::{Palette, Rgb};
use crate::picture::{Picture, gap_between};

/// How many canvas pixels a hand-drawn grid cell gets at most, so that its edges look like ink.
const MOST_SMOOTHING: usize = 4;

/// A finer grid needs less smoothing; a canvas of about this side is painted within a frame.
const SMOOTH_SIDE: usize = 256;

/// A picture that is saved does not follow the page's colours.
const WHITE: Rgb = [u8::MAX; 3];
const BLACK: Rgb = [0; 3];

/// Paints ink on paper, cell by cell, as the network knows it.
pub(super) fn paint_cells(
    canvas: &HtmlCanvasElement,
    width: usize,
    ink: &[f32],
    palette: &Palette,
) {
    let colours = ink
        .iter()
        .map(|&ink| blend(palette.paper, palette.ink, ink));
    paint(canvas, width, colours);
}

/// Paints black ink on white paper, each cell as a square of so many canvas pixels.
pub(super) fn paint_magnified(
    canvas: &HtmlCanvasElement,
    width: usize,
    ink: &[f32],
    magnification: usize,
) {
    let wide = width * magnification;
    let n_rows = ink.len().checked_div(width).unwrap_or(0) * magnification;
    let colours = (0..wide * n_rows).map(|idx| {
        let (column, row) = (idx % wide / magnification, idx / wide / magnification);
        blend(WHITE, BLACK, ink[row * width + column])
    });
    paint(canvas, wide, colours);
}

/// Paints the drawing with soft edges, as ink on paper.
pub(super) fn paint_smooth(canvas: &HtmlCanvasElement, drawing: &Picture, palette: &Palette) {
    let longest = drawing.width().max(drawing.height()).max(1);
    let smoothing = (SMOOTH_SIDE / longest).clamp(1, MOST_SMOOTHING);
    let (width, height) = (drawing.width() * smoothing, drawing.height() * smoothing);
    let cells = (0..width * height).map(|idx| {
        let along = |position: usize| (position as f32 + 0.5) / smoothing as f32 - 0.5;
        let ink = interpolate(drawing, along(idx % width), along(idx / width));
        blend(palette.paper, palette.ink, steepen(ink))
    });
    paint(canvas, width, cells);
}

/// Paints signed errors: one colour for ink that was not expected, one for ink that is missing.
pub(super) fn paint_signed(
    canvas: &HtmlCanvasElement,
    width: usize,
    signed: &[f32],
    palette: &Palette,
) {
    let colours = signed.iter().map(|&error| colour_of_error(error, palette));
    paint(canvas, width, colours);
}

/// Paints ink, what it was reconstructed as, and the signed difference side by side on one canvas, which is cheaper than
/// three. Between them, and where nothing is known yet, the canvas stays clear.
pub(super) fn paint_compared(
    canvas: &HtmlCanvasElement,
    width: usize,
    ink: &[f32],
    reconstructed: Option<&[f32]>,
    palette: &Palette,
) {
    let gap = gap_between(width);
    let strip_width = 3 * width + 2 * gap;
    let n_rows = ink.len().checked_div(width).unwrap_or(0);
    let as_ink = |ink: f32| blend(palette.paper, palette.ink, ink);
    let colours = (0..strip_width * n_rows).map(|idx| {
        let (column, row) = (idx % strip_width, idx / strip_width);
        let (picture, column) = (column / (width + gap), column % (width + gap));
        let cell = (column < width).then_some(row * width + column)?;
        let input = *ink.get(cell)?;
        let output = || reconstructed?.get(cell).copied();
        match picture {
            0 => Some(as_ink(input)),
            1 => output().map(as_ink),
            _ => output().map(|output| colour_of_error(input - output, palette)),
        }
    });
    let bytes = colours
        .flat_map(|colour| colour.map_or([0; 4], |[red, green, blue]| [red, green, blue, u8::MAX]));
    put(canvas, strip_width, &bytes.collect::<Vec<_>>());
}

fn colour_of_error(error: f32, palette: &Palette) -> Rgb {
    let colour = if error > 0.0 {
        palette.unexpected
    } else {
        palette.missing
    };
    // A quarter of full ink is already a large error, so small ones must be visible.
    blend(
        palette.paper,
        colour,
        (error.abs() * 1.6).min(1.0).powf(0.8),
    )
}

fn paint(canvas: &HtmlCanvasElement, width: usize, colours: impl Iterator<Item = Rgb>) {
    let bytes = colours.flat_map(|[red, green, blue]| [red, green, blue, u8::MAX]);
    put(canvas, width, &bytes.collect::<Vec<_>>());
}

/// Puts bytes on a canvas of `width` pixels a row, four bytes a pixel: red, green, blue, and how opaque it is.
pub(super) fn put(canvas: &HtmlCanvasElement, width: usize, bytes: &[u8]) {
    let Some(height) = (bytes.len() / 4)
        .checked_div(width)
        .filter(|&height| height > 0)
    else {
        return;
    };
    let (width, height) = (width as u32, height as u32);
    if canvas.width() != width || canvas.height() != height {
        canvas.set_width(width);
        canvas.set_height(height);
    }
    let Some(context) = context_of(canvas) else {
        return;
    };
    let Ok(image) = ImageData::new_with_u8_clamped_array_and_sh(Clamped(bytes), width, height)
    else {
        return;
    };
    if context.put_image_data(&image, 0.0, 0.0).is_err() {
        leptos::logging::warn!("a picture could not be painted");
    }
}

/// A context whose pixels stay in memory: values are put there one by one, and a GPU that is training would
/// make the page wait for its turn.
fn context_of(canvas: &HtmlCanvasElement) -> Option<CanvasRenderingContext2d> {
    let options = Object::new();
    Reflect::set(&options, &"willReadFrequently".into(), &true.into()).ok()?;
    let context = canvas.get_context_with_context_options("2d", &options);
    Some(context.ok()??.unchecked_into())
}

fn blend(from: Rgb, to: Rgb, share: f32) -> Rgb {
    let share = share.clamp(0.0, 1.0);
    std::array::from_fn(|channel| {
        let (from, to) = (f32::from(from[channel]), f32::from(to[channel]));
        (from + (to - from) * share).round() as u8
    })
}

fn interpolate(picture: &Picture, x: f32, y: f32) -> f32 {
    let at = |column: f32, row: f32| {
        let column = (column.max(0.0) as usize).min(picture.width() - 1);
        let row = (row.max(0.0) as usize).min(picture.height() - 1);
        picture.get(column, row)
    };
    let (left, top) = (x.floor(), y.floor());
    let (right_share, bottom_share) = (x - left, y - top);
    let upper = at(left, top) * (1.0 - right_share) + at(left + 1.0, top) * right_share;
    let lower = at(left, top + 1.0) * (1.0 - right_share) + at(left + 1.0, top + 1.0) * right_share;
    upper * (1.0 - bottom_share) + lower * bottom_share
}

/// Makes the soft edge of interpolated ink steep, so that a stroke looks drawn and not blurred.
fn steepen(ink: f32) -> f32 {
    let share = ((ink - 0.2) / 0.6).clamp(0.0, 1.0);
    share * share * (3.0 - 2.0 * share)
}
