//! The trainer: trains in short slices and listens in between.

use burn::prelude::Device;
use futures_util::{FutureExt as _, StreamExt as _, stream::LocalBoxStream};

use super::clock::{now_ms, take_turn};
use super::engine::{self, Engine};
use super::shell::post;
use crate::autoencoder::{StepEnd, Trainer, TrainerError};
use crate::data::{Dataset, Split, inputs_of};
use crate::protocol::{Checkpoint, EngineKind, Event, RunId, TrainCommand, TrainEvent};
use crate::recipe::Recipe;

/// How long the CPU trains before it listens again.
const CPU_SLICE_MS: f64 = 12.0;

/// How much work may queue up on a GPU before its result is awaited.
const GPU_SLICE_MS: f64 = 30.0;

/// How often the page hears of new weights while training runs.
const PROGRESS_EVERY_MS: f64 = 200.0;

/// Serves a page as its trainer until the page goes away.
pub(super) async fn serve(
    first: TrainCommand,
    mut commands: LocalBoxStream<'static, TrainCommand>,
) {
    let mut engine = None;
    let mut run = None;
    let mut next = Some(first);
    loop {
        if let Some(command) = next.take() {
            obey(command, &mut engine, &mut run).await;
        } else if let Some(active) = run.as_mut().filter(|run: &&mut Run| run.goal.is_some()) {
            if let Err(error) = active.train_slice().await {
                active.goal = None;
                post_train(TrainEvent::Refused {
                    run: active.id,
                    reason: error.to_string(),
                });
            }
            take_turn().await;
        } else {
            match commands.next().await {
                Some(command) => next = Some(command),
                None => return,
            }
            continue;
        }
        next = commands.next().now_or_never().flatten();
    }
}

async fn obey(command: TrainCommand, engine: &mut Option<Engine>, run: &mut Option<Run>) {
    match command {
        TrainCommand::Prepare {
            run: id,
            dataset,
            recipe,
            resume,
        } => {
            *run = None;
            *run = prepare(id, &dataset, &recipe, resume, engine).await;
        }
        TrainCommand::Go => aim(run, Goal::AllEpochs),
        TrainCommand::Step => aim(run, Goal::OneEpoch),
        TrainCommand::Pause => {
            if let Some(run) = run.as_mut().filter(|run| run.goal.is_some())
                && let Err(error) = run.stop().await
            {
                post_train(TrainEvent::Refused {
                    run: run.id,
                    reason: error.to_string(),
                });
            }
        }
        TrainCommand::SetLearningRate { learning_rate } => {
            if let Some(run) = run
                && let Err(error) = run.trainer.set_learning_rate(learning_rate)
            {
                post_train(TrainEvent::Refused {
                    run: run.id,
                    reason: error.to_string(),
                });
            }
        }
    }
}

fn aim(run: &mut Option<Run>, goal: Goal) {
    if let Some(run) = run {
        run.goal = Some(goal);
        run.last_progress_ms = now_ms();
        run.n_steps = 0;
        run.stepping_ms = 0.0;
    }
}

/// Gets an engine and a trainer ready, and says so; `None` after saying why not.
async fn prepare(
    id: RunId,
    dataset: &[u8],
    recipe: &Recipe,
    resume: Option<Checkpoint>,
    engine: &mut Option<Engine>,
) -> Option<Run> {
    if engine.is_none() {
        match engine::start().await {
            Ok(started) => *engine = Some(started),
            Err(reason) => {
                post_train(TrainEvent::Unavailable { run: id, reason });
                return None;
            }
        }
    }
    let engine = engine.as_mut()?;
    let items = match Items::of(dataset, recipe) {
        Ok(items) => items,
        Err(reason) => {
            post_train(TrainEvent::Refused { run: id, reason });
            return None;
        }
    };
    let report = match engine.examine(recipe, &items.train).await {
        Ok(report) => report,
        Err(reason) => {
            post_train(TrainEvent::Unavailable { run: id, reason });
            return None;
        }
    };
    match Run::new(id, recipe, items, &engine.device, resume) {
        Ok(run) => {
            post_train(TrainEvent::Prepared {
                run: id,
                engine: report,
            });
            Some(Run {
                is_gpu: engine.kind == EngineKind::WebGpu,
                ..run
            })
        }
        Err(error) => {
            post_train(TrainEvent::Refused {
                run: id,
                reason: error.to_string(),
            });
            None
        }
    }
}

/// The rows that a run trains on and is measured on.
struct Items {
    train: Vec<f32>,
    calibration: Vec<f32>,
}

