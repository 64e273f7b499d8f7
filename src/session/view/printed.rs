//! What a printed sheet says above its pictures.

use super::Session;

/// What was tried, so that a sheet of paper can be told from another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PrintedView {
    /// The recipe's name.
    pub recipe: &'static str,
    /// What it works on: "The UCI digits: 1,797 pictures of 8 × 8 pixels, with labels"; empty while they are on their
    /// way.
    pub data: String,
    /// How it is trained: "Adam, rate 0.001, batches of 10, seed 2".
    pub training: String,
}

impl Session {
    /// What stands above the pictures on paper.
    pub fn printed_view(&self) -> PrintedView {
        let data = self.data_view().map_or_else(String::new, |data| {
            format!("{}: {}", data.title, data.description)
        });
        let training = &self.study().recipe.training;
        let optimiser = training.optimiser.name();
        PrintedView {
            recipe: self.title_of(self.study().name),
            data,
            training: format!(
                "{optimiser}, rate {}, batches of {}, seed {}",
                training.learning_rate, training.batch_size, training.seed
            ),
        }
    }
}
