//! A digit that nobody wrote: a place on the map, decoded.

use leptos::prelude::*;

use super::{Answer, kept};
use crate::page::memo::Memo;
use crate::page::{
    store::Store,
    widgets::{Shown, picture_view},
};
use crate::protocol::Wish;

/// The picture, and where it comes from.
pub(super) fn generated(store: Store) -> impl IntoView {
    let width = store.view(|session| session.picture_size().0);
    let answer = kept(store, |session| {
        Answer::of(session, session.generated().into_iter().collect())
    });
    let shown = Memo::new(move |_| {
        let ink = answer.get().and_then(|mut answer| answer.pictures.pop());
        ink.map_or(Shown::Nothing, Shown::Ink)
    });
    let caption = move || {
        match answer.get().map(|answer| answer.wish) {
        Some(Wish::AtPlace { x, y }) => {
            let place = format!("({x:.1}, {y:.1})").replace('-', "−");
            format!(
                "Decoded from the place {place} of the map. No item has this code: it is a mixture of its neighbours’."
            )
        }
        _ => {
            "Let a click on the map generate, and choose a place between two groups: what does the network see there?"
                .to_owned()
        }
    }
    };
    view! {
        <section class="generated" aria-labelledby="generated-title">
            <h4 id="generated-title">"A picture nobody made"</h4>
            <div class="generated-parts">
                {picture_view(width, shown, || "Generated picture".to_owned())} <p class="hint">{move || caption()}</p>
            </div>
        </section>
    }
}
