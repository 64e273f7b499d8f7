//! Setting the page up for a lesson, and as it was before.

use crate::session::bench::Benches;
use crate::session::challenge::Challenge;
use crate::session::data::LoadedData;
use crate::session::evaluating::FinishedEvaluation;
use crate::session::link::recipe_of;
use crate::session::study::{Studies, Study};
use crate::session::{Effect, Phase, Run, Session};

/// How things were before a lesson.
#[derive(Clone, Debug)]
pub(in crate::session) struct Before {
    studies: Studies,
    benches: Benches,
    own: Option<LoadedData>,
    challenge: Challenge,
    evaluation: Option<FinishedEvaluation>,
}

impl Before {
    /// How things are now; what is under way is paused.
    pub fn of(session: &Session) -> Self {
        let mut studies = session.studies.clone();
        studies.front = studies.front.at_rest();
        Self {
            studies,
            benches: session.benches.clone(),
            own: session.library.own.clone(),
            challenge: session.challenge.clone(),
            evaluation: session.evaluation.clone(),
        }
    }
}

impl Session {
    /// Sets the page up as the fragment of a link says, and as if nothing had been done before.
    pub(super) fn set_page_up(&mut self, fragment: &str) -> Vec<Effect> {
        let mut effects = self.interrupt();
        effects.extend(self.end_measured_gpu());
        self.studies.forget_others();
        self.library.own = None;
        self.challenge = Challenge::default();
        let name = recipe_of(fragment);
        self.benches = Benches::for_items(name.data().item_shape().kind);
        // Without data and weights the settings can be made before either is chosen by them.
        let loading = Run::new(self.studies.next_run_id(), Phase::Loading, None);
        self.studies.front = Study::new(name, None, loading);
        effects.extend(self.open_link(fragment));
        effects.extend(self.furnish());
        effects
    }

    /// Gives the study in front its data and the weights that it begins with, or asks for them.
    fn furnish(&mut self) -> Vec<Effect> {
        let name = self.studies.front.name;
        let mut effects = Vec::new();
        if self.studies.front.data.is_none() {
            self.studies.front.data = self.data_at_hand(name);
        }
        if self.studies.front.data.is_some() {
            self.settle_linked_classes();
        }
        if self.studies.front.run.shown.is_none() {
            let pretrained = self.pretrained_snapshot(&self.studies.front);
            let is_here = self.library.model_of(name).is_some();
            self.library.is_model_missing = pretrained.is_none() && (is_here || !name.is_shipped());
            let is_awaited = !is_here && name.is_shipped();
            effects.extend(is_awaited.then_some(Effect::FetchModel(name)));
            self.studies.front.run.shown = pretrained;
        }
        self.settle_loading();
        effects.extend(self.settle_data());
        effects.extend(self.prepare_examiner());
        effects
    }

    /// Brings back what was there before the lesson; a file that was opened meanwhile waits beside it.
    pub(super) fn bring_back(&mut self, before: Before) -> Vec<Effect> {
        let mut effects = self.interrupt();
        effects.extend(self.end_measured_gpu());
        let Before {
            studies,
            benches,
            own,
            challenge,
            evaluation,
        } = before;
        let opened = std::mem::replace(&mut self.library.own, own);
        self.studies.bring_back(studies);
        self.benches = benches;
        self.challenge = challenge;
        self.evaluation = evaluation;
        self.notice = None;
        effects.extend(if self.studies.front.run.phase == Phase::Loading {
            self.furnish()
        } else {
            self.prepare_examiner()
        });
        self.library.own = self.library.own.take().or(opened);
        effects
    }
}
