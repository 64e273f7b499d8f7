//! Where an element stands on the screen, as signals.

use std::time::Duration;

use crate::page::effect::effect;
use js_sys::Array;
use leptos::{html, prelude::*};
use wasm_bindgen::{JsCast as _, prelude::Closure};
use web_sys::{IntersectionObserver, IntersectionObserverEntry, ResizeObserver};

/// Width and height of the inside of an element, in pixels of the style sheet; 0 until it stands on the page.
pub(super) fn size_of(element: NodeRef<html::Div>) -> ReadSignal<(f64, f64)> {
    let (size, set_size) = signal((0.0, 0.0));
    effect(move || {
        let Some(element) = element.get() else { return };
        let inside = element.clone();
        let on_change = Closure::<dyn FnMut()>::new(move || {
            let (width, height) = (inside.client_width(), inside.client_height());
            // In a task of its own: the browser asks in the middle of a frame, which somebody may wait for.
            set_timeout(
                move || {
                    // The page may be about to forget the element.
                    let _is_forgotten = set_size.try_set((f64::from(width), f64::from(height)));
                },
                Duration::ZERO,
            );
        });
        let Ok(observer) = ResizeObserver::new(on_change.as_ref().unchecked_ref()) else {
            return;
        };
        observer.observe(&element);
        let kept = StoredValue::new_local((observer, on_change));
        on_cleanup(move || {
            kept.try_with_value(|(observer, _)| observer.disconnect());
        });
    });
    size
}

/// Whether any of an element is on the screen.
pub(super) fn is_in_view(element: NodeRef<html::Div>) -> ReadSignal<bool> {
    let (is_in_view, set_in_view) = signal(false);
    effect(move || {
        let Some(element) = element.get() else { return };
        let on_change = Closure::<dyn FnMut(Array)>::new(move |entries: Array| {
            if let Ok(entry) = entries.pop().dyn_into::<IntersectionObserverEntry>() {
                let _is_forgotten = set_in_view.try_set(entry.is_intersecting());
            }
        });
        let Ok(observer) = IntersectionObserver::new(on_change.as_ref().unchecked_ref()) else {
            return;
        };
        observer.observe(&element);
        let kept = StoredValue::new_local((observer, on_change));
        on_cleanup(move || {
            kept.try_with_value(|(observer, _)| observer.disconnect());
        });
    });
    is_in_view
}
