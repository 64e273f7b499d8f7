//! What the visitor asks of training.

use super::{
    Effect, EngineChoice, Goal, Knob, Message, Notice, Phase, Run, Session, ShelvedRun, Trainer,
};
use crate::anomaly::ThresholdRule;
use crate::data::{Dataset, Parts};
use crate::protocol::{EngineKind, RunId, TrainCommand};
use crate::recipe::{DataName, ItemShape, Recipe, RecipeName};

impl Session {
    pub(super) fn train(&mut self, goal: Goal) -> Vec<Effect> {
        match self.run.phase {
            Phase::Loading | Phase::Preparing | Phase::Training | Phase::Pausing => Vec::new(),
            Phase::Pretrained | Phase::Finished => {
                let mut effects = self.begin(Phase::Untrained);
                self.offer_what_was_left("A new run has begun, from fresh weights.");
                effects.extend(self.start(goal));
                effects
            }
            Phase::Untrained | Phase::Paused | Phase::Diverged { .. } => self.start(goal),
        }
    }

    /// Brings the preferred engine to work on the run at hand.
    pub(super) fn start(&mut self, goal: Goal) -> Vec<Effect> {
        self.run.goal = goal;
        let kind = self.engines.preferred();
        self.engines.active = kind;
        if self.holder == Some(kind) {
            return self.go();
        }
        self.run.phase = Phase::Preparing;
        let mut effects = self.summon(kind);
        if self.engines.should_measure_gpu() {
            effects.extend(self.summon(EngineKind::WebGpu));
        }
        effects
    }

    fn summon(&mut self, kind: EngineKind) -> Vec<Effect> {
        match self.engines.trainer(kind) {
            Trainer::Starting => Vec::new(),
            Trainer::Ready(_) => self.prepare_trainer(kind),
            Trainer::Absent | Trainer::Failed(_) => {
                *self.engines.trainer_mut(kind) = Trainer::Starting;
                vec![Effect::StartTrainer(kind)]
            }
        }
    }

    /// Gives a trainer the data, the recipe and the weights of the run at hand.
    pub(super) fn prepare_trainer(&mut self, kind: EngineKind) -> Vec<Effect> {
        let Some(data) = &self.data else {
            return Vec::new();
        };
        let resume = self
            .run
            .checkpoint
            .clone()
            .filter(|_| self.run.has_learned());
        let command = TrainCommand::Prepare {
            run: self.run_id,
            dataset: Dataset::clone(&data.dataset),
            recipe: Box::new(self.recipe.clone()),
            resume,
        };
        vec![Effect::ToTrainer(kind, command)]
    }

