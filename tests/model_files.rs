//! A model's file means in PyTorch what it means here, and the other way round.
//!
//! What torch saved was made by `tests/fixtures/make_model_fixtures.py`. The scripts that go with a model run where
//! `python3`, or the one that `PYTHON` names, has torch, numpy and safetensors; elsewhere the test says that it did not.

#[path = "common/shipped.rs"]
mod shipped;

use std::borrow::Cow;
use std::path::{Path, PathBuf};
use std::process::Command;

use bottleneck::anomaly::ErrorMeasure;
use bottleneck::autoencoder::{
    Activation, Architecture, Checkpoint, Device, Initialisation, Layer, Network, Position, Shape,
    Weights,
};
use bottleneck::data::{Dataset, NamedFile, read};
use bottleneck::model_file::{
    self, Found, SavedStudy, Settings, TrainedOn, examined, pytorch_script, to_bytes,
};
use bottleneck::random::Mt19937;
use bottleneck::recipe::{ItemShape, Recipe, RecipeName};
use pollster::block_on;

/// PyTorch adds up in another order; single precision keeps seven digits.
const TOLERANCE: f32 = 1e-5;

fn model(
    name: RecipeName,
    recipe: Recipe,
    weights: Weights,
    dataset: &Dataset,
) -> SavedStudy<'static> {
    let at_end = Position {
        epoch: recipe.training.epochs,
        batch: 0,
    };
    let title = "items of \"one\" file".to_owned();
    let study = SavedStudy {
        settings: Settings {
            name,
            recipe,
            rule: name.threshold_rule(),
            threshold: None,
            trained_on: Some(TrainedOn::of(dataset, title, None)),
            program: String::new(),
        },
        checkpoint: Cow::Owned(Checkpoint::of_weights(at_end, weights)),
        calibration: Vec::new(),
        examples: None,
        run: None,
    };
    block_on(examined(study, dataset)).expect("the items fit")
}

/// Every model that ships with the page.
fn shipped_models() -> Vec<SavedStudy<'static>> {
    let names = RecipeName::ALL.into_iter().filter(|name| name.is_shipped());
    let model = |name: RecipeName| {
        let (dataset, recipe, _) = shipped::shipped(name);
        let weights = shipped::shipped_weights(name, &recipe);
        model(name, recipe, weights, &dataset)
    };
    names.map(model).collect()
}

/// Every activation, dropout, a drawn code in the middle, and weights for some of the values.
fn odd_model() -> SavedStudy<'static> {
    let name = RecipeName::WELL_TRAINED;
    let mut recipe = name.recipe();
    let mut layers = Activation::ALL
        .map(|activation| Layer::dense(12, activation))
        .to_vec();
    layers[1].dropout = 0.25;
    layers.insert(4, Layer::variational(5, 0.5));
    layers.push(Layer::dense(64, Activation::Sigmoid));
    recipe.architecture.layers = layers;
    recipe.measure = ErrorMeasure::Weighted {
        weights: vec![0.5, 3.0, 1.0 / 3.0],
    };
    let weights = Weights::initial(&recipe.architecture, &mut Mt19937::new(3));
    model(name, recipe, weights, &shipped::data(name.data()))
}

/// Maps of features on both sides of the code, which is one itself.
fn convolutional_code() -> SavedStudy<'static> {
    let name = RecipeName::WELL_TRAINED;
    let recipe = Recipe {
        architecture: Architecture {
            input: Shape {
                channels: 1,
                height: 8,
                width: 8,
            },
            layers: vec![
                Layer::convolution(3, 3, 2, 1, Activation::Silu),
                Layer::convolution(2, 3, 2, 1, Activation::Gelu),
                Layer::transposed_convolution(4, 3, 2, 1, Activation::LeakyRelu),
                Layer::transposed_convolution(1, 3, 2, 1, Activation::Sigmoid),
            ],
            initialisation: Initialisation::Uniform,
        },
        measure: ErrorMeasure::Maximum,
        ..name.recipe()
    };
    let weights = Weights::initial(&recipe.architecture, &mut Mt19937::new(4));
    model(name, recipe, weights, &shipped::data(name.data()))
}

/// Windows along series, a dense code between them, and one over what they leave as a picture.
fn series_code() -> SavedStudy<'static> {
    let name = RecipeName::WELL_TRAINED;
    let mut architecture =
        Architecture::along_series(Shape::series(1, 64), 5, Activation::Identity);
    let over_pictures = Layer::convolution(16, 1, 1, 0, Activation::Tanh);
    architecture.layers.insert(1, over_pictures);
    let recipe = Recipe {
        architecture,
        ..name.recipe()
    };
    let weights = Weights::initial(&recipe.architecture, &mut Mt19937::new(6));
    model(name, recipe, weights, &shipped::data(name.data()))
}

/// A table with numbers, categories with quotes, and a column left out.
fn model_of_a_table() -> SavedStudy<'static> {
    let row = |idx: usize| {
        let kind = ["a \"b\"", "größe, \\", ""][idx % 3].replace('"', "\"\"");
        format!(
            "id{idx},{},\"{kind}\",{}\n",
            1_700_000_000 + idx * 7,
            idx as f32 * -0.125
        )
    };
    let text = format!("name,time,kind,x\n{}", (0..60).map(row).collect::<String>());
    let file = NamedFile {
        name: "odd.csv".to_owned(),
        bytes: text.into_bytes(),
    };
    let dataset = read(&[file]).expect("a table").dataset;
    let name = RecipeName::DEEP_FIT_PREDICT_TUNED;
    let recipe = name
        .recipe_for(ItemShape::of(&dataset))
        .expect("it takes any");
    let weights = Weights::initial(&recipe.architecture, &mut Mt19937::new(5));
    model(name, recipe, weights, &dataset)
}

