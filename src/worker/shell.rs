//! The worker's edge: messages in and out, panics made heard.

use std::pin::Pin;

use futures_channel::mpsc::{UnboundedReceiver, unbounded};
use futures_util::{Stream, StreamExt as _};
use js_sys::{Array, Uint8Array};
use wasm_bindgen::{JsCast as _, JsValue, prelude::Closure};
use wasm_bindgen_futures::spawn_local;
use web_sys::{MessageEvent, MessagePort};

use super::trainer::{self, TrainOrder};
use super::{assistant, clock::scope, commands::Commands, examiner, failures, reading, runner};
use crate::protocol::{BUILD_ID, Command, Event, ExamineCommand, RunCommand, TrainEvent};

/// What the page says.
pub(super) enum Heard {
    Command(Command),
    /// The way from a trainer to an assistant, whichever of the two this is.
    Port(MessagePort),
    /// Files to be read, each behind its name.
    Files(Array),
}

/// Starts listening as any role; called once, when the worker's code has loaded.
pub fn start() {
    listen(serve);
}

/// The same, but as trainer only: a binary that never examines does without the examiner's code.
pub fn start_trainer() {
    listen(train);
}

fn listen<F: Future<Output = ()> + 'static>(serve: impl FnOnce(UnboundedReceiver<Heard>) -> F) {
    failures::make_heard();
    let (sender, receiver) = unbounded::<Heard>();
    let listener = Closure::<dyn FnMut(MessageEvent)>::new(move |message: MessageEvent| {
        match read(message.data()) {
            // The receiver lives as long as the worker.
            Ok(heard) => drop(sender.unbounded_send(heard)),
            Err(error) => {
                let message =
                    format!("the worker was told something that it does not know: {error}");
                post(&Event::Panicked { message });
            }
        }
    });
    scope().set_onmessage(Some(listener.as_ref().unchecked_ref()));
    listener.forget();
    spawn_local(serve(receiver));
    post(&Event::Hello {
        build_id: BUILD_ID.to_owned(),
    });
}

fn read(message: JsValue) -> Result<Heard, serde_wasm_bindgen::Error> {
    let message = match message.dyn_into::<MessagePort>() {
        Ok(port) => return Ok(Heard::Port(port)),
        Err(message) => message,
    };
    match message.dyn_into::<Array>() {
        Ok(files) => Ok(Heard::Files(files)),
        Err(message) => serde_wasm_bindgen::from_value(message).map(Heard::Command),
    }
}

/// Tells the page.
pub(super) fn post(event: &Event) {
    if let Ok(bytes) = event.to_bytes() {
        let buffer = Uint8Array::from(bytes.as_slice()).buffer();
        // Nobody is left to tell when the page itself cannot be reached.
        drop(scope().post_message_with_transfer(&buffer, &Array::of1(&buffer)));
    }
}

/// Tells the page of its training.
pub(super) fn post_train(event: TrainEvent) {
    post(&Event::Train(event));
}

/// What is heard first decides which role this worker has.
async fn serve(heard: UnboundedReceiver<Heard>) {
    let mut heard = heard.peekable();
    match Pin::new(&mut heard).peek().await {
        Some(Heard::Command(Command::Train(_))) => train(heard).await,
        Some(Heard::Command(Command::Examine(_)) | Heard::Files(_)) => {
            let commands = heard.filter_map(async |heard| as_examine(heard));
            examiner::serve(Commands::new(commands)).await;
        }
        Some(Heard::Command(Command::Run(_))) => {
            let commands = heard.filter_map(async |heard| as_run(heard));
            runner::serve(Commands::new(commands)).await;
        }
        Some(Heard::Port(port)) => assistant::serve(port),
        None => {}
    }
}

async fn train(heard: impl Stream<Item = Heard> + 'static) {
    let orders = heard.filter_map(async |heard| as_train(heard));
    trainer::serve(Commands::new(orders)).await;
}

fn as_train(heard: Heard) -> Option<TrainOrder> {
    match heard {
        Heard::Command(Command::Train(command)) => Some(TrainOrder::Obey(command)),
        Heard::Port(port) => Some(TrainOrder::Welcome(port)),
        Heard::Command(Command::Examine(_) | Command::Run(_)) | Heard::Files(_) => None,
    }
}

fn as_examine(heard: Heard) -> Option<ExamineCommand> {
    match heard {
        Heard::Command(Command::Examine(command)) => Some(command),
        Heard::Files(files) => {
            reading::keep(&files);
            None
        }
        Heard::Command(Command::Train(_) | Command::Run(_)) | Heard::Port(_) => None,
    }
}

fn as_run(heard: Heard) -> Option<RunCommand> {
    match heard {
        Heard::Command(Command::Run(command)) => Some(command),
        Heard::Command(Command::Train(_) | Command::Examine(_))
        | Heard::Port(_)
        | Heard::Files(_) => None,
    }
}