    pub(super) fn pause(&mut self) -> Vec<Effect> {
        match self.run.phase {
            Phase::Training => {
                self.run.phase = Phase::Pausing;
                vec![Effect::ToTrainer(self.engines.active, TrainCommand::Pause)]
            }
            Phase::Preparing => {
                self.run.phase = if self.run.has_learned() {
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
        if self.run.phase == Phase::Loading {
            return Vec::new();
        }
        let effects = self.begin(Phase::Untrained);
        self.offer_what_was_left("The network has fresh weights and knows nothing yet.");
        effects
    }

    /// Says what has happened, and offers the trained run of before where there is one.
    pub(super) fn offer_what_was_left(&mut self, text: &str) {
        if self
            .before_reset
            .as_ref()
            .is_some_and(ShelvedRun::has_learned)
        {
            let undo = vec![Message::UndoReset, Message::DismissNotice];
            self.notice = Some(Notice::new(text).offering("Take it back", undo));
        }
    }

    pub(super) fn use_pretrained(&mut self) -> Vec<Effect> {
        if self.own_file().is_some() {
            return Vec::new();
        }
        let left = self.shelved();
        self.recipe = self.recipe_name.recipe();
        if self.pretrained_checkpoint().is_none() {
            self.recipe = left.recipe;
            return Vec::new();
        }
        self.forget_measurements();
        let effects = self.begin_after(left, Phase::Pretrained);
        self.offer_what_was_left("The model that came with the page is back.");
        effects
    }

    pub(super) fn undo_reset(&mut self) -> Vec<Effect> {
        let Some(ShelvedRun { recipe, run, .. }) = self.before_reset.take() else {
            return Vec::new();
        };
        if recipe != self.recipe {
            self.forget_measurements();
            self.recipe = recipe;
        }
        self.replace_run(run)
    }

    /// A new run of the recipe at hand: on the shipped weights when `phase` is `Pretrained`, else on fresh ones.
    fn begin(&mut self, phase: Phase) -> Vec<Effect> {
        let left = self.shelved();
        self.begin_after(left, phase)
    }

    /// The same after a run whose settings may have been others.
    fn begin_after(&mut self, left: ShelvedRun, phase: Phase) -> Vec<Effect> {
        let checkpoint = match phase {
            Phase::Pretrained => self.pretrained_checkpoint(),
            _ => Some(self.fresh_checkpoint()),
        };
        let effects = self.replace_run(Run::new(phase, checkpoint));
        // A second Reset, or a setting changed in between, must not take the place of what was learned.
        let earlier = self.before_reset.take().filter(ShelvedRun::has_learned);
        self.before_reset = if left.has_learned() {
            Some(left)
        } else {
            earlier.or(Some(left))
        };
        effects
    }

    fn replace_run(&mut self, run: Run) -> Vec<Effect> {
        let mut effects = self.interrupt();
        self.run_id = RunId(self.run_id.0 + 1);
        self.run = run;
        effects.extend(self.prepare_examiner());
        effects
    }

    /// Stops the trainer at work without waiting for its answer; the run number makes it stale.
    pub(super) fn interrupt(&mut self) -> Vec<Effect> {
        self.holder = None;
        self.successor = None;
        if matches!(self.run.phase, Phase::Training | Phase::Pausing) {
            vec![Effect::ToTrainer(self.engines.active, TrainCommand::Pause)]
        } else {
            Vec::new()
        }
    }

    pub(super) fn choose_recipe(&mut self, name: RecipeName) -> Vec<Effect> {
        if name == self.recipe_name {
            return Vec::new();
        }
        let effects = self.leave_run();
        [effects, self.enter_recipe(name)].concat()
    }

    /// Puts a copy of the run at hand on the shelf.
    pub(super) fn shelve(&mut self) {
        let shelved = self.shelved();
        self.shelf.retain(|known| known.key != shelved.key);
        self.shelf.push(shelved);
    }

    /// A copy of the run at hand with all that it belongs to.
    fn shelved(&self) -> ShelvedRun {
        ShelvedRun {
            key: self.run_key(),
            recipe: self.recipe.clone(),
            run: self.run.clone().at_rest(),
        }
    }

    /// Sets a recipe up on the data that it will work on, with the run that was left on the shelf, if any.
    pub(super) fn enter_recipe(&mut self, name: RecipeName) -> Vec<Effect> {
        self.recipe_name = name;
        self.before_reset = None;
        self.forget_measurements();
        let mut effects = self.settle_data();
        if matches!(self.engines.gpu, Trainer::Ready(_)) {
            // It was measured on the other recipe; Auto must measure it anew.
            self.engines.gpu = Trainer::Absent;
            effects.push(Effect::EndTrainer(EngineKind::WebGpu));
        }
        let key = self.run_key();
        let returning = self.shelf.iter().position(|known| known.key == key);
        if let Some(idx) = returning {
            let ShelvedRun { recipe, run, .. } = self.shelf.swap_remove(idx);
            self.recipe = recipe;
            effects.extend(self.replace_run(run));
            return effects;
        }
        self.recipe = self.fitting_recipe();
        self.rule = name.threshold_rule();
        if self.own_file().is_some() {
            let fresh = self.fresh_checkpoint();
            effects.extend(self.replace_run(Run::new(Phase::Untrained, Some(fresh))));
        } else if let Some(checkpoint) = self.pretrained_checkpoint() {
            let phase = if self.data.is_some() {
                Phase::Pretrained
            } else {
                Phase::Loading
            };
            effects.extend(self.replace_run(Run::new(phase, Some(checkpoint))));
        } else {
            self.is_model_missing = false;
            effects.extend(self.replace_run(Run::new(Phase::Loading, None)));
            effects.push(Effect::FetchModel(name));
        }
        effects
    }

    /// The recipe as it fits the data at hand; the reader's labelled pictures are all learned from where the
    /// article does so.
    fn fitting_recipe(&self) -> Recipe {
        let Some(data) = self.data.as_ref().filter(|_| self.own_file().is_some()) else {
            return self.recipe_name.recipe();
        };
        let fitting = self.recipe_name.recipe_for(ItemShape::of(&data.dataset));
        let mut recipe = fitting.unwrap_or_else(|| self.recipe_name.recipe());
        if self.recipe_name.data() == DataName::Digits && recipe.label_input {
            recipe.parts = Parts::Everything;
        }
        recipe
    }

    /// What was measured with other weights, or on other data, says nothing any more.
    pub(super) fn forget_measurements(&mut self) {
        self.judgement = None;
        self.calibration = None;
        self.scores = None;
        self.n_scored = None;
        self.map = None;
        self.imagined = None;
        self.forget_challenge();
        self.forget_sweeps();
        self.evidence.refusal = None;
    }

    pub(super) fn choose_engine(&mut self, choice: EngineChoice) -> Vec<Effect> {
        self.engines.choice = choice;
        if choice == EngineChoice::WebGpu && matches!(self.engines.gpu, Trainer::Failed(_)) {
            self.engines.gpu = Trainer::Absent;
        }
        self.switch_if_better()
    }

    /// Hands the run to the preferred engine if another one has it.
    pub(super) fn switch_if_better(&mut self) -> Vec<Effect> {
        let preferred = self.engines.preferred();
        if preferred == self.engines.active {
            self.successor = None;
            return Vec::new();
        }
        match self.run.phase {
            Phase::Training => {
                self.successor = Some(preferred);
                vec![Effect::ToTrainer(self.engines.active, TrainCommand::Pause)]
            }
            Phase::Preparing => self.start(self.run.goal),
            Phase::Pausing => {
                self.successor = Some(preferred);
                Vec::new()
            }
            _ => {
                self.engines.active = preferred;
                self.holder = None;
                Vec::new()
            }
        }
    }

    pub(super) fn tune(&mut self, knob: &Knob) -> Vec<Effect> {
        let recipe = knob.applied_to(&self.recipe);
        let refusal = recipe
            .training
            .validate()
            .err()
            .map(|error| error.to_string());
        let refusal = refusal.or_else(|| Some(recipe.architecture.validate().err()?.to_string()));
        let refusal = refusal.or_else(|| self.refuses_normality(&recipe.normality));
        if let Some(refusal) = refusal {
            self.notice = Some(Notice::new(format!(
                "That setting was not taken: {refusal}."
            )));
            return Vec::new();
        }
        let left = self.shelved();
        self.recipe = recipe;
        match *knob {
            Knob::LearningRate(learning_rate) => match self.holder {
                Some(kind) => vec![Effect::ToTrainer(
                    kind,
                    TrainCommand::SetLearningRate { learning_rate },
                )],
                None => Vec::new(),
            },
            Knob::Measure(_) => {
                // A line set by hand was one of the other measure.
                if matches!(self.rule, ThresholdRule::Manual(_)) {
                    self.rule = self.recipe_name.threshold_rule();
                }
                self.calibration = None;
                self.scores = None;
                self.judgement = None;
                self.forget_sweeps();
                self.prepare_examiner()
            }
            Knob::Seed(_) | Knob::LabelInput(_) | Knob::Parts(_) | Knob::CodeSize(_) => {
                let effects = self.begin_otherwise(left);
                self.offer_what_was_left(
                    "That setting needs a new network, which has fresh weights.",
                );
                effects
            }
            Knob::AnomalousClasses(_) | Knob::Contamination(_) => self.begin_on_other_items(left),
            Knob::BatchSize(_)
            | Knob::Epochs(_)
            | Knob::Optimiser(_)
            | Knob::WeightDecay(_)
            | Knob::Noise(_)
            | Knob::Beta(_)
            | Knob::Dropout(_) => self.go_on_with_new_settings(),
        }
    }

    /// A new run, since what was learned fits the settings no more; a trained run that was left can be taken back.
    pub(super) fn begin_otherwise(&mut self, left: ShelvedRun) -> Vec<Effect> {
        self.forget_measurements();
        self.begin_after(left, Phase::Untrained)
    }

    /// Keeps the weights; the trainer must read the settings anew, from the start of the epoch at hand.
    fn go_on_with_new_settings(&mut self) -> Vec<Effect> {
        let effects = self.interrupt();
        let epochs = self.recipe.training.epochs;
        if let Some(checkpoint) = &mut self.run.checkpoint {
            checkpoint.position.batch = 0;
        }
        let is_trained_here = !matches!(self.run.phase, Phase::Pretrained | Phase::Loading);
        if is_trained_here && self.run.has_learned() {
            let is_done = self.run.position().epoch >= epochs;
            self.run.phase = if is_done {
                Phase::Finished
            } else {
                Phase::Paused
            };
        } else if self.run.phase.is_busy() {
            self.run.phase = Phase::Untrained;
        }
        effects
    }
}
