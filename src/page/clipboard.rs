//! Text for the reader to paste elsewhere.

use js_sys::Reflect;
use leptos::prelude::*;
use wasm_bindgen_futures::JsFuture;

/// Puts text where the reader can paste it from; false where the browser does not allow it.
pub(super) async fn copy(text: &str) -> bool {
    let navigator = window().navigator();
    // A page without HTTPS has no clipboard.
    let is_there = Reflect::get(&navigator, &"clipboard".into());
    if !is_there.is_ok_and(|clipboard| clipboard.is_object()) {
        return false;
    }
    JsFuture::from(navigator.clipboard().write_text(text))
        .await
        .is_ok()
}
