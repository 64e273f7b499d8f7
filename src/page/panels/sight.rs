//! Whether a panel is in sight, so that nothing is measured for nobody.

use leptos::html;
use leptos::prelude::*;

use crate::page::effect::effect;
use crate::page::memo::Memo;
use crate::page::store::Store;
use crate::session::{Message, Session};

/// A panel this far beyond the window, as a part of its height, counts as seen. It stands next to the first screen: much
/// more, and it would be swept for those who look at that, which takes the time of all other measuring.
const AHEAD: f64 = 0.1;

/// Tells the session when the panel comes into sight and when it goes.
pub(super) fn follow(
    store: Store,
    section: NodeRef<html::Section>,
    is_hidden: Memo<bool>,
    watch: fn(bool) -> Message,
) {
    let was_seen = StoredValue::new(false);
    let look = move || {
        let is_seen = section.get_untracked().is_some_and(|section| {
            let rect = section.get_bounding_client_rect();
            let height = window()
                .inner_height()
                .ok()
                .and_then(|height| height.as_f64());
            let height = height.unwrap_or(f64::INFINITY);
            rect.height() > 0.0
                && rect.top() < height * (1.0 + AHEAD)
                && rect.bottom() > -height * AHEAD
        });
        if is_seen != was_seen.get_value() {
            was_seen.set_value(is_seen);
            store.send(watch(is_seen));
        }
    };
    // What stands above the panel moves it when it grows or shrinks, and most of that comes with a phase.
    let phase = store.view(Session::phase);
    effect(move || {
        section.track();
        is_hidden.track();
        phase.track();
        request_animation_frame(look);
    });
    for event in ["scroll", "resize"] {
        let listener = window_event_listener_untyped(event, move |_| look());
        on_cleanup(move || listener.remove());
    }
}
