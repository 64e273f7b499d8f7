//! What can only be shown in a real Web Worker.

#![cfg(all(target_arch = "wasm32", feature = "worker"))]

use bottleneck::autoencoder::{Device, StepEnd, Trainer};
use bottleneck::protocol::{Command, ExamineCommand, RunCommand, TrainCommand};
use bottleneck::recipe::RecipeName;
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
    clone
        .call1(&global, message)
        .expect("plain data can be cloned")
}

fn sent_and_received(command: &Command) -> Command {
    let message = serde_wasm_bindgen::to_value(command).expect("a command is plain data");
    serde_wasm_bindgen::from_value(structured_clone(&message)).expect("the same command")
}

#[wasm_bindgen_test]
fn commands_arrive_as_they_were_sent() {
    let commands = [
        Command::Train(TrainCommand::Go),
        Command::Run(RunCommand::Begin {
            request: 3,
            recipe: Box::new(RecipeName::VAE.recipe()),
        }),
        Command::Train(TrainCommand::SetLearningRate {
            learning_rate: 0.005,
        }),
        Command::Examine(ExamineCommand::Judge {
            request: 7,
            values: vec![0.0, 0.25, f32::MIN_POSITIVE, 1.0],
            label: None,
        }),
    ];
    for command in commands {
        assert_eq!(sent_and_received(&command), command);
    }
}

/// Items by a formula, so that nothing needs to be fetched.
fn items(input_size: usize) -> Vec<f32> {
    (0..60 * input_size)
        .map(|idx| (idx * 37 % 101) as f32 / 100.0)
        .collect()
}

async fn losses_of_three_epochs() -> Vec<f64> {
    let recipe = RecipeName::WELL_TRAINED.recipe();
    let items = items(recipe.architecture.input_size());
    let device = Device::Cpu;
    let mut trainer = Trainer::new(
        &recipe.architecture,
        &recipe.training,
        &items,
        &device,
        None,
    )
    .expect("the recipe can be trained");
    let mut losses = Vec::new();
    while losses.len() < 3 {
        if trainer.step() == StepEnd::EpochEnd {
            losses.push(trainer.take_loss().await.expect("the CPU is always there"));
        }
    }
    losses
}

#[wasm_bindgen_test]
async fn training_in_a_worker_falls_and_repeats_to_the_last_bit() {
    let losses = losses_of_three_epochs().await;
    assert!(losses[2] < losses[0], "{losses:?}");
    assert_eq!(losses, losses_of_three_epochs().await);
}
