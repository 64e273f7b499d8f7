//! Where each layer stands in the diagram, and how tall it is.

use leptos::prelude::*;

use super::code::rows_of;
use crate::autoencoder::Shape;

/// Size of the diagram, without the names under it.
pub(super) const HEIGHT: f32 = 176.0;
pub(super) const WIDTH: f32 = 240.0;

/// Width of a plain layer, a stack of maps, and the code.
const BAR: f32 = 10.0;
const STACK: f32 = 18.0;
const CODE: f32 = 54.0;

/// Heights grow more slowly than widths, so that the values of a narrow code stay readable.
const GROWTH: f32 = 0.35;

/// Height that one value of the code needs.
const VALUE_PITCH: f32 = 7.6;
/// The code is never taller, so that it stays the waist.
const TALLEST_CODE: f32 = 0.62 * HEIGHT;

/// Room above stacks of maps for their count and size.
const COUNTS: f32 = 32.0;

/// A layer in the diagram.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Block {
    /// Its middle.
    pub(super) x: f32,
    pub(super) width: f32,
    pub(super) height: f32,
    /// The middle of its height.
    pub(super) y: f32,
}

impl Block {
    pub(super) fn left(&self) -> f32 {
        self.x - self.width / 2.0
    }

    pub(super) fn top(&self) -> f32 {
        self.y - self.height / 2.0
    }

    /// The layer as a plain bar.
    pub(super) fn bar(&self, class: &'static str) -> impl IntoView + use<> {
        view! {
            <rect class=class x=self.left() y=self.top() width=self.width height=self.height rx="3" />
        }
    }
}

/// A block per layer: the code in the middle, encoder and decoder evenly on both sides of it.
pub(super) fn blocks(shapes: &[Shape], code_layer: usize) -> Vec<Block> {
    let heights = heights(shapes, code_layer);
    let room = if shapes.iter().any(|&shape| shape.are_maps()) {
        COUNTS
    } else {
        0.0
    };
    let widths: Vec<f32> = shapes
        .iter()
        .enumerate()
        .map(|(idx, &shape)| width_of(shape, idx == code_layer))
        .collect();
    let encoder_gap = gap(&widths[..code_layer.min(widths.len())]);
    let decoder_gap = gap(widths.get(code_layer + 1..).unwrap_or_default());
    let mut left = 0.0;
    let mut blocks = Vec::new();
    for (idx, (&width, &height)) in widths.iter().zip(&heights).enumerate() {
        if idx == code_layer {
            left = (WIDTH - CODE) / 2.0;
        }
        blocks.push(Block {
            x: left + width / 2.0,
            width,
            height: height * (HEIGHT - room) / HEIGHT,
            y: room + (HEIGHT - room) / 2.0,
        });
        left += width
            + if idx < code_layer {
                encoder_gap
            } else {
                decoder_gap
            };
    }
    blocks
}

/// Between the layers of one side, and towards the code.
fn gap(widths: &[f32]) -> f32 {
    let side = (WIDTH - CODE) / 2.0;
    (side - widths.iter().sum::<f32>()) / widths.len().max(1) as f32
}

fn width_of(shape: Shape, is_code: bool) -> f32 {
    match (is_code, shape.are_maps()) {
        (true, _) => CODE,
        (false, true) if shape.channels > 1 => STACK,
        (false, _) => BAR,
    }
}

/// The side of maps that is drawn: their rows, or the length of series.
fn side_of(shape: Shape) -> usize {
    if shape.is_series() {
        shape.width
    } else {
        shape.height
    }
}

/// From the code's height to the full one; maps by their side, plain layers by their number of values.
fn heights(shapes: &[Shape], code_layer: usize) -> Vec<f32> {
    let size_at = |idx: usize| shapes.get(idx).map_or(1, |shape| shape.n_values()).max(1) as f32;
    let widest = (0..shapes.len()).map(size_at).fold(1.0, f32::max);
    let part = |size: f32| (size / widest).powf(GROWTH);
    let code_size = size_at(code_layer);
    let needed = rows_of(code_size as usize) as f32 * VALUE_PITCH;
    let lowest = (HEIGHT * part(code_size)).max(needed).min(TALLEST_CODE);
    let tallest_map = shapes
        .iter()
        .map(|shape| side_of(*shape))
        .max()
        .unwrap_or(1)
        .max(1) as f32;
    let height_of = |(idx, shape): (usize, &Shape)| {
        let (narrow, this) = if shape.are_maps() {
            // A map's side is what is drawn, so that halving it halves what is above the waist.
            (0.0, side_of(*shape) as f32 / tallest_map)
        } else {
            (part(code_size), part(size_at(idx)))
        };
        let share = if narrow < 1.0 {
            (this - narrow) / (1.0 - narrow)
        } else {
            1.0
        };
        lowest + (HEIGHT - lowest) * share.clamp(0.0, 1.0)
    };
    shapes.iter().enumerate().map(height_of).collect()
}
