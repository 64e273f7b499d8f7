//! Which classes count as normal, and what follows when that changes.

use super::{Effect, Session, ShelvedRun};
use crate::data::Normality;

impl Session {
    /// Why these classes cannot be told apart in the data at hand, as a part of a sentence; `None` where they can.
    pub(super) fn refuses_normality(&self, normality: &Normality) -> Option<String> {
        let checked = match self.dataset() {
            Some(dataset) => normality.validate_for(dataset),
            None => normality.validate(),
        };
        checked.err().map(|error| error.to_string())
    }

    /// A new run on other training items; what was trained on the old ones can be taken back.
    pub(super) fn begin_on_other_items(&mut self, left: ShelvedRun) -> Vec<Effect> {
        let effects = self.begin_otherwise(left);
        self.offer_what_was_left(
            "There is another training set now, so the network has fresh weights.",
        );
        effects
    }

    /// Lays an item of a class that is not normal on the bench, another one each time.
    pub(super) fn load_held_out_example(&mut self) {
        if let Some(split) = self.split() {
            self.load_one_of(&split.held_out);
        }
    }
}
