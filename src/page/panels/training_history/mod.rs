//! What training leaves behind: its losses, its log, and how the reconstructions grew.

mod batch_losses;
mod film;
mod log;
mod past;

use leptos::prelude::*;

use crate::page::store::Store;
use crate::session::view::Panel;

/// The panels below the workshop; they appear with the first epoch.
pub(crate) fn learned(store: Store) -> impl IntoView {
    let is_untrained = store.view(|session| session.losses().is_empty());
    let has_film = store.view(|session| session.has_panel(Panel::Film));
    view! {
        <div class="learned" class:is-of-table=move || !has_film.get() hidden=move || is_untrained.get()>
            {store.later(past::past)} {store.later(batch_losses::batch_losses)} {store.later(log::log)} {store.later(film::film)}
        </div>
    }
}
