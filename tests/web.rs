//! What can only be shown in a real Web Worker.

#![cfg(all(target_arch = "wasm32", feature = "worker"))]

use bottleneck::autoencoder::{Device, StepEnd, Trainer};
use bottleneck::model_file::Part;
use bottleneck::protocol::{
    Command, ExamineCommand, RememberedLesson, RememberedWork, RunCommand, TrainCommand,
};
use bottleneck::recipe::RecipeName;
use bottleneck::worker::storage::{Claim, Storage, StorageError, claim};
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

fn work(id: &str, written_ms: f64) -> RememberedWork {
    RememberedWork {
        id: id.to_owned(),
        title: format!("the work {id}"),
        fragment: "rotation=90".to_owned(),
        written_ms,
    }
}

fn part(name: &str, bytes: &[u8]) -> Part {
    Part {
        name: name.to_owned(),
        bytes: bytes.to_vec(),
    }
}

/// A storage of its own for each test, with nothing in it.
async fn empty_storage(name: &str) -> Storage {
    let storage = Storage::open(name).await.expect("a browser has a database");
    storage
        .forget_everything()
        .await
        .expect("it can be emptied");
    storage
}

#[wasm_bindgen_test]
async fn a_work_is_had_back_in_parts_as_they_were_written_last() {
    let storage = empty_storage("parts").await;
    let parts = [
        part("study", &[1, 2, 3]),
        part("epoch 1", &[4]),
        part("epoch 2", &[5]),
    ];
    storage
        .write(&work("a", 1.0), &parts, |_| true)
        .await
        .expect("there is room");
    let newer = [part("study", &[6]), part("epoch 3", &[7])];
    storage
        .write(&work("a", 2.0), &newer, |name| name != "epoch 1")
        .await
        .expect("there is room");
    let other = [part("study", &[8])];
    storage
        .write(&work("a/b", 3.0), &other, |_| true)
        .await
        .expect("there is room");
    let mut found = storage.parts("a").await.expect("it was written");
    found.sort_by(|one, other| one.name.cmp(&other.name));
    assert_eq!(
        found,
        [
            part("epoch 2", &[5]),
            part("epoch 3", &[7]),
            part("study", &[6])
        ]
    );
    let listed = storage.works().await.expect("they can be listed");
    assert_eq!(listed.works, [work("a/b", 3.0), work("a", 2.0)]);
}

#[wasm_bindgen_test]
async fn the_oldest_works_make_room_but_none_that_a_tab_works_on() {
    let storage = empty_storage("many").await;
    assert_eq!(claim("claimed").await, Claim::Ours);
    let names = ["claimed", "b", "c", "d", "e", "f", "g", "h"];
    for (age, id) in (1_u8..).zip(names) {
        let (work, parts) = (work(id, f64::from(age)), [part("study", &[age])]);
        let written = storage.write(&work, &parts, |_| true);
        written.await.expect("there is room");
    }
    let listed = storage.works().await.expect("they can be listed");
    let listed: Vec<_> = listed.works.iter().map(|work| work.id.as_str()).collect();
    assert_eq!(listed, ["h", "g", "f", "e", "d", "c"]);
    assert_eq!(storage.parts("claimed").await.expect("it stays").len(), 1);
    assert!(matches!(storage.parts("b").await, Err(StorageError::Gone)));
}

#[wasm_bindgen_test]
async fn what_is_forgotten_is_gone() {
    let storage = empty_storage("forgotten").await;
    let lesson = RememberedLesson {
        slug: "training".to_owned(),
        page_idx: 2,
        is_finished: true,
    };
    storage.write_lesson(&lesson).await.expect("there is room");
    storage
        .write(&work("a", 1.0), &[part("study", &[1])], |_| true)
        .await
        .expect("there is room");
    assert_eq!(
        storage.lessons().await.expect("they can be listed"),
        [lesson]
    );
    storage
        .forget_everything()
        .await
        .expect("it can be emptied");
    assert!(
        storage
            .lessons()
            .await
            .expect("they can be listed")
            .is_empty()
    );
    assert!(
        storage
            .works()
            .await
            .expect("they can be listed")
            .works
            .is_empty()
    );
    assert!(matches!(storage.parts("a").await, Err(StorageError::Gone)));
}
