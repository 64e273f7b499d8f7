//! Whether the network is better than no network, and the recipe to compare it with.

use leptos::prelude::*;

use super::insights::insights;
use crate::anomaly::format_error;
use crate::page::store::Store;
use crate::session::{
    Message, RecipeMessage, Session,
    view::{FiguresAgainstMean, InsightPlace},
};

/// The network's error beside that of always answering with the mean item.
pub(crate) fn honest(store: Store) -> impl IntoView {
    let figures = store.view(Session::figures_against_mean);
    let nouns = store.view(Session::nouns);
    let sentence = move || {
        figures.with(|figures| {
            figures.as_ref().map_or_else(
                || "Waiting until the items are measured…".to_owned(),
                |figures| figures.sentence(nouns.get()),
            )
        })
    };
    let chart = move || figures.with(|figures| figures.as_ref().map(bars));
    view! {
        <section class="panel is-honest" aria-labelledby="honest-title">
            <h3 id="honest-title">"Has it learned anything?"</h3>
            {move || chart()}
            <p>{move || sentence()}</p>
            {insights(store, InsightPlace::MeanItem)}
            {counterpart(store)}
        </section>
    }
}

/// Two bars from zero on one axis.
fn bars(figures: &FiguresAgainstMean) -> impl IntoView + use<> {
    let (network, mean_item) = (figures.network, figures.mean_item);
    let largest = network.max(mean_item).max(f32::MIN_POSITIVE);
    let bar = move |name: &'static str, class: &'static str, error: f32| {
        let width = format!("{:.1}%", (error / largest * 100.0).clamp(0.0, 100.0));
        view! {
            <div class=format!("honest-bar {class}")>
                <span class="honest-name">{name}</span>
                <span class="honest-track"><span style:width=width></span></span>
                <b>{format_error(error)}</b>
            </div>
        }
    };
    let description = format!(
        "Compared with always guessing the average: the mean error of this network is {}, that of the average {}.",
        format_error(network),
        format_error(mean_item)
    );
    view! {
        <div class="honest-bars" role="img" aria-label=description>
            {bar("this network", "is-network", network)} {bar("always the average", "is-mean", mean_item)}
        </div>
    }
}

/// What sets the recipe apart from its other half, and the way there.
fn counterpart(store: Store) -> impl IntoView {
    let name = store.view(|session| {
        let other = session.recipe_name().counterpart()?;
        Some((session.recipe_name(), other, session.title_of(other)))
    });
    move || {
        let (name, other, title) = name.get()?;
        let difference = name.difference()?;
        Some(view! {
            <div class="counterpart">
                <p class="hint">{difference}</p>
                <button
                    type="button"
                    class="button"
                    on:click=move |_| store.send(Message::Recipe(RecipeMessage::Choose(other)))
                >
                    {format!("Compare with: {title}")}
                </button>
            </div>
        })
    }
}