impl Items {
    fn of(packed: &[u8], recipe: &Recipe) -> Result<Self, String> {
        let dataset = Dataset::decode(packed).map_err(|error| error.to_string())?;
        let split = Split::new(dataset.n_items(), recipe.training.seed);
        Ok(Self {
            train: inputs_of(&dataset, &split.train, recipe.label_input),
            calibration: inputs_of(&dataset, &split.calibration, recipe.label_input),
        })
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Goal {
    AllEpochs,
    OneEpoch,
}

struct Run {
    id: RunId,
    trainer: Trainer,
    calibration: Vec<f32>,
    goal: Option<Goal>,
    is_gpu: bool,
    epoch_loss: MeanLoss,
    last_progress_ms: f64,
    n_steps: usize,
    stepping_ms: f64,
}

/// The mean of batch losses that are read back a few at a time.
#[derive(Default)]
struct MeanLoss {
    sum: f64,
    n_batches: usize,
    n_unread: usize,
}

impl Run {
    fn new(
        id: RunId,
        recipe: &Recipe,
        items: Items,
        device: &Device,
        resume: Option<Checkpoint>,
    ) -> Result<Self, TrainerError> {
        let resume = resume.map(|checkpoint| (checkpoint.position, checkpoint.weights));
        let trainer = Trainer::new(
            &recipe.architecture,
            &recipe.training,
            &items.train,
            device,
            resume,
        )?;
        Ok(Self {
            id,
            trainer,
            calibration: items.calibration,
            goal: None,
            is_gpu: false,
            epoch_loss: MeanLoss::default(),
            last_progress_ms: 0.0,
            n_steps: 0,
            stepping_ms: 0.0,
        })
    }

    /// Trains for a slice of time, and tells the page what it should know.
    async fn train_slice(&mut self) -> Result<(), TrainerError> {
        if self.trainer.is_finished() {
            return self.stop().await;
        }
        let slice_ms = if self.is_gpu {
            GPU_SLICE_MS
        } else {
            CPU_SLICE_MS
        };
        let started_ms = now_ms();
        let mut end = StepEnd::MidEpoch;
        while end == StepEnd::MidEpoch && now_ms() - started_ms < slice_ms {
            end = self.trainer.step();
            self.n_steps += 1;
            self.epoch_loss.n_unread += 1;
        }
        if self.is_gpu {
            self.read_loss().await?;
        }
        self.stepping_ms += now_ms() - started_ms;
        if end == StepEnd::EpochEnd {
            self.end_epoch().await?;
        }
        if self.goal.is_some() && now_ms() - self.last_progress_ms >= PROGRESS_EVERY_MS {
            self.report_progress().await?;
        }
        Ok(())
    }

    async fn read_loss(&mut self) -> Result<(), TrainerError> {
        let mean = self.trainer.take_loss().await?;
        let loss = &mut self.epoch_loss;
        loss.sum += mean * loss.n_unread as f64;
        loss.n_batches += loss.n_unread;
        loss.n_unread = 0;
        Ok(())
    }

    async fn end_epoch(&mut self) -> Result<(), TrainerError> {
        self.read_loss().await?;
        let loss = std::mem::take(&mut self.epoch_loss);
        let training_loss = loss.sum / loss.n_batches.max(1) as f64;
        let calibration_loss = self.trainer.mean_error(&self.calibration).await?;
        let epoch = self.trainer.position().epoch;
        if !(training_loss.is_finite() && calibration_loss.is_finite()) {
            self.goal = None;
            post_train(TrainEvent::Diverged {
                run: self.id,
                epoch,
            });
            return Ok(());
        }
        post_train(TrainEvent::EpochDone {
            run: self.id,
            epoch,
            training_loss,
            calibration_loss,
        });
        if self.trainer.is_finished() || self.goal == Some(Goal::OneEpoch) {
            self.stop().await?;
        }
        Ok(())
    }

    async fn stop(&mut self) -> Result<(), TrainerError> {
        self.goal = None;
        self.report_progress().await?;
        post_train(TrainEvent::Stopped {
            run: self.id,
            finished: self.trainer.is_finished(),
        });
        Ok(())
    }

    async fn report_progress(&mut self) -> Result<(), TrainerError> {
        self.last_progress_ms = now_ms();
        let weights = self.trainer.weights().await?;
        if !weights.are_finite() {
            return Ok(());
        }
        let step_ms = self.stepping_ms / self.n_steps.max(1) as f64;
        self.n_steps = 0;
        self.stepping_ms = 0.0;
        let checkpoint = Checkpoint {
            position: self.trainer.position(),
            weights,
        };
        post_train(TrainEvent::Progress {
            run: self.id,
            checkpoint,
            step_ms,
        });
        Ok(())
    }
}

fn post_train(event: TrainEvent) {
    post(&Event::Train(event));
}
