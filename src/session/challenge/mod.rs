//! A challenge: pictures that are no digits, and one that is, put to the detector.

mod trick;

pub use trick::Trick;

use super::{Effect, Notice, Session, Source};
use crate::picture::{INK_PER_PIXEL, Picture};
use crate::protocol::{ExamineCommand, Tried};

/// What was put to the detector, and what it said.
#[derive(Clone, Debug, Default)]
pub(super) struct Challenge {
    /// The visitor has taken it up: from now on it follows the network.
    is_on: bool,
    /// What the visitor handed in, with its size.
    own: Option<(Picture, (usize, usize))>,
    n_requests: u32,
    in_flight: Option<(u32, Vec<Put>)>,
    /// Weights or pictures have changed since the request in flight.
    is_stale: bool,
    outcome: Option<Outcome>,
    /// The ink of every item, added up once, in the order of the data.
    pub inks: Vec<f32>,
    /// The most points that a drawing of the visitor's got.
    pub best: u32,
}

impl Challenge {
    /// The answer will not come.
    pub fn give_up_waiting(&mut self) {
        self.in_flight = None;
        self.is_stale = false;
    }
}

/// A picture that was put to the detector.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Put {
    pub trick: Trick,
    /// As the network sees it.
    pub values: Vec<f32>,
}

/// What came of the pictures.
#[derive(Clone, Debug)]
pub(super) struct Outcome {
    pub put: Vec<Put>,
    pub tried: Tried,
}

/// What becomes of a picture that is no digit and passes: 0 points where it is as near to a digit that was trained
/// on as a digit that was not, 100 for each such distance more.
pub(super) fn points(distance: f32, typical_distance: f32) -> u32 {
    let excess = distance / typical_distance - 1.0;
    let is_known = typical_distance > 0.0 && excess.is_finite();
    if is_known {
        (100.0 * excess).round().max(0.0) as u32
    } else {
        0
    }
}

impl Session {
    /// Takes the challenge up, or hands in another drawing.
    pub(super) fn take_challenge(&mut self) -> Vec<Effect> {
        self.challenge.is_on = true;
        self.try_tricks()
    }

    fn add_up_ink(&mut self) {
        let Some(dataset) = self.dataset() else {
            return;
        };
        let ink_of = |item_idx| dataset.item(item_idx).unwrap_or_default().iter().sum();
        self.challenge.inks = (0..dataset.n_items()).map(ink_of).collect();
    }

    /// Puts what lies on the bench to the detector as a picture that is no digit.
    pub(super) fn hand_in(&mut self) -> Vec<Effect> {
        let is_item = matches!(self.bench.source(), Source::Item { .. });
        if is_item || self.bench.clean().is_none() {
            let text = "Draw something on the bench that is no item of the data, then hand it in.";
            self.notice = Some(Notice::new(text));
            return Vec::new();
        }
        self.challenge.own = Some((self.bench.turned(), self.bench.size()));
        self.take_challenge()
    }

    /// Lays one of the challenge's pictures on the bench, where it has any ink.
    pub(super) fn lay_trick(&mut self, trick: Trick) -> Vec<Effect> {
        let Some(drawing) = self.trick_drawing(trick).filter(|ink| !ink.is_blank()) else {
            return Vec::new();
        };
        self.bench.load_drawing(drawing);
        self.request_judgement()
    }

    /// What the detector said, where the visitor has asked.
    pub(super) fn challenge_outcome(&self) -> Option<&Outcome> {
        self.challenge.outcome.as_ref()
    }

    pub(super) fn has_taken_challenge(&self) -> bool {
        self.challenge.is_on
    }

    /// Asks the examiner, one request at a time: the newest pictures and weights follow the answer.
    pub(super) fn try_tricks(&mut self) -> Vec<Effect> {
        if !self.challenge.is_on || self.is_table() || !self.examiner.is_ready {
            return Vec::new();
        }
        if self.challenge.in_flight.is_some() {
            self.challenge.is_stale = true;
            return Vec::new();
        }
        if self.challenge.inks.is_empty() {
            self.add_up_ink();
        }
        let put = self.pictures_to_try();
        let rows = put
            .iter()
            .flat_map(|put| put.values.iter().copied())
            .collect();
        self.challenge.n_requests = self.challenge.n_requests.wrapping_add(1);
        self.challenge.is_stale = false;
        let request = self.challenge.n_requests;
        self.challenge.in_flight = Some((request, put));
        vec![Effect::ToExaminer(ExamineCommand::Try { request, rows })]
    }

    /// Takes the examiner's answer in, and asks again where something has changed meanwhile.
    pub(super) fn on_tried(&mut self, tried: Tried) -> Vec<Effect> {
        let Some((_, put)) = self
            .challenge
            .in_flight
            .take_if(|(request, _)| *request == tried.request)
        else {
            return Vec::new();
        };
        if tried.run == self.run_id && tried.attempts.len() == put.len() {
            self.challenge.outcome = Some(Outcome { put, tried });
            self.challenge.best = self.challenge.best.max(self.own_points().unwrap_or(0));
        }
        if self.challenge.is_stale {
            return self.try_tricks();
        }
        Vec::new()
    }

    /// What was tried on another network, or on pictures of another size, says nothing any more.
    pub(super) fn forget_challenge(&mut self) {
        self.challenge.give_up_waiting();
        self.challenge.outcome = None;
        self.challenge.inks.clear();
        self.challenge.best = 0;
    }

    /// The item that is drawn over with a broader pen: the first of the test items, or of all.
    pub(super) fn thickened_item(&self) -> Option<usize> {
        let split = self.split()?;
        split.test.first().or(split.train.first()).copied()
    }

    fn trick_drawing(&self, trick: Trick) -> Option<Picture> {
        let size = self.bench.size();
        if trick == Trick::Own {
            let own = self.challenge.own.as_ref();
            return own
                .filter(|(_, of)| *of == size)
                .map(|(ink, _)| ink.clone());
        }
        let item = self.thickened_item().and_then(|item_idx| {
            let dataset = self.dataset()?;
            let (width, height) = dataset.picture_size()?;
            Picture::from_ink(width, height, dataset.item(item_idx)?)
        });
        trick.drawing(size, item.map(|item| item.upscale(INK_PER_PIXEL)).as_ref())
    }

    fn pictures_to_try(&self) -> Vec<Put> {
        let seen = |trick: Trick| {
            let drawing = self.trick_drawing(trick)?;
            let (width, height) = self.bench.size();
            let mut bench = super::Bench::new(width, height);
            bench.load_drawing(drawing);
            let seen = bench
                .clean()
                .unwrap_or_else(|| Picture::blank(width, height));
            Some(Put {
                trick,
                values: seen.into_ink(),
            })
        };
        Trick::ALL.into_iter().filter_map(seen).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::points;

    #[test]
    fn only_what_is_farther_from_all_digits_than_digits_are_gets_points() {
        assert_eq!(points(1.0, 2.0), 0);
        assert_eq!(points(2.0, 2.0), 0);
        assert_eq!(points(3.0, 2.0), 50);
        assert_eq!(points(6.0, 2.0), 200);
        assert_eq!(points(6.0, 0.0), 0);
        assert_eq!(points(f32::NAN, 2.0), 0);
        assert_eq!(points(1.0, f32::NAN), 0);
    }
}
