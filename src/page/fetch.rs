//! Files that lie beside the page.

use js_sys::Uint8Array;
use leptos::prelude::window;
use wasm_bindgen::JsCast as _;
use wasm_bindgen_futures::JsFuture;
use web_sys::Response;

use crate::protocol::BUILD_ID;

/// The bytes of a file, or why they did not come, as a sentence part.
pub(super) async fn bytes(url: &str) -> Result<Vec<u8>, String> {
    let unreachable = || "the file could not be reached".to_owned();
    let versioned = format!("{url}?v={BUILD_ID}");
    let response = JsFuture::from(window().fetch_with_str(&versioned))
        .await
        .map_err(|_| unreachable())?;
    let response: Response = response.dyn_into().map_err(|_| unreachable())?;
    if !response.ok() {
        return Err(format!(
            "the host answered with status {}",
            response.status()
        ));
    }
    let cut_short = || "the file was cut short on the way".to_owned();
    let buffer = response.array_buffer().map_err(|_| cut_short())?;
    let buffer = JsFuture::from(buffer).await.map_err(|_| cut_short())?;
    Ok(Uint8Array::new(&buffer).to_vec())
}

/// The little-endian floats of a file, or why they did not come, as a sentence part.
pub(super) async fn floats(url: &str) -> Result<Vec<f32>, String> {
    let bytes = bytes(url).await?;
    let (values, rest) = bytes.as_chunks::<4>();
    if !rest.is_empty() {
        return Err("the file is cut short".to_owned());
    }
    Ok(values
        .iter()
        .map(|&four| f32::from_le_bytes(four))
        .collect())
}
