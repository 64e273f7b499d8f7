//! Files that lie beside the page.

use js_sys::{Array, Function, Reflect, Uint8Array};
use leptos::prelude::window;
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{ReadableStreamDefaultReader, ReadableWritablePair, Response};

use crate::data::is_gzip;
use crate::{encoding::Precision, protocol::BUILD_ID};

/// The bytes of a file, or why they did not come, as a sentence part.
///
/// `report` hears how much has arrived, 0…1, where the host says how much there is.
pub(super) async fn bytes(url: &str, report: impl Fn(f32)) -> Result<Vec<u8>, String> {
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
    read_all(&response, report)
        .await
        .map_err(|_| "the file was cut short on the way".to_owned())
}

async fn read_all(response: &Response, report: impl Fn(f32)) -> Result<Vec<u8>, JsValue> {
    let n_announced = response.headers().get("content-length").ok().flatten();
    let n_announced = n_announced.and_then(|length| length.parse::<f32>().ok());
    let stream = response.body().ok_or(JsValue::NULL)?;
    let reader: ReadableStreamDefaultReader = stream.get_reader().dyn_into()?;
    let mut bytes = Vec::new();
    loop {
        let chunk = JsFuture::from(reader.read()).await?;
        if Reflect::get(&chunk, &"done".into())?.is_truthy() {
            return Ok(bytes);
        }
        let value: Uint8Array = Reflect::get(&chunk, &"value".into())?.dyn_into()?;
        bytes.extend(value.to_vec());
        if let Some(n_announced) = n_announced.filter(|&n| n > 0.0) {
            report((bytes.len() as f32 / n_announced).min(1.0));
        }
    }
}

/// The bytes of a file that may be compressed, or why they did not come, as a sentence part.
///
/// The browser unpacks them, on a thread of its own.
pub(super) async fn unpacked(url: &str, report: impl Fn(f32)) -> Result<Vec<u8>, String> {
    let bytes = bytes(url, report).await?;
    if !is_gzip(&bytes) {
        return Ok(bytes);
    }
    unpack(&bytes)
        .await
        .map_err(|_| "the file is damaged".to_owned())
}

async fn unpack(packed: &[u8]) -> Result<Vec<u8>, JsValue> {
    // web-sys counts this interface as unstable, though every browser has it since 2023.
    let class: Function = Reflect::get(&window(), &"DecompressionStream".into())?.dyn_into()?;
    let unpacker: ReadableWritablePair =
        Reflect::construct(&class, &Array::of1(&"gzip".into()))?.unchecked_into();
    let packed = Uint8Array::from(packed);
    let stream = Response::new_with_opt_js_u8_array(Some(&packed))?
        .body()
        .ok_or(JsValue::NULL)?
        .pipe_through(&unpacker);
    let response = Response::new_with_opt_readable_stream(Some(&stream))?;
    let buffer = JsFuture::from(response.array_buffer()?).await?;
    Ok(Uint8Array::new(&buffer).to_vec())
}

/// The numbers of a file, or why they did not come, as a sentence part.
pub(super) async fn numbers(url: &str, precision: Precision) -> Result<Vec<f32>, String> {
    let bytes = bytes(url, |_| {}).await?;
    precision
        .from_bytes(&bytes)
        .ok_or_else(|| "the file is cut short".to_owned())
}