/// A Python that has what the scripts need.
fn python() -> Option<String> {
    let python = std::env::var("PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let needed = "import torch, numpy, safetensors.torch";
    let found = Command::new(&python).args(["-c", needed]).output();
    found.is_ok_and(|it| it.status.success()).then_some(python)
}

fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::create_dir_all(&folder).expect("the folder of the tests can be written to");
    folder
}

#[test]
fn torch_makes_the_same_of_every_model() {
    let Some(python) = python() else {
        eprintln!("skipped: no Python with torch, numpy and safetensors; name one by PYTHON=…");
        return;
    };
    let folder = folder("models");
    let mut models = shipped_models();
    models.extend([
        odd_model(),
        convolutional_code(),
        series_code(),
        model_of_a_table(),
    ]);
    for (idx, model) in models.iter().enumerate() {
        let name = format!("{}-{idx}", model.settings.name.slug());
        let file_name = format!("{name}{}", model_file::ENDING);
        let script = folder.join(format!("{name}.py"));
        std::fs::write(folder.join(&file_name), to_bytes(model)).expect("it can be written");
        std::fs::write(&script, pytorch_script(&model.settings, &file_name))
            .expect("it can be written");
        let ran = Command::new(&python)
            .arg(&script)
            .output()
            .expect("Python starts");
        let (out, err) = (
            String::from_utf8_lossy(&ran.stdout).into_owned(),
            String::from_utf8_lossy(&ran.stderr).into_owned(),
        );
        println!("{name}:\n{out}");
        assert!(ran.status.success(), "{name}: {out}{err}");
        assert!(out.contains("inputs as prepared here"), "{name}: {out}");
        assert!(
            out.contains("Everything agrees within 1e-05."),
            "{name}: {out}"
        );
    }
}

#[test]
fn a_script_refuses_weights_that_are_not_its_own() {
    let Some(python) = python() else {
        eprintln!("skipped: no Python with torch, numpy and safetensors; name one by PYTHON=…");
        return;
    };
    let folder = folder("other-weights");
    let mut model = odd_model();
    let script = folder.join("script.py");
    std::fs::write(
        &script,
        pytorch_script(&model.settings, "model.safetensors"),
    )
    .expect("writes");
    let other = Weights::initial(&model.settings.recipe.architecture, &mut Mt19937::new(9));
    model.checkpoint.to_mut().weights = other;
    std::fs::write(folder.join("model.safetensors"), to_bytes(&model)).expect("writes");
    let ran = Command::new(&python)
        .arg(&script)
        .output()
        .expect("Python starts");
    assert!(!ran.status.success());
    assert!(String::from_utf8_lossy(&ran.stderr).contains("do not belong together"));
}

fn fixture(name: &str) -> Vec<u8> {
    let path = format!(
        "{}/tests/fixtures/models/{name}.safetensors",
        env!("CARGO_MANIFEST_DIR")
    );
    std::fs::read(path).expect("the fixtures are committed")
}

/// The items and torch's outputs, as its own file has them.
fn outputs_of(bytes: &[u8]) -> (Vec<f32>, Vec<f32>) {
    let tensors = safetensors::SafeTensors::deserialize(bytes).expect("well formed");
    let values = |name: &str| {
        let tensor = tensors.tensor(name).expect("the script saves it");
        bottleneck::encoding::floats::from_bytes(tensor.data()).expect("whole numbers of floats")
    };
    (values("items"), values("outputs"))
}

fn assert_torchs_outputs(name: &str, architecture: &Architecture) {
    let bytes = fixture(name);
    let Ok(Found::Weights(loose)) = model_file::read(&bytes) else {
        panic!("torch says nothing of the network");
    };
    let weights = loose.fit(architecture).expect("the same network");
    let network = Network::new(architecture, &weights, &Device::Cpu).expect("it fits");
    let (items, expected) = outputs_of(&bytes);
    let made = block_on(network.reconstruct(&items))
        .expect("whole items")
        .reconstructions;
    assert_eq!(made.len(), expected.len());
    let differences = made
        .iter()
        .zip(&expected)
        .map(|(ours, theirs)| (ours - theirs).abs());
    let largest = differences.fold(0.0, f32::max);
    println!("{name}: largest difference {largest:.1e}");
    assert!(largest < TOLERANCE, "{name}: {largest}");
}

#[test]
fn what_torch_saved_of_a_dense_network_gives_torchs_outputs() {
    let architecture =
        Architecture::dense(&[64, 32, 8, 32, 64], Activation::Tanh, Activation::Sigmoid);
    assert_torchs_outputs("dense", &architecture);
    assert_torchs_outputs("encoder_decoder", &architecture);
}

#[test]
fn what_torch_saved_of_convolutions_gives_torchs_outputs() {
    let architecture = Architecture {
        input: Shape {
            channels: 1,
            height: 8,
            width: 8,
        },
        layers: vec![
            Layer::convolution(4, 3, 2, 1, Activation::Relu),
            Layer::convolution(8, 4, 1, 0, Activation::Relu),
            Layer::dense(5, Activation::Identity),
            Layer::dense(8, Activation::Relu),
            Layer::transposed_convolution(4, 4, 1, 0, Activation::Relu),
            Layer::transposed_convolution(1, 3, 2, 1, Activation::Sigmoid),
        ],
        initialisation: Initialisation::Uniform,
    };
    assert_torchs_outputs("convolutional", &architecture);
}
