//! The buttons that bring a map nearer.

use leptos::prelude::*;

use super::Pointed;
use super::hands::ZOOM_STEP;
use super::sight::Look;
use crate::latent::Zoom;
use crate::page::memo::Memo;

/// Nearer, further, and all of it; not there without dots.
pub(super) fn zooming(look: Look, pointed: RwSignal<Option<Pointed>>) -> impl IntoView {
    let zoom = look.zoom;
    let is_empty = Memo::new(move |_| look.sight.get().is_none());
    let step = move |times: f32| {
        let dot = pointed.get_untracked().map(|pointed| pointed.dot);
        look.zoom_by(times, dot);
    };
    view! {
        <div class="map-zoom" role="group" aria-label="How near the map is" hidden=move || is_empty.get()>
            <button
                type="button"
                class="button is-icon"
                aria-label="Nearer"
                disabled=move || zoom.get().is_nearest()
                on:click=move |_| step(ZOOM_STEP)
            >
                "+"
            </button>
            <button
                type="button"
                class="button is-icon"
                aria-label="Further"
                disabled=move || zoom.get().is_whole()
                on:click=move |_| step(1.0 / ZOOM_STEP)
            >
                "−"
            </button>
            <button
                type="button"
                class="button"
                hidden=move || zoom.get().is_whole()
                on:click=move |_| zoom.set(Zoom::WHOLE)
            >
                "Whole map"
            </button>
        </div>
    }
}
