//! When what is new of the reader's work is to be kept: every few seconds while something happens, and as soon as nobody
//! looks at the page any more, for it may not come back.

use std::time::Duration;

use leptos::prelude::*;
use wasm_bindgen::{JsCast as _, prelude::Closure};

use super::store::Store;
use crate::session::{Message, RememberingMessage};

/// So long after the first change what has changed by then is kept.
const KEPT_AFTER: Duration = Duration::from_secs(3);

/// Tells the session when it is time, from now on.
pub(super) fn follow(store: Store) {
    let is_pending = StoredValue::new(false);
    store.after_each_message(move |_| {
        if is_pending.get_value() {
            return;
        }
        is_pending.set_value(true);
        let tell = move || {
            // Told meanwhile, so that telling does not count as a change.
            store.send(Message::Remembering(RememberingMessage::Due));
            is_pending.set_value(false);
        };
        set_timeout(tell, KEPT_AFTER);
    });
    let hide = Closure::<dyn FnMut()>::new(move || {
        if document().hidden() {
            store.send(Message::Remembering(RememberingMessage::Due));
        }
    });
    let listened = document()
        .add_event_listener_with_callback("visibilitychange", hide.as_ref().unchecked_ref());
    if listened.is_ok() {
        hide.forget();
    }
}
