//! Painting a map: every dot, and where it has a class and there is room, the class's number in the class's colour.

use std::collections::{BTreeMap, BTreeSet};

use leptos::prelude::document;
use wasm_bindgen::JsCast as _;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

use super::Dot;
use super::sight::Sight;
use crate::order::ascending;
use crate::page::surface::put;
use crate::page::theme::{Palette, colour_of_class, css};
use crate::picture::{Mask, Sheet};

/// From this side on, in pixels of the style sheet, there is room for numbers instead of dots, if each dot that is seen
/// has so much of the map.
const SIDE_FOR_NUMBERS: f64 = 420.0;
const AREA_FOR_NUMBER: f64 = 80.0;
/// Sizes in pixels of the style sheet.
const NUMBER_SIZE: f64 = 11.0;
const DOT_RADIUS: f64 = 2.6;
const SMALL_DOT_RADIUS: f64 = 1.8;
const NAME_SIZE: f64 = 19.0;
const HALO: f64 = 4.0;
/// More dots than this are small.
const MOST_LARGE_DOTS: usize = 4_000;
/// So many dots of a class are needed for its name to be written across them.
const FEWEST_NAMED: usize = 4;

/// The shapes of the numbers, which take long to ask a canvas for.
#[derive(Default)]
pub(super) struct Masks {
    /// Pixels of the screen in one of the style sheet.
    scale: f64,
    numbers: BTreeMap<u8, Mask>,
}

/// A dot that is seen, in pixels of the screen.
struct Seen {
    x: f32,
    y: f32,
    class: Option<u8>,
}

/// Paints the map at the size that the style sheet gives it, in the pixels of the screen.
pub(super) fn paint(
    canvas: &HtmlCanvasElement,
    dots: &[Dot],
    sight: Option<Sight>,
    pixel_ratio: f64,
    palette: &Palette,
    masks: &mut Masks,
) {
    let side = f64::from(canvas.client_width());
    let n_pixels = (side * pixel_ratio).round().max(1.0) as usize;
    let scale = n_pixels as f64 / side.max(1.0);
    let mut sheet = Sheet::new(n_pixels, n_pixels);
    let seen = sight.map_or_else(Vec::new, |sight| seen_dots(dots, sight, n_pixels));
    let classes: BTreeSet<u8> = seen.iter().filter_map(|dot| dot.class).collect();
    let has_room = side >= SIDE_FOR_NUMBERS && side * side >= AREA_FOR_NUMBER * seen.len() as f64;
    let radius = if seen.len() > MOST_LARGE_DOTS {
        SMALL_DOT_RADIUS
    } else {
        DOT_RADIUS
    };
    let disc = Mask::disc((radius * scale) as f32);
    let no_numbers = BTreeMap::new();
    let numbers = if has_room {
        masks.numbers(&classes, scale)
    } else {
        &no_numbers
    };
    for dot in &seen {
        let number = dot.class.and_then(|class| numbers.get(&class));
        let colour = colour_of(dot.class, palette);
        sheet.stamp(number.unwrap_or(&disc), (dot.x, dot.y), colour);
    }
    put(canvas, n_pixels, sheet.bytes());
    if !has_room {
        write_names(canvas, &seen, &classes, scale, palette);
    }
}

/// The dots within the edges, and a little beyond.
fn seen_dots(dots: &[Dot], sight: Sight, n_pixels: usize) -> Vec<Seen> {
    let is_near = |part: f32| (-0.02..1.02).contains(&part);
    let seen = |dot: &Dot| {
        let (left, top) = sight.on_map((dot.x, dot.y));
        (is_near(left) && is_near(top)).then_some(Seen {
            x: left * n_pixels as f32,
            y: top * n_pixels as f32,
            class: dot.class,
        })
    };
    dots.iter().filter_map(seen).collect()
}

fn colour_of(class: Option<u8>, palette: &Palette) -> [u8; 3] {
    class.map_or(palette.text, |class| {
        palette.classes[colour_of_class(class)]
    })
}

impl Masks {
    fn numbers(&mut self, classes: &BTreeSet<u8>, scale: f64) -> &BTreeMap<u8, Mask> {
        if (self.scale - scale).abs() > f64::EPSILON {
            self.scale = scale;
            self.numbers.clear();
        }
        for &class in classes {
            if !self.numbers.contains_key(&class)
                && let Some(mask) = mask_of(&class.to_string(), NUMBER_SIZE * scale)
            {
                self.numbers.insert(class, mask);
            }
        }
        &self.numbers
    }
}

/// The shape of a text of this size in pixels; `None` where the browser gives no canvas.
fn mask_of(text: &str, size: f64) -> Option<Mask> {
    let canvas = document().create_element("canvas").ok()?;
    let canvas: HtmlCanvasElement = canvas.unchecked_into();
    // No more than the digits of a wide and bold face fill.
    let width = (size * (0.15 + 0.65 * text.len() as f64)).ceil();
    let height = size.ceil();
    canvas.set_width(width as u32);
    canvas.set_height(height as u32);
    let context: CanvasRenderingContext2d = canvas.get_context("2d").ok()??.unchecked_into();
    set_font(&context, size);
    context.fill_text(text, width / 2.0, height / 2.0).ok()?;
    let image = context.get_image_data(0.0, 0.0, width, height).ok()?;
    let opacities = image.data().chunks_exact(4).map(|pixel| pixel[3]).collect();
    Some(Mask::new(width as usize, opacities))
}

/// The number of each class across the middle of its dots, with a halo, so that colour does not stand alone.
fn write_names(
    canvas: &HtmlCanvasElement,
    seen: &[Seen],
    classes: &BTreeSet<u8>,
    scale: f64,
    palette: &Palette,
) {
    let Ok(Some(context)) = canvas.get_context("2d") else {
        return;
    };
    let context: CanvasRenderingContext2d = context.unchecked_into();
    set_font(&context, NAME_SIZE * scale);
    context.set_line_join("round");
    context.set_line_width(HALO * scale);
    context.set_stroke_style_str(&css(palette.surface));
    for &class in classes {
        let members = seen.iter().filter(|dot| dot.class == Some(class));
        let (x, y): (Vec<f32>, Vec<f32>) = members.map(|dot| (dot.x, dot.y)).unzip();
        if x.len() < FEWEST_NAMED {
            continue;
        }
        let middle = |values: Vec<f32>| {
            let order = ascending(values.iter().copied());
            f64::from(values[order[values.len() / 2]])
        };
        let (x, y) = (middle(x), middle(y));
        context.set_fill_style_str(&css(colour_of(Some(class), palette)));
        let text = class.to_string();
        // Text that is not painted leaves a gap, no more.
        drop(context.stroke_text(&text, x, y));
        drop(context.fill_text(&text, x, y));
    }
}

fn set_font(context: &CanvasRenderingContext2d, size: f64) {
    context.set_font(&format!("700 {size}px system-ui, sans-serif"));
    context.set_text_align("center");
    context.set_text_baseline("middle");
}
