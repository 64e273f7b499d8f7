//! One run of a network's training, a slice of time at a time.

use std::time::Duration;

use gloo_timers::future::sleep;
use web_sys::MessagePort;

use super::assistant::Subject;
use super::clock::now_ms;
use super::crew::Crew;
use super::shell::post_train;
use crate::autoencoder::thinning::{is_kept, stride};
use crate::autoencoder::{
    Device, GoodEpochs, LossTrend, StepEnd, Trainer, TrainerError, TrainingConfig,
};
use crate::data::{Dataset, inputs_of};
use crate::protocol::{Checkpoint, EpochReport, N_FILM_ITEMS, RunId, TrainEvent};
use crate::recipe::Recipe;

/// How long the CPU trains before it listens again.
const CPU_SLICE_MS: f64 = 12.0;

/// While the reader changes what lies on the bench, the trainer works alone, rests at each change for as long as a verdict
/// takes, and listens more often. With a change in each frame it goes on at half of its speed.
const ROOM_MS: f64 = 300.0;
const REST_MS: u64 = 8;
const ROOM_SLICE_MS: f64 = 4.0;

/// How much work may queue up on a GPU before its result is awaited.
const GPU_SLICE_MS: f64 = 30.0;

/// How often the page hears of new weights while training runs; slow steps let more time pass.
const PROGRESS_EVERY_MS: f64 = 200.0;
const STEPS_PER_PROGRESS: f64 = 20.0;
const PROGRESS_AT_LEAST_EVERY_MS: f64 = 1_000.0;

/// Epochs of small networks follow each other faster than a page can draw: they are reported together.
const EPOCHS_EVERY_MS: f64 = 50.0;

/// Values that are reconstructed in one go when the calibration items are measured.
const VALUES_PER_SLICE: usize = 64 * 784;

/// How often in a run the page gets some items as reconstructed.
const N_FILM_FRAMES: usize = 5;

/// The rows that a run trains on and is measured on.
pub(super) struct TrainingItems {
    pub train: Vec<f32>,
    calibration: Vec<f32>,
}

impl TrainingItems {
    pub fn of(dataset: &Dataset, recipe: &Recipe) -> Self {
        let split = recipe.split(dataset);
        Self {
            train: inputs_of(dataset, &split.train, recipe.label_input),
            calibration: inputs_of(dataset, &split.calibration, recipe.label_input),
        }
    }
}

/// How far a run is to go.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Aim {
    AllEpochs,
    OneEpoch,
}

/// A network that learns from some items.
pub(super) struct TrainingRun {
    id: RunId,
    trainer: Trainer,
    crew: Crew,
    good_epochs: GoodEpochs,
    /// What to go back to when the loss stops being a number.
    last_good: Checkpoint,
    /// Of the calibration items, over all epochs since the run was prepared.
    lowest_loss: f64,
    calibration: Vec<f32>,
    input_size: usize,
    epochs: usize,
    goal: Option<Aim>,
    is_gpu: bool,
    /// Of the epoch at hand, as far as they have been read back.
    batch_losses: Vec<f32>,
    /// The calibration items are being measured at the end of an epoch.
    calibration_pass: Option<CalibrationPass>,
    step_ms: f64,
    /// Epochs that the page has not heard of yet.
    unreported: Vec<EpochReport>,
    last_report_ms: f64,
    last_progress_ms: f64,
    n_steps: usize,
    stepping_ms: f64,
    /// Until then there is room for the reader.
    makes_room_until_ms: f64,
    is_rest_due: bool,
}

/// How far measuring the calibration items has come.
#[derive(Default)]
struct CalibrationPass {
    n_done: usize,
    /// Mean error times the number of values.
    sum: f64,
}

impl TrainingRun {
    pub async fn new(
        id: RunId,
        recipe: &Recipe,
        items: TrainingItems,
        device: &Device,
        is_gpu: bool,
        resume: Option<Checkpoint>,
    ) -> Result<Self, TrainerError> {
        let trainer = Trainer::new(
            &recipe.architecture,
            &recipe.training,
            &items.train,
            device,
            resume,
        )?;
        let last_good = trainer.checkpoint().await?;
        let n_items = items.train.len() / recipe.architecture.input_size();
        let subject = Subject {
            architecture: recipe.architecture.clone(),
            training: TrainingConfig {
                batch_size: recipe.training.batch_size.min(n_items),
                ..recipe.training.clone()
            },
        };
        Ok(Self {
            id,
            trainer,
            crew: Crew::new(subject),
            good_epochs: GoodEpochs::default(),
            last_good,
            lowest_loss: f64::INFINITY,
            calibration: items.calibration,
            input_size: recipe.architecture.input_size(),
            epochs: recipe.training.epochs,
            goal: None,
            is_gpu,
            batch_losses: Vec::new(),
            calibration_pass: None,
            step_ms: 0.0,
            unreported: Vec::new(),
            last_report_ms: 0.0,
            last_progress_ms: 0.0,
            n_steps: 0,
            stepping_ms: 0.0,
            makes_room_until_ms: 0.0,
            is_rest_due: false,
        })
    }

