//! Whether a recipe can be run at all, and on some data.

use thiserror::Error;

use super::{ItemShape, Recipe};
use crate::autoencoder::{ArchitectureError, Shape, TrainingConfigError};
use crate::data::{Dataset, ItemKind, NormalityError};

/// Why a recipe cannot be run.
#[derive(Clone, Debug, PartialEq, Error)]
pub enum RecipeError {
    /// The network could not learn this way.
    #[error(transparent)]
    Training(#[from] TrainingConfigError),
    /// There is no such network.
    #[error(transparent)]
    Architecture(#[from] ArchitectureError),
    /// Classes cannot be told apart as asked for.
    #[error(transparent)]
    Normality(#[from] NormalityError),
    /// A window slides over pictures, or along curves.
    #[error(
        "convolutions slide over pictures or along curves of the size that they were made for, and these items are none of that size"
    )]
    NoPictures,
    /// The label is an input, and there is none.
    #[error("these items have no labels, and so none can be an input")]
    NoLabels,
}

impl Recipe {
    /// Checks everything that does not depend on the data.
    ///
    /// # Errors
    /// When training, network or contamination are impossible.
    pub fn validate(&self) -> Result<(), RecipeError> {
        self.training.validate()?;
        self.architecture.validate()?;
        Ok(self.normality.validate()?)
    }

    /// Checks everything, for a data set.
    ///
    /// # Errors
    /// As [`Recipe::validate`], and when no item would be normal, a label is asked for that the items do not have, or a
    /// window slides over what is no picture.
    pub fn validate_for(&self, dataset: &Dataset) -> Result<(), RecipeError> {
        self.validate()?;
        if self.label_input && !ItemShape::of(dataset).label_can_be_input() {
            return Err(RecipeError::NoLabels);
        }
        let input = self.architecture.input;
        let fits = match dataset.kind() {
            ItemKind::Picture { width, height } => (width, height) == (input.width, input.height),
            ItemKind::Series { n_samples } => input == Shape::series(1, n_samples),
            ItemKind::Row => false,
        };
        if self.architecture.is_convolutional() && !fits {
            return Err(RecipeError::NoPictures);
        }
        Ok(self.normality.validate_for(dataset)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::Normality;
    use crate::recipe::RecipeName;

    fn pictures(labels: Vec<u8>) -> Dataset {
        Dataset::pictures(8, 8, 1, vec![0; 3 * 64], labels).expect("three pictures")
    }

    #[test]
    fn each_part_is_checked() {
        let recipe = RecipeName::WELL_TRAINED.recipe();
        assert_eq!(recipe.validate(), Ok(()));
        let mut without_steps = recipe.clone();
        without_steps.training.batch_size = 0;
        assert!(matches!(
            without_steps.validate(),
            Err(RecipeError::Training(_))
        ));
        let mut without_layers = recipe.clone();
        without_layers.architecture.layers.clear();
        assert!(matches!(
            without_layers.validate(),
            Err(RecipeError::Architecture(_))
        ));
        let mut contaminated = recipe;
        contaminated.normality.contamination = 0.6;
        assert!(matches!(
            contaminated.validate(),
            Err(RecipeError::Normality(_))
        ));
    }

    #[test]
    fn what_is_possible_depends_on_the_labels() {
        let (labelled, bare) = (pictures(vec![1, 1, 2]), pictures(Vec::new()));
        let reads_labels = RecipeName::UCI_DIGITS.recipe();
        assert_eq!(reads_labels.validate_for(&labelled), Ok(()));
        assert_eq!(reads_labels.validate_for(&bare), Err(RecipeError::NoLabels));
        let nothing_normal = Recipe {
            normality: Normality {
                anomalous_classes: [1, 2].into(),
                ..Normality::default()
            },
            ..RecipeName::WELL_TRAINED.recipe()
        };
        assert_eq!(nothing_normal.validate(), Ok(()));
        assert_eq!(nothing_normal.validate_for(&bare), Ok(()));
        let refused = nothing_normal.validate_for(&labelled);
        assert_eq!(refused, Err(NormalityError::NothingNormal.into()));
    }
}
