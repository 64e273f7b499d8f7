//! What can be changed of the layer at hand.

use leptos::prelude::*;

use crate::autoencoder::Activation;
use crate::autoencoder::edit::{Edit, NewLayer, narrower, wider};
use crate::page::{
    memo::Memo,
    store::Store,
    widgets::{choice, idx_of, number},
};
use crate::session::view::LayerFields;
use crate::session::{Message, NetworkMessage, Session};

/// Width, window, activation, and what can be put in behind the layer or taken out.
pub(super) fn fields(store: Store) -> impl IntoView {
    let fields = store.view(Session::layer_fields);
    let is_busy = store.view(|session| session.phase().is_busy());
    view! {
        <fieldset class="layer-fields" disabled=move || is_busy.get()>
            <legend>{move || fields.with(|fields| fields.title.clone())}</legend>
            <p class="hint">{move || fields.with(|fields| fields.sentence.clone())}</p>
            <div class="layer-settings">
                {width(store, fields)} {window(store, fields)} {activation(store, fields)}
            </div>
            {buttons(store, fields)}
        </fieldset>
    }
}

fn send(store: Store, edit: Edit) {
    store.send(Message::Network(NetworkMessage::Edit(edit)));
}

/// Units or maps, typed or by steps that make a difference.
fn width(store: Store, fields: Memo<LayerFields>) -> impl IntoView {
    let name = Memo::new(move |_| fields.with(|fields| fields.width.map(|(name, _)| name)));
    let now = move |fields: &LayerFields| fields.width.map_or(1, |(_, width)| width);
    let value = Memo::new(move |_| fields.with(now) as f64);
    let set = move |width: usize| {
        let layer = fields.with_untracked(|fields| fields.layer);
        send(store, Edit::SetWidth { layer, width });
    };
    let step = move |step: fn(usize) -> usize| set(step(fields.with_untracked(now)));
    move || {
        name.get().map(|name| {
            view! {
                <div class="layer-width">
                    {number("layer-width", name, value, move |width| set(width as usize))}
                    <button type="button" class="button" on:click=move |_| step(narrower)>
                        "Narrower"
                    </button>
                    <button type="button" class="button" on:click=move |_| step(wider)>
                        "Wider"
                    </button>
                </div>
            }
        })
    }
}

/// A convolution's window and how far it moves.
fn window(store: Store, fields: Memo<LayerFields>) -> impl IntoView {
    let has_window = Memo::new(move |_| fields.with(|fields| fields.window.is_some()));
    let (kernel, stride) = (
        Memo::new(move |_| fields.with(|fields| fields.window.map_or(1, |it| it.0)) as f64),
        Memo::new(move |_| fields.with(|fields| fields.window.map_or(1, |it| it.1)) as f64),
    );
    let layer = move || fields.with_untracked(|fields| fields.layer);
    let set_kernel = move |kernel: f64| {
        let (layer, kernel) = (layer(), kernel as usize);
        send(store, Edit::SetKernel { layer, kernel });
    };
    let set_stride = move |stride: f64| {
        let (layer, stride) = (layer(), stride as usize);
        send(store, Edit::SetStride { layer, stride });
    };
    move || {
        has_window.get().then(|| {
            view! {
                {number("layer-kernel", "Window", kernel, set_kernel)}
                {number("layer-stride", "Stride", stride, set_stride)}
            }
        })
    }
}

fn activation(store: Store, fields: Memo<LayerFields>) -> impl IntoView {
    let is_fixed = Memo::new(move |_| fields.with(|fields| fields.activation.is_none()));
    let chosen = Memo::new(move |_| {
        let activation = fields.with(|fields| fields.activation);
        idx_of(
            &Activation::ALL,
            &activation.unwrap_or(Activation::Identity),
        )
    });
    let choose = move |idx: usize| {
        if let Some(&activation) = Activation::ALL.get(idx) {
            let layer = fields.with_untracked(|fields| fields.layer);
            send(store, Edit::SetActivation { layer, activation });
        }
    };
    let names = Activation::ALL.map(Activation::name).to_vec();
    view! {
        <div hidden=move || is_fixed.get()>
            {choice("layer-activation", "Activation", names, chosen, choose)}
        </div>
    }
}

fn buttons(store: Store, fields: Memo<LayerFields>) -> impl IntoView {
    let layer = move || fields.with_untracked(|fields| fields.layer);
    let add = move |kind, words: &'static str| {
        let after = move |_| {
            let after = layer();
            send(store, Edit::Add { after, kind });
        };
        let is_absent = move || fields.with(|fields| !fields.additions.contains(&kind));
        view! {
            <button type="button" class="button" hidden=is_absent on:click=after>
                {words}
            </button>
        }
    };
    let remove = move |_| {
        let layer = layer();
        send(store, Edit::Remove { layer });
    };
    view! {
        <div class="layer-buttons">
            {add(NewLayer::Dense, "Add a dense layer after it")}
            {add(NewLayer::Convolution, "Add a convolution after it")}
            <button
                type="button"
                class="button"
                hidden=move || fields.with(|fields| !fields.can_remove)
                on:click=remove
            >
                "Remove it"
            </button>
        </div>
    }
}
