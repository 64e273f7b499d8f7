//! Time, and giving the browser a turn.

use js_sys::{Function, Promise, global};
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{DedicatedWorkerGlobalScope, MessageChannel};

/// Milliseconds since the worker started.
pub(super) fn now_ms() -> f64 {
    scope()
        .performance()
        .map_or(0.0, |performance| performance.now())
}

/// Cores of the machine, as far as the browser tells.
pub(super) fn n_cores() -> u32 {
    scope().navigator().hardware_concurrency() as u32
}

/// The worker's own global object.
pub(super) fn scope() -> DedicatedWorkerGlobalScope {
    global().unchecked_into()
}

/// Lets waiting messages in: a turn of the event loop without the 4 ms that nested timers cost.
pub(super) async fn take_turn() {
    let Ok(channel) = MessageChannel::new() else {
        gloo_timers::future::TimeoutFuture::new(0).await;
        return;
    };
    let turn = Promise::new(&mut |resolve: Function, _reject| {
        channel.port1().set_onmessage(Some(&resolve));
    });
    let is_sent = channel.port2().post_message(&JsValue::NULL).is_ok();
    if is_sent && JsFuture::from(turn).await.is_err() {
        return;
    }
    channel.port1().close();
}
