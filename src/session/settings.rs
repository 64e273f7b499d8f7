//! The recipe in front and its settings.

use std::collections::BTreeSet;

use super::models::fresh_snapshot;
use super::study::Study;
use super::{Effect, Notice, Origin, Phase, Run, Session, TrainerState};
use crate::anomaly::{ErrorMeasure, ThresholdRule};
use crate::autoencoder::{Activation, Architecture, Layer, Optimiser};
use crate::data::{ItemKind, Normality, Parts};
use crate::protocol::{EngineKind, TrainCommand};
use crate::recipe::{DataName, Recipe, RecipeError, RecipeName};

/// What concerns the recipe.
#[derive(Clone, Debug, PartialEq)]
pub enum RecipeMessage {
    /// Another recipe.
    Choose(RecipeName),
    /// One of its settings changed.
    Tune(Knob),
}

/// A change of one setting; the learning rate and the measure act at once, others on the next run.
#[derive(Clone, Debug, PartialEq)]
pub enum Knob {
    /// Step size.
    LearningRate(f64),
    /// Items per step.
    BatchSize(usize),
    /// Passes over the training items.
    Epochs(usize),
    /// Decides weights, order and split.
    Seed(u64),
    /// SGD or Adam.
    Optimiser(Optimiser),
    /// Part of each weight that is added to its gradient.
    WeightDecay(f64),
    /// Standard deviation of the noise that is trained with.
    Noise(f32),
    /// Whether the first article's dropout is trained with: 0.5 after the first layer, 0.25 after the third.
    Dropout(bool),
    /// What a nat of a variational code costs; a plain autoencoder has no such price.
    Beta(f32),
    /// Number of values at the bottleneck.
    CodeSize(usize),
    /// What the hidden layers apply to their sums.
    Activation(Activation),
    /// Every layer, from the one behind the input to the output.
    Layers(Vec<Layer>),
    /// Whether the label is an input.
    LabelInput(bool),
    /// How much of the data is trained on.
    Parts(Parts),
    /// The labels whose items are not normal.
    AnomalousClasses(BTreeSet<u8>),
    /// The share of the training set that is of those labels all the same, 0…0.5.
    Contamination(f32),
    /// How badly an item is reconstructed.
    Measure(ErrorMeasure),
}

/// The first article's dropout, layer by layer.
const ARTICLE_DROPOUT: [(usize, f32); 2] = [(0, 0.5), (2, 0.25)];

impl Knob {
    /// `recipe` with this knob turned.
    pub fn applied_to(&self, recipe: &Recipe) -> Recipe {
        let mut recipe = recipe.clone();
        let training = &mut recipe.training;
        match self {
            Self::LearningRate(rate) => training.learning_rate = *rate,
            Self::BatchSize(size) => training.batch_size = *size,
            Self::Epochs(epochs) => training.epochs = *epochs,
            Self::Seed(seed) => training.seed = *seed,
            Self::Optimiser(optimiser) => training.optimiser = *optimiser,
            Self::WeightDecay(part) => training.weight_decay = *part,
            Self::Noise(deviation) => training.noise = *deviation,
            Self::Dropout(is_on) => {
                let n_hidden = recipe.architecture.layers.len().saturating_sub(1);
                let hidden = &mut recipe.architecture.layers[..n_hidden];
                for (layer_idx, dropout) in ARTICLE_DROPOUT {
                    if let Some(layer) = hidden.get_mut(layer_idx) {
                        layer.dropout = if *is_on { dropout } else { 0.0 };
                    }
                }
            }
            Self::Beta(beta) => recipe.architecture.set_beta(*beta),
            Self::CodeSize(size) => recipe.set_code_size(*size),
            Self::Activation(activation) => recipe.architecture.set_hidden_activation(*activation),
            Self::Layers(layers) => recipe.set_layers(layers),
            Self::LabelInput(is_in) => recipe.set_label_input(*is_in),
            Self::Parts(parts) => recipe.parts = *parts,
            Self::AnomalousClasses(classes) => {
                recipe.normality.anomalous_classes.clone_from(classes);
            }
            Self::Contamination(share) => recipe.normality.contamination = *share,
            Self::Measure(measure) => recipe.measure = measure.clone(),
        }
        recipe
    }
}

impl Session {
    pub(super) fn update_recipe(&mut self, message: RecipeMessage) -> Vec<Effect> {
        match message {
            RecipeMessage::Choose(name) => self.choose_recipe(name),
            RecipeMessage::Tune(knob) => self.tune(&knob),
        }
    }

