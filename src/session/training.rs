//! What the reader asks of training.

use super::models::fresh_snapshot;
use super::study::Study;
use super::{Effect, EngineChoice, Goal, Message, Notice, Phase, Run, Session, TrainerState};
use crate::data::Dataset;
use crate::protocol::{EngineKind, Snapshot, TrainCommand};

/// What concerns the run in front.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum TrainingMessage {
    /// Train on from where the run stands, or from fresh weights.
    Train,
    /// Train on where training diverged, with a smaller learning rate.
    GoOnAt {
        /// The new rate.
        learning_rate: f64,
    },
    /// Hold training.
    Pause,
    /// Train one epoch.
    Step,
    /// Fresh weights, no epochs.
    Reset,
    /// Take back a Reset.
    UndoReset,
    /// Back to the model that came with the page.
    UsePretrained,
}

impl Session {
    pub(super) fn update_training(&mut self, message: TrainingMessage) -> Vec<Effect> {
        match message {
            TrainingMessage::Train => self.train(Goal::AllEpochs),
            TrainingMessage::Step => self.train(Goal::OneEpoch),
            TrainingMessage::GoOnAt { learning_rate } => self.go_on_at(learning_rate),
            TrainingMessage::Pause => self.pause(),
            TrainingMessage::Reset => self.reset(),
            TrainingMessage::UndoReset => self.undo_reset(),
            TrainingMessage::UsePretrained => self.use_pretrained(),
        }
    }

    pub(super) fn train(&mut self, goal: Goal) -> Vec<Effect> {
        let mut effects = self.show_newest();
        effects.extend(self.train_newest(goal));
        effects
    }

    fn train_newest(&mut self, goal: Goal) -> Vec<Effect> {
        match self.studies.front.run.phase {
            Phase::Loading | Phase::Preparing | Phase::Training | Phase::Pausing => Vec::new(),
            Phase::Pretrained | Phase::Finished => {
                let mut effects = self.begin_fresh();
                self.offer_what_was_left("A new run has begun, from fresh weights.");
                effects.extend(self.start(goal));
                effects
            }
            Phase::Untrained | Phase::Paused | Phase::Diverged { .. } => self.start(goal),
        }
    }

    /// Brings the preferred engine to work on the run at hand.
    pub(super) fn start(&mut self, goal: Goal) -> Vec<Effect> {
        let run = &mut self.studies.front.run;
        run.goal = goal;
        run.keep_fresh_weights();
        let kind = self.engines.preferred();
        self.engines.active = kind;
        if self.engines.holder == Some(kind) {
            return self.go();
        }
        self.studies.front.run.phase = Phase::Preparing;
        let mut effects = self.summon(kind);
        if self.engines.should_measure_gpu() {
            effects.extend(self.summon(EngineKind::WebGpu));
        }
        effects
    }

    fn summon(&mut self, kind: EngineKind) -> Vec<Effect> {
        match self.engines.trainer(kind) {
            TrainerState::Starting => Vec::new(),
            TrainerState::Ready(_) => self.prepare_trainer(kind),
            TrainerState::Absent | TrainerState::Failed(_) => {
                *self.engines.trainer_mut(kind) = TrainerState::Starting;
                vec![Effect::StartTrainer(kind)]
            }
        }
    }

    /// Gives a trainer the data, the recipe and the weights of the run at hand.
    pub(super) fn prepare_trainer(&mut self, kind: EngineKind) -> Vec<Effect> {
        let front = &self.studies.front;
        let Some(data) = &front.data else {
            return Vec::new();
        };
        let command = TrainCommand::Prepare {
            run: front.run.id,
            dataset: Box::new(Dataset::clone(&data.dataset)),
            recipe: Box::new(front.recipe.clone()),
            resume: front.run.resume.clone().filter(|_| front.run.has_learned()),
            workers: self.assistants.choice.workers(),
        };
        vec![Effect::ToTrainer(kind, command)]
    }

    pub(super) fn pause(&mut self) -> Vec<Effect> {
        match self.studies.front.run.phase {
            Phase::Training => {
                self.studies.front.run.phase = Phase::Pausing;
                vec![Effect::ToTrainer(self.engines.active, TrainCommand::Pause)]
            }
            Phase::Preparing => {
                self.studies.front.run.phase = if self.studies.front.run.has_learned() {
                    Phase::Paused
                } else {
                    Phase::Untrained
                };
                Vec::new()
            }
            _ => Vec::new(),
        }
    }

