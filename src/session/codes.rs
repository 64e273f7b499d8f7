//! The codes of the items as a map, and codes that belong to no item.

use super::{Effect, Session};
use crate::protocol::{ExamineCommand, LatentMap, LongWork, Wish};

/// What the decoder made of codes that belong to no item.
#[derive(Clone, Debug, PartialEq)]
pub struct Imagined {
    /// What was asked for.
    pub wish: Wish,
    /// `n × code`.
    pub codes: Vec<f32>,
    /// `n × input`; empty while it is being made.
    pub rebuilt: Vec<f32>,
}

impl Session {
    pub(super) fn draw_map(&mut self) -> Vec<Effect> {
        self.imagined = None;
        if !self.examiner.is_ready {
            return Vec::new();
        }
        self.map_position = self.run.position();
        self.map = Some(LatentMap {
            run: self.run_id,
            items: Vec::new(),
            places: Vec::new(),
            progress: 0.0,
            is_finished: false,
            elapsed_ms: 0.0,
        });
        vec![Effect::ToExaminer(ExamineCommand::DrawMap)]
    }

    pub(super) fn imagine(&mut self, wish: Wish) -> Vec<Effect> {
        self.n_wishes = self.n_wishes.wrapping_add(1);
        self.imagined = Some(Imagined {
            wish,
            codes: Vec::new(),
            rebuilt: Vec::new(),
        });
        vec![Effect::ToExaminer(ExamineCommand::Imagine {
            request: self.n_wishes,
            wish,
        })]
    }

    pub(super) fn stop_work(&mut self, work: LongWork) -> Vec<Effect> {
        match work {
            LongWork::Scoring => self.n_scored = None,
            LongWork::Mapping => {
                if let Some(map) = &mut self.map {
                    map.is_finished = true;
                }
            }
            LongWork::Evaluating => self.evidence.underway = None,
        }
        vec![Effect::ToExaminer(ExamineCommand::Stop(work))]
    }
}