    pub(super) fn choose_recipe(&mut self, name: RecipeName) -> Vec<Effect> {
        if name == self.studies.front.name {
            return Vec::new();
        }
        let effects = self.leave_study();
        [effects, self.enter_recipe(name)].concat()
    }

    /// Brings a recipe to the front on the data that it will work on: the study that was left, if any, or a new one.
    pub(super) fn enter_recipe(&mut self, name: RecipeName) -> Vec<Effect> {
        let mut effects = self.interrupt();
        effects.extend(self.end_measured_gpu());
        let data = self.data_at_hand(name);
        let loading = Run::new(self.studies.next_run_id(), Phase::Loading, None);
        let new = Study::new(name, data, loading);
        let returning = self.studies.take(new.key());
        let study = match returning {
            Some(mut left) => {
                left.run.id = new.run.id;
                left
            }
            None => self.set_up(new),
        };
        if study.run.phase == Phase::Loading && study.run.shown.is_none() {
            self.library.is_model_missing = !name.is_shipped();
            effects.extend(name.is_shipped().then_some(Effect::FetchModel(name)));
        }
        effects.extend(self.enter_study(study));
        effects
    }

    /// Brings a study to the front whose recipe or data are others than those of the one that was left: with it goes the
    /// way back from the last Reset, and the bench follows its data.
    pub(super) fn enter_study(&mut self, study: Study) -> Vec<Effect> {
        self.studies.before_reset = None;
        self.studies.front = study;
        self.settle_loading();
        let mut effects = self.settle_data();
        effects.extend(self.prepare_examiner());
        effects
    }

    /// The GPU was measured on another recipe; Auto must measure it anew.
    pub(super) fn end_measured_gpu(&mut self) -> Option<Effect> {
        let is_measured = matches!(self.engines.gpu, TrainerState::Ready(_));
        is_measured.then(|| {
            self.engines.gpu = TrainerState::Absent;
            Effect::EndTrainer(EngineKind::WebGpu)
        })
    }

    /// A new study with the weights that it begins with, where they are here.
    fn set_up(&self, mut study: Study) -> Study {
        if let Some(recipe) = recipe_for_own_file(&study) {
            study.run.phase = Phase::Untrained;
            study.run.shown = Some(fresh_snapshot(&recipe));
            study.recipe = recipe;
        } else if let Some(pretrained) = self.pretrained_snapshot(&study) {
            if study.data.is_some() {
                study.run.phase = Phase::Pretrained;
            }
            study.run.shown = Some(pretrained);
        }
        study
    }

    pub(super) fn tune(&mut self, knob: &Knob) -> Vec<Effect> {
        let recipe = match self.turned(knob) {
            Ok(recipe) => recipe,
            Err(refusal) => {
                self.refuse_setting(&refusal);
                return Vec::new();
            }
        };
        match *knob {
            Knob::LearningRate(learning_rate) => {
                self.studies.front.recipe = recipe;
                let command = TrainCommand::SetLearningRate { learning_rate };
                let holder = self.engines.holder;
                let effect = holder.map(|kind| Effect::ToTrainer(kind, command));
                effect.into_iter().collect()
            }
            Knob::Measure(_) => {
                let front = &mut self.studies.front;
                front.recipe = recipe;
                // A threshold set by hand was one of the other measure.
                if matches!(front.rule, ThresholdRule::Manual(_)) {
                    front.rule = front.name.threshold_rule();
                }
                front.measured = front.measured.without_errors();
                front.run.history.forget_errors();
                self.prepare_examiner()
            }
            Knob::Seed(_)
            | Knob::LabelInput(_)
            | Knob::Parts(_)
            | Knob::CodeSize(_)
            | Knob::Activation(_)
            | Knob::Layers(_) => {
                let effects = self.begin_with(recipe);
                self.offer_what_was_left(
                    "That setting needs a new network, which has fresh weights.",
                );
                effects
            }
            Knob::AnomalousClasses(_) | Knob::Contamination(_) => {
                let effects = self.begin_with(recipe);
                self.offer_what_was_left(
                    "There is another training set now, so the network has fresh weights.",
                );
                effects
            }
            Knob::BatchSize(_)
            | Knob::Epochs(_)
            | Knob::Optimiser(_)
            | Knob::WeightDecay(_)
            | Knob::Noise(_)
            | Knob::Beta(_)
            | Knob::Dropout(_) => {
                self.studies.front.recipe = recipe;
                self.go_on_with_new_settings()
            }
        }
    }

