//! Whatever the page trains comes back to the last bit, and nothing that lies gets in.

use std::borrow::Cow;

use super::*;
use crate::anomaly::{ErrorMeasure, ThresholdRule};
use crate::autoencoder::{
    Activation, Architecture, Checkpoint, EpochLoss, FilmFrame, Information, Layer, Moments,
    Optimiser, Position, Weights,
};
use crate::data::{ColumnChoice, Dataset, NamedFile, TableReading, employees};
use crate::random::Mt19937;
use crate::recipe::{ItemShape, Recipe, RecipeName};

/// Numbers of every size and sign, the same for a seed.
fn numbers(n: usize, seed: u64) -> Vec<f32> {
    let mut generator = Mt19937::new(seed);
    let mut number =
        || generator.normal() * 10_f32.powi((generator.next_u32() % 20).cast_signed() - 10);
    (0..n).map(|_| number()).collect()
}

fn checkpoint(recipe: &Recipe, epoch: usize, seed: u64) -> Checkpoint {
    let n = recipe.architecture.n_parameters();
    let weights = Weights::from_values(&recipe.architecture, numbers(n, seed));
    let moments = Moments {
        n_steps: seed as i32 + 1,
        first: numbers(n, seed + 1),
        second: numbers(n, seed + 2).into_iter().map(f32::abs).collect(),
    };
    Checkpoint {
        position: Position { epoch, batch: 3 },
        weights: weights.expect("one for each parameter"),
        moments: (recipe.training.optimiser == Optimiser::Adam).then_some(moments),
    }
}

fn pictures() -> Dataset {
    let pixels = (0..6 * 64).map(|place| (place % 17) as u8).collect();
    Dataset::pictures(8, 8, 16, pixels, vec![0, 1, 2, 3, 4, 5]).expect("six pictures")
}

fn settings(name: RecipeName, recipe: Recipe, dataset: Option<&Dataset>) -> Settings {
    Settings {
        name,
        recipe,
        rule: ThresholdRule::Conformal { alpha: 0.013 },
        threshold: Some(0.1 + 0.2),
        trained_on: dataset.map(|it| TrainedOn::of(it, "a \"file\".csv".to_owned(), None)),
        program: "0.1.0".to_owned(),
    }
}

fn whole_run(recipe: &Recipe) -> SavedRun<'static> {
    let loss = |epoch: usize| EpochLoss {
        epoch,
        n_batches: 7,
        training: 0.1 / epoch as f64,
        calibration: f64::MAX,
        information: recipe.architecture.beta().map(|beta| Information {
            nats: 1.0 / 3.0,
            beta,
        }),
    };
    let frame = |epoch| FilmFrame {
        epoch,
        reconstructed: numbers(2 * recipe.architecture.input_size(), 9),
    };
    let history = (0..3).map(|epoch| Cow::Owned(checkpoint(recipe, epoch, 40 + epoch as u64)));
    SavedRun {
        losses: (1..5).map(loss).collect(),
        batch_losses: numbers(7, 3),
        film: vec![frame(1), frame(3)].into(),
        film_items: vec![4, 2],
        history: history.collect(),
        own: Some(OwnFiles {
            files: vec![NamedFile {
                name: "people.csv".to_owned(),
                bytes: b"age\n1\n2\n".to_vec(),
            }]
            .into(),
            reading: TableReading {
                choices: Some(vec![ColumnChoice::Number]),
                tells_missing: [0].into(),
                has_header: Some(true),
            },
        }),
    }
}

fn study(name: RecipeName, recipe: Recipe, dataset: Option<&Dataset>) -> SavedStudy<'static> {
    let (n_inputs, code_size) = (
        recipe.architecture.input_size(),
        recipe.architecture.code_size(),
    );
    SavedStudy {
        checkpoint: Cow::Owned(checkpoint(&recipe, 4.min(recipe.training.epochs), 1)),
        calibration: numbers(11, 5).into_iter().map(f32::abs).collect(),
        examples: Some(Examples {
            items: vec![2, 5, 0],
            inputs: numbers(3 * n_inputs, 6),
            outputs: numbers(3 * n_inputs, 7),
            codes: numbers(3 * code_size, 8),
            errors: numbers(3, 9),
            raw: RawExamples {
                levels: vec![0, 16, 4],
                labels: vec![7, 1, 3],
                cells: vec![vec!["a".to_owned(), "\"b\"".to_owned()]],
            },
        }),
        run: Some(whole_run(&recipe)),
        settings: settings(name, recipe, dataset),
    }
}

