//! The named experiments, a file each.
//!
//! Adding one takes its file, and here its `mod` and its entry in the list.

mod deep_fit_predict;
mod deep_fit_predict_tuned;
mod denoiser;
mod employees;
mod employees_tuned;
mod handwritten;
mod heartbeats;
mod heartbeats_conv;
mod mnist_conv;
mod mnist_conv_tuned;
mod mnist_denoiser;
mod mnist_vae;
mod uci_digits;
mod uci_digits_tuned;
mod vae;
mod well_trained;

use super::RecipeName;

impl RecipeName {
    /// What the page opens with.
    pub const OPENING: Self = Self::HANDWRITTEN;

    /// What a link without a recipe opens: links named none as long as the page opened with this one.
    pub const OF_OLD_LINKS: Self = Self::WELL_TRAINED;

    /// Every recipe, in the order in which the page offers them.
    pub const ALL: [Self; 16] = [
        Self::HANDWRITTEN,
        Self::WELL_TRAINED,
        Self::UCI_DIGITS,
        Self::UCI_DIGITS_TUNED,
        Self::MNIST_CONV,
        Self::MNIST_CONV_TUNED,
        Self::DEEP_FIT_PREDICT,
        Self::DEEP_FIT_PREDICT_TUNED,
        Self::EMPLOYEES,
        Self::EMPLOYEES_TUNED,
        Self::HEARTBEATS,
        Self::HEARTBEATS_CONV,
        Self::DENOISER,
        Self::MNIST_DENOISER,
        Self::VAE,
        Self::MNIST_VAE,
    ];
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use crate::autoencoder::Weights;
    use crate::random::Mt19937;
    use crate::recipe::RecipeName;

    #[test]
    fn no_two_recipes_share_a_key_or_a_title() {
        let of = |words: fn(RecipeName) -> &'static str| -> HashSet<_> {
            RecipeName::ALL.into_iter().map(words).collect()
        };
        assert_eq!(of(RecipeName::slug).len(), RecipeName::ALL.len());
        assert_eq!(of(RecipeName::title).len(), RecipeName::ALL.len());
    }

    #[test]
    fn every_key_can_stand_in_a_link_and_a_file_name() {
        for name in RecipeName::ALL {
            let is_plain = |it: char| it.is_ascii_lowercase() || it.is_ascii_digit() || it == '-';
            assert!(name.slug().chars().all(is_plain), "{name:?}");
        }
    }

    #[test]
    fn every_recipe_is_valid_on_its_own_data() {
        for name in RecipeName::ALL {
            let shape = name.data().item_shape();
            let recipe = name.recipe_for(shape).expect("a recipe takes its own data");
            assert_eq!(recipe.architecture.validate(), Ok(()), "{name:?}");
            assert_eq!(recipe.training.validate(), Ok(()), "{name:?}");
            assert_eq!(recipe.normality.validate(), Ok(()), "{name:?}");
            let n_inputs = shape.n_features + usize::from(recipe.label_input);
            assert_eq!(recipe.architecture.input_size(), n_inputs, "{name:?}");
        }
    }

    #[test]
    fn every_counterpart_is_in_the_registry_and_on_the_same_data() {
        for name in RecipeName::ALL {
            let Some(other) = name.counterpart() else {
                continue;
            };
            assert!(RecipeName::ALL.contains(&other), "{other:?}");
            assert_ne!(other, name);
            assert_eq!(other.data(), name.data(), "{name:?}");
        }
    }

    #[test]
    fn what_is_shipped_is_there_and_fits() {
        for name in RecipeName::ALL {
            let path = format!("www/models/{}", name.model_file());
            let n_bytes = std::fs::metadata(&path).map_or(0, |file| file.len());
            let architecture = name.recipe().architecture;
            let weights = Weights::initial(&architecture, &mut Mt19937::new(1));
            let expected = if name.is_shipped() {
                name.model_precision().to_bytes(weights.values()).len() as u64
            } else {
                0
            };
            assert_eq!(n_bytes, expected, "{path}");
        }
    }

    #[test]
    fn another_code_size_keeps_the_code_variational() {
        for name in [RecipeName::VAE, RecipeName::MNIST_VAE] {
            let mut recipe = name.recipe();
            let beta = recipe.architecture.beta();
            assert!(beta.is_some());
            recipe.set_code_size(3);
            assert_eq!(recipe.architecture.code_size(), 3);
            assert_eq!(recipe.architecture.beta(), beta);
            assert_eq!(recipe.architecture.validate(), Ok(()));
        }
    }
}
