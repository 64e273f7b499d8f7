//! Files for the reader to keep.

use std::time::Duration;

use js_sys::Array;
use leptos::prelude::*;
use wasm_bindgen::{JsCast as _, JsValue, prelude::Closure};
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, HtmlCanvasElement, Url};

use super::surface::paint_magnified;

/// A saved picture is about as wide.
const SAVED_WIDTH: usize = 280;

/// A browser that asks where to put the file reads it only afterwards.
const TIME_TO_SAVE: Duration = Duration::from_mins(1);

/// Saves ink as a PNG file, black on white, with cells that stay crisp in any viewer.
pub(super) fn save_picture(width: usize, ink: &[f32], file_name: &str) {
    let Some(canvas) = new_canvas() else { return };
    let magnification = (SAVED_WIDTH / width.max(1)).max(1);
    paint_magnified(&canvas, width, ink, magnification);
    let file_name = file_name.to_owned();
    let on_blob = Closure::once_into_js(move |blob: JsValue| {
        if let Ok(blob) = blob.dyn_into::<Blob>() {
            offer(&blob, &file_name);
        }
    });
    if canvas.to_blob(on_blob.unchecked_ref()).is_err() {
        leptos::logging::warn!("a picture could not be saved");
    }
}

/// Saves text as a file; `media_type` is such as `text/csv`.
pub(super) fn save_text(text: &str, media_type: &str, file_name: &str) {
    let options = BlobPropertyBag::new();
    options.set_type(&format!("{media_type};charset=utf-8"));
    let parts = Array::of1(&text.into());
    match Blob::new_with_str_sequence_and_options(&parts, &options) {
        Ok(blob) => offer(&blob, file_name),
        Err(_) => leptos::logging::warn!("a file could not be saved"),
    }
}

fn new_canvas() -> Option<HtmlCanvasElement> {
    document().create_element("canvas").ok()?.dyn_into().ok()
}

/// Has the browser save a file, as if a link to it had been followed.
fn offer(blob: &Blob, file_name: &str) {
    let Ok(url) = Url::create_object_url_with_blob(blob) else {
        return;
    };
    let anchor = document().create_element("a").ok();
    if let Some(anchor) = anchor.and_then(|anchor| anchor.dyn_into::<HtmlAnchorElement>().ok()) {
        anchor.set_href(&url);
        anchor.set_download(file_name);
        anchor.click();
    }
    let forget = move || {
        // An address that is already gone needs no more forgetting.
        drop(Url::revoke_object_url(&url));
    };
    set_timeout(forget, TIME_TO_SAVE);
}
