//! Asking a worker for the newest of something: one request in flight, and stale answers dropped.

/// Hands out the numbers of requests. No two requests of a session have the same one, so that an answer to a request
/// that was given up is never taken for another's.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct RequestNumbers {
    newest: u32,
}

impl RequestNumbers {
    fn next(&mut self) -> u32 {
        self.newest = self.newest.wrapping_add(1);
        self.newest
    }
}

/// A request that a worker has not answered yet, if there is one, and what it asked for.
///
/// The newest wins: what is wanted while a request is in flight is asked for once that one is answered
/// ([`Self::ask`]), or takes its place at once ([`Self::replace`]).
#[derive(Clone, Debug)]
pub(super) struct Pending<T> {
    in_flight: Option<InFlight<T>>,
}

#[derive(Clone, Debug)]
struct InFlight<T> {
    number: u32,
    asked: T,
    is_outdated: bool,
}

/// The end of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Answered<T> {
    /// What was asked for.
    pub asked: T,
    /// Something else has been wanted since: ask again.
    pub is_outdated: bool,
}

impl<T> Default for Pending<T> {
    fn default() -> Self {
        Self { in_flight: None }
    }
}

impl<T> Pending<T> {
    /// The number of a new request for what `wanted` gives; `None` while another one is in flight, whose answer will
    /// say that it is outdated.
    pub fn ask(&mut self, numbers: &mut RequestNumbers, wanted: impl FnOnce() -> T) -> Option<u32> {
        if let Some(in_flight) = &mut self.in_flight {
            in_flight.is_outdated = true;
            return None;
        }
        Some(self.replace(numbers, wanted()))
    }

    /// The number of a new request; the answer to another one in flight will be dropped.
    pub fn replace(&mut self, numbers: &mut RequestNumbers, wanted: T) -> u32 {
        let number = numbers.next();
        self.in_flight = Some(InFlight {
            number,
            asked: wanted,
            is_outdated: false,
        });
        number
    }

    /// The last answer to a request has come; `None` for any request but the one in flight.
    pub fn answer(&mut self, number: u32) -> Option<Answered<T>> {
        let is_this = |in_flight: &mut InFlight<T>| in_flight.number == number;
        let InFlight {
            asked, is_outdated, ..
        } = self.in_flight.take_if(is_this)?;
        Some(Answered { asked, is_outdated })
    }

    /// A part of the answer has come, or news of it: what was asked for; `None` for any request but the one in flight.
    pub fn part(&mut self, number: u32) -> Option<&mut T> {
        let in_flight = self.in_flight.as_mut()?;
        (in_flight.number == number).then_some(&mut in_flight.asked)
    }

    /// What was asked for and not answered yet.
    pub fn asked(&self) -> Option<&T> {
        self.in_flight.as_ref().map(|in_flight| &in_flight.asked)
    }

    /// Whether an answer is still to come.
    pub fn is_in_flight(&self) -> bool {
        self.in_flight.is_some()
    }

    /// Nothing newer than what is in flight is wanted any more.
    pub fn want_nothing_newer(&mut self) {
        if let Some(in_flight) = &mut self.in_flight {
            in_flight.is_outdated = false;
        }
    }

    /// The answer will not come, or is not wanted: what was asked for; `None` where nothing was.
    pub fn give_up(&mut self) -> Option<T> {
        self.in_flight.take().map(|in_flight| in_flight.asked)
    }

    /// The number of the request in flight.
    #[cfg(test)]
    pub fn number(&self) -> Option<u32> {
        self.in_flight.as_ref().map(|in_flight| in_flight.number)
    }

