//! Weights to start with: those that came with the page, or fresh ones.

use super::{Effect, Notice, Phase, Run, Session};
use crate::autoencoder::{Position, Weights};
use crate::protocol::Checkpoint;
use crate::random::Mt19937;
use crate::recipe::RecipeName;

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
        self.pretrained.retain(|(known, _)| *known != name);
        self.pretrained.push((name, weights));
        if self.recipe_name == name && self.run.phase == Phase::Loading {
            self.run.checkpoint = self.pretrained_checkpoint();
            // A link may ask for another network than the one that was shipped.
            self.is_model_missing = self.run.checkpoint.is_none();
            self.settle_loading();
        }
        self.adopt()
    }

    pub(super) fn on_model_failed(&mut self, name: RecipeName, reason: &str) -> Vec<Effect> {
        self.notice = Some(Notice::not_loaded("the pre-trained model", reason));
        self.is_model_missing |= name == self.recipe_name;
        self.settle_loading();
        self.adopt()
    }

    /// Ends loading as soon as there are data and weights; without the shipped model, fresh ones take its place.
    pub(super) fn settle_loading(&mut self) {
        if self.run.phase != Phase::Loading || self.data.is_none() {
            return;
        }
        if self.run.checkpoint.is_some() {
            self.run.phase = Phase::Pretrained;
        } else if self.is_model_missing {
            self.run = Run::new(Phase::Untrained, Some(self.fresh_checkpoint()));
        }
    }

    pub(super) fn fresh_checkpoint(&self) -> Checkpoint {
        let mut generator = Mt19937::new(self.recipe.training.seed);
        Checkpoint {
            position: Position::default(),
            weights: Weights::initial(&self.recipe.architecture, &mut generator),
        }
    }

    /// The shipped weights for the recipe at hand, as the end of a run.
    ///
    /// They know nothing of the reader's data, fit no other network, and have seen other items than those that
    /// another seed, or other normal classes, would have them learn from.
    pub(super) fn pretrained_checkpoint(&self) -> Option<Checkpoint> {
        let (now, named) = (&self.recipe, self.recipe_name.recipe());
        let is_alike = now.architecture.layer_sizes() == named.architecture.layer_sizes()
            && now.training.seed == named.training.seed
            && now.parts == named.parts
            && now.normality.cuts_like(&named.normality);
        if !is_alike || self.own_file().is_some() {
            return None;
        }
        let (_, weights) = self
            .pretrained
            .iter()
            .find(|(name, _)| *name == self.recipe_name)?;
        let position = Position {
            epoch: named.training.epochs,
            batch: 0,
        };
        Some(Checkpoint {
            position,
            weights: weights.clone(),
        })
    }
}
