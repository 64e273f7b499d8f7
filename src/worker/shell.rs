//! The worker's edge: messages in and out, panics made heard.

use std::pin::Pin;

use futures_channel::mpsc::{UnboundedReceiver, unbounded};
use futures_util::{Stream, StreamExt as _};
use js_sys::{Array, Uint8Array};
use wasm_bindgen::{JsCast as _, prelude::Closure};
use wasm_bindgen_futures::spawn_local;
use web_sys::MessageEvent;

use super::{clock::scope, commands::Commands, examiner, failures, runner, trainer};
use crate::protocol::{
    BUILD_ID, Command, Event, ExamineCommand, RunCommand, TrainCommand, TrainEvent,
};

/// Starts listening as any role; called once, when the worker's code has loaded.
pub fn start() {
    listen(serve);
}

/// The same, but as trainer only: a binary that never examines does without the examiner's code.
pub fn start_trainer() {
    listen(train);
}

fn listen<F: Future<Output = ()> + 'static>(serve: impl FnOnce(UnboundedReceiver<Command>) -> F) {
    failures::make_heard();
    let (sender, receiver) = unbounded::<Command>();
    let listener = Closure::<dyn FnMut(MessageEvent)>::new(move |message: MessageEvent| {
        match serde_wasm_bindgen::from_value(message.data()) {
            // The receiver lives as long as the worker.
            Ok(command) => drop(sender.unbounded_send(command)),
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

/// The first command decides which role this worker has.
async fn serve(commands: UnboundedReceiver<Command>) {
    let mut commands = commands.peekable();
    match Pin::new(&mut commands).peek().await {
        Some(Command::Train(_)) => train(commands).await,
        Some(Command::Examine(_)) => {
            let commands = commands.filter_map(async |command| as_examine(command));
            examiner::serve(Commands::new(commands)).await;
        }
        Some(Command::Run(_)) => {
            let commands = commands.filter_map(async |command| as_run(command));
            runner::serve(Commands::new(commands)).await;
        }
        None => {}
    }
}

async fn train(commands: impl Stream<Item = Command> + 'static) {
    let commands = commands.filter_map(async |command| as_train(command));
    trainer::serve(Commands::new(commands)).await;
}

fn as_train(command: Command) -> Option<TrainCommand> {
    match command {
        Command::Train(command) => Some(command),
        Command::Examine(_) | Command::Run(_) => None,
    }
}

fn as_examine(command: Command) -> Option<ExamineCommand> {
    match command {
        Command::Examine(command) => Some(command),
        Command::Train(_) | Command::Run(_) => None,
    }
}

fn as_run(command: Command) -> Option<RunCommand> {
    match command {
        Command::Run(command) => Some(command),
        Command::Train(_) | Command::Examine(_) => None,
    }
}