    /// The recipe in front with a knob turned.
    ///
    /// # Errors
    /// Why there is no such recipe, as a part of a sentence.
    pub(super) fn turned(&self, knob: &Knob) -> Result<Recipe, String> {
        let recipe = knob.applied_to(&self.studies.front.recipe);
        self.validate(&recipe).map_err(|error| error.to_string())?;
        let refusal = refuses_activation(knob, &recipe)
            .or_else(|| refuses_layers(knob, &self.studies.front.recipe.architecture));
        match refusal {
            Some(refusal) => Err(refusal),
            None => Ok(recipe),
        }
    }

    /// Whether a recipe can be run on the data at hand; on any, while they are on their way.
    fn validate(&self, recipe: &Recipe) -> Result<(), RecipeError> {
        match self.dataset() {
            Some(dataset) => recipe.validate_for(dataset),
            None => recipe.validate(),
        }
    }

    /// Takes back what a link has asked for while nobody knew the classes of the data, and what these do not allow.
    pub(super) fn settle_linked_classes(&mut self) {
        if let Err(refusal) = self.validate(&self.studies.front.recipe) {
            self.studies.front.recipe.normality = Normality::default();
            self.refuse_setting(&refusal.to_string());
        }
    }

    fn refuse_setting(&mut self, refusal: &str) {
        let text = format!("That setting was not taken: {refusal}.");
        self.notice = Some(Notice::new(text));
    }

    /// A new study of the same kind by another recipe, since what was learned fits its settings no more.
    fn begin_with(&mut self, recipe: Recipe) -> Vec<Effect> {
        let run = self.new_run(Phase::Untrained, fresh_snapshot(&recipe));
        let front = &self.studies.front;
        let study = Study {
            recipe,
            rule: front.rule,
            ..Study::new(front.name, front.data.clone(), run)
        };
        self.begin(study)
    }

    /// Keeps the weights; the trainer must read the settings anew, from the start of the epoch at hand.
    fn go_on_with_new_settings(&mut self) -> Vec<Effect> {
        let effects = self.interrupt();
        let front = &mut self.studies.front;
        let run = &mut front.run;
        if let Some(resume) = &mut run.resume {
            resume.position.batch = 0;
        }
        if run.has_learned() {
            let is_done = run.resume_position().epoch >= front.recipe.training.epochs;
            run.phase = if is_done {
                Phase::Finished
            } else {
                Phase::Paused
            };
        } else if run.phase.is_busy() {
            run.phase = Phase::Untrained;
        }
        effects
    }
}

/// Why the recipe could not take another activation, where it could not.
fn refuses_activation(knob: &Knob, recipe: &Recipe) -> Option<String> {
    match knob {
        Knob::Activation(asked) if *asked != recipe.architecture.hidden_activation() => Some(
            "some of the hidden layers are linear in any case, and nothing would tell them from the others".to_owned(),
        ),
        _ => None,
    }
}

/// Why a network's layers could not be these, where a code would be drawn by chance that was not before, or the reverse:
/// that is another kind of recipe.
fn refuses_layers(knob: &Knob, architecture: &Architecture) -> Option<String> {
    let Knob::Layers(layers) = knob else {
        return None;
    };
    let n_drawn = |layers: &[Layer]| layers.iter().filter(|layer| layer.beta().is_some()).count();
    (n_drawn(layers) != n_drawn(&architecture.layers)).then(|| {
        "whether a code is drawn by chance belongs to the recipe: choose another recipe for that"
            .to_owned()
    })
}

/// The recipe as it fits the reader's data; `None` where they are not at hand. Files that say what is to validate with are
/// obeyed; other labelled pictures are all learned from where the article does so.
fn recipe_for_own_file(study: &Study) -> Option<Recipe> {
    let data = study.data.as_ref()?;
    let Origin::Own(file) = &data.origin else {
        return None;
    };
    let fitting = study.name.recipe_on(&data.dataset);
    let mut recipe = fitting.unwrap_or_else(|| study.recipe.clone());
    match data.dataset.kind() {
        ItemKind::Picture { .. } => {
            let by_names = Normality::by_names(&data.dataset);
            if !by_names.anomalous_classes.is_empty() {
                recipe.normality = by_names;
            }
        }
        ItemKind::Row => {
            recipe.normality = Normality {
                anomalous_classes: (*file.anomalous_classes).clone(),
                ..Normality::default()
            };
        }
        // The recipe knows which curves are usual.
        ItemKind::Series { .. } => {}
    }
    if data.dataset.n_validation() > 0 {
        recipe.parts = Parts::AsGiven;
    } else if study.name.data() == DataName::Digits && recipe.label_input {
        recipe.parts = Parts::Everything;
    }
    Some(recipe)
}
