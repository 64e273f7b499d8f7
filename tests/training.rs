//! A run is decided by its seed, can stop and go on, and says so when it cannot.

use bottleneck::autoencoder::{
    Activation, Architecture, Checkpoint, Device, Loss, Network, Optimiser, Position, Schedule,
    StepEnd, Trainer, TrainerError, TrainingConfig, Weights,
};
use bottleneck::data::{Dataset, inputs_of};
use bottleneck::random::Mt19937;
use bottleneck::recipe::RecipeName;
use pollster::block_on;

const N_ITEMS: usize = 97;
const N_BATCHES: usize = 10;

fn architecture() -> Architecture {
    Architecture::dense(&[16, 8, 3, 8, 16], Activation::Tanh, Activation::Sigmoid)
}

/// Ten batches an epoch, the last of seven items.
fn config(optimiser: Optimiser) -> TrainingConfig {
    TrainingConfig {
        optimiser,
        learning_rate: 0.01,
        schedule: Schedule::Cosine,
        batch_size: 10,
        drops_last_batch: false,
        epochs: 4,
        seed: 3,
        loss: Loss::MeanSquared,
        weight_decay: 0.0,
        noise: 0.0,
    }
}

fn items() -> Vec<f32> {
    (0..N_ITEMS * 16)
        .map(|i| (i * i % 17) as f32 / 16.0)
        .collect()
}

fn fresh(config: &TrainingConfig) -> Trainer {
    start(config, None)
}

fn start(config: &TrainingConfig, resume: Option<Checkpoint>) -> Trainer {
    Trainer::new(&architecture(), config, &items(), &Device::Cpu, resume)
        .expect("the run is possible")
}

/// The loss of each of the next batches.
fn losses(trainer: &mut Trainer, n_steps: usize) -> Vec<f64> {
    let one_step = |_| {
        trainer.step();
        block_on(trainer.take_loss()).expect("the CPU answers")
    };
    (0..n_steps).map(one_step).collect()
}

fn weights(trainer: &Trainer) -> Weights {
    block_on(trainer.weights()).expect("the CPU answers")
}

/// What a run needs to go on, after a journey between page and worker.
fn checkpoint(trainer: &Trainer) -> Checkpoint {
    let taken = block_on(trainer.checkpoint()).expect("the CPU answers");
    let text = serde_json::to_string(&taken).expect("it is plain data");
    let arrived: Checkpoint = serde_json::from_str(&text).expect("it is what was written");
    assert_eq!(arrived, taken);
    arrived
}

fn without_moments(checkpoint: &Checkpoint) -> Checkpoint {
    Checkpoint::of_weights(checkpoint.position, checkpoint.weights.clone())
}

fn mean_error(trainer: &Trainer, items: &[f32]) -> f64 {
    block_on(trainer.mean_error(items)).expect("the CPU answers")
}

fn refusal(
    architecture: &Architecture,
    config: &TrainingConfig,
    items: &[f32],
    resume: Option<Checkpoint>,
) -> String {
    let outcome = Trainer::new(architecture, config, items, &Device::Cpu, resume);
    outcome.err().expect("the run is impossible").to_string()
}

#[test]
fn the_same_seed_gives_bit_identical_losses_and_another_seed_others() {
    for optimiser in [Optimiser::Sgd, Optimiser::Adam] {
        let config = config(optimiser);
        let first = losses(&mut fresh(&config), 25);
        assert_eq!(first, losses(&mut fresh(&config), 25));
        let other_seed = TrainingConfig { seed: 4, ..config };
        assert_ne!(first, losses(&mut fresh(&other_seed), 25));
    }
}

#[test]
fn a_run_resumed_in_mid_epoch_goes_on_as_if_it_had_never_stopped() {
    for optimiser in [Optimiser::Sgd, Optimiser::Adam] {
        let config = config(optimiser);
        let mut uninterrupted = fresh(&config);
        let expected = losses(&mut uninterrupted, 4 * N_BATCHES);
        let mut running = fresh(&config);
        for (n_done, expected) in expected.iter().enumerate() {
            let mut resumed = start(&config, Some(checkpoint(&running)));
            assert_eq!(losses(&mut resumed, 1), [*expected], "batch {n_done}");
            if n_done == 13 {
                losses(&mut resumed, 4 * N_BATCHES);
                assert_eq!(checkpoint(&resumed), checkpoint(&uninterrupted));
                assert!(resumed.is_finished());
            }
            losses(&mut running, 1);
        }
    }
}

