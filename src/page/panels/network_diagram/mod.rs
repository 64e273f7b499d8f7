//! The autoencoder as a picture: wide, narrow, wide, with the code of the drawing at its waist.

mod code;
mod layout;

use leptos::prelude::*;

use crate::autoencoder::Shape;
use crate::page::memo::Memo;
use crate::page::store::Store;

use code::{bars, scale_of, zeros};
use layout::{Block, HEIGHT, WIDTH, blocks};

/// Room under the layers for their names.
const NAMES: f32 = 22.0;

/// Maps of a layer that are drawn at most, one behind the other.
const MOST_PLANES: usize = 4;

/// The middle stage.
pub(crate) fn network_diagram(store: Store) -> impl IntoView {
    let shapes = store.view(|session| session.architecture().shapes());
    let code_layer = store.view(|session| session.architecture().code_layer());
    let code = store.view(|session| session.judgement().map(|judgement| judgement.code.clone()));
    let waist = Memo::new(move |_| {
        let (shapes, code_layer) = (shapes.get(), code_layer.get());
        let block = blocks(&shapes, code_layer).into_iter().nth(code_layer)?;
        Some((block, shapes.get(code_layer)?.n_values()))
    });
    let values = move |of_negative| {
        let (block, size) = waist.get()?;
        code.with(|code| Some(bars(&block, size, code.as_deref()?, of_negative)))
    };
    let squeeze = move || {
        let shapes = shapes.get();
        let size_at = |idx: usize| shapes.get(idx).map_or(0, |shape| shape.n_values());
        format!(
            "{} values through {}",
            size_at(0),
            size_at(code_layer.get())
        )
    };
    let code_name = move || {
        let scale = code.with(|code| scale_of(code.as_deref().unwrap_or_default()));
        if scale >= 10.0 {
            format!("code, ±{scale:.0}")
        } else if scale > 1.0 {
            format!("code, ±{scale:.1}")
        } else {
            "code".to_owned()
        }
    };
    view! {
        <figure class="stage is-network">
            <figcaption>
                <h2>"Autoencoder"</h2>
                <p class="hint">{move || squeeze()}</p>
            </figcaption>
            <svg
                class="bow-tie"
                viewBox=format!("0 0 {WIDTH} {}", HEIGHT + NAMES)
                role="img"
                aria-label=move || in_words(&shapes.get(), code.get().as_deref())
            >
                {move || diagram(&shapes.get(), code_layer.get())}
                <path class="net-value" d=move || values(false) />
                <path class="net-value is-negative" d=move || values(true) />
                {move || waist.get().map(|(block, size)| zeros(&block, size))}
                <text class="net-name is-start" x="0" y=HEIGHT + 17.0>
                    "encoder"
                </text>
                <text class="net-name is-code" x=WIDTH / 2.0 y=HEIGHT + 17.0>
                    {move || code_name()}
                </text>
                <text class="net-name is-end" x=WIDTH y=HEIGHT + 17.0>
                    "decoder"
                </text>
            </svg>
            <p class="hint net-layers">{move || layers_in_words(&shapes.get(), "\u{a0}– ")}</p>
        </figure>
    }
}

/// "14×14" of maps, "140" of series.
fn sides_in_words(shape: Shape) -> String {
    shape.sides_in_words().replace(' ', "")
}

/// "16×14×14" for maps, "64" for a plain row.
fn layers_in_words(shapes: &[Shape], separator: &str) -> String {
    let in_words = |shape: &Shape| {
        if shape.are_maps() {
            format!("{}×{}", shape.channels, sides_in_words(*shape))
        } else {
            shape.n_values().to_string()
        }
    };
    let layers: Vec<String> = shapes.iter().map(in_words).collect();
    layers.join(separator)
}

fn in_words(shapes: &[Shape], code: Option<&[f32]>) -> String {
    let layers = layers_in_words(shapes, ", ");
    let code = code.map(|code| {
        let values: Vec<String> = code.iter().map(|value| format!("{value:.2}")).collect();
        let scale = scale_of(code);
        let drawn = if scale > 1.0 {
            format!(", drawn on a scale of ±{scale:.1}")
        } else {
            String::new()
        };
        format!(" The code at hand{drawn}: {}.", values.join(", "))
    });
    format!(
        "An autoencoder with layers of {layers} units.{}",
        code.unwrap_or_default()
    )
}

/// Layers as bars or stacks of maps that are taller where the layer is wider.
fn diagram(shapes: &[Shape], code_layer: usize) -> impl IntoView + use<> {
    let blocks = blocks(shapes, code_layer);
    let flows = blocks
        .windows(2)
        .map(|pair| flow_between(&pair[0], &pair[1]));
    let flows = flows.collect_view();
    let layers = blocks.iter().zip(shapes).enumerate();
    let layers = layers
        .filter(|&(layer_idx, _)| layer_idx != code_layer)
        .map(|(_, (block, &shape))| layer_view(block, shape))
        .collect_view();
    let waist = blocks.get(code_layer).map(|block| block.bar("net-code"));
    view! {
        {flows}
        {layers}
        {waist}
    }
}

fn layer_view(block: &Block, shape: Shape) -> AnyView {
    if shape.are_maps() {
        maps_view(block, shape).into_any()
    } else {
        block.bar("net-bar").into_any()
    }
}

/// Maps as planes seen from the side, the first in front; how many there are stands above.
fn maps_view(block: &Block, shape: Shape) -> impl IntoView + use<> {
    let n_planes = shape.channels.min(MOST_PLANES);
    let step = block.width / (n_planes + 1) as f32;
    let planes = (0..n_planes).rev().map(|idx| {
        let x = block.left() + step * idx as f32;
        view! {
            <rect
                class="net-plane"
                x=x
                y=block.top()
                width=step * 2.0
                height=block.height
                rx="2"
            />
        }
    });
    let (count, sides) = (format!("{}×", shape.channels), sides_in_words(shape));
    let label = format!("{count}{sides}");
    // At the edges of the diagram the label is kept inside.
    let (anchor, x) = if block.left() < 1.0 {
        ("start", 0.0)
    } else if block.x + block.width / 2.0 > WIDTH - 1.0 {
        ("end", WIDTH)
    } else {
        ("middle", block.x)
    };
    view! {
        <g text-anchor=anchor>
            <title>{label}</title>
            {planes.collect_view()}
            <text class="net-count" x=x y=block.top() - 16.0>{count}</text>
            <text class="net-count" x=x y=block.top() - 5.0>{sides}</text>
        </g>
    }
}

fn flow_between(left: &Block, right: &Block) -> impl IntoView + use<> {
    let (from, to) = (left.x + left.width / 2.0, right.left());
    let points = format!(
        "{from},{} {to},{} {to},{} {from},{}",
        left.top(),
        right.top(),
        right.top() + right.height,
        left.top() + left.height
    );
    view! { <polygon class="net-flow" points=points /> }
}