    pub fn has_work(&self) -> bool {
        self.goal.is_some()
    }

    pub fn aim(&mut self, goal: Aim) {
        self.goal = Some(goal);
        self.last_progress_ms = now_ms();
        self.n_steps = 0;
        self.stepping_ms = 0.0;
    }

    /// Lets an assistant help while training runs; the page ends it when training stops.
    pub fn welcome(&mut self, port: MessagePort) {
        if self.has_work() {
            self.crew.welcome(port);
        }
    }

    pub fn set_workers(&mut self, workers: Option<u32>) {
        self.crew.want(workers);
    }

    pub async fn pause(&mut self) {
        if let Err(error) = self.measure_and_stop().await {
            self.fail(&error);
        }
    }

    /// Stops between two batches; an epoch that has just ended is measured first, or nobody would hear of it.
    async fn measure_and_stop(&mut self) -> Result<(), TrainerError> {
        while self.goal.is_some() && self.calibration_pass.is_some() {
            self.evaluate_slice().await?;
        }
        if self.goal.is_some() {
            self.stop().await?;
        }
        Ok(())
    }

    pub fn set_learning_rate(&mut self, learning_rate: f64) {
        if let Err(error) = self.trainer.set_learning_rate(learning_rate) {
            post_train(TrainEvent::Refused {
                run: self.id,
                reason: error.to_string(),
            });
        }
    }

    /// Leaves the processors to the page and the examiner for a moment.
    pub fn make_room(&mut self) {
        self.makes_room_until_ms = now_ms() + ROOM_MS;
        self.is_rest_due = true;
    }

    /// One slice; one that fails is the last.
    pub async fn work(&mut self) {
        if std::mem::take(&mut self.is_rest_due) {
            sleep(Duration::from_millis(REST_MS)).await;
        }
        if let Err(error) = self.train_slice().await {
            self.fail(&error);
        }
    }

    fn rest(&mut self) {
        self.goal = None;
        self.crew.dismiss();
    }

    /// Tells the page that this run cannot go on here.
    fn fail(&mut self, error: &TrainerError) {
        self.rest();
        post_train(failure(self.id, self.is_gpu, error));
    }

    /// Trains for a slice of time, and tells the page what it should know.
    async fn train_slice(&mut self) -> Result<(), TrainerError> {
        if self.calibration_pass.is_some() {
            return self.evaluate_slice().await;
        }
        if self.trainer.is_finished() {
            return self.stop().await;
        }
        let started_ms = now_ms();
        let makes_room = started_ms < self.makes_room_until_ms;
        let slice_ms = match (self.is_gpu, makes_room) {
            (true, _) => GPU_SLICE_MS,
            (false, false) => CPU_SLICE_MS,
            (false, true) => ROOM_SLICE_MS,
        };
        let mut end = StepEnd::MidEpoch;
        while end == StepEnd::MidEpoch && now_ms() - started_ms < slice_ms {
            end = if makes_room {
                self.trainer.step()
            } else {
                self.crew.step(&mut self.trainer).await
            };
            self.n_steps += 1;
        }
        if self.is_gpu || end == StepEnd::EpochEnd {
            self.read_losses().await?;
        }
        self.stepping_ms += now_ms() - started_ms;
        if end == StepEnd::EpochEnd {
            self.calibration_pass = Some(CalibrationPass::default());
            return self.evaluate_slice().await;
        }
        self.report_progress_now_and_then().await
    }

    async fn read_losses(&mut self) -> Result<(), TrainerError> {
        let losses = self.trainer.take_losses().await?;
        self.batch_losses
            .extend(losses.into_iter().map(|loss| loss as f32));
        Ok(())
    }

    /// Measures some calibration items; after the last ones the epoch is over.
    async fn evaluate_slice(&mut self) -> Result<(), TrainerError> {
        let Some(mut calibration_pass) = self.calibration_pass.take() else {
            return Ok(());
        };
        let items_per_slice = (VALUES_PER_SLICE / self.input_size).max(1);
        let start = calibration_pass.n_done;
        let end = (start + items_per_slice * self.input_size).min(self.calibration.len());
        if start < end {
            let mean = self
                .trainer
                .mean_error(&self.calibration[start..end])
                .await?;
            calibration_pass.sum += mean * (end - start) as f64;
            calibration_pass.n_done = end;
        }
        if end < self.calibration.len() {
            self.calibration_pass = Some(calibration_pass);
            return Ok(());
        }
        let n_values = self.calibration.len().max(1);
        self.end_epoch(calibration_pass.sum / n_values as f64).await
    }

