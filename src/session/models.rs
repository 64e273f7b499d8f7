//! Weights to start with: those that came with the page, or fresh ones.

use super::study::Study;
use super::{Effect, Notice, Phase, Run, Session};
use crate::autoencoder::{Position, Weights};
use crate::protocol::Snapshot;
use crate::random::Mt19937;
use crate::recipe::{Recipe, RecipeName};

/// No network that has learned has a weight as large as this; a damaged file soon has.
const LARGEST_WEIGHT: f32 = 1e4;

impl Session {
    pub(super) fn on_model(&mut self, name: RecipeName, values: Vec<f32>) -> Vec<Effect> {
        let architecture = name.recipe().architecture;
        let Some(weights) = Weights::from_values(&architecture, values) else {
            return self.on_model_failed(name, "its size does not fit the recipe");
        };
        if !weights
            .values()
            .iter()
            .all(|weight| weight.abs() <= LARGEST_WEIGHT)
        {
            return self.on_model_failed(name, "the file is damaged");
        }
        self.library.models.retain(|(known, _)| *known != name);
        self.library.models.push((name, weights));
        let front = &self.studies.front;
        if front.name == name && front.run.phase == Phase::Loading {
            let pretrained = self.pretrained_snapshot(front);
            // A link may ask for another network than the one that was shipped.
            self.library.is_model_missing = pretrained.is_none();
            self.studies.front.run.shown = pretrained;
            self.settle_loading();
        }
        self.adopt()
    }

    pub(super) fn on_model_failed(&mut self, name: RecipeName, reason: &str) -> Vec<Effect> {
        self.notice = Some(Notice::not_loaded("the pre-trained model", reason));
        self.library.is_model_missing |= name == self.studies.front.name;
        self.settle_loading();
        self.adopt()
    }

    /// Ends loading as soon as there are data and weights; without the shipped model, fresh ones take its place.
    pub(super) fn settle_loading(&mut self) {
        let front = &mut self.studies.front;
        if front.run.phase != Phase::Loading || front.data.is_none() {
            return;
        }
        if front.run.shown.is_some() {
            front.run.phase = Phase::Pretrained;
        } else if self.library.is_model_missing {
            let fresh = fresh_snapshot(&front.recipe);
            front.run = Run::new(front.run.id, Phase::Untrained, Some(fresh));
        }
    }

    /// The shipped weights for a study, as at the end of a run.
    ///
    /// They know nothing of the reader's data, fit no other network, and have seen other items than those that
    /// another seed, or other normal classes, would have them learn from.
    pub(super) fn pretrained_snapshot(&self, study: &Study) -> Option<Snapshot> {
        let (now, named) = (&study.recipe, study.name.recipe());
        let is_alike = now.architecture.computes_like(&named.architecture)
            && now.training.seed == named.training.seed
            && now.parts == named.parts
            && now.normality.cuts_like(&named.normality);
        let data = study.data.as_ref();
        if !is_alike || data.is_some_and(|data| data.own_file_number().is_some()) {
            return None;
        }
        Some(Snapshot {
            position: Position {
                epoch: named.training.epochs,
                batch: 0,
            },
            weights: self.library.model_of(study.name)?.clone(),
        })
    }
}

/// The weights that a recipe begins with.
pub(super) fn fresh_snapshot(recipe: &Recipe) -> Snapshot {
    let mut generator = Mt19937::new(recipe.training.seed);
    Snapshot {
        position: Position::default(),
        weights: Weights::initial(&recipe.architecture, &mut generator),
    }
}
