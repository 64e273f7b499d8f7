//! The places below the first screen: each a question, and the panels that answer it.

use leptos::prelude::*;

use super::against_mean::honest;
use super::challenge::challenge;
use super::evaluation::evidence;
use super::items::items;
use super::latent::latent;
use super::runs::runs;
use super::sweeps::sweeps;
use super::threshold_panel::threshold_panel;
use super::threshold_rules::threshold_rules;
use super::workshop::workshop;
use crate::page::store::Store;
use crate::session::{Place, view::PlaceNote};

/// All places, in the order of the page.
pub(crate) fn places(store: Store) -> impl IntoView {
    Place::ALL
        .map(|place| place_view(store, place))
        .into_iter()
        .collect_view()
}

fn place_view(store: Store, place: Place) -> impl IntoView {
    let question = store.view(move |session| session.question(place));
    let is_absent = store.view(move |session| !session.has_place(place));
    let title = format!("{}-question", place.slug());
    view! {
        <section class="place" id=place.slug() aria-labelledby=title.clone() hidden=move || is_absent.get()>
            <h2 id=title.clone() tabindex="-1">{move || question.get()}</h2>
            {note(store, place)} {panels(store, place)}
        </section>
    }
}

/// What must be said before one looks.
fn note(store: Store, place: Place) -> impl IntoView {
    let note = store.view(move |session| session.place_note(place));
    move || {
        note.get().map(|note| {
            let class = match note {
                PlaceNote::Waiting(_) => "place-note is-waiting",
                PlaceNote::Old(_) => "place-note is-old",
            };
            view! { <p class=class>{note.sentence().to_owned()}</p> }
        })
    }
}

fn panels(store: Store, place: Place) -> AnyView {
    match place {
        Place::Turning => store.later(sweeps),
        Place::Items => store.later(items),
        Place::Threshold => view! {
            <div class="threshold-parts">
                {store.later(threshold_panel)} {store.later(threshold_rules)}
            </div>
        }
        .into_any(),
        Place::Codes => store.later(latent),
        Place::Evidence => view! { {store.later(honest)} {store.later(evidence)} }.into_any(),
        Place::Challenge => store.later(challenge),
        Place::Network => workshop(store).into_any(),
        Place::Runs => store.later(runs).into_any(),
    }
}
