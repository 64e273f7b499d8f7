//! Keeping the study in front: as it is, in the place of what was kept of it before.

use std::cmp::Reverse;
use std::sync::Arc;

use super::shelf::RunMark;
use super::{Off, remember};
use crate::anomaly::ThresholdRule;
use crate::autoencoder::Position;
use crate::data::NamedFile;
use crate::model_file::{Renewal, SavedStudy};
use crate::protocol::{Checkpoint, RememberCommand, RememberOrder, RunId, Written};
use crate::recipe::Recipe;
use crate::session::pending::Answered;
use crate::session::study::StudyKey;
use crate::session::{Effect, Notice, Phase, Session};

/// Earlier moments that go to the examiner at once; more of them would hold the page up for longer than a frame.
const MOST_BYTES_AT_ONCE: usize = 2_000_000;

/// A study of this tab as it is kept. Its data are kept with it from the first time on.
#[derive(Clone, Debug)]
pub(in crate::session) struct RememberedStudy {
    pub key: StudyKey,
    /// The work that it is kept as.
    pub work: String,
    /// `None` where nobody knows whether it has changed since.
    pub stamp: Option<Stamp>,
    /// The earlier moments that are kept.
    pub moments: Vec<Arc<Checkpoint>>,
    /// The runs beside it that are kept.
    pub runs: Vec<RunMark>,
}

/// What tells that a study has changed since it was written.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::session) struct Stamp {
    run: RunId,
    position: Position,
    recipe: Recipe,
    rule: ThresholdRule,
    fragment: String,
    /// The runs on the shelf.
    runs: Vec<RunMark>,
    /// The number of the other file that its network judges, where that can be kept.
    next: Option<u32>,
}

/// A study that is being written.
#[derive(Clone, Debug)]
pub(in crate::session) struct Writing {
    key: StudyKey,
    stamp: Stamp,
    /// The earlier moments that are kept once it is written.
    moments: Vec<Arc<Checkpoint>>,
    /// The runs beside it that are kept then.
    runs: Vec<RunMark>,
    /// There are more of both than go at once.
    is_partial: bool,
}

impl Session {
    /// Keeps what is new of the study in front.
    pub(super) fn remember_study(&mut self) -> Vec<Effect> {
        let is_free = self.remembering.off.is_none() && self.is_readers_own();
        if !is_free || !self.examiner.is_listening || !self.is_worth_remembering() {
            return Vec::new();
        }
        let Some(order) = self.order_to_remember() else {
            return Vec::new();
        };
        // While the reader works here, what was done at another time is no longer where they are.
        self.remembering.is_offered = false;
        remember(RememberCommand::Study(Box::new(order)))
    }

    /// Whether something was trained, or data were brought, that would be a pity to lose.
    fn is_worth_remembering(&self) -> bool {
        let front = self.study();
        let has_weights = front.data.is_some() && front.run.shown.is_some();
        let is_own = self.own_file().is_some_and(|own| own.files.is_some());
        has_weights && (front.run.has_learned() || is_own)
    }

    /// `None` where nothing is new, or while an order is being carried out.
    fn order_to_remember(&mut self) -> Option<RememberOrder> {
        let key = self.study().key();
        let known = self.remembering.studies.iter();
        let known = known.clone().find(|known| known.key == key);
        let stamp = self.stamp();
        let (moments, new, more_moments) = self.moments_to_remember(known);
        let (runs, new_run, more_runs) = self.runs_to_remember(known);
        let known_next = known.and_then(|known| known.stamp.as_ref()?.next);
        let new_next = stamp.next.filter(|next| Some(*next) != known_next);
        let has_next = stamp.next.is_some();
        let is_same = known.and_then(|known| known.stamp.as_ref()) == Some(&stamp);
        if is_same && new.is_empty() && new_run.is_none() {
            return None;
        }
        let work = known.map(|known| known.work.clone());
        let fragment = stamp.fragment.clone();
        let epochs = moments.iter().map(|moment| moment.position.epoch).collect();
        let names = runs.iter().map(|mark| mark.part.clone()).collect();
        let writing = || Writing {
            key,
            stamp,
            moments,
            runs,
            is_partial: more_moments || more_runs,
        };
        let asked = &mut self.remembering.writing;
        let request = asked.ask(&mut self.examiner.numbers, writing)?;
        let Some(study) = self.study_to_remember(work.is_some()) else {
            self.remembering.writing.give_up();
            return None;
        };
        Some(RememberOrder {
            request,
            work,
            title: self.title_of_front(),
            fragment,
            renewal: Renewal {
                study,
                new_moments: new.iter().map(|moment| moment.as_ref().clone()).collect(),
                epochs,
                new_runs: new_run.into_iter().collect(),
                runs: names,
                new_next: new_next.and_then(|_| Some(self.next_to_remember()?.1.to_vec())),
                has_next,
            },
        })
    }