#[test]
fn every_recipe_goes_on_to_the_last_bit() {
    for name in RecipeName::ALL {
        let recipe = name.recipe();
        let n_values = 40 * recipe.architecture.input_size();
        let mut generator = Mt19937::new(8);
        let rows: Vec<f32> = (0..n_values).map(|_| generator.uniform(0.0, 1.0)).collect();
        let start = |resume| {
            let (architecture, training) = (&recipe.architecture, &recipe.training);
            Trainer::new(architecture, training, &rows, &Device::Cpu, resume)
                .expect("the recipe is possible")
        };
        let mut whole = start(None);
        losses(&mut whole, 5);
        let mut resumed = start(Some(checkpoint(&whole)));
        assert_eq!(losses(&mut resumed, 4), losses(&mut whole, 4), "{name:?}");
        assert_eq!(checkpoint(&resumed), checkpoint(&whole), "{name:?}");
    }
}

#[test]
fn moments_stay_where_settings_change_and_go_with_their_optimiser() {
    let adam = config(Optimiser::Adam);
    let mut trainer = fresh(&adam);
    losses(&mut trainer, N_BATCHES);
    let taken = checkpoint(&trainer);
    let changed = TrainingConfig {
        batch_size: 20,
        learning_rate: 0.02,
        weight_decay: 0.01,
        epochs: 9,
        ..adam.clone()
    };
    let kept = checkpoint(&start(&changed, Some(taken.clone())));
    assert_eq!(kept, taken);
    let by_descent = start(&config(Optimiser::Sgd), Some(taken.clone()));
    assert_eq!(checkpoint(&by_descent), without_moments(&taken));
    let mut foreign = taken.clone();
    if let Some(moments) = &mut foreign.moments {
        moments.first.pop();
    }
    let fresh_memory = start(&adam, Some(foreign));
    assert_eq!(checkpoint(&fresh_memory), without_moments(&taken));
    let mut damaged = taken.clone();
    if let Some(moments) = &mut damaged.moments {
        moments.second[3] = f32::NAN;
    }
    assert_eq!(
        checkpoint(&start(&adam, Some(damaged))),
        without_moments(&taken)
    );
}

#[test]
fn weights_without_moments_go_on_with_a_memory_that_begins() {
    let adam = config(Optimiser::Adam);
    let mut trainer = fresh(&adam);
    losses(&mut trainer, 5);
    let shipped = without_moments(&checkpoint(&trainer));
    let mut resumed = start(&adam, Some(shipped));
    assert_ne!(losses(&mut resumed, 2)[1..], losses(&mut trainer, 2)[1..]);
    let moments = checkpoint(&resumed).moments.expect("it has taken steps");
    assert_eq!(moments.n_steps, 2);
}

#[test]
fn epochs_end_after_their_short_batch_and_a_finished_run_stays_as_it_is() {
    let mut trainer = fresh(&config(Optimiser::Sgd));
    assert_eq!(trainer.n_batches(), N_BATCHES);
    let ends: Vec<StepEnd> = (0..N_BATCHES).map(|_| trainer.step()).collect();
    assert!(
        ends[..N_BATCHES - 1]
            .iter()
            .all(|&end| end == StepEnd::MidEpoch)
    );
    assert_eq!(ends[N_BATCHES - 1], StepEnd::EpochEnd);
    assert_eq!(trainer.position(), Position { epoch: 1, batch: 0 });
    for _ in N_BATCHES..4 * N_BATCHES {
        trainer.step();
    }
    assert!(trainer.is_finished());
    let last_weights = weights(&trainer);
    assert_eq!(trainer.step(), StepEnd::EpochEnd);
    assert_eq!(weights(&trainer), last_weights);
    let end = Position { epoch: 4, batch: 0 };
    assert!(
        start(
            &config(Optimiser::Sgd),
            Some(Checkpoint::of_weights(end, last_weights))
        )
        .is_finished()
    );
}

