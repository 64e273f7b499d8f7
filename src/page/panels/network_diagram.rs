//! The autoencoder as a picture: wide, narrow, wide, with the code of the drawing at its waist.

use leptos::prelude::*;

use crate::page::store::Store;

const HEIGHT: f32 = 176.0;
const WIDTH: f32 = 240.0;
const BAR: f32 = 10.0;
const CODE_BAR: f32 = 54.0;

/// Heights grow more slowly than widths, so that the values of a narrow code stay readable.
const BAR_GROWTH: f32 = 0.35;

/// The middle stage.
pub(crate) fn network_diagram(store: Store) -> impl IntoView {
    let sizes = store.view(|session| session.architecture().layer_sizes());
    let code_layer = store.view(|session| session.architecture().code_layer());
    let code = store.view(|session| session.judgement().map(|judgement| judgement.code.clone()));
    view! {
        <figure class="stage is-network">
            <figcaption>
                <h2>"Autoencoder"</h2>
                <p class="hint">
                    {move || sizes.get().iter().map(ToString::to_string).collect::<Vec<_>>().join(" – ")}
                </p>
            </figcaption>
            <svg
                class="bow-tie"
                viewBox=format!("0 0 {WIDTH} {}", HEIGHT + 22.0)
                role="img"
                aria-label=move || in_words(&sizes.get(), code.get().as_deref())
            >
                {move || diagram(&sizes.get(), code_layer.get(), code.get().as_deref())}
                <text class="net-name" x=WIDTH * 0.2 y=HEIGHT + 17.0>
                    "encoder"
                </text>
                <text class="net-name is-code" x=WIDTH / 2.0 y=HEIGHT + 17.0>
                    "code"
                </text>
                <text class="net-name" x=WIDTH * 0.8 y=HEIGHT + 17.0>
                    "decoder"
                </text>
            </svg>
        </figure>
    }
}

fn in_words(sizes: &[usize], code: Option<&[f32]>) -> String {
    let layers = sizes
        .iter()
        .map(ToString::to_string)
        .collect::<Vec<_>>()
        .join(", ");
    let code = code.map(|code| {
        let values = code
            .iter()
            .map(|value| format!("{value:.2}"))
            .collect::<Vec<_>>()
            .join(", ");
        format!(" The code at hand: {values}.")
    });
    format!(
        "An autoencoder with layers of {layers} units.{}",
        code.unwrap_or_default()
    )
}

/// Layers as bars that are taller where the layer is wider.
fn diagram(sizes: &[usize], code_layer: usize, code: Option<&[f32]>) -> impl IntoView + use<> {
    let widest = sizes.iter().copied().max().unwrap_or(1).max(1) as f32;
    let gap = (WIDTH - BAR) / (sizes.len().max(2) - 1) as f32;
    let bars: Vec<Bar> = sizes
        .iter()
        .enumerate()
        .map(|(layer_idx, &size)| Bar {
            x: BAR / 2.0 + gap * layer_idx as f32,
            height: HEIGHT * (size as f32 / widest).powf(BAR_GROWTH),
            width: if layer_idx == code_layer {
                CODE_BAR
            } else {
                BAR
            },
        })
        .collect();
    let flows = bars
        .windows(2)
        .map(|pair| flow_between(&pair[0], &pair[1]))
        .collect_view();
    let layers = bars
        .iter()
        .enumerate()
        .filter(|&(layer_idx, _)| layer_idx != code_layer)
        .map(|(_, bar)| bar.view("net-bar"))
        .collect_view();
    let waist = bars
        .get(code_layer)
        .map(|bar| code_view(bar, sizes[code_layer], code));
    view! {
        {flows}
        {layers}
        {waist}
    }
}

struct Bar {
    x: f32,
    height: f32,
    width: f32,
}

impl Bar {
    fn top(&self) -> f32 {
        (HEIGHT - self.height) / 2.0
    }

    fn view(&self, class: &'static str) -> impl IntoView + use<> {
        view! {
            <rect
                class=class
                x=self.x - self.width / 2.0
                y=self.top()
                width=self.width
                height=self.height
                rx="3"
            />
        }
    }
}

fn flow_between(left: &Bar, right: &Bar) -> impl IntoView + use<> {
    let (from, to) = (left.x + left.width / 2.0, right.x - right.width / 2.0);
    let points = format!(
        "{from},{} {to},{} {to},{} {from},{}",
        left.top(),
        right.top(),
        right.top() + right.height,
        left.top() + left.height
    );
    view! { <polygon class="net-flow" points=points /> }
}

/// The values of the code as bars to the right (above zero) and left (below zero) of a middle line.
fn code_view(bar: &Bar, size: usize, code: Option<&[f32]>) -> impl IntoView + use<> {
    let pitch = bar.height / size.max(1) as f32;
    let values = code
        .unwrap_or_default()
        .iter()
        .enumerate()
        .map(|(idx, &value)| {
            let length = value.clamp(-1.0, 1.0).abs() * (bar.width / 2.0 - 2.0);
            let x = if value < 0.0 { bar.x - length } else { bar.x };
            view! {
                <rect
                    class="net-value"
                    class:is-negative=value < 0.0
                    x=x
                    y=bar.top() + pitch * idx as f32 + pitch * 0.12
                    width=length.max(0.8)
                    height=pitch * 0.76
                    rx="1"
                />
            }
        });
    view! {
        {bar.view("net-code")}
        {values.collect_view()}
        <line class="net-zero" x1=bar.x x2=bar.x y1=bar.top() y2=bar.top() + bar.height />
    }
}
