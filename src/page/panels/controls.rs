//! The choice of experiment and of engine.

use leptos::prelude::*;

use super::engine_badge::engine_badge;
use crate::page::{
    store::Store,
    widgets::{choice, idx_of},
};
use crate::recipe::RecipeName;
use crate::session::{EngineChoice, EngineMessage, Hideable, Message, RecipeMessage};

/// Recipe, engine, and what the engine says of itself.
pub(crate) fn controls(store: Store) -> impl IntoView {
    let recipe = store.view(|session| idx_of(&RecipeName::ALL, &session.recipe_name()));
    let engine = store.view(|session| idx_of(&EngineChoice::ALL, &session.engine_choice()));
    let summary = store.view(|session| session.summary_of(session.recipe_name()));
    let hides_recipe = store.view(|session| session.is_hidden(Hideable::Recipe));
    let hides_engine = store.view(|session| session.is_hidden(Hideable::Engine));
    let choose_recipe = move |idx: usize| {
        if let Some(&name) = RecipeName::ALL.get(idx) {
            store.send(Message::Recipe(RecipeMessage::Choose(name)));
        }
    };
    let choose_engine = move |idx: usize| {
        if let Some(&choice) = EngineChoice::ALL.get(idx) {
            store.send(Message::Engine(EngineMessage::Choose(choice)));
        }
    };
    let recipe_titles = store.view(|session| RecipeName::ALL.map(|name| session.title_of(name)));
    let recipes = move || {
        let titles = recipe_titles.get().to_vec();
        choice("recipe", "Recipe", titles, recipe, choose_recipe)
    };
    let engine_titles = EngineChoice::ALL.map(EngineChoice::title).to_vec();
    view! {
        <section class="controls" aria-label="Experiment">
            <div class="controls-recipe" hidden=move || hides_recipe.get()>
                {recipes}
                <p class="visually-hidden" id="recipe-summary">
                    {move || summary.get()}
                </p>
            </div>
            <div class="controls-engine" hidden=move || hides_engine.get()>
                {choice("engine", "Engine", engine_titles, engine, choose_engine)} {engine_badge(store)}
            </div>
        </section>
    }
}
