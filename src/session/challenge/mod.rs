//! A challenge: pictures that are no digits, and one that is, put to the detector.

mod trick;

pub use trick::Trick;

use std::sync::Arc;

use super::examiner::ExaminerState;
use super::kind::Panel;
use super::pending::Answered;
use super::study::{Attempts, Put};
use super::{Effect, Notice, PictureBench, Session, Source};
use crate::data::ItemKind;
use crate::picture::{INK_PER_PIXEL, Picture};
use crate::protocol::{ExamineCommand, Tried};

/// What concerns the challenge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChallengeMessage {
    /// Put its pictures to the detector.
    Take,
    /// Put what lies on the bench to the detector as a picture that is no digit.
    HandIn,
    /// Lay one of its pictures on the bench.
    Lay(Trick),
}

/// Whether the challenge was taken up, and with what.
#[derive(Clone, Debug, Default)]
pub(super) struct Challenge {
    /// It was: from now on it follows the network.
    is_on: bool,
    /// What the reader handed in, with its size.
    own: Option<(Picture, (usize, usize))>,
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
    pub(super) fn update_challenge(&mut self, message: ChallengeMessage) -> Vec<Effect> {
        match message {
            ChallengeMessage::Take => self.take_challenge(),
            ChallengeMessage::HandIn => self.hand_in(),
            ChallengeMessage::Lay(trick) => self.lay_trick(trick),
        }
    }

    /// Takes the challenge up, or hands in another drawing.
    pub(super) fn take_challenge(&mut self) -> Vec<Effect> {
        self.challenge.is_on = true;
        self.try_tricks()
    }

    fn ink_of_items(&self) -> Option<Arc<[f32]>> {
        let dataset = self.dataset()?;
        let ink_of = |item_idx| dataset.item(item_idx).unwrap_or_default().iter().sum();
        Some((0..dataset.n_items()).map(ink_of).collect())
    }

    /// Puts what lies on the bench to the detector as a picture that is no digit.
    pub(super) fn hand_in(&mut self) -> Vec<Effect> {
        let bench = self
            .drawing()
            .filter(|bench| bench.source() == Source::Hand);
        let Some(bench) = bench.filter(|bench| !bench.ink().is_blank()) else {
            let text = "Draw something on the bench that is no item of the data, then hand it in.";
            self.notice = Some(Notice::new(text));
            return Vec::new();
        };
        self.challenge.own = Some((bench.turned(), bench.size()));
        self.take_challenge()
    }

    /// Lays one of the challenge's pictures on the bench, where it has any ink.
    pub(super) fn lay_trick(&mut self, trick: Trick) -> Vec<Effect> {
        let Some(drawing) = self.trick_drawing(trick).filter(|ink| !ink.is_blank()) else {
            return Vec::new();
        };
        self.benches.at_hand.load_drawing(drawing);
        self.request_judgement()
    }

    /// What the detector said, where it was asked.
    pub(super) fn challenge_attempts(&self) -> Option<&Attempts> {
        self.studies.front.measured.attempts.as_ref()
    }

    pub(super) fn has_taken_challenge(&self) -> bool {
        self.challenge.is_on
    }

    /// Asks the examiner, one request at a time: the newest pictures and weights follow the answer.
    pub(super) fn try_tricks(&mut self) -> Vec<Effect> {
        if !self.challenge.is_on || !self.has_panel(Panel::Challenge) || !self.examiner.is_ready() {
            return Vec::new();
        }
        if self.studies.front.measured.inks.is_none() {
            self.studies.front.measured.inks = self.ink_of_items();
        }
        let put = self.pictures_to_try();
        let ExaminerState { work, numbers, .. } = &mut self.examiner;
        let values = put.iter().flat_map(|put| &put.values);
        let rows = values.copied().collect();
        let request = work.trying.ask(numbers, || put);
        let command = request.map(|request| ExamineCommand::Try { request, rows });
        command.map(Effect::ToExaminer).into_iter().collect()
    }

    /// Takes the examiner's answer in, and asks again where something has changed meanwhile.
    pub(super) fn on_tried(&mut self, tried: Tried) -> Vec<Effect> {
        let answered = self.examiner.work.trying.answer(tried.request);
        let Some(Answered {
            asked: put,
            is_outdated,
        }) = answered
        else {
            return Vec::new();
        };
        if tried.attempts.len() == put.len() {
            self.studies.front.measured.attempts = Some(Attempts { put, tried });
            let points = self.own_points().unwrap_or(0);
            let best = &mut self.studies.front.measured.best_points;
            *best = points.max(*best);
        }
        if is_outdated {
            return self.try_tricks();
        }
        Vec::new()
    }

    /// The item that is drawn over with a broader pen: the first of the test items, or of all.
    pub(super) fn thickened_item(&self) -> Option<usize> {
        let split = self.split()?;
        split.test.first().or(split.train.first()).copied()
    }

    fn trick_drawing(&self, trick: Trick) -> Option<Picture> {
        let size = self.drawing()?.size();
        if trick == Trick::Own {
            let own = self.challenge.own.as_ref();
            return own
                .filter(|(_, of)| *of == size)
                .map(|(ink, _)| ink.clone());
        }
        let item = self.thickened_item().and_then(|item_idx| {
            let dataset = self.dataset()?;
            match dataset.kind() {
                ItemKind::Picture { width, height } => {
                    Picture::from_ink(width, height, dataset.item(item_idx)?)
                }
                ItemKind::Row | ItemKind::Series { .. } => None,
            }
        });
        trick.drawing(size, item.map(|item| item.upscale(INK_PER_PIXEL)).as_ref())
    }

    fn pictures_to_try(&self) -> Vec<Put> {
        let seen = |trick: Trick| {
            let drawing = self.trick_drawing(trick)?;
            let (width, height) = self.drawing()?.size();
            let mut bench = PictureBench::new(width, height);
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