#[test]
fn the_loss_is_the_mean_over_the_batches_since_it_was_last_taken() {
    let config = config(Optimiser::Adam);
    let mut trainer = fresh(&config);
    assert_eq!(block_on(trainer.take_loss()), Ok(0.0));
    for _ in 0..5 {
        trainer.step();
    }
    let mean = block_on(trainer.take_loss()).expect("the CPU answers");
    let one_by_one = losses(&mut fresh(&config), 5);
    assert!((mean - one_by_one.iter().sum::<f64>() / 5.0).abs() < 1e-7);
    assert_eq!(block_on(trainer.take_loss()), Ok(0.0));
}

#[test]
fn the_loss_of_a_batch_of_all_items_is_their_mean_error_before_the_step() {
    let config = TrainingConfig {
        batch_size: N_ITEMS,
        ..config(Optimiser::Sgd)
    };
    let mut trainer = fresh(&config);
    let before = mean_error(&trainer, &items());
    assert!((losses(&mut trainer, 1)[0] - before).abs() < 1e-7);
    assert!(mean_error(&trainer, &items()) < before);
}

#[test]
fn a_trainer_and_a_network_of_its_weights_agree_on_the_error() {
    let mut trainer = fresh(&config(Optimiser::Adam));
    losses(&mut trainer, 10);
    let network =
        Network::new(&architecture(), &weights(&trainer), &Device::Cpu).expect("the weights fit");
    let reconstructed = block_on(network.reconstruct(&items())).expect("the CPU answers");
    assert_eq!(reconstructed.codes.len(), N_ITEMS * 3);
    let squares = items()
        .iter()
        .zip(&reconstructed.reconstructions)
        .map(|(x, y)| f64::from(x - y).powi(2))
        .sum::<f64>();
    let by_hand = squares / (N_ITEMS * 16) as f64;
    assert!((mean_error(&trainer, &items()) - by_hand).abs() < 1e-7);
}

#[test]
fn a_changed_learning_rate_acts_from_the_next_batch_on() {
    let slow = config(Optimiser::Sgd);
    let fast = TrainingConfig {
        learning_rate: 1.0,
        ..slow.clone()
    };
    let mut changed = fresh(&slow);
    assert_eq!(changed.set_learning_rate(1.0), Ok(()));
    assert_eq!(losses(&mut changed, 15), losses(&mut fresh(&fast), 15));
    assert!(matches!(
        changed.set_learning_rate(f64::NAN),
        Err(TrainerError::Config(_))
    ));
    assert!(changed.set_learning_rate(11.0).is_err());
}

#[test]
fn training_that_diverges_reports_no_number_and_does_not_panic() {
    let sizes = architecture().layer_sizes();
    let linear = Architecture::dense(&sizes, Activation::Identity, Activation::Identity);
    let config = TrainingConfig {
        learning_rate: 10.0,
        ..config(Optimiser::Sgd)
    };
    let mut trainer =
        Trainer::new(&linear, &config, &items(), &Device::Cpu, None).expect("the run is possible");
    for _ in 0..20 {
        trainer.step();
    }
    assert!(
        block_on(trainer.take_loss())
            .expect("the CPU answers")
            .is_nan()
    );
    assert!(!weights(&trainer).are_finite());
}

#[test]
fn impossible_runs_are_refused_with_a_sentence() {
    let (architecture, config, items) = (architecture(), config(Optimiser::Sgd), items());
    let shallow = Architecture::dense(&[16, 16], Activation::Tanh, Activation::Sigmoid);
    assert!(refusal(&shallow, &config, &items, None).starts_with("The network cannot be built"));
    let no_batch = TrainingConfig {
        batch_size: 0,
        ..config.clone()
    };
    assert!(refusal(&architecture, &no_batch, &items, None).starts_with("The training cannot"));
    assert!(refusal(&architecture, &config, &[], None).starts_with("There are no items"));
    assert!(
        refusal(&architecture, &config, &items[1..], None).starts_with("The items are not whole")
    );

    let initial = Weights::initial(&architecture, &mut Mt19937::new(1));
    for position in [(0, 10), (4, 1), (5, 0), (usize::MAX, 0)] {
        let position = Position {
            epoch: position.0,
            batch: position.1,
        };
        let message = refusal(
            &architecture,
            &config,
            &items,
            Some(Checkpoint::of_weights(position, initial.clone())),
        );
        assert!(
            message.starts_with("Training cannot go on from epoch"),
            "{message}"
        );
    }
    let small = Architecture::dense(&[2, 1, 2], Activation::Tanh, Activation::Sigmoid);
    let foreign = Weights::initial(&small, &mut Mt19937::new(1));
    let message = refusal(
        &architecture,
        &config,
        &items,
        Some(Checkpoint::of_weights(Position::default(), foreign)),
    );
    assert_eq!(
        message,
        "The weights do not fit: 7 values were given, but the network has 339."
    );
}

