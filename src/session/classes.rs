//! Which classes count as normal, and what follows when that changes.

use super::Session;
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
}