fn read_study(bytes: &[u8]) -> SavedStudy<'static> {
    match read(bytes).expect("it was written here") {
        Found::Study(study) => *study,
        Found::Weights(loose) => panic!("a study, not {loose:?}"),
    }
}

fn assert_survives(study: &SavedStudy) {
    let bytes = to_bytes(study);
    assert!(is_model_file(&bytes));
    assert_eq!(bytes, to_bytes(study), "the same study, the same bytes");
    let read = read_study(&bytes);
    assert_eq!(&read, study);
    assert_eq!(to_bytes(&read), bytes, "to the last bit");
}

#[test]
fn every_recipe_survives_as_a_model_and_as_a_study() {
    for name in RecipeName::ALL {
        let whole = study(name, name.recipe(), None);
        assert_survives(&whole);
        assert_survives(&SavedStudy { run: None, ..whole });
    }
}

#[test]
fn any_settings_survive() {
    let mut recipe = RecipeName::WELL_TRAINED.recipe();
    let mut layers = Activation::ALL
        .map(|activation| Layer::dense(9, activation))
        .to_vec();
    layers[1] = Layer::dense(12, Activation::Gelu).with_dropout(0.1);
    layers[3] = Layer::variational(3, 0.7);
    layers.push(Layer::dense(64, Activation::Sigmoid));
    recipe.architecture.layers = layers;
    recipe.training.learning_rate = 0.1 + 0.2;
    recipe.training.weight_decay = 1.0 / 3.0;
    recipe.training.seed = u64::MAX;
    recipe.training.noise = 0.1;
    recipe.normality.anomalous_classes = [3, 255].into();
    recipe.normality.contamination = 0.07;
    recipe.measure = ErrorMeasure::Weighted {
        weights: vec![0.1, 1.0 / 3.0, f32::MIN_POSITIVE],
    };
    assert_survives(&study(RecipeName::WELL_TRAINED, recipe, Some(&pictures())));
}

#[test]
fn the_scale_of_a_table_survives() {
    let dataset = employees(1);
    let name = RecipeName::EMPLOYEES;
    let recipe = name.recipe_for(ItemShape::of(&dataset)).expect("its own");
    assert_survives(&study(name, recipe, Some(&dataset)));
}

#[test]
fn every_rule_survives() {
    let rules = ThresholdRule::family(16).into_iter();
    for rule in rules.chain([ThresholdRule::Manual(1.0 / 3.0)]) {
        let mut study = study(RecipeName::EMPLOYEES, RecipeName::EMPLOYEES.recipe(), None);
        study.settings.rule = rule;
        assert_survives(&study);
    }
}

/// A file as a program that knows nothing of this one writes it.
fn foreign(tensors: &[(&str, &[usize], Vec<f32>)], metadata: Option<&str>) -> Vec<u8> {
    let tensors = tensors.iter().map(|(name, shape, values)| {
        (
            *name,
            tensors::Tensor::collected(shape, values.iter().copied()),
        )
    });
    let metadata = metadata.map(|text| {
        [(header::KEY.to_owned(), text.to_owned())]
            .into_iter()
            .collect()
    });
    safetensors::serialize(tensors, metadata).expect("well formed")
}

fn tiny() -> Architecture {
    Architecture::dense(&[3, 2, 3], Activation::Tanh, Activation::Sigmoid)
}

/// Weights of 3-2-3 under these names.
fn tiny_tensors(names: [&str; 4]) -> Vec<(&str, &'static [usize], Vec<f32>)> {
    let [first, first_bias, second, second_bias] = names;
    vec![
        (second, &[3, 2][..], vec![7.0; 6]),
        (second_bias, &[3][..], vec![8.0; 3]),
        (first, &[2, 3][..], vec![5.0; 6]),
        (first_bias, &[2][..], vec![6.0; 2]),
    ]
}

