//! What can only be shown in a real Web Worker.

#![cfg(all(target_arch = "wasm32", feature = "worker"))]

use bottleneck::protocol::{Command, ExamineCommand, TrainCommand};
use js_sys::{Function, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_dedicated_worker);

/// What the browser makes of a message on its way to another thread.
fn structured_clone(message: &JsValue) -> JsValue {
    let global = js_sys::global();
    let clone: Function = Reflect::get(&global, &"structuredClone".into())
        .expect("the global scope has properties")
        .unchecked_into();
    clone.call1(&global, message).expect("plain data can be cloned")
}

fn sent_and_received(command: &Command) -> Command {
    let message = serde_wasm_bindgen::to_value(command).expect("a command is plain data");
    serde_wasm_bindgen::from_value(structured_clone(&message)).expect("the same command")
}

#[wasm_bindgen_test]
fn commands_arrive_as_they_were_sent() {
    let commands = [
        Command::Train(TrainCommand::Go),
        Command::Train(TrainCommand::SetLearningRate { learning_rate: 0.005 }),
        Command::Examine(ExamineCommand::Judge {
            request: 7,
            pixels: vec![0.0, 0.25, f32::MIN_POSITIVE, 1.0],
            label: None,
        }),
    ];
    for command in commands {
        assert_eq!(sent_and_received(&command), command);
    }
}
