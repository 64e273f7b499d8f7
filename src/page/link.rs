//! The address bar follows the page, so that its link can be shared at any moment.

use std::time::Duration;

use leptos::prelude::*;
use wasm_bindgen::JsValue;

use super::store::Store;
use crate::session::{Message, Session};

/// The address is written so long after a change, with all that has changed meanwhile; browsers limit how often it may be.
const WRITTEN_AFTER: Duration = Duration::from_millis(400);

/// Opens the link that the page was called by, and keeps the address up to date from then on.
pub(super) fn follow(store: Store) {
    let fragment = fragment();
    if !fragment.is_empty() {
        store.send(Message::OpenLink(fragment));
    }
    after_changes(store, move || settle(store));
}

/// Does something once for all that has changed in a while: what it takes to put a drawing into a link must not be
/// worked out with every stroke.
pub(super) fn after_changes(store: Store, act: impl Fn() + Copy + Send + Sync + 'static) {
    let is_pending = StoredValue::new(false);
    store.after_each_message(move |_| {
        if is_pending.get_value() {
            return;
        }
        is_pending.set_value(true);
        let act = move || {
            is_pending.set_value(false);
            act();
        };
        set_timeout(act, WRITTEN_AFTER);
    });
}

/// The fragment that the page was called by, without `#`.
pub(super) fn fragment() -> String {
    let hash = window().location().hash().unwrap_or_default();
    hash.strip_prefix('#').unwrap_or_default().to_owned()
}

/// Brings the address up to date at once, if anything has been judged.
pub(super) fn settle(store: Store) {
    if store.peek(|session| session.judgement().is_some()) {
        write_address(&store.peek(Session::link_fragment));
    }
}

fn write_address(fragment: &str) {
    let location = window().location();
    let (Ok(path), Ok(query)) = (location.pathname(), location.search()) else {
        return;
    };
    let hash = if fragment.is_empty() {
        String::new()
    } else {
        format!("#{fragment}")
    };
    if location.hash().is_ok_and(|known| known == hash) {
        return;
    }
    let address = format!("{path}{query}{hash}");
    let written = window()
        .history()
        .and_then(|history| history.replace_state_with_url(&JsValue::NULL, "", Some(&address)));
    if written.is_err() {
        leptos::logging::warn!("the address could not be brought up to date");
    }
}