    fn stamp(&self) -> Stamp {
        let front = self.study();
        Stamp {
            run: front.run.id,
            position: front.run.resume_position(),
            recipe: front.recipe.clone(),
            rule: front.rule,
            fragment: self.bench_fragment(),
            runs: self.shelf.runs().iter().map(RunMark::of).collect(),
            next: self.next_to_remember().map(|(number, _)| number),
        }
    }

    /// The earlier moments that will be kept, those among them that are not yet, and whether others must wait.
    fn moments_to_remember(
        &self,
        known: Option<&RememberedStudy>,
    ) -> (Vec<Arc<Checkpoint>>, Vec<Arc<Checkpoint>>, bool) {
        let is_kept = |moment: &Arc<Checkpoint>| {
            let mut kept = known.iter().flat_map(|known| &known.moments);
            kept.any(|kept| Arc::ptr_eq(kept, moment))
        };
        let all = self.study().run.history.epochs().iter();
        let all = all.map(|kept| kept.checkpoint.clone());
        let (mut moments, mut new): (Vec<_>, Vec<_>) = all.partition(is_kept);
        // First what stays longest when a run is thinned out.
        new.sort_by_key(|moment| Reverse(moment.position.epoch.trailing_zeros()));
        let mut n_bytes = 0;
        let n_new = new.len();
        let fit = new.iter().take_while(|moment| {
            let is_first = n_bytes == 0;
            n_bytes += moment.n_bytes();
            is_first || n_bytes <= MOST_BYTES_AT_ONCE
        });
        let n_fit = fit.count();
        new.truncate(n_fit);
        moments.extend(new.iter().cloned());
        (moments, new, n_fit < n_new)
    }

    /// The other file that the network in front judges, by its number, where it is not too large to be kept.
    fn next_to_remember(&self) -> Option<(u32, &[NamedFile])> {
        let next = self.study().next.as_ref()?;
        Some((next.number, next.files.as_deref()?))
    }

    /// The study in front without its earlier moments; without the reader's files where those are kept already.
    fn study_to_remember(&self, has_files: bool) -> Option<SavedStudy<'static>> {
        let mut saved = self.saved_study()?;
        if let Some(run) = &mut saved.run {
            run.history.clear();
            if has_files {
                run.own = None;
            }
        }
        Some(saved.into_owned())
    }

    /// "“Handwritten digits” after 12 of 40 epochs".
    fn title_of_front(&self) -> String {
        let front = self.study();
        let name = self.own_file().map_or(front.name.title(), |own| &own.name);
        let (epoch, epochs) = (
            front.run.resume_position().epoch,
            front.recipe.training.epochs,
        );
        match front.run.phase {
            Phase::Finished => format!("“{name}” after all {epochs} epochs"),
            _ if front.run.has_learned() => format!("“{name}” after {epoch} of {epochs} epochs"),
            _ => format!("“{name}” before any training"),
        }
    }

    pub(super) fn on_study_written(&mut self, request: u32, outcome: Written) -> Vec<Effect> {
        let Some(Answered { asked, is_outdated }) = self.remembering.writing.answer(request) else {
            return Vec::new();
        };
        self.remembering
            .studies
            .retain(|known| known.key != asked.key || matches!(outcome, Written::Failed(_)));
        match outcome {
            Written::As(work) => {
                // While it trains, moments come and go faster than they could be kept: the rest waits until it rests.
                let is_busy = self.study().run.phase.is_busy();
                let is_more_to_come = is_outdated || (asked.is_partial && !is_busy);
                self.remembering.studies.push(RememberedStudy {
                    key: asked.key,
                    work,
                    stamp: Some(asked.stamp),
                    moments: asked.moments,
                    runs: asked.runs,
                });
                (self.remembering.trouble, self.remembering.told) = (None, None);
                if is_more_to_come {
                    return self.remember_study();
                }
            }
            Written::Taken => return self.remember_study(),
            Written::Forgotten => self.keep_nothing(Off::Elsewhere),
            Written::Failed(reason) => {
                // It is tried again and again; to say so once is enough.
                if self.remembering.told.as_ref() != Some(&reason) {
                    self.notice = Some(Notice::new(reason.clone()));
                    self.remembering.told = Some(reason.clone());
                }
                self.remembering.trouble = Some(reason);
            }
        }
        Vec::new()
    }
}
