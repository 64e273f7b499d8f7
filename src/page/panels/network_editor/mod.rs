//! The network layer by layer, each of which can be changed.

mod diagram;
mod fields;

use leptos::prelude::*;

use crate::autoencoder::edit::Sides;
use crate::page::{download::save_text, memo::Memo, store::Store, widgets::switch};
use crate::session::{Message, NetworkMessage, Session, view::NetworkView};

use diagram::diagram;
use fields::fields;

/// The diagram, what can be changed of the layer at hand, and what the whole costs.
pub(crate) fn network_editor(store: Store) -> impl IntoView {
    let view = store.view(Session::network_view);
    view! {
        <section class="panel network-editor" aria-labelledby="layers-title">
            <h3 id="layers-title">"Layers"</h3>
            <p class="hint">
                "Choose a layer and change it. Other layers need fresh weights, so that a new run begins; the earlier one can be taken back."
            </p>
            {diagram(store)} <p class="network-cost">{move || view.with(|view| view.cost.clone())}</p>
            <div class="network-refusal" role="status" aria-label="Refused change" aria-atomic="false">
                {move || view.with(|view| view.refusal.clone().map(|refusal| view! { <p>{refusal}</p> }))}
            </div>
            {fields(store)} {whole(store, view)}
        </section>
    }
}

/// What concerns the network as a whole.
fn whole(store: Store, view: Memo<NetworkView>) -> impl IntoView {
    let is_busy = store.view(|session| session.phase().is_busy());
    let is_mirrored = Memo::new(move |_| view.with(|view| view.is_mirrored));
    let set_sides = move |is_mirrored| {
        let sides = if is_mirrored {
            Sides::Mirrored
        } else {
            Sides::Free
        };
        store.send(Message::Network(NetworkMessage::SetSides(sides)));
    };
    let save = move |_| {
        let (text, name) = store.peek(|session| (session.run_file(), session.run_file_name()));
        save_text(&text, "text/plain", &name);
    };
    view! {
        <div class="network-whole">
            {switch("The decoder mirrors the encoder", is_mirrored, is_busy, set_sides)}
            <button
                type="button"
                class="button is-link"
                hidden=move || view.with(|view| !view.is_edited)
                disabled=move || is_busy.get()
                on:click=move |_| store.send(Message::Network(NetworkMessage::Restore))
            >
                "Back to the recipe's own layers"
            </button>
            <button
                type="button"
                class="button is-link"
                title="All settings in a few lines, by which the same is trained natively"
                on:click=save
            >
                "Save the settings as a file"
            </button>
        </div>
    }
}
