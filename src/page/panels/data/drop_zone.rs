//! Files may be dropped anywhere on the page.

use leptos::ev;
use leptos::prelude::*;
use leptos::task::spawn_local;
use web_sys::DragEvent;

use super::open;
use crate::page::{folders, store::Store};

/// What shows while files are dragged over the page.
pub(super) fn drop_zone(store: Store) -> impl IntoView {
    // Entering a part of the page and leaving another come in pairs, so they are counted.
    let depth = RwSignal::new(0_u32);
    let listeners = [
        window_event_listener(ev::dragenter, move |event| {
            if has_files(&event) {
                event.prevent_default();
                depth.update(|depth| *depth += 1);
            }
        }),
        window_event_listener(ev::dragleave, move |event| {
            if has_files(&event) {
                depth.update(|depth| *depth = depth.saturating_sub(1));
            }
        }),
        // Without this the browser would not let go of the files here.
        window_event_listener(ev::dragover, move |event| {
            if has_files(&event) {
                event.prevent_default();
            }
        }),
        window_event_listener(ev::drop, move |event| {
            if has_files(&event) {
                event.prevent_default();
                depth.set(0);
                if let Some(transfer) = event.data_transfer() {
                    let dropped = folders::dropped(&transfer);
                    spawn_local(async move { open(store, dropped.all().await) });
                }
            }
        }),
    ];
    on_cleanup(move || {
        for listener in listeners {
            listener.remove();
        }
    });
    view! {
        <div class="drop-zone" hidden=move || depth.get() == 0>
            <p>"Drop to open here; nothing is sent anywhere"</p>
        </div>
    }
}

/// Whether files are dragged, and not a word of the page.
fn has_files(event: &DragEvent) -> bool {
    let types = event.data_transfer().map(|transfer| transfer.types());
    types.is_some_and(|types| types.includes(&"Files".into(), 0))
}
