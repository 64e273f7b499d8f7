//! Files for the reader to keep.

use std::time::Duration;

use js_sys::{Array, Uint8Array};
use leptos::prelude::*;
use wasm_bindgen::{JsCast as _, JsValue, prelude::Closure};
use web_sys::{
    Blob, BlobPropertyBag, CanvasRenderingContext2d, HtmlAnchorElement, HtmlCanvasElement,
    HtmlImageElement, Url,
};

use super::surface::paint_magnified;
use crate::data::NamedFile;

/// A saved picture is about as wide.
const SAVED_WIDTH: usize = 280;

/// A browser that asks where to put the file reads it only afterwards.
const TIME_TO_SAVE: Duration = Duration::from_mins(1);

/// Saves ink as a PNG file, black on white, with cells that stay crisp in any viewer.
pub(super) fn save_picture(width: usize, ink: &[f32], file_name: &str) {
    let Some(canvas) = new_canvas() else { return };
    let magnification = (SAVED_WIDTH / width.max(1)).max(1);
    paint_magnified(&canvas, width, ink, magnification);
    save_canvas(&canvas, file_name);
}

/// Saves text as a file; `media_type` is such as `text/csv`.
pub(super) fn save_text(text: &str, media_type: &str, file_name: &str) {
    save_bytes(
        text.as_bytes(),
        &format!("{media_type};charset=utf-8"),
        file_name,
    );
}

/// Saves a file whose kind shows in its name.
pub(super) fn save_file(file: &NamedFile) {
    let media_type = match file.name.rsplit('.').next() {
        Some("csv") => "text/csv;charset=utf-8",
        Some("py") => "text/x-python;charset=utf-8",
        _ => "application/octet-stream",
    };
    save_bytes(&file.bytes, media_type, &file.name);
}

fn save_bytes(bytes: &[u8], media_type: &str, file_name: &str) {
    let options = BlobPropertyBag::new();
    options.set_type(media_type);
    let parts = Array::of1(&Uint8Array::from(bytes));
    match Blob::new_with_u8_array_sequence_and_options(&parts, &options) {
        Ok(blob) => offer(&blob, file_name),
        Err(_) => leptos::logging::warn!("a file could not be saved"),
    }
}

/// Saves an SVG as a PNG file, twice as fine as on the page.
pub(super) fn save_vector_as_png(svg: &str, (width, height): (f64, f64), file_name: &str) {
    const FINER: f64 = 2.0;
    let Some(canvas) = new_canvas() else { return };
    canvas.set_width((width * FINER) as u32);
    canvas.set_height((height * FINER) as u32);
    let Ok(image) = HtmlImageElement::new() else {
        return;
    };
    let (drawn, file_name) = (image.clone(), file_name.to_owned());
    let on_load = Closure::once_into_js(move || {
        let context = canvas.get_context("2d").ok().flatten();
        let context = context.and_then(|it| it.dyn_into::<CanvasRenderingContext2d>().ok());
        let (width, height) = (canvas.width().into(), canvas.height().into());
        let is_drawn = context.is_some_and(|context| {
            let drawn = context
                .draw_image_with_html_image_element_and_dw_and_dh(&drawn, 0.0, 0.0, width, height);
            drawn.is_ok()
        });
        if is_drawn {
            save_canvas(&canvas, &file_name);
        }
    });
    image.set_onload(Some(on_load.unchecked_ref()));
    let text = js_sys::encode_uri_component(svg);
    image.set_src(&format!("data:image/svg+xml;charset=utf-8,{text}"));
}

fn save_canvas(canvas: &HtmlCanvasElement, file_name: &str) {
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