    /// Whether something else has been wanted since the request in flight.
    #[cfg(test)]
    pub fn is_outdated(&self) -> bool {
        let in_flight = self.in_flight.as_ref();
        in_flight.is_some_and(|in_flight| in_flight.is_outdated)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Mt19937;

    /// A worker that answers what it was asked, in any order and as late as it likes.
    #[derive(Default)]
    struct Driver {
        numbers: RequestNumbers,
        pending: Pending<u32>,
        /// Requests whose answers are still on their way, given up or not.
        on_their_way: Vec<(u32, u32)>,
        /// What was wanted last; `None` once that was given up.
        wanted: Option<u32>,
        /// What the newest answer that was taken had been asked for.
        shown: Option<u32>,
    }

    impl Driver {
        fn want(&mut self, what: u32) {
            self.wanted = Some(what);
            if let Some(number) = self.pending.ask(&mut self.numbers, || what) {
                self.on_their_way.push((number, what));
            }
        }

        fn replace(&mut self, what: u32) {
            self.wanted = Some(what);
            let number = self.pending.replace(&mut self.numbers, what);
            self.on_their_way.push((number, what));
        }

        fn give_up(&mut self) {
            self.wanted = None;
            self.pending.give_up();
        }

        fn answer(&mut self, pick: u32) {
            if self.on_their_way.is_empty() {
                return;
            }
            let idx = pick as usize % self.on_their_way.len();
            let (number, what) = self.on_their_way.swap_remove(idx);
            let was_in_flight = self.pending.number() == Some(number);
            let answered = self.pending.answer(number);
            assert_eq!(
                answered.is_some(),
                was_in_flight,
                "stale answers are dropped"
            );
            if let Some(Answered { asked, is_outdated }) = answered {
                assert_eq!(asked, what);
                self.shown = Some(what);
                if is_outdated {
                    let newest = self.wanted.expect("something newer was wanted");
                    self.want(newest);
                }
            }
        }
    }

    #[test]
    fn whatever_happens_the_newest_is_shown_in_the_end() {
        for seed in 0..500 {
            let mut generator = Mt19937::new(seed);
            let mut driver = Driver::default();
            for what in 0..60 {
                match generator.next_u32() % 8 {
                    0..=2 => driver.want(what),
                    3 => driver.replace(what),
                    4 if generator.next_u32().is_multiple_of(3) => driver.give_up(),
                    _ => driver.answer(generator.next_u32()),
                }
                let n_valid = driver
                    .on_their_way
                    .iter()
                    .filter(|(number, _)| driver.pending.number() == Some(*number))
                    .count();
                assert_eq!(n_valid, usize::from(driver.pending.is_in_flight()));
            }
            while !driver.on_their_way.is_empty() {
                driver.answer(generator.next_u32());
            }
            assert!(!driver.pending.is_in_flight(), "seed {seed}");
            if driver.wanted.is_some() {
                assert_eq!(driver.shown, driver.wanted, "seed {seed}");
            }
        }
    }

    #[test]
    fn one_request_is_in_flight_and_its_answer_says_that_it_is_outdated() {
        let (mut numbers, mut pending) = (RequestNumbers::default(), Pending::default());
        assert_eq!(pending.ask(&mut numbers, || 'a'), Some(1));
        assert_eq!(pending.ask(&mut numbers, || 'b'), None);
        let answered = pending.answer(1).expect("it is in flight");
        assert_eq!((answered.asked, answered.is_outdated), ('a', true));
        assert_eq!(pending.ask(&mut numbers, || 'b'), Some(2));
    }

    #[test]
    fn what_is_wanted_no_more_is_not_asked_for_again() {
        let (mut numbers, mut pending) = (RequestNumbers::default(), Pending::default());
        pending.ask(&mut numbers, || 'a');
        pending.ask(&mut numbers, || 'b');
        pending.want_nothing_newer();
        assert!(!pending.answer(1).expect("it is in flight").is_outdated);
    }

    #[test]
    fn an_answer_to_a_request_that_was_given_up_or_replaced_is_dropped() {
        let (mut numbers, mut pending) = (RequestNumbers::default(), Pending::default());
        pending.ask(&mut numbers, || 'a');
        assert_eq!(pending.give_up(), Some('a'));
        assert_eq!(pending.answer(1), None);
        let first = pending.replace(&mut numbers, 'b');
        let second = pending.replace(&mut numbers, 'c');
        assert_eq!(pending.part(first), None);
        assert_eq!(pending.answer(first), None);
        assert_eq!(pending.part(second), Some(&mut 'c'));
        assert!(pending.answer(second).is_some());
        assert_eq!(pending.answer(second), None, "an answer counts once");
    }
}
