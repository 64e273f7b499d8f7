//! Several workers learn what one learns, to the last bit, whoever works and whatever goes wrong.

use bottleneck::autoencoder::{
    Activation, Architecture, Assistant, Checkpoint, Device, Layer, Loss, Optimiser, Schedule,
    ShareOrder, SharedStep, StepEnd, Trainer, TrainingConfig,
};
use bottleneck::recipe::RecipeName;
use pollster::block_on;

/// A run to learn, and what helps it.
struct Subject {
    architecture: Architecture,
    training: TrainingConfig,
    items: Vec<f32>,
}

impl Subject {
    /// Two whole batches and one of `n_last` items.
    fn new(architecture: Architecture, training: TrainingConfig, n_last: usize) -> Self {
        let n_items = 2 * training.batch_size + n_last;
        let n_values = n_items * architecture.input_size();
        let items = (0..n_values).map(|i| (i * i % 31) as f32 / 30.0).collect();
        Self {
            architecture,
            training,
            items,
        }
    }

    fn trainer(&self, resume: Option<Checkpoint>) -> Trainer {
        let (architecture, training) = (&self.architecture, &self.training);
        Trainer::new(architecture, training, &self.items, &Device::Cpu, resume)
            .expect("the run is possible")
    }

    fn assistant(&self) -> Assistant {
        Assistant::new(&self.architecture, &self.training).expect("the run is possible")
    }

    /// Trains so many steps alone.
    fn alone(&self, n_steps: usize) -> Outcome {
        let mut trainer = self.trainer(None);
        for _ in 0..n_steps {
            trainer.step();
        }
        Outcome::of(&mut trainer)
    }

    /// Trains so many steps, each with the workers and the faults that `plan` says.
    fn shared(&self, n_steps: usize, plan: impl Fn(usize) -> Plan) -> Outcome {
        let mut trainer = self.trainer(None);
        let mut assistant = self.assistant();
        for step in 0..n_steps {
            share_step(&mut trainer, &mut assistant, &plan(step));
        }
        Outcome::of(&mut trainer)
    }
}

/// How a step is shared.
struct Plan {
    n_workers: usize,
    /// The assistant whose answer never comes.
    lost: Option<usize>,
}

impl Plan {
    fn with(n_workers: usize) -> Self {
        let lost = None;
        Self { n_workers, lost }
    }
}

fn share_step(trainer: &mut Trainer, assistant: &mut Assistant, plan: &Plan) -> StepEnd {
    let Some(mut step) = trainer.share_step(plan.n_workers) else {
        return trainer.step();
    };
    let orders: Vec<_> = (0..step.n_orders())
        .map(|idx| (idx, order(&step, idx)))
        .collect();
    step.work();
    // The last order first: answers come in any order.
    for (idx, (order, floats)) in orders.into_iter().rev() {
        if plan.lost != Some(idx) {
            let (gradients, cost) = assistant.work(&order, &floats).expect("it is of this run");
            step.accept(idx, cost, |room| room.copy_from_slice(gradients));
        }
    }
    step.end()
}

/// An order, and the floats that travel with it.
fn order(step: &SharedStep<'_>, order_idx: usize) -> (ShareOrder, Vec<f32>) {
    let mut rows = Vec::new();
    let order = step.write_order(order_idx, &mut rows);
    (order, [step.weights(), &rows].concat())
}

/// All that a run can be known by.
#[derive(Debug, PartialEq)]
struct Outcome {
    losses: Vec<f64>,
    divergence: Option<f64>,
    checkpoint: Checkpoint,
}

impl Outcome {
    fn of(trainer: &mut Trainer) -> Self {
        Self {
            losses: block_on(trainer.take_losses()).expect("the CPU answers"),
            divergence: block_on(trainer.take_divergence()).expect("the CPU answers"),
            checkpoint: block_on(trainer.checkpoint()).expect("the CPU answers"),
        }
    }
}

/// A dense network that is wide enough to be shared, with all that chance can decide.
fn wide(optimiser: Optimiser) -> Subject {
    let sizes = [400, 500, 12, 500, 400];
    let mut architecture = Architecture::dense(&sizes, Activation::Tanh, Activation::Sigmoid);
    architecture.layers[0] = Layer {
        dropout: 0.3,
        ..architecture.layers[0]
    };
    let training = TrainingConfig {
        optimiser,
        learning_rate: 0.01,
        schedule: Schedule::Cosine,
        batch_size: 66,
        drops_last_batch: false,
        epochs: 3,
        seed: 5,
        loss: Loss::SummedSquared,
        weight_decay: 0.001,
        noise: 0.1,
    };
    Subject::new(architecture.with_variational_code(0.5), training, 7)
}

