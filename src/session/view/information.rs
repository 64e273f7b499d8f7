//! What a variational code costs: the two parts of its loss.

use super::Session;
use crate::anomaly::format_error;
use crate::autoencoder::Loss;
use crate::session::Information;

/// The training loss of a variational autoencoder's newest epoch, taken apart.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CodePrice {
    /// Mean squared error of what was reconstructed from drawn codes.
    pub reconstruction: f64,
    /// What the codes cost on the same scale.
    pub price: f64,
    /// What the codes told.
    pub information: Information,
}

impl CodePrice {
    /// The parts in one sentence; `noun` names an item.
    pub fn sentence(&self, noun: &str) -> String {
        format!(
            "Training loss = {} for what is reconstructed + {} for the code: {:.1} nats a {noun}, at β = {}.",
            format_error(self.reconstruction as f32),
            format_error(self.price as f32),
            self.information.nats,
            self.information.beta
        )
    }
}

impl Session {
    /// The parts of the newest training loss; `None` in a plain autoencoder, and where the loss is a sum over a batch.
    pub fn code_price(&self) -> Option<CodePrice> {
        let newest = self.losses().last()?;
        let information = newest.information?;
        if self.training().loss != Loss::MeanSquared {
            return None;
        }
        let Information { nats, beta } = information;
        let price = f64::from(beta) * nats / self.architecture().input_size().max(1) as f64;
        Some(CodePrice {
            reconstruction: newest.training - price,
            price,
            information,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sentence_names_both_parts_and_the_nats() {
        let price = CodePrice {
            reconstruction: 0.02,
            price: 0.011,
            information: Information {
                nats: 7.04,
                beta: 0.1,
            },
        };
        assert_eq!(
            price.sentence("digit"),
            "Training loss = 0.020 for what is reconstructed + 0.011 for the code: 7.0 nats a digit, at β = 0.1."
        );
    }
}
