//! Going on with a work of an earlier visit.

use super::keeping::RememberedStudy;
use super::remember;
use crate::data::NamedFile;
use crate::model_file::{OpenedFiles, Restored, ShelvedRun};
use crate::protocol::{OpenedWork, RememberCommand, RememberedWork};
use crate::session::opening::OpenedFrom;
use crate::session::pending::Answered;
use crate::session::{Effect, Session};

/// A work that is being gone on with.
#[derive(Clone, Debug)]
pub(in crate::session) struct Reopened {
    pub work: RememberedWork,
    /// No other tab works on it.
    is_ours: bool,
    /// The runs beside it.
    runs: Vec<ShelvedRun>,
    /// Another file that its network judged.
    next: Vec<NamedFile>,
}

impl Session {
    /// Has a work of an earlier visit brought back, unless one is on its way or a lesson would be in its place.
    pub(super) fn go_on(&mut self, id: &str) -> Vec<Effect> {
        let mut works = self.remembering.works.iter();
        let Some(work) = works.find(|work| work.id == id).cloned() else {
            return Vec::new();
        };
        let is_busy = self.remembering.opening.is_in_flight() || self.lessons.running.is_some();
        if is_busy || !self.examiner.is_listening {
            return Vec::new();
        }
        let id = work.id.clone();
        let opening = &mut self.remembering.opening;
        let request = opening.replace(&mut self.examiner.numbers, work);
        remember(RememberCommand::Open { request, id })
    }

    pub(super) fn on_reopened(
        &mut self,
        request: u32,
        outcome: Result<Box<OpenedWork>, String>,
    ) -> Vec<Effect> {
        let Some(Answered { asked: work, .. }) = self.remembering.opening.answer(request) else {
            return Vec::new();
        };
        if self.lessons.running.is_some() {
            return Vec::new();
        }
        let OpenedWork { restored, is_ours } = match outcome {
            Ok(opened) => *opened,
            Err(reason) => {
                self.remembering.works.retain(|known| known.id != work.id);
                self.refuse_file(&format!("{}: {reason}", work.title));
                return Vec::new();
            }
        };
        let Restored { files, runs, next } = restored;
        let OpenedFiles {
            data,
            model: Some(found),
            next: _,
        } = files
        else {
            return Vec::new();
        };
        let brought = self.brought_by(&found, data, (String::new(), None));
        let reopened = Reopened {
            work,
            is_ours,
            runs,
            next,
        };
        self.open_model(OpenedFrom::Memory(reopened), found, brought)
    }

    /// The study of a work is in front: the bench follows it, and from now on it is kept in the place of that work.
    pub(in crate::session) fn settle_reopened(&mut self, reopened: Reopened) -> Vec<Effect> {
        let Reopened {
            work,
            is_ours,
            runs,
            next,
        } = reopened;
        self.remembering.works.retain(|known| known.id != work.id);
        let runs = runs.into_iter().filter_map(|run| self.put_on_shelf(run));
        let runs = runs.collect();
        self.remembering.is_offered = false;
        let front = &self.studies.front;
        if is_ours {
            let moments = front.run.history.epochs().iter();
            let moments = moments.map(|kept| kept.checkpoint.clone()).collect();
            self.remembering.studies.push(RememberedStudy {
                key: front.key(),
                work: work.id,
                stamp: None,
                moments,
                runs,
            });
        }
        if let Some(data) = &front.data {
            self.benches.renew(data);
            self.lay_linked();
        }
        let mut effects = self.open_link(&work.fragment);
        if !next.is_empty() {
            effects.extend(self.have_judged_again(next));
        }
        effects
    }
}
