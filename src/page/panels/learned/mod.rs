//! What training has come to: whether it was worth it, its losses, and how the reconstructions grew.

mod batch_losses;
mod film;
mod honest;
mod log;

use leptos::prelude::*;

use crate::page::store::Store;

/// The panels below the workshop; those of training appear with the first epoch.
pub(crate) fn learned(store: Store) -> impl IntoView {
    let has_epochs = store.view(|session| !session.losses().is_empty());
    view! {
        <div class="learned" class:has-epochs=move || has_epochs.get()>
            {honest::honest(store)} {batch_losses::batch_losses(store)} {log::log(store)} {film::film(store)}
        </div>
    }
}
