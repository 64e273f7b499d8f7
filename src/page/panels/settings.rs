//! The knobs of training.

use leptos::prelude::*;

use crate::autoencoder::Optimiser;
use crate::page::{store::Store, widgets::choice};
use crate::session::{Knob, Message, Session};

const OPTIMISERS: [(Optimiser, &str); 2] = [(Optimiser::Sgd, "SGD"), (Optimiser::Adam, "Adam")];

/// Learning rate, batch, epochs, optimiser and seed, folded away until wanted.
pub(crate) fn settings(store: Store) -> impl IntoView {
    let is_busy = store.view(|session| session.phase().is_busy());
    let optimiser = store.view(|session| {
        let at_hand = session.training().optimiser;
        OPTIMISERS
            .iter()
            .position(|(known, _)| *known == at_hand)
            .unwrap_or(0)
    });
    let choose = move |idx: usize| {
        if let Some(&(optimiser, _)) = OPTIMISERS.get(idx) {
            store.send(Message::Tune(Knob::Optimiser(optimiser)));
        }
    };
    view! {
        <details class="settings">
            <summary>"Settings"</summary>
            <p class="hint">
                "The learning rate acts at once, also while training. The others wait until training is paused; the seed starts a new run."
            </p>
            <div class="settings-grid">
                {number(store, "learning-rate", "Learning rate", |session| session.training().learning_rate, Knob::LearningRate)}
                <fieldset disabled=move || is_busy.get() aria-label="Settings for a paused run">
                    {number(store, "batch-size", "Batch size", |session| session.training().batch_size as f64, |size| Knob::BatchSize(size as usize))}
                    {number(store, "epochs", "Epochs", |session| session.training().epochs as f64, |epochs| Knob::Epochs(epochs as usize))}
                    {number(store, "seed", "Seed", |session| session.training().seed as f64, |seed| Knob::Seed(u64::from(seed as u32)))}
                    {choice("optimiser", "Optimiser", OPTIMISERS.map(|(_, name)| name).to_vec(), optimiser, choose)}
                </fieldset>
            </div>
        </details>
    }
}

fn number(
    store: Store,
    id: &'static str,
    name: &'static str,
    read: impl Fn(&Session) -> f64 + Send + Sync + 'static,
    knob: impl Fn(f64) -> Knob + 'static,
) -> impl IntoView {
    let value = store.view(read);
    view! {
        <div class="number">
            <label for=id>{name}</label>
            <input
                type="number"
                id=id
                min="0"
                step="any"
                inputmode="decimal"
                prop:value=move || value.get().to_string()
                on:change:target=move |event| {
                    if let Ok(number) = event.target().value().parse() {
                        store.send(Message::Tune(knob(number)));
                    }
                    // What was refused must not look as if it had been taken.
                    event.target().set_value(&value.get_untracked().to_string());
                }
            />
        </div>
    }
}
