//! How many assistants make a step fastest, found by trying.
//!
//! The bits are the same with any number, so trying costs nothing but time.

/// Steps that each number gets in a trial; the first one, in which workers still get ready, does not count.
const ROUNDS: usize = 4;

/// Steps between two trials: few at first, while the browser still makes the workers' code faster, then more and more.
const FIRST_PAUSE: usize = 60;
const LONGEST_PAUSE: usize = 2_000;

/// The number of assistants that take part in a step: tried out now and again, the fastest one in between.
#[derive(Clone, Debug, PartialEq)]
pub struct CrewSize {
    /// What the steps of a trial took in all, for each number of assistants from 0 on.
    tried_ms: Vec<f64>,
    n_tried: usize,
    fastest: usize,
    pause: usize,
    steps_to_trial: usize,
}

impl CrewSize {
    /// With so many assistants at hand.
    pub fn new(n_assistants: usize) -> Self {
        Self {
            tried_ms: vec![0.0; n_assistants + 1],
            n_tried: 0,
            fastest: 0,
            pause: FIRST_PAUSE,
            steps_to_trial: 0,
        }
    }

    /// The number that was fastest when it was last tried; 0 before.
    pub fn fastest(&self) -> usize {
        self.fastest
    }

    /// How many are to take part in the next step.
    pub fn next(&self) -> usize {
        if self.steps_to_trial > 0 {
            self.fastest
        } else {
            self.n_tried % self.tried_ms.len()
        }
    }

    /// A step with as many as [`Self::next`] took so long, in milliseconds.
    pub fn note(&mut self, step_ms: f64) {
        if self.steps_to_trial > 0 {
            self.steps_to_trial -= 1;
            return;
        }
        let n_sizes = self.tried_ms.len();
        if self.n_tried >= n_sizes {
            self.tried_ms[self.n_tried % n_sizes] += step_ms;
        }
        self.n_tried += 1;
        if self.n_tried == ROUNDS * n_sizes {
            self.end_trial();
        }
    }

    fn end_trial(&mut self) {
        let sizes = self.tried_ms.iter().enumerate();
        let fastest = sizes.min_by(|(_, one), (_, other)| one.total_cmp(other));
        self.fastest = fastest.map_or(0, |(size, _)| size);
        self.tried_ms.fill(0.0);
        self.n_tried = 0;
        self.steps_to_trial = self.pause;
        self.pause = (2 * self.pause).min(LONGEST_PAUSE);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(n_steps: usize, crew: &mut CrewSize, step_ms: impl Fn(usize) -> f64) {
        for _ in 0..n_steps {
            crew.note(step_ms(crew.next()));
        }
    }

    #[test]
    fn the_fastest_number_is_found_and_kept_between_trials() {
        let mut crew = CrewSize::new(3);
        after(ROUNDS * 4, &mut crew, |size| [9.0, 5.0, 4.0, 6.0][size]);
        for _ in 0..FIRST_PAUSE {
            assert_eq!((crew.next(), crew.fastest()), (2, 2));
            crew.note(4.0);
        }
        assert_eq!(crew.next(), 0, "another trial begins");
    }

    #[test]
    fn another_trial_finds_what_has_become_faster() {
        let mut crew = CrewSize::new(1);
        after(ROUNDS * 2, &mut crew, |size| [9.0, 20.0][size]);
        assert_eq!(crew.fastest(), 0);
        after(FIRST_PAUSE + ROUNDS * 2, &mut crew, |size| [9.0, 5.0][size]);
        assert_eq!(crew.fastest(), 1);
    }

    #[test]
    fn a_trainer_alone_stays_alone() {
        let mut crew = CrewSize::new(0);
        after(3 * FIRST_PAUSE, &mut crew, |_| 1.0);
        assert_eq!(crew.next(), 0);
    }
}
