//! Asking the browser for a GPU adapter, without starting anything on it.

use js_sys::{Function, Promise, Reflect};
use leptos::prelude::window;
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;

use crate::session::AdapterProbe;

/// What the browser offers.
pub(super) async fn probe() -> AdapterProbe {
    match request_adapter().await {
        Ok(Some(adapter)) => AdapterProbe::Present {
            is_software: is_software(&adapter),
        },
        Ok(None) => missing("the browser offers no WebGPU adapter here"),
        Err(()) => missing("this browser has no WebGPU"),
    }
}

fn missing(reason: &str) -> AdapterProbe {
    AdapterProbe::Missing {
        reason: reason.to_owned(),
    }
}

/// `Err` where the browser does not know WebGPU at all.
///
/// The typed bindings of WebGPU are not stable yet, so the few properties are read by name.
async fn request_adapter() -> Result<Option<JsValue>, ()> {
    let gpu = Reflect::get(&window().navigator(), &"gpu".into()).map_err(drop)?;
    if !gpu.is_object() {
        return Err(());
    }
    let request = Reflect::get(&gpu, &"requestAdapter".into()).map_err(drop)?;
    let request: Function = request.dyn_into().map_err(drop)?;
    let promise: Promise = request
        .call0(&gpu)
        .map_err(drop)?
        .dyn_into()
        .map_err(drop)?;
    let adapter = JsFuture::from(promise).await.ok();
    Ok(adapter.filter(JsValue::is_object))
}

fn is_software(adapter: &JsValue) -> bool {
    let flag = |owner: &JsValue| {
        let value = Reflect::get(owner, &"isFallbackAdapter".into()).ok();
        value.is_some_and(|value| value.is_truthy())
    };
    let info = Reflect::get(adapter, &"info".into()).unwrap_or_default();
    flag(adapter) || (info.is_object() && flag(&info))
}
