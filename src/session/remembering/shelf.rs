//! The runs on the shelf, kept beside the study in front.

use std::borrow::Cow;

use super::keeping::RememberedStudy;
use crate::anomaly::Calibration;
use crate::model_file::{SavedStudy, ShelvedRun};
use crate::protocol::{Checkpoint, RunId};
use crate::session::Session;
use crate::session::study::{Calibrated, KeptRun};
use crate::session::taking::{saved_run, saved_settings};

/// Tells a run on the shelf, as it is called and where it stands, from all others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::session) struct RunMark {
    /// The name of the part that it is kept as.
    pub part: String,
    run: RunId,
}

impl RunMark {
    pub fn of(kept: &KeptRun) -> Self {
        Self {
            part: ShelvedRun::part_name(kept.number, &kept.name),
            run: kept.study.run.id,
        }
    }
}

impl Session {
    /// The runs that will be kept, the one among them that is not yet, and whether others must wait.
    pub(super) fn runs_to_remember(
        &self,
        known: Option<&RememberedStudy>,
    ) -> (Vec<RunMark>, Option<ShelvedRun>, bool) {
        let is_kept = |kept: &&KeptRun| {
            let mut marks = known.iter().flat_map(|known| &known.runs);
            marks.any(|mark| *mark == RunMark::of(kept))
        };
        let (old, new): (Vec<_>, Vec<_>) = self.shelf.runs().iter().partition(is_kept);
        let next = new.iter().find_map(|kept| Some((*kept, saved(kept)?)));
        let marks = old.into_iter().chain(next.as_ref().map(|(kept, _)| *kept));
        let marks = marks.map(RunMark::of).collect();
        let next = next.map(|(kept, study)| ShelvedRun {
            number: kept.number,
            name: kept.name.clone(),
            study,
        });
        (marks, next, new.len() > 1)
    }

    /// Puts a run back on the shelf, unless it is there, or works on data that are not; how it is kept.
    pub(super) fn put_on_shelf(&mut self, shelved: ShelvedRun) -> Option<RunMark> {
        let ShelvedRun {
            number,
            name,
            mut study,
        } = shelved;
        let fingerprint = study.settings.trained_on.as_ref()?.fingerprint;
        let front = self.studies.front.data.iter();
        let mut data = front.chain(&self.library.brought);
        let data = data.find(|data| data.fingerprint() == fingerprint)?.clone();
        let is_there = |kept: &KeptRun| {
            let resume = kept.study.run.resume.as_ref();
            kept.name == name && resume == Some(&*study.checkpoint)
        };
        if self.shelf.runs().iter().any(is_there) {
            return None;
        }
        let errors = std::mem::take(&mut study.calibration);
        let mut study = self.restored(study, data);
        study.measured.calibration = (!errors.is_empty()).then(|| Calibrated {
            of: study.moment(),
            errors: Calibration::new(errors),
        });
        let number = self.shelf.restore(number, name, study)?;
        self.shelf.get(number).map(RunMark::of)
    }
}

/// A run as it is kept: its earlier moments are not. `None` while it has no data or no weights.
fn saved(kept: &KeptRun) -> Option<SavedStudy<'static>> {
    let study = &kept.study;
    let run = &study.run;
    let shown = || {
        let shown = run.shown.clone()?;
        Some(Checkpoint::of_weights(shown.position, shown.weights))
    };
    let calibrated = study.measured.calibration.as_ref();
    let saved = SavedStudy {
        settings: saved_settings(study)?,
        checkpoint: Cow::Owned(run.resume.clone().or_else(shown)?),
        calibration: calibrated.map_or_else(Vec::new, |it| it.errors.in_order().to_vec()),
        examples: None,
        run: Some(saved_run(run)),
    };
    Some(saved.into_owned())
}
