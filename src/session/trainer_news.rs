//! What the trainers say.

use super::builds::is_our_build;
use super::{
    Effect, EngineChoice, EngineMessage, EpochLoss, FilmFrame, Goal, Information, Message, Notice,
    Phase, Session, TrainerState, TrainingMessage,
};
use crate::protocol::{
    Checkpoint, EngineKind, EngineReport, EpochReport, Event, N_FILM_ITEMS, RunId, TrainCommand,
    TrainEvent,
};

/// A CPU trainer that dies this often will not be cured by another start.
const MAX_TRAINER_LOSSES: usize = 2;

impl Session {
    pub(super) fn on_trainer(&mut self, kind: EngineKind, event: Event) -> Vec<Effect> {
        match event {
            Event::Hello { build_id } => {
                if is_our_build(&build_id) {
                    self.prepare_trainer(kind)
                } else {
                    self.refuse_trainer(kind)
                }
            }
            Event::Train(news) => self.on_train_event(kind, news),
            Event::Panicked { message } => self.on_trainer_lost(kind, &message),
            Event::Examine(_) | Event::Run(_) => Vec::new(),
        }
    }

    fn on_train_event(&mut self, kind: EngineKind, news: TrainEvent) -> Vec<Effect> {
        match news {
            TrainEvent::Prepared { run, engine } => self.on_prepared(kind, run, engine),
            TrainEvent::Unavailable { reason, .. } => self.on_unavailable(kind, reason),
            TrainEvent::Refused { run, reason } => {
                if run == self.studies.front.run.id {
                    self.stop_training();
                    let text = format!("This cannot be trained: {reason}");
                    self.notice = Some(Notice::new(text));
                }
                Vec::new()
            }
            TrainEvent::EpochsDone { run, epochs } => {
                if self.is_current(kind, run) {
                    for report in epochs {
                        self.on_epoch(report);
                    }
                }
                Vec::new()
            }
            TrainEvent::Progress {
                run,
                checkpoint,
                step_ms,
                workers,
            } if self.is_current(kind, run) => {
                self.studies.front.run.workers = workers;
                self.on_progress(checkpoint, step_ms)
            }
            TrainEvent::Stopped { run, finished } if self.is_current(kind, run) => {
                self.on_stopped(finished)
            }
            TrainEvent::Diverged {
                run,
                epoch,
                last_good,
            } if self.is_current(kind, run) => self.on_diverged(epoch, last_good),
            TrainEvent::Progress { .. }
            | TrainEvent::Stopped { .. }
            | TrainEvent::Diverged { .. } => Vec::new(),
        }
    }

    /// Only the trainer at work may speak of the run in front.
    fn is_current(&self, kind: EngineKind, run: RunId) -> bool {
        kind == self.engines.active && run == self.studies.front.run.id
    }

    fn on_progress(&mut self, checkpoint: Checkpoint, step_ms: f64) -> Vec<Effect> {
        let front = &mut self.studies.front;
        if !checkpoint.weights.fits(&front.recipe.architecture) {
            return Vec::new();
        }
        front.run.advance_to(checkpoint);
        if step_ms > 0.0 {
            front.run.step_ms = step_ms;
        }
        if front.run.is_rewound {
            return Vec::new();
        }
        self.adopt()
    }

    fn on_epoch(&mut self, report: EpochReport) {
        let EpochReport {
            epoch,
            batch_losses,
            calibration_loss,
            divergence,
            reconstructed,
            kept,
        } = report;
        let n_before = self
            .studies
            .front
            .run
            .losses
            .partition_point(|known| known.epoch < epoch);
        self.studies.front.run.losses.truncate(n_before);
        let sum: f64 = batch_losses.iter().copied().map(f64::from).sum();
        self.studies.front.run.losses.push(EpochLoss {
            epoch,
            n_batches: batch_losses.len(),
            training: sum / batch_losses.len().max(1) as f64,
            calibration: calibration_loss,
            information: divergence
                .zip(self.architecture().beta())
                .map(|(nats, beta)| Information { nats, beta }),
        });
        if let Some(checkpoint) = kept
            && checkpoint.weights.fits(self.architecture())
        {
            let history = &mut self.studies.front.run.history;
            history.keep(checkpoint, Some(calibration_loss));
        }
        self.studies.front.run.batch_losses = batch_losses;
        self.studies
            .front
            .run
            .film
            .retain(|known| known.epoch < epoch);
        if !reconstructed.is_empty() {
            if self.studies.front.run.film_items.is_empty() {
                let calibration = self.split().map(|split| split.calibration);
                self.studies.front.run.film_items = calibration.unwrap_or_default();
                self.studies.front.run.film_items.truncate(N_FILM_ITEMS);
            }
            self.studies.front.run.film.push(FilmFrame {
                epoch,
                reconstructed,
            });
        }
    }

