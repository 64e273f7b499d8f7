//! A digit that nobody wrote: a place on the map, decoded.

use leptos::prelude::*;

use crate::page::{
    store::Store,
    widgets::{Shown, picture_view},
};
use crate::protocol::Wish;
use crate::session::Session;

/// The picture, and where it comes from.
pub(super) fn generated(store: Store) -> impl IntoView {
    let width = store.view(|session| session.bench().size().0);
    let shown = store.view(|session| session.generated().map_or(Shown::Nothing, Shown::Ink));
    let place = store.view(|session: &Session| match session.imagined()?.wish {
        Wish::AtPlace { x, y } => Some((x, y)),
        Wish::Between { .. } => None,
    });
    let caption = move || {
        match place.get() {
        Some((x, y)) => format!(
            "Decoded from the place ({x:.1}, {y:.1}) of the map. No item has this code: it is a mixture of its neighbours’."
        ),
        None => {
            "Let a click on the map generate, and choose a place between two groups: what does the network see there?"
                .to_owned()
        }
    }
    };
    view! {
        <section class="generated" aria-labelledby="generated-title">
            <h3 id="generated-title">"A picture nobody made"</h3>
            <div class="generated-parts">
                {picture_view(width, shown, || "Generated picture".to_owned())} <p class="hint">{caption}</p>
            </div>
        </section>
    }
}
