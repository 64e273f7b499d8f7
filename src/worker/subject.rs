//! What is examined: some items, by some recipe.

use crate::autoencoder::{Network, Reconstructed};
use crate::data::{Dataset, LabelScale, Split, inputs_of};
use crate::recipe::Recipe;

/// What is examined: some items, by some recipe.
pub(super) struct Subject {
    pub recipe: Recipe,
    pub dataset: Dataset,
    pub split: Split,
    /// The mean of the items that are trained on, a label included.
    pub mean_item: Vec<f32>,
}

impl Subject {
    /// The rows of some items, as the network takes them.
    pub fn inputs(&self, items: &[usize]) -> Vec<f32> {
        inputs_of(&self.dataset, items, self.recipe.label_input)
    }

    /// The error of each row as reconstructed.
    pub fn errors_of(&self, inputs: &[f32], reconstructed: &Reconstructed) -> Vec<f32> {
        let measure = &self.recipe.measure;
        measure.of_rows(inputs, &reconstructed.reconstructions, self.input_size())
    }

    /// Values of a row.
    pub fn input_size(&self) -> usize {
        self.recipe.architecture.input_size()
    }

    /// Reconstructs the values of an item; where the label is an input and not known, with the one that fits best.
    pub async fn reconstruct(
        &self,
        network: &Network,
        values: &[f32],
        label: Option<u8>,
    ) -> Result<ReconstructedItem, String> {
        self.reconstruct_by(&self.recipe, network, values, label)
            .await
    }

    /// The same by the network of another recipe, whose items are alike.
    pub async fn reconstruct_by(
        &self,
        recipe: &Recipe,
        network: &Network,
        values: &[f32],
        label: Option<u8>,
    ) -> Result<ReconstructedItem, String> {
        let labels = recipe.candidate_labels(&self.dataset, label);
        let inputs: Vec<f32> = self
            .label_inputs(&labels)
            .into_iter()
            .flat_map(|label| values.iter().copied().chain(label))
            .collect();
        let reconstructed = network
            .reconstruct(&inputs)
            .await
            .map_err(|error| error.to_string())?;
        let width = recipe.architecture.input_size();
        let errors = recipe
            .measure
            .of_rows(&inputs, &reconstructed.reconstructions, width);
        let by_error = |a: &usize, b: &usize| errors[*a].total_cmp(&errors[*b]);
        let best = (0..errors.len())
            .min_by(by_error)
            .ok_or("the item has the wrong size")?;
        let code_size = recipe.architecture.code_size();
        Ok(ReconstructedItem {
            error: errors[best],
            reconstruction: reconstructed.reconstructions[best * width..][..values.len()].to_vec(),
            code: reconstructed.codes[best * code_size..][..code_size].to_vec(),
            label: labels[best],
        })
    }

    /// The labels that an item is tried with, of which the smallest error counts.
    pub fn candidate_labels(&self, known: Option<u8>) -> Vec<Option<u8>> {
        self.recipe.candidate_labels(&self.dataset, known)
    }

    /// Labels as the network takes them.
    pub fn label_inputs(&self, labels: &[Option<u8>]) -> Vec<Option<f32>> {
        let scale = LabelScale::of(&self.dataset);
        let input = |label: &Option<u8>| label.map(|label| scale.input(label));
        labels.iter().map(input).collect()
    }
}

/// How the network reconstructed an item.
pub(super) struct ReconstructedItem {
    /// By the recipe's measure, over all inputs, a label included.
    pub error: f32,
    /// A label not included.
    pub reconstruction: Vec<f32>,
    pub code: Vec<f32>,
    /// The label that was used as an input.
    pub label: Option<u8>,
}