    fn on_prepared(&mut self, kind: EngineKind, run: RunId, report: EngineReport) -> Vec<Effect> {
        *self.engines.trainer_mut(kind) = TrainerState::Ready(report);
        if run != self.studies.front.run.id {
            let is_wanted =
                self.studies.front.run.phase == Phase::Preparing && kind == self.engines.active;
            return if is_wanted {
                self.prepare_trainer(kind)
            } else {
                Vec::new()
            };
        }
        if kind != self.engines.active {
            return self.switch_if_better();
        }
        self.engines.holder = Some(kind);
        if self.studies.front.run.phase == Phase::Preparing {
            self.go()
        } else {
            Vec::new()
        }
    }

    /// Lets the trainer that holds the run do what the reader asked for.
    pub(super) fn go(&mut self) -> Vec<Effect> {
        self.studies.front.run.phase = Phase::Training;
        let command = match self.studies.front.run.goal {
            Goal::AllEpochs => TrainCommand::Go,
            Goal::OneEpoch => TrainCommand::Step,
        };
        vec![Effect::ToTrainer(self.engines.active, command)]
    }

    fn on_stopped(&mut self, finished: bool) -> Vec<Effect> {
        let was_pausing = self.studies.front.run.phase == Phase::Pausing;
        self.studies.front.run.phase = if finished {
            Phase::Finished
        } else {
            Phase::Paused
        };
        let Some(successor) = self.engines.successor.take() else {
            return Vec::new();
        };
        self.engines.active = successor;
        self.engines.holder = None;
        if finished || was_pausing {
            Vec::new()
        } else {
            self.start(self.studies.front.run.goal)
        }
    }

    fn on_unavailable(&mut self, kind: EngineKind, reason: String) -> Vec<Effect> {
        if self.engines.holder == Some(kind) && self.studies.front.run.phase.is_busy() {
            let epoch = self.studies.front.run.newest_position().epoch;
            let text = format!(
                "WebGPU stopped in the middle of training: {reason}. The CPU goes on from epoch {epoch}."
            );
            let again = vec![Message::Engine(EngineMessage::Choose(EngineChoice::WebGpu))];
            self.notice = Some(Notice::new(text).offering("Try WebGPU again", again));
        }
        *self.engines.trainer_mut(kind) = TrainerState::Failed(reason);
        let mut effects = vec![Effect::EndTrainer(kind)];
        if kind == self.engines.active {
            effects.extend(self.fall_back_to_cpu(kind));
        }
        effects
    }

    pub(super) fn on_trainer_lost(&mut self, kind: EngineKind, reason: &str) -> Vec<Effect> {
        let lost = match kind {
            EngineKind::Cpu => TrainerState::Absent,
            EngineKind::WebGpu => TrainerState::Failed(reason.to_owned()),
        };
        *self.engines.trainer_mut(kind) = lost;
        let mut effects = vec![Effect::EndTrainer(kind)];
        if kind != self.engines.active {
            return effects;
        }
        self.engines.holder = None;
        self.engines.successor = None;
        self.engines.n_losses += 1;
        if !self.studies.front.run.phase.is_busy() {
            return effects;
        }
        let epoch = self.studies.front.run.newest_position().epoch;
        if self.engines.n_losses > MAX_TRAINER_LOSSES {
            self.stop_training();
            let text = format!(
                "Training keeps stopping ({reason}). The weights after epoch {epoch} are kept."
            );
            self.notice = Some(
                Notice::new(text)
                    .offering("Try again", vec![Message::Training(TrainingMessage::Train)]),
            );
            return effects;
        }
        let text =
            format!("The trainer stopped ({reason}). Another one goes on from epoch {epoch}.");
        self.notice = Some(Notice::new(text));
        effects.extend(self.fall_back_to_cpu(kind));
        effects
    }

    fn fall_back_to_cpu(&mut self, failed: EngineKind) -> Vec<Effect> {
        let is_busy = self.studies.front.run.phase.is_busy();
        self.engines.active = EngineKind::Cpu;
        self.engines.holder = None;
        let has_no_engine =
            failed == EngineKind::Cpu && matches!(self.engines.cpu, TrainerState::Failed(_));
        match (is_busy, has_no_engine) {
            (true, false) => self.start(self.studies.front.run.goal),
            (true, true) => {
                self.stop_training();
                let text =
                    "Training could not start on the CPU. Reload the page, or try another browser.";
                self.notice = Some(Notice::new(text));
                Vec::new()
            }
            (false, _) => Vec::new(),
        }
    }

    pub(super) fn stop_training(&mut self) {
        self.studies.front.run.rest();
        self.engines.holder = None;
    }
}