    async fn end_epoch(&mut self, calibration_loss: f64) -> Result<(), TrainerError> {
        let batch_losses = std::mem::take(&mut self.batch_losses);
        let epoch = self.trainer.position().epoch;
        let trend = self.good_epochs.judge(&batch_losses, calibration_loss);
        match trend {
            LossTrend::Good => self.last_good = self.checkpoint().await?,
            LossTrend::Rising => {}
            LossTrend::NotANumber => {
                self.rest();
                self.report_epochs();
                post_train(TrainEvent::Diverged {
                    run: self.id,
                    epoch,
                    last_good: self.last_good.clone(),
                });
                return Ok(());
            }
        }
        let divergence = self.trainer.take_divergence().await?;
        let reconstructed = self.film_frame(epoch).await?;
        let kept = self.kept_checkpoint(epoch, trend, calibration_loss);
        self.unreported.push(EpochReport {
            epoch,
            batch_losses,
            calibration_loss,
            divergence,
            reconstructed,
            kept,
        });
        if now_ms() - self.last_report_ms >= EPOCHS_EVERY_MS {
            self.report_epochs();
        }
        if self.trainer.is_finished() || self.goal == Some(Aim::OneEpoch) {
            return self.stop().await;
        }
        self.report_progress_now_and_then().await
    }

    /// The run after the epoch that has just ended, where the page will want to come back to it: now and then, and after
    /// the best epoch so far.
    fn kept_checkpoint(
        &mut self,
        epoch: usize,
        trend: LossTrend,
        calibration_loss: f64,
    ) -> Option<Checkpoint> {
        if trend != LossTrend::Good {
            return None;
        }
        let is_best = calibration_loss < self.lowest_loss;
        self.lowest_loss = self.lowest_loss.min(calibration_loss);
        if is_best {
            // Only the best of those that the page has not heard of is worth sending for its loss alone.
            self.drop_kept_between(epoch);
        }
        let is_wanted = is_best
            || epoch == self.epochs
            || is_kept(epoch, stride(epoch, self.last_good.n_bytes()));
        is_wanted.then(|| self.last_good.clone())
    }

    fn drop_kept_between(&mut self, newest: usize) {
        let stride = stride(newest, self.last_good.n_bytes());
        for report in &mut self.unreported {
            report.kept.take_if(|_| !is_kept(report.epoch, stride));
        }
    }

    /// The first calibration items as reconstructed now; empty for epochs that the film leaves out.
    async fn film_frame(&self, epoch: usize) -> Result<Vec<f32>, TrainerError> {
        let stride = (self.epochs / N_FILM_FRAMES).max(1);
        if !(epoch - 1).is_multiple_of(stride) && epoch != self.epochs {
            return Ok(Vec::new());
        }
        let n_values = (N_FILM_ITEMS * self.input_size).min(self.calibration.len());
        self.trainer
            .reconstruct(&self.calibration[..n_values])
            .await
    }

    async fn stop(&mut self) -> Result<(), TrainerError> {
        self.goal = None;
        self.report_progress().await?;
        self.crew.dismiss();
        post_train(TrainEvent::Stopped {
            run: self.id,
            finished: self.trainer.is_finished(),
        });
        Ok(())
    }

    /// Tells the page of the epochs that ended since it last heard of any.
    fn report_epochs(&mut self) {
        self.last_report_ms = now_ms();
        let epochs = std::mem::take(&mut self.unreported);
        if !epochs.is_empty() {
            post_train(TrainEvent::EpochsDone {
                run: self.id,
                epochs,
            });
        }
    }

    /// The weights of now, and what the optimiser remembers; those of a good epoch's end have been read already.
    async fn checkpoint(&self) -> Result<Checkpoint, TrainerError> {
        let position = self.trainer.position();
        if self.last_good.position == position {
            return Ok(self.last_good.clone());
        }
        self.trainer.checkpoint().await
    }

    async fn report_progress_now_and_then(&mut self) -> Result<(), TrainerError> {
        let pause_ms = (STEPS_PER_PROGRESS * self.step_ms)
            .clamp(PROGRESS_EVERY_MS, PROGRESS_AT_LEAST_EVERY_MS);
        if self.goal.is_some() && now_ms() - self.last_progress_ms >= pause_ms {
            self.report_progress().await?;
        }
        Ok(())
    }

    async fn report_progress(&mut self) -> Result<(), TrainerError> {
        self.last_progress_ms = now_ms();
        // Losses come before the weights that they led to.
        self.report_epochs();
        let n_workers = self.crew.n_workers() as u32;
        let checkpoint = self.checkpoint().await?;
        if !checkpoint.weights.are_finite() {
            return Ok(());
        }
        let step_ms = self.stepping_ms / self.n_steps.max(1) as f64;
        self.step_ms = step_ms;
        self.n_steps = 0;
        self.stepping_ms = 0.0;
        post_train(TrainEvent::Progress {
            run: self.id,
            checkpoint,
            step_ms,
            workers: n_workers,
        });
        Ok(())
    }
}

/// What a run fails of: where a GPU no longer answers, another engine can take the run over.
pub(super) fn failure(run: RunId, is_gpu: bool, error: &TrainerError) -> TrainEvent {
    if is_gpu && matches!(error, TrainerError::ReadBack { .. }) {
        let reason = "the GPU no longer answers".to_owned();
        return TrainEvent::Unavailable { run, reason };
    }
    let reason = error.to_string();
    TrainEvent::Refused { run, reason }
}
