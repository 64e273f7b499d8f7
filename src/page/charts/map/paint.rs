//! Painting a map: every dot, and where it has a class, the class's number in the class's colour.

use std::collections::BTreeSet;
use std::f64::consts::TAU;

use wasm_bindgen::JsCast as _;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

use super::{Dot, Frame};
use crate::order::ascending;
use crate::page::theme::{Palette, colour_of_class, css};

/// From this side on, in pixels of the style sheet, there is room for numbers instead of dots.
const SIDE_FOR_NUMBERS: f64 = 420.0;
/// Sizes in pixels of the style sheet.
const NUMBER_SIZE: f64 = 11.0;
const DOT_RADIUS: f64 = 2.6;
const NAME_SIZE: f64 = 19.0;
const HALO: f64 = 4.0;
/// So many dots of a class are needed for its name to be written across them.
const FEWEST_NAMED: usize = 4;

/// Paints the map at the size that the style sheet gives it, in the pixels of the screen.
pub(super) fn paint(
    canvas: &HtmlCanvasElement,
    dots: &[Dot],
    frame: Option<Frame>,
    pixel_ratio: f64,
    palette: &Palette,
) {
    let side = f64::from(canvas.client_width());
    let n_pixels = (side * pixel_ratio).round().max(1.0) as u32;
    if canvas.width() != n_pixels || canvas.height() != n_pixels {
        canvas.set_width(n_pixels);
        canvas.set_height(n_pixels);
    }
    let Ok(Some(context)) = canvas.get_context("2d") else {
        return;
    };
    let context: CanvasRenderingContext2d = context.unchecked_into();
    let scale = f64::from(n_pixels) / side.max(1.0);
    if context
        .set_transform(scale, 0.0, 0.0, scale, 0.0, 0.0)
        .is_err()
    {
        return;
    }
    context.clear_rect(0.0, 0.0, side, side);
    let Some(frame) = frame else { return };
    let place = |dot: &Dot| {
        let (left, top) = frame.on_map((dot.x, dot.y));
        (f64::from(left) * side, f64::from(top) * side)
    };
    let has_room = side >= SIDE_FOR_NUMBERS;
    let classes: BTreeSet<u8> = dots.iter().filter_map(|dot| dot.class).collect();
    for class in classes.iter().copied().map(Some).chain([None]) {
        let colour = class.map_or(palette.text, |class| {
            palette.classes[colour_of_class(class)]
        });
        context.set_fill_style_str(&css(colour));
        let members: Vec<(f64, f64)> = dots
            .iter()
            .filter(|dot| dot.class == class)
            .map(place)
            .collect();
        match class {
            Some(class) if has_room => paint_numbers(&context, class, &members),
            _ => paint_dots(&context, &members),
        }
    }
    if !has_room {
        for class in classes {
            let members: Vec<(f64, f64)> = dots
                .iter()
                .filter(|dot| dot.class == Some(class))
                .map(place)
                .collect();
            paint_name(&context, class, &members, palette);
        }
    }
}

fn paint_dots(context: &CanvasRenderingContext2d, places: &[(f64, f64)]) {
    context.begin_path();
    for &(x, y) in places {
        context.move_to(x + DOT_RADIUS, y);
        // An arc of a positive radius cannot fail.
        drop(context.arc(x, y, DOT_RADIUS, 0.0, TAU));
    }
    context.fill();
}

fn paint_numbers(context: &CanvasRenderingContext2d, class: u8, places: &[(f64, f64)]) {
    set_font(context, NUMBER_SIZE);
    let text = class.to_string();
    for &(x, y) in places {
        // Text that is not painted leaves a gap, no more.
        drop(context.fill_text(&text, x, y));
    }
}

/// The number of a class across the middle of its dots, with a halo, so that colour does not stand alone.
fn paint_name(
    context: &CanvasRenderingContext2d,
    class: u8,
    places: &[(f64, f64)],
    palette: &Palette,
) {
    if places.len() < FEWEST_NAMED {
        return;
    }
    let middle = places.len() / 2;
    let x = places[ascending(places.iter().map(|&(x, _)| x as f32))[middle]].0;
    let y = places[ascending(places.iter().map(|&(_, y)| y as f32))[middle]].1;
    set_font(context, NAME_SIZE);
    context.set_line_join("round");
    context.set_line_width(HALO);
    context.set_stroke_style_str(&css(palette.surface));
    context.set_fill_style_str(&css(palette.classes[colour_of_class(class)]));
    let text = class.to_string();
    drop(context.stroke_text(&text, x, y));
    drop(context.fill_text(&text, x, y));
}

fn set_font(context: &CanvasRenderingContext2d, size: f64) {
    context.set_font(&format!("700 {size}px system-ui, sans-serif"));
    context.set_text_align("center");
    context.set_text_baseline("middle");
}