    pub(super) fn reset(&mut self) -> Vec<Effect> {
        if self.studies.front.run.phase == Phase::Loading {
            return Vec::new();
        }
        let effects = self.begin_fresh();
        self.offer_what_was_left("The network has fresh weights and knows nothing yet.");
        effects
    }

    /// Says what has happened, and offers the trained run of before where there is one.
    pub(super) fn offer_what_was_left(&mut self, text: &str) {
        let left = self.studies.before_reset.as_ref();
        if left.is_some_and(|left| left.run.has_learned()) {
            let undo = vec![
                Message::Training(TrainingMessage::UndoReset),
                Message::DismissNotice,
            ];
            self.notice = Some(Notice::new(text).offering("Take it back", undo));
        }
    }

    pub(super) fn use_pretrained(&mut self) -> Vec<Effect> {
        if self.own_file().is_some() {
            return Vec::new();
        }
        let front = &self.studies.front;
        let as_named = Study {
            rule: front.rule,
            ..Study::new(front.name, front.data.clone(), front.run.clone())
        };
        let Some(pretrained) = self.pretrained_snapshot(&as_named) else {
            return Vec::new();
        };
        let run = self.new_run(Phase::Pretrained, pretrained);
        let effects = self.begin(as_named.with_run(run));
        self.offer_what_was_left("The model that came with the page is back.");
        effects
    }

    pub(super) fn undo_reset(&mut self) -> Vec<Effect> {
        let Some(mut left) = self.studies.before_reset.take() else {
            return Vec::new();
        };
        let front = &self.studies.front;
        left.rule = front.rule;
        if left.recipe == front.recipe {
            left.measured = front.measured.clone();
        }
        left.run.id = self.studies.next_run_id();
        self.bring_to_front(left)
    }

    pub(super) fn new_run(&mut self, phase: Phase, shown: Snapshot) -> Run {
        Run::new(self.studies.next_run_id(), phase, Some(shown))
    }

    /// The study in front once more, on fresh weights.
    fn begin_fresh(&mut self) -> Vec<Effect> {
        let fresh = fresh_snapshot(&self.studies.front.recipe);
        let run = self.new_run(Phase::Untrained, fresh);
        let again = self.studies.front.clone().with_run(run);
        self.begin(again)
    }

    /// Another study takes the place of the one in front, which can be taken back where it has learned something.
    pub(super) fn begin(&mut self, study: Study) -> Vec<Effect> {
        let left = self.studies.front.at_rest();
        let effects = self.bring_to_front(study);
        // A second Reset, or a setting changed in between, must not take the place of what was learned.
        let earlier = self.studies.before_reset.take();
        let earlier = earlier.filter(|earlier| earlier.run.has_learned());
        self.studies.before_reset = if left.run.has_learned() {
            Some(left)
        } else {
            earlier.or(Some(left))
        };
        effects
    }

    fn bring_to_front(&mut self, study: Study) -> Vec<Effect> {
        let mut effects = self.interrupt();
        self.studies.front = study;
        effects.extend(self.prepare_examiner());
        effects
    }

    /// Stops the trainer at work without waiting for its answer; the run number makes it stale.
    pub(super) fn interrupt(&mut self) -> Vec<Effect> {
        self.engines.holder = None;
        self.engines.successor = None;
        if matches!(
            self.studies.front.run.phase,
            Phase::Training | Phase::Pausing
        ) {
            vec![Effect::ToTrainer(self.engines.active, TrainCommand::Pause)]
        } else {
            Vec::new()
        }
    }

    pub(super) fn choose_engine(&mut self, choice: EngineChoice) -> Vec<Effect> {
        self.engines.choice = choice;
        if choice == EngineChoice::WebGpu && matches!(self.engines.gpu, TrainerState::Failed(_)) {
            self.engines.gpu = TrainerState::Absent;
        }
        self.switch_if_better()
    }

    /// Hands the run to the preferred engine if another one has it.
    pub(super) fn switch_if_better(&mut self) -> Vec<Effect> {
        let preferred = self.engines.preferred();
        if preferred == self.engines.active {
            self.engines.successor = None;
            return Vec::new();
        }
        match self.studies.front.run.phase {
            Phase::Training => {
                self.engines.successor = Some(preferred);
                vec![Effect::ToTrainer(self.engines.active, TrainCommand::Pause)]
            }
            Phase::Preparing => self.start(self.studies.front.run.goal),
            Phase::Pausing => {
                self.engines.successor = Some(preferred);
                Vec::new()
            }
            _ => {
                self.engines.active = preferred;
                self.engines.holder = None;
                Vec::new()
            }
        }
    }
}