fn fit(bytes: &[u8]) -> Result<Weights, ModelFileError> {
    match read(bytes)? {
        Found::Weights(loose) => loose.fit(&tiny()),
        Found::Study(study) => panic!("it says nothing of itself: {study:?}"),
    }
}

#[test]
fn weights_from_elsewhere_fit_by_the_order_of_their_names() {
    for names in [
        [
            "layers.0.weight",
            "layers.0.bias",
            "layers.1.weight",
            "layers.1.bias",
        ],
        ["2.weight", "2.bias", "10.weight", "10.bias"],
        [
            "encoder.0.weight",
            "encoder.0.bias",
            "decoder.0.weight",
            "decoder.0.bias",
        ],
        [
            "model.encoder.4.weight",
            "model.encoder.4.bias",
            "model.decoder.1.weight",
            "model.decoder.1.bias",
        ],
    ] {
        let weights = fit(&foreign(&tiny_tensors(names), None)).expect("it fits");
        let values = weights.values();
        assert_eq!(
            (values[0], values[6], values[8], values[14]),
            (5.0, 6.0, 7.0, 8.0)
        );
    }
}

#[test]
fn a_layer_may_have_no_biases() {
    let mut tensors = tiny_tensors(["0.weight", "0.bias", "1.weight", "1.bias"]);
    tensors.remove(1);
    let weights = fit(&foreign(&tensors, None)).expect("it fits");
    assert_eq!(weights.values()[14..], [0.0; 3]);
}

#[test]
fn weights_that_do_not_fit_are_refused_by_name() {
    let names = ["0.weight", "0.bias", "1.weight", "1.bias"];
    let error_of = |tensors: &[(&str, &[usize], Vec<f32>)]| {
        fit(&foreign(tensors, None))
            .expect_err("it does not fit")
            .to_string()
    };
    let mut turned = tiny_tensors(names);
    turned[2].1 = &[3, 2];
    assert_eq!(
        error_of(&turned),
        "the tensor \"0.weight\" has the shape 3 × 2, but 2 × 3 is needed; save the weights of the same network"
    );
    let mut endless = tiny_tensors(names);
    endless[1].2[1] = f32::INFINITY;
    assert!(error_of(&endless).contains("\"1.bias\" holds NaN or an infinite number at place 1"));
    let half = &tiny_tensors(names)[2..];
    assert!(error_of(half).contains("weights of 1 layers, but the network has 2"));
    assert!(error_of(&tiny_tensors(names)[1..]).contains("no tensor \"1.weight\""));
}

/// The study of the smallest network, with another text about itself.
fn with_text(change: impl Fn(&mut serde_json::Value)) -> Vec<u8> {
    let name = RecipeName::EMPLOYEES;
    let bytes = to_bytes(&study(name, name.recipe(), Some(&employees(1))));
    let (_, metadata) = safetensors::SafeTensors::read_metadata(&bytes).expect("well formed");
    let text = &metadata.metadata().as_ref().expect("there is one")[header::KEY];
    let mut value = serde_json::from_str(text).expect("JSON");
    change(&mut value);
    let tensors = safetensors::SafeTensors::deserialize(&bytes).expect("well formed");
    let metadata = [(header::KEY.to_owned(), value.to_string())]
        .into_iter()
        .collect();
    safetensors::serialize(tensors.iter(), Some(metadata)).expect("well formed")
}

