//! Which steps of the preparation are taken: for a hand's drawings, and for items of the data.

use crate::picture::{HandStyle, Preparation, PreparationStep, Steps};

/// The steps as the reader set them, for drawings and for items apart: items of the data are prepared already.
///
/// What lies on the bench may change as often as it will; a step stays as it was set.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Preparing {
    /// How the data were written, where that is known.
    pub hand: Option<HandStyle>,
    /// Whether what lies here came as an item of the data, be it drawn on since.
    pub is_item: bool,
    set: StepsSet,
}

/// What the reader set; `None` where nothing was, for drawings.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct StepsSet {
    of_drawings: Option<Steps>,
    of_items: Steps,
}

impl Preparing {
    /// The steps that are taken of what lies here.
    pub fn steps(&self) -> Steps {
        if self.is_item {
            return self.set.of_items;
        }
        self.set.of_drawings.unwrap_or_else(|| self.usual())
    }

    /// The steps of a drawing that nobody has set: every one where it is known how the data were written.
    fn usual(&self) -> Steps {
        if self.hand.is_some() {
            Steps::all()
        } else {
            Steps::NONE.with(PreparationStep::Fit, true)
        }
    }

    /// Takes these steps of what lies here, and of its like from now on.
    pub fn set_steps(&mut self, steps: Steps) {
        if self.is_item {
            self.set.of_items = steps;
        } else {
            self.set.of_drawings = Some(steps);
        }
    }

    /// What is set, to be put back later.
    pub fn set(&self) -> StepsSet {
        self.set
    }

    /// Puts back what was set.
    pub fn put_back(&mut self, set: StepsSet) {
        self.set = set;
    }

    /// The steps that are taken, with the style that they work towards.
    pub fn preparation(&self) -> Preparation {
        Preparation {
            steps: self.steps(),
            hand: self.hand,
        }
    }
}
