//! The knobs of training.

use leptos::prelude::*;

use crate::autoencoder::{Activation, Optimiser};
use crate::data::Parts;
use crate::page::{
    store::Store,
    widgets::{choice, idx_of, number, switch, written},
};
use crate::recipe::ItemShape;
use crate::session::{EngineMessage, Knob, Message, RecipeMessage, Session, WorkerChoice};

/// What is learned from; the last is offered only where files say it.
const PARTS: [(Parts, &str); 4] = [
    (Parts::ThreeOneOne, "three fifths"),
    (Parts::SevenOneTwo, "seven tenths"),
    (Parts::Everything, "every item"),
    (Parts::AsGiven, "as the files say"),
];

/// The fewest layers in which the first article's dropout has its two places.
const LAYERS_FOR_DROPOUT: usize = 3;

/// Everything that decides how the network learns.
pub(crate) fn settings(store: Store) -> impl IntoView {
    let is_busy = store.view(|session| session.phase().is_busy());
    view! {
        <section class="panel settings" aria-labelledby="settings-title">
            <h3 id="settings-title">"Settings"</h3>
            <p class="hint">
                "The learning rate and the workers act at once, also while training. The others wait until training is paused; the seed, the code size, the activation, the label and the share to learn from start a new run."
            </p>
            <div class="settings-grid">
                {knob(store, "learning-rate", "Learning rate", |session| session.training().learning_rate, Knob::LearningRate)} {workers(store)}
                <fieldset disabled=move || is_busy.get() aria-label="Settings for a paused run">
                    {knob(store, "batch-size", "Batch size", |session| session.training().batch_size as f64, |size| Knob::BatchSize(size as usize))}
                    {knob(store, "epochs", "Epochs", |session| session.training().epochs as f64, |epochs| Knob::Epochs(epochs as usize))}
                    {knob(store, "seed", "Seed", |session| session.training().seed as f64, |seed| Knob::Seed(u64::from(seed as u32)))}
                    {knob(store, "code-size", "Code size", |session| session.architecture().code_size() as f64, |size| Knob::CodeSize(size as usize))}
                    {knob(store, "weight-decay", "Weight decay", |session| session.training().weight_decay, Knob::WeightDecay)}
                    {knob(store, "training-noise", "Training noise", |session| written(session.training().noise), |deviation| Knob::Noise(deviation as f32))}
                    {beta(store)} {store.later(choices)} {store.later(switches)}
                </fieldset>
            </div>
        </section>
    }
}

/// How many workers share a step; the losses are the same with any number.
fn workers(store: Store) -> impl IntoView {
    let chosen = store.view(|session| idx_of(&WorkerChoice::ALL, &session.worker_choice()));
    let choose = move |idx: usize| {
        if let Some(&choice) = WorkerChoice::ALL.get(idx) {
            store.send(Message::Engine(EngineMessage::ChooseWorkers(choice)));
        }
    };
    let titles = WorkerChoice::ALL.map(WorkerChoice::title).to_vec();
    choice(
        "workers",
        "Workers for large networks",
        titles,
        chosen,
        choose,
    )
}

/// The price of a variational code; there is none in other networks.
fn beta(store: Store) -> impl IntoView {
    let is_variational = store.view(|session| session.architecture().beta().is_some());
    let read = |session: &Session| session.architecture().beta().map_or(0.0, written);
    move || {
        let turn = |beta| Knob::Beta(beta as f32);
        is_variational
            .get()
            .then(|| knob(store, "beta", "β, price of the code", read, turn))
    }
}

fn choices(store: Store) -> impl IntoView {
    let optimiser = store.view(|session| idx_of(&Optimiser::ALL, &session.training().optimiser));
    let activation = store.view(|session| {
        idx_of(
            &Activation::ALL,
            &session.architecture().hidden_activation(),
        )
    });
    let choose_optimiser = move |idx: usize| {
        if let Some(&optimiser) = Optimiser::ALL.get(idx) {
            store.send(Message::Recipe(RecipeMessage::Tune(Knob::Optimiser(
                optimiser,
            ))));
        }
    };
    let choose_activation = move |idx: usize| {
        if let Some(&activation) = Activation::ALL.get(idx) {
            store.send(Message::Recipe(RecipeMessage::Tune(Knob::Activation(
                activation,
            ))));
        }
    };
    view! {
        {choice("optimiser", "Optimiser", Optimiser::ALL.map(Optimiser::name).to_vec(), optimiser, choose_optimiser)}
        {choice("activation", "Activation of the hidden layers", Activation::ALL.map(Activation::name).to_vec(), activation, choose_activation)}
        {parts(store)}
    }
}

fn parts(store: Store) -> impl IntoView {
    let are_given = store.view(|session| session.dataset().is_some_and(|it| it.n_validation() > 0));
    let parts =
        store.view(|session| idx_of(&PARTS.map(|(parts, _)| parts), &session.recipe().parts));
    let choose = move |idx: usize| {
        if let Some(&(parts, _)) = PARTS.get(idx) {
            store.send(Message::Recipe(RecipeMessage::Tune(Knob::Parts(parts))));
        }
    };
    move || {
        let n_offered = if are_given.get() {
            PARTS.len()
        } else {
            PARTS.len() - 1
        };
        let names = PARTS.iter().take(n_offered).map(|&(_, name)| name);
        choice("parts", "Learn from", names.collect(), parts, choose)
    }
}

fn switches(store: Store) -> impl IntoView {
    let has_label = store.view(|session| session.recipe().label_input);
    let has_no_place_for_it = store.view(|session| {
        let has_labels = session
            .dataset()
            .is_some_and(|dataset| ItemShape::of(dataset).label_can_be_input());
        session.architecture().is_convolutional() || !has_labels
    });
    let has_dropout = store.view(|session| session.recipe().has_dropout());
    let has_few_layers =
        store.view(|session| session.architecture().layers.len() < LAYERS_FOR_DROPOUT);
    view! {
        <div class="settings-switches">
            {switch(
                "Label as an input",
                has_label,
                has_no_place_for_it,
                move |is_in| store.send(Message::Recipe(RecipeMessage::Tune(Knob::LabelInput(is_in)))),
            )}
            {switch(
                "Dropout 0.5 / 0.25",
                has_dropout,
                has_few_layers,
                move |is_on| store.send(Message::Recipe(RecipeMessage::Tune(Knob::Dropout(is_on)))),
            )}
        </div>
    }
}

fn knob(
    store: Store,
    id: &'static str,
    name: &'static str,
    read: impl Fn(&Session) -> f64 + Send + Sync + 'static,
    knob: impl Fn(f64) -> Knob + 'static,
) -> impl IntoView {
    let turn = move |number| store.send(Message::Recipe(RecipeMessage::Tune(knob(number))));
    number(id, name, store.view(read), turn)
}