#[test]
fn a_text_that_lies_is_refused() {
    use serde_json::json;
    let error_of = |pointer: &str, lie: serde_json::Value| {
        let bytes =
            with_text(|text| *text.pointer_mut(pointer).expect("it is there") = lie.clone());
        let refused = read(&bytes).expect_err(pointer);
        assert!(refused.to_string().contains(';'), "{refused}");
        refused
    };
    assert_eq!(
        error_of("/version", json!(2)),
        ModelFileError::NewerVersion {
            version: 2,
            supported: 1
        }
    );
    assert!(matches!(
        error_of("/version", json!("x")),
        ModelFileError::Settings { .. }
    ));
    assert!(matches!(
        error_of("/recipe_name", json!("gan")),
        ModelFileError::UnknownRecipe { .. }
    ));
    assert!(matches!(
        error_of("/recipe/training/batch_size", json!(0)),
        ModelFileError::Recipe(_)
    ));
    assert!(matches!(
        error_of("/recipe/architecture/input/channels", json!(10)),
        ModelFileError::Recipe(_)
    ));
    assert!(matches!(
        error_of("/recipe/label_input", json!(true)),
        ModelFileError::Number { .. }
    ));
    assert!(matches!(
        error_of("/threshold", json!(-1.0)),
        ModelFileError::Number { .. }
    ));
    assert!(matches!(
        error_of("/rule", json!({"Percentile": {"percent": 101.0}})),
        ModelFileError::Number { .. }
    ));
    assert!(matches!(
        error_of("/position/epoch", json!(10_000_000)),
        ModelFileError::Number { .. }
    ));
    assert!(matches!(
        error_of("/optimiser_steps", json!(-4)),
        ModelFileError::Number { .. }
    ));
    assert!(matches!(
        error_of("/run/own/names", json!(["a", "b"])),
        ModelFileError::Missing { .. }
    ));
    assert!(matches!(
        error_of("/trained_on/largest_label", json!(0)),
        ModelFileError::Number { .. }
    ));
    assert!(read(&with_text(|_| {})).is_ok(), "the text as it was");
}

#[test]
fn a_layer_that_would_fill_the_memory_is_refused() {
    let mut recipe = RecipeName::MNIST_CONV.recipe();
    let last = recipe.architecture.layers.len();
    let wide = Layer::convolution(1, 1, 1, 100_000, Activation::Relu);
    let narrow = Layer::convolution(1, 199_973, 1, 0, Activation::Relu);
    recipe
        .architecture
        .layers
        .splice(last..last, [wide, narrow]);
    assert!(validity::check_recipe(&recipe).is_err());
}

#[test]
fn a_file_that_is_cut_or_claims_too_much_is_refused() {
    let bytes = foreign(
        &tiny_tensors(["0.weight", "0.bias", "1.weight", "1.bias"]),
        None,
    );
    for length in [0, 7, 8, 30, bytes.len() - 1] {
        assert_eq!(
            read(&bytes[..length]),
            Err(ModelFileError::CutShort),
            "{length}"
        );
    }
    let mut boasting = vec![b'{'; 9_000_000];
    boasting[..8].copy_from_slice(&8_500_000_u64.to_le_bytes());
    assert!(matches!(
        read(&boasting),
        Err(ModelFileError::LargeHeader { .. })
    ));
    let mut damaged = bytes.clone();
    damaged[9] = b'{';
    assert!(matches!(read(&damaged), Err(ModelFileError::Header { .. })));
    assert!(is_model_file(&bytes) && !is_model_file(b"age,city\n27,bonn\n"));
}

#[test]
fn a_header_of_few_words_stands_for_a_whole_recipe() {
    let recipe = RecipeName::EMPLOYEES.recipe();
    let trained = study(RecipeName::EMPLOYEES, recipe, None);
    let bytes = to_bytes(&SavedStudy {
        run: None,
        examples: None,
        ..trained.clone()
    });
    let tensors = safetensors::SafeTensors::deserialize(&bytes).expect("well formed");
    let text = "{\"version\":1,\"recipe_name\":\"employees\"}".to_owned();
    let metadata = [(header::KEY.to_owned(), text)].into_iter().collect();
    let bytes = safetensors::serialize(tensors.iter(), Some(metadata)).expect("well formed");
    let read = read_study(&bytes);
    assert_eq!(read.settings.recipe, RecipeName::EMPLOYEES.recipe());
    assert_eq!(read.settings.rule, RecipeName::EMPLOYEES.threshold_rule());
    assert_eq!(read.checkpoint.weights, trained.checkpoint.weights);
    assert_eq!(
        read.checkpoint.position.epoch,
        read.settings.recipe.training.epochs
    );
}