#[test]
fn the_well_trained_recipe_reconstructs_digits_that_it_has_not_seen() {
    let packed = std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/www/data/digits.bin"))
        .expect("the packed digits are committed");
    let dataset = Dataset::decode(&packed).expect("the packed digits are well-formed");
    let recipe = RecipeName::WELL_TRAINED.recipe();
    let split = recipe.split(&dataset);
    let learnt = inputs_of(&dataset, &split.train, recipe.label_input);
    let unseen = inputs_of(&dataset, &split.test, recipe.label_input);
    let mut trainer = Trainer::new(
        &recipe.architecture,
        &recipe.training,
        &learnt,
        &Device::Cpu,
        None,
    )
    .expect("the recipe is possible");
    let untrained_error = mean_error(&trainer, &unseen);
    while !trainer.is_finished() {
        trainer.step();
    }
    let (learnt_error, unseen_error) =
        (mean_error(&trainer, &learnt), mean_error(&trainer, &unseen));
    println!(
        "mean error: untrained {untrained_error:.4}, learnt {learnt_error:.4}, unseen {unseen_error:.4}"
    );
    assert!(untrained_error > 0.1, "untrained {untrained_error}");
    assert!(unseen_error < 0.015, "unseen {unseen_error}");
    assert!(
        learnt_error < unseen_error,
        "learnt {learnt_error}, unseen {unseen_error}"
    );
}

/// Three losses of a run from its beginning, and the same three of a run that goes on in the middle of an epoch.
fn losses_with_a_stop(config: &TrainingConfig, architecture: &Architecture) -> [Vec<f64>; 2] {
    let start = |resume| {
        Trainer::new(architecture, config, &items(), &Device::Cpu, resume).expect("possible")
    };
    let mut whole = start(None);
    losses(&mut whole, 4);
    let mut resumed = start(Some(checkpoint(&whole)));
    [losses(&mut whole, 3), losses(&mut resumed, 3)]
}

#[test]
fn noise_and_dropout_come_back_the_same_when_a_run_goes_on() {
    let config = TrainingConfig {
        noise: 0.2,
        ..config(Optimiser::Sgd)
    };
    let mut architecture = architecture();
    architecture.layers[0].dropout = 0.5;
    let [whole, resumed] = losses_with_a_stop(&config, &architecture);
    assert_eq!(whole, resumed);
    architecture.layers[0].dropout = 0.0;
    let [without_dropout, _] = losses_with_a_stop(&config, &architecture);
    assert_ne!(whole, without_dropout);
}

#[test]
fn noise_is_learned_away_while_the_target_stays_clean() {
    let seen_clean = config(Optimiser::Sgd);
    let seen_noisy = TrainingConfig {
        noise: 0.3,
        ..seen_clean.clone()
    };
    let clean = losses(&mut fresh(&seen_clean), 1)[0];
    let noisy = losses(&mut fresh(&seen_noisy), 1)[0];
    assert!((clean - noisy).abs() > 1e-6, "the network sees the noise");
    assert!((clean - noisy).abs() < 0.02, "but the target has none");
}

#[test]
fn a_dropped_last_batch_is_neither_counted_nor_learned() {
    let config = TrainingConfig {
        drops_last_batch: true,
        ..config(Optimiser::Sgd)
    };
    let mut trainer = fresh(&config);
    assert_eq!(trainer.n_batches(), N_BATCHES - 1);
    for _ in 1..trainer.n_batches() {
        assert_eq!(trainer.step(), StepEnd::MidEpoch);
    }
    assert_eq!(trainer.step(), StepEnd::EpochEnd);
}
