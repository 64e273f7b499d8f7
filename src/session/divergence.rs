//! A loss that stopped being a number: back to the last good epoch, and on at a smaller rate.

use super::{Effect, Knob, Message, Notice, Phase, Session, TrainingMessage};
use crate::autoencoder::Position;
use crate::protocol::Checkpoint;

impl Session {
    /// Goes back to what was good, curve and film included, and offers a smaller rate.
    pub(super) fn on_diverged(&mut self, epoch: usize, last_good: Checkpoint) -> Vec<Effect> {
        self.studies.front.run.phase = Phase::Diverged { epoch };
        self.engines.holder = None;
        self.engines.successor = None;
        let front = &mut self.studies.front;
        if last_good.weights.fits(&front.recipe.architecture) && last_good.weights.are_finite() {
            front.run.return_to(last_good);
        }
        let rate = front.recipe.training.learning_rate;
        let gentler = gentler_rate(rate);
        let text = format!(
            "In epoch {epoch} the loss stopped being a number: the learning rate {rate} is too large. The network is \
             back {}.",
            place_in_words(front.run.position())
        );
        let go_on = vec![Message::Training(TrainingMessage::GoOnAt {
            learning_rate: gentler,
        })];
        self.notice = Some(Notice::new(text).offering(&format!("Go on at {gentler}"), go_on));
        self.adopt()
    }

    /// Trains on with another rate where training diverged; anywhere else the offer is out of date.
    pub(super) fn go_on_at(&mut self, learning_rate: f64) -> Vec<Effect> {
        if !matches!(self.studies.front.run.phase, Phase::Diverged { .. }) {
            return Vec::new();
        }
        let mut effects = self.tune(&Knob::LearningRate(learning_rate));
        effects.extend(self.start(self.studies.front.run.goal));
        effects
    }
}

/// A third of a learning rate, in two digits.
fn gentler_rate(rate: f64) -> f64 {
    let third = rate / 3.0;
    format!("{third:.1e}").parse().unwrap_or(third)
}

/// Where the network is back after a divergence.
pub(super) fn place_in_words(position: Position) -> String {
    match position {
        Position { epoch: 0, batch: 0 } => "at its fresh weights".to_owned(),
        Position { epoch, batch: 0 } => format!("where it was after epoch {epoch}"),
        Position { epoch, .. } => format!("where it was in epoch {}", epoch + 1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rate_that_is_offered_is_a_third_in_two_digits() {
        for (rate, gentler) in [
            (10.0, "3.3"),
            (0.06, "0.02"),
            (0.05, "0.017"),
            (0.005, "0.0017"),
            (1e-9, "0.00000000033"),
        ] {
            assert_eq!(gentler_rate(rate).to_string(), gentler);
        }
    }
}
