//! The layers as columns, taller where they are wider; each is a button.

use leptos::prelude::*;

use crate::page::{memo::Memo, store::Store};
use crate::session::view::{LayerPart, LayerView};
use crate::session::{Message, NetworkMessage, Session};

/// A column's width in the picture behind the buttons, of which its bar takes this part.
const COLUMN: f32 = 100.0;
const BAR_PART: f32 = 0.36;

/// All layers side by side.
pub(super) fn diagram(store: Store) -> impl IntoView {
    let layers = store.view(Session::layer_views);
    let at_hand = store.view(Session::layer_at_hand);
    let columns = move || {
        layers.with(|layers| {
            let columns = layers.iter().enumerate();
            let columns = columns.map(|(layer, view)| column(store, at_hand, layer, view));
            view! { {flows(layers)} {columns.collect_view()} }
        })
    };
    view! {
        <div class="layers-frame">
            <div class="layers" role="group" aria-label="Layers, from the input to the output">
                {columns}
            </div>
        </div>
    }
}

fn column(
    store: Store,
    at_hand: Memo<usize>,
    layer: usize,
    view: &LayerView,
) -> impl IntoView + use<> {
    let class = match view.part {
        LayerPart::Input | LayerPart::Inner | LayerPart::Output => "layer",
        LayerPart::Code => "layer is-code",
    };
    let height = format!("{:.1}%", 100.0 * view.height);
    let select = move |_| store.send(Message::Network(NetworkMessage::Select(layer)));
    view! {
        <button
            type="button"
            class=class
            title=view.name.clone()
            aria-pressed=move || (at_hand.get() == layer).to_string()
            on:click=select
        >
            <span class="visually-hidden">{view.name.clone()}</span>
            <span class="layer-room" aria-hidden="true">
                <span class="layer-bar" style:height=height></span>
            </span>
            <span class="layer-size" aria-hidden="true">{view.size.clone()}</span>
            <span class="layer-activation" aria-hidden="true">{view.activation}</span>
        </button>
    }
}

/// What lies between the bars.
fn flows(layers: &[LayerView]) -> impl IntoView + use<> {
    let width = COLUMN * layers.len() as f32;
    let flows = layers.windows(2).enumerate().map(|(idx, pair)| {
        let middle = COLUMN * (idx as f32 + 0.5);
        let (from, to) = (
            middle + COLUMN * BAR_PART / 2.0,
            middle + COLUMN * (1.0 - BAR_PART / 2.0),
        );
        let (left, right) = (50.0 * pair[0].height, 50.0 * pair[1].height);
        let points = format!(
            "{from},{} {to},{} {to},{} {from},{}",
            50.0 - left,
            50.0 - right,
            50.0 + right,
            50.0 + left
        );
        view! { <polygon points=points /> }
    });
    view! {
        <svg
            class="layer-flows"
            viewBox=format!("0 0 {width} 100")
            preserveAspectRatio="none"
            aria-hidden="true"
        >
            {flows.collect_view()}
        </svg>
    }
}
