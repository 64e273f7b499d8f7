//! The address bar follows the page, so that its link can be shared at any moment.

use gloo_timers::callback::Timeout;
use leptos::prelude::*;
use wasm_bindgen::JsValue;

use super::store::Store;
use crate::session::{Message, Session};

/// The address is written when nothing has changed for this long; browsers limit how often it may be.
const SETTLED_MS: u32 = 400;

/// Opens the link that the page was called by, and keeps the address up to date from then on.
pub(super) fn follow(store: Store) {
    let fragment = window().location().hash().unwrap_or_default();
    if let Some(fragment) = fragment
        .strip_prefix('#')
        .filter(|fragment| !fragment.is_empty())
    {
        store.send(Message::OpenLink(fragment.to_owned()));
    }
    let is_loaded = store.view(|session| session.judgement().is_some());
    let fragment = store.view(Session::link_fragment);
    let pending = StoredValue::new_local(None::<Timeout>);
    Effect::new(move |_| {
        let fragment = fragment.get();
        if is_loaded.get() {
            let write = move || write_address(&fragment);
            pending.set_value(Some(Timeout::new(SETTLED_MS, write)));
        }
    });
}

/// Brings the address up to date at once, for a page that is about to be loaded again.
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
    let address = format!("{path}{query}{hash}");
    let written = window()
        .history()
        .and_then(|history| history.replace_state_with_url(&JsValue::NULL, "", Some(&address)));
    if written.is_err() {
        leptos::logging::warn!("the address could not be brought up to date");
    }
}