fn recipe(name: RecipeName) -> Subject {
    let recipe = name.recipe();
    Subject::new(recipe.architecture, recipe.training, 3)
}

fn is_shared(subject: &Subject) -> bool {
    subject.trainer(None).can_share()
}

#[test]
fn any_number_of_workers_learns_the_same_to_the_last_bit_by_every_recipe() {
    for name in RecipeName::ALL {
        let subject = recipe(name);
        let alone = subject.alone(4);
        for n_workers in 1..=5 {
            let shared = subject.shared(4, |_| Plan::with(n_workers));
            assert_eq!(shared, alone, "{name:?} with {n_workers}");
        }
    }
}

#[test]
fn convolutions_with_large_batches_are_shared_and_small_dense_networks_are_not() {
    assert!(is_shared(&recipe(RecipeName::MNIST_CONV)));
    for name in [RecipeName::UCI_DIGITS, RecipeName::HANDWRITTEN] {
        assert!(!is_shared(&recipe(name)), "{name:?}");
    }
    assert!(is_shared(&wide(Optimiser::Adam)));
}

#[test]
fn what_chance_decides_does_not_hang_on_who_works() {
    for optimiser in Optimiser::ALL {
        let subject = wide(optimiser);
        let alone = subject.alone(6);
        for n_workers in 2..=4 {
            let shared = subject.shared(6, |_| Plan::with(n_workers));
            assert_eq!(shared, alone, "{optimiser:?} with {n_workers}");
        }
    }
}

#[test]
fn batches_with_fewer_items_than_workers_are_shared_as_far_as_they_go() {
    let whole = wide(Optimiser::Adam);
    for n_last in 1..=5 {
        let subject = Subject::new(whole.architecture.clone(), whole.training.clone(), n_last);
        let alone = subject.alone(3);
        for n_workers in 2..=4 {
            let shared = subject.shared(3, |_| Plan::with(n_workers));
            assert_eq!(shared, alone, "{n_last} items with {n_workers}");
        }
    }
}

#[test]
fn workers_may_come_and_go_and_answers_be_lost_in_the_middle() {
    let subject = wide(Optimiser::Adam);
    let alone = subject.alone(9);
    let changing = subject.shared(9, |step| Plan::with(1 + step % 4));
    assert_eq!(changing, alone);
    let losing = subject.shared(9, |step| Plan {
        n_workers: 2 + step % 3,
        lost: Some(step % 2),
    });
    assert_eq!(losing, alone);
}

#[test]
fn a_step_that_is_given_up_has_not_happened() {
    let subject = wide(Optimiser::Adam);
    let mut trainer = subject.trainer(None);
    for _ in 0..4 {
        let mut step = trainer.share_step(3).expect("its batches are cut");
        step.work();
        drop(step);
        trainer.step();
    }
    assert_eq!(Outcome::of(&mut trainer), subject.alone(4));
}

#[test]
fn a_run_goes_on_with_another_number_of_workers_as_if_it_had_never_stopped() {
    let subject = wide(Optimiser::Adam);
    let mut first = subject.trainer(None);
    let mut assistant = subject.assistant();
    for _ in 0..4 {
        share_step(&mut first, &mut assistant, &Plan::with(2));
    }
    let resume = block_on(first.checkpoint()).expect("the CPU answers");
    let mut second = subject.trainer(Some(resume));
    for _ in 4..8 {
        share_step(&mut second, &mut assistant, &Plan::with(4));
    }
    let expected = subject.alone(8);
    assert_eq!(Outcome::of(&mut second).checkpoint, expected.checkpoint);
}

#[test]
fn an_assistant_of_another_run_gives_no_answer() {
    let mut trainer = wide(Optimiser::Adam).trainer(None);
    let step = trainer.share_step(2).expect("its batches are cut");
    let (order, floats) = order(&step, 0);
    let mut stranger = recipe(RecipeName::MNIST_CONV).assistant();
    assert!(stranger.work(&order, &floats).is_none());
}
