//! The codes of the items as a map, and codes that belong to no item.

use super::examiner::ExaminerState;
use super::pending::Answered;
use super::{Effect, Imagined, Session};
use crate::protocol::{ExamineCommand, LatentMap, LongWork, Moment, Wish};

/// What concerns the codes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum CodesMessage {
    /// Lay the codes of the items out on a map.
    DrawMap,
    /// Decode codes that belong to no item.
    Imagine(Wish),
}

impl Session {
    pub(super) fn update_codes(&mut self, message: CodesMessage) -> Vec<Effect> {
        match message {
            CodesMessage::DrawMap => self.draw_map(),
            CodesMessage::Imagine(wish) => self.imagine(wish),
        }
    }

    pub(super) fn draw_map(&mut self) -> Vec<Effect> {
        let measured = &mut self.studies.front.measured;
        measured.imagined = None;
        let Some(of) = self.examiner.work.given() else {
            return Vec::new();
        };
        let ExaminerState { work, numbers, .. } = &mut self.examiner;
        let request = work.mapping.replace(numbers, ());
        measured.map = Some(LatentMap {
            request,
            of,
            items: Vec::new(),
            places: Vec::new(),
            progress: 0.0,
            is_finished: false,
            elapsed_ms: 0.0,
        });
        vec![Effect::ToExaminer(ExamineCommand::DrawMap { request })]
    }

    pub(super) fn on_map(&mut self, map: LatentMap) {
        // A map that was given up stays as it was.
        if self.examiner.work.mapping.part(map.request).is_none() {
            return;
        }
        if map.is_finished {
            self.examiner.work.mapping.answer(map.request);
        }
        self.studies.front.measured.map = Some(map);
    }

    pub(super) fn imagine(&mut self, wish: Wish) -> Vec<Effect> {
        let ExaminerState { work, numbers, .. } = &mut self.examiner;
        let request = work.imagining.replace(numbers, wish);
        self.studies.front.measured.imagined = Some(Imagined {
            wish,
            of: None,
            codes: Vec::new(),
            reconstructed: Vec::new(),
        });
        vec![Effect::ToExaminer(ExamineCommand::Imagine {
            request,
            wish,
        })]
    }

    pub(super) fn on_imagined(
        &mut self,
        request: u32,
        of: Moment,
        codes: Vec<f32>,
        reconstructed: Vec<f32>,
    ) {
        if let Some(Answered { asked: wish, .. }) = self.examiner.work.imagining.answer(request) {
            self.studies.front.measured.imagined = Some(Imagined {
                wish,
                of: Some(of),
                codes,
                reconstructed,
            });
        }
    }

    pub(super) fn stop_work(&mut self, work: LongWork) -> Vec<Effect> {
        match work {
            LongWork::Scoring => self.examiner.work.scoring = None,
            LongWork::Mapping => {
                self.examiner.work.mapping.give_up();
                if let Some(map) = &mut self.studies.front.measured.map {
                    map.is_finished = true;
                }
            }
            LongWork::Evaluating => {
                self.examiner.work.evaluating.give_up();
            }
        }
        vec![Effect::ToExaminer(ExamineCommand::Stop(work))]
    }
}
