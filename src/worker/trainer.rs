//! The trainer: trains in short slices and listens in between.

use web_sys::MessagePort;

use super::commands::{Commands, Turn};
use super::engine::{self, Engine};
use super::run::{Aim, TrainingItems, TrainingRun, failure};
use super::shell::post_train;
use crate::data::Dataset;
use crate::protocol::{Checkpoint, EngineKind, RunId, TrainCommand, TrainEvent};
use crate::recipe::Recipe;

/// What a trainer hears.
pub(super) enum TrainOrder {
    Obey(TrainCommand),
    /// An assistant listens at the other end of this port.
    Welcome(MessagePort),
}

/// Serves a page as its trainer until the page goes away.
pub(super) async fn serve(mut commands: Commands<TrainOrder>) {
    let mut engine = None;
    let mut run: Option<TrainingRun> = None;
    let has_work = |run: &Option<TrainingRun>| run.as_ref().is_some_and(TrainingRun::has_work);
    while let Some(turn) = commands.next_turn(has_work(&run)).await {
        match (turn, &mut run) {
            (Turn::Obey(TrainOrder::Obey(command)), run) => obey(command, &mut engine, run).await,
            (Turn::Obey(TrainOrder::Welcome(port)), Some(run)) => run.welcome(port),
            (Turn::Work, Some(run)) => run.work().await,
            (Turn::Obey(TrainOrder::Welcome(_)) | Turn::Work, None) => {}
        }
    }
}

async fn obey(command: TrainCommand, engine: &mut Option<Engine>, run: &mut Option<TrainingRun>) {
    match command {
        TrainCommand::Prepare {
            run: id,
            dataset,
            recipe,
            resume,
            workers,
        } => {
            *run = None;
            *run = prepare(id, *dataset, &recipe, resume, engine).await;
            if let Some(run) = run {
                run.set_workers(workers);
            }
        }
        TrainCommand::Go => aim(run, Aim::AllEpochs),
        TrainCommand::Step => aim(run, Aim::OneEpoch),
        TrainCommand::Pause => {
            if let Some(run) = run {
                run.pause().await;
            }
        }
        TrainCommand::SetWorkers { workers } => {
            if let Some(run) = run {
                run.set_workers(workers);
            }
        }
        TrainCommand::MakeRoom => {
            if let Some(run) = run {
                run.make_room();
            }
        }
        TrainCommand::SetLearningRate { learning_rate } => {
            if let Some(run) = run {
                run.set_learning_rate(learning_rate);
            }
        }
    }
}

fn aim(run: &mut Option<TrainingRun>, goal: Aim) {
    if let Some(run) = run {
        run.aim(goal);
    }
}

/// Gets an engine and a trainer ready, and says so; `None` after saying why not.
async fn prepare(
    id: RunId,
    dataset: Dataset,
    recipe: &Recipe,
    resume: Option<Checkpoint>,
    engine: &mut Option<Engine>,
) -> Option<TrainingRun> {
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
    let items = TrainingItems::of(&dataset, recipe);
    drop(dataset);
    if items.train.is_empty() {
        let reason = "none of the items has everything that this recipe needs: choose another recipe, or leave the label out.";
        post_train(TrainEvent::Refused {
            run: id,
            reason: reason.to_owned(),
        });
        return None;
    }
    let report = match engine.examine(recipe, &items.train).await {
        Ok(report) => report,
        Err(reason) => {
            post_train(TrainEvent::Unavailable { run: id, reason });
            return None;
        }
    };
    let is_gpu = engine.kind() == EngineKind::WebGpu;
    match TrainingRun::new(id, recipe, items, &engine.device, is_gpu, resume).await {
        Ok(run) => {
            post_train(TrainEvent::Prepared {
                run: id,
                engine: report,
            });
            Some(run)
        }
        Err(error) => {
            post_train(failure(id, is_gpu, &error));
            None
        }
    }
}
