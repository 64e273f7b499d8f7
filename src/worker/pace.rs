//! How much of the examiner's time goes into work that nobody waits for while a network is trained.

use super::clock::now_ms;

/// For so long after new weights came, more are likely: the network is being trained.
const TRAINING_MS: f64 = 1_200.0;

/// Meanwhile no more than a quarter of the time goes into measuring: with half of it the page answered a stroke 3 ms
/// later, where two processors had to do for page, trainer and examiner, and two workers that share a step had no gain.
const RESTS_PER_SLICE: f64 = 3.0;

/// When weights came, and when measuring may go on.
#[derive(Default)]
pub(super) struct Pace {
    has_weights: bool,
    /// When weights last took the place of others.
    replaced_ms: Option<f64>,
    /// Until then no more is measured.
    rests_until_ms: f64,
    /// Whether it is the other work's turn.
    is_second_next: bool,
}

impl Pace {
    /// New weights have come.
    pub fn note_weights(&mut self) {
        if self.has_weights {
            self.replaced_ms = Some(now_ms());
        }
        self.has_weights = true;
    }

    /// A slice of measuring began then, and is done.
    pub fn note_slice_from(&mut self, started_ms: f64) {
        if self.is_training() {
            let now_ms = now_ms();
            self.rests_until_ms = now_ms + RESTS_PER_SLICE * (now_ms - started_ms);
        }
    }

    /// Whether the second of two works that both measure goes before the first: every other time while a network is
    /// trained, since the first would go on and on then.
    pub fn is_second_next(&mut self) -> bool {
        self.is_second_next = !self.is_second_next && self.is_training();
        self.is_second_next
    }

    fn is_training(&self) -> bool {
        let is_recent = |replaced_ms: f64| now_ms() - replaced_ms < TRAINING_MS;
        self.replaced_ms.is_some_and(is_recent)
    }

    /// For how long no more is to be measured; 0 where that may go on.
    pub fn rest_ms(&self) -> f64 {
        (self.rests_until_ms - now_ms()).max(0.0)
    }
}
