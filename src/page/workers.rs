//! One worker, as the page holds it.

use js_sys::{Array, Uint8Array};
use wasm_bindgen::{JsCast as _, JsValue, prelude::Closure};
use web_sys::{
    ErrorEvent, MessageChannel, MessageEvent, MessagePort, Worker, WorkerOptions, WorkerType,
};

use crate::protocol::{BUILD_ID, Command, Event};

/// A worker that is ended when this is dropped.
pub(super) struct WorkerClient {
    worker: Worker,
    _on_message: Closure<dyn FnMut(MessageEvent)>,
    _on_error: Closure<dyn FnMut(ErrorEvent)>,
}

impl WorkerClient {
    /// Starts the worker of this name; it says `Hello` once it listens.
    ///
    /// `hear` gets what it says, `lose` the reason when it dies without a word.
    ///
    /// # Errors
    /// A sentence part that says why the browser does not start it.
    pub(super) fn spawn(
        name: &str,
        hear: impl Fn(Event) + 'static,
        lose: impl Fn(String) + Clone + 'static,
    ) -> Result<Self, String> {
        let options = WorkerOptions::new();
        options.set_type(WorkerType::Module);
        let url = format!("./{name}_loader.js?v={BUILD_ID}");
        let worker = Worker::new_with_options(&url, &options)
            .map_err(|_| "the browser did not start a worker".to_owned())?;

        let lose_unread = lose.clone();
        let on_message = Closure::new(move |message: MessageEvent| {
            match Event::from_bytes(&Uint8Array::new(&message.data()).to_vec()) {
                Ok(event) => hear(event),
                Err(error) => lose_unread(format!("a worker could not be understood: {error}")),
            }
        });
        let on_error = Closure::new(move |error: ErrorEvent| lose(reason_of(&error)));
        worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));
        Ok(Self {
            worker,
            _on_message: on_message,
            _on_error: on_error,
        })
    }

    /// Tells the worker.
    pub(super) fn tell(&self, command: &Command) {
        let value = serde_wasm_bindgen::to_value(command).unwrap_or(JsValue::NULL);
        if self.worker.post_message(&value).is_err() {
            leptos::logging::error!("a command could not be sent to a worker");
        }
    }

    /// Hands over files, which are not copied.
    pub(super) fn hand_over(&self, files: &Array) {
        if self.worker.post_message(files).is_err() {
            leptos::logging::error!("files could not be handed to a worker");
        }
    }

    /// Gives this worker and another one a way to each other.
    pub(super) fn introduce(&self, other: &Self) {
        let Ok(way) = MessageChannel::new() else {
            return;
        };
        let give = |worker: &Worker, port: &MessagePort| {
            worker.post_message_with_transfer(port, &Array::of1(port))
        };
        if give(&other.worker, &way.port2()).is_err() || give(&self.worker, &way.port1()).is_err() {
            leptos::logging::error!("two workers could not be introduced to each other");
        }
    }
}

impl Drop for WorkerClient {
    fn drop(&mut self) {
        self.worker.set_onmessage(None);
        self.worker.set_onerror(None);
        self.worker.terminate();
    }
}

fn reason_of(error: &ErrorEvent) -> String {
    // A script that cannot be loaded raises a plain event without a message.
    let message = js_sys::Reflect::get(error, &"message".into())
        .ok()
        .and_then(|value| value.as_string());
    message.unwrap_or_else(|| "its program could not be loaded".to_owned())
}
