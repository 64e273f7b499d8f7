//! Runs that are kept, and one of them beside the present one on the same item.

use std::sync::Arc;

use super::examiner::ExaminerState;
use super::kind::counted;
use super::study::{KeptRun, Measurements, Study};
use super::{Effect, Message, Notice, Session};
use crate::evaluation::Report;
use crate::protocol::{BesideNetwork, BesideOrder, ExamineCommand, Judgement, Moment};
use crate::recipe::Difference;

/// What concerns the runs that are kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CompareMessage {
    /// Keep the run in front as it is now.
    Keep,
    /// Give a kept run another name.
    Rename {
        /// Which one.
        number: usize,
        /// Its new name.
        name: String,
    },
    /// Take a run off the shelf.
    Remove(usize),
    /// Put the run back that was taken off last.
    PutBack,
    /// Compare with this one, or with none.
    Beside(Option<usize>),
    /// Bring a kept run back to the front, to look at and to train on; it stays on the shelf.
    BringToFront(usize),
}

impl Session {
    pub(super) fn update_comparison(&mut self, message: CompareMessage) -> Vec<Effect> {
        match message {
            CompareMessage::Keep => self.keep_run(),
            CompareMessage::Rename { number, name } => {
                self.shelf.rename(number, &name);
                Vec::new()
            }
            CompareMessage::Remove(number) => {
                self.remove_kept(number);
                Vec::new()
            }
            CompareMessage::PutBack => {
                self.shelf.put_back();
                Vec::new()
            }
            CompareMessage::Beside(number) => {
                self.shelf.compare_with(number);
                self.request_judgement_beside()
            }
            CompareMessage::BringToFront(number) => self.bring_kept_to_front(number),
        }
    }

    /// Whether there is a trained run in front, and room for it.
    pub fn can_keep_run(&self) -> bool {
        let run = &self.study().run;
        run.shown.is_some() && !self.has_learned_nothing() && !self.shelf.is_full()
    }

    fn keep_run(&mut self) -> Vec<Effect> {
        if !self.can_keep_run() {
            return Vec::new();
        }
        let measured = self.measured();
        let mut kept = self.study().at_rest();
        let newest = kept.moment();
        kept.measured = Measurements {
            calibration: measured
                .calibration
                .clone()
                .filter(|known| known.of == newest),
            scores: measured
                .scores
                .clone()
                .filter(|known| known.scores.of == newest),
            ..Measurements::default()
        };
        let report = self.report_of_front();
        let name = self.name_of_run(&kept);
        if let Some(number) = self.shelf.keep(name, kept, report) {
            self.shelf.compare_with(Some(number));
        }
        self.request_judgement_beside()
    }

    /// What the last evaluation found, if it was one of the newest weights in front.
    pub(super) fn report_of_front(&self) -> Option<Arc<Report>> {
        let run = &self.study().run;
        let newest = Moment {
            run: run.id,
            position: run.newest_position(),
        };
        let evaluation = self.evaluation.as_ref()?;
        (evaluation.of == newest).then(|| evaluation.report.clone())
    }

    /// What differs from the run that was kept last, or else from the recipe; and how far it is trained.
    fn name_of_run(&self, kept: &Study) -> String {
        let reference = self.shelf.runs().iter().rev();
        let mut alike = reference.filter(|known| known.study.name == kept.name);
        let reference = alike
            .next()
            .map_or_else(|| self.fitting_recipe(), |known| known.study.recipe.clone());
        let mut differences = reference.differences(&kept.recipe);
        // How far it is trained stands at the end of the name.
        differences.retain(|known| known.setting != "epochs");
        let in_words = |known: &Difference| format!("{} {}", known.setting, known.other);
        let what = if differences.is_empty() {
            kept.name.title().to_owned()
        } else {
            let words: Vec<String> = differences.iter().take(3).map(in_words).collect();
            words.join(", ")
        };
        let epochs = kept.run.newest_position().epoch;
        format!("{what} · {}", counted(epochs, "epoch"))
    }

    fn remove_kept(&mut self, number: usize) {
        if let Some(removed) = self.shelf.remove(number) {
            let text = format!("“{}” is no longer kept.", removed.name);
            let undo = vec![
                Message::Compare(CompareMessage::PutBack),
                Message::DismissNotice,
            ];
            self.notice = Some(Notice::new(text).offering("Keep it after all", undo));
        }
    }

    fn bring_kept_to_front(&mut self, number: usize) -> Vec<Effect> {
        let Some(KeptRun { study, .. }) = self.shelf.get(number) else {
            return Vec::new();
        };
        let mut study = study.clone();
        study.run.id = self.studies.next_run_id();
        let text = "The run that you kept is in front.";
        if study.key() == self.studies.front.key() {
            let effects = self.begin(study);
            self.offer_what_was_left(text);
            return effects;
        }
        let mut effects = self.leave_study();
        effects.extend(self.end_measured_gpu());
        effects.extend(self.enter_study(study));
        self.notice = Some(Notice::new(text));
        effects
    }

    /// Has what lies on the bench judged by the run that is compared with, the newest state after each answer.
    pub(super) fn request_judgement_beside(&mut self) -> Vec<Effect> {
        let beside = self.shelf.beside();
        let with_item = beside.and_then(|beside| Some((beside, self.item_on_bench()?.to_vec())));
        let Some((beside, values)) = with_item else {
            self.judgement_beside = None;
            self.examiner.work.judging_beside.want_nothing_newer();
            return Vec::new();
        };
        if !self.can_judge_here(&beside.study) || !self.examiner.is_ready() {
            return Vec::new();
        }
        let Some(snapshot) = &beside.study.run.shown else {
            return Vec::new();
        };
        let of = beside.study.moment();
        let ExaminerState { work, numbers, .. } = &mut self.examiner;
        let Some(request) = work.judging_beside.ask(numbers, || ()) else {
            return Vec::new();
        };
        // Its weights travel once; every stroke asks again.
        let is_given = work.given_beside.replace(of) == Some(of);
        let order = BesideOrder {
            request,
            network: (!is_given).then(|| BesideNetwork {
                run: of.run,
                recipe: beside.study.recipe.clone(),
                snapshot: snapshot.clone(),
            }),
            values,
            label: self.benches.at_hand.label(),
        };
        vec![Effect::ToExaminer(ExamineCommand::JudgeBeside(Box::new(
            order,
        )))]
    }

    pub(super) fn on_judged_beside(&mut self, judgement: Judgement) -> Vec<Effect> {
        let answered = self.examiner.work.judging_beside.answer(judgement.request);
        let Some(answered) = answered else {
            return Vec::new();
        };
        let beside = self.shelf.beside();
        let is_wanted = beside.is_some_and(|kept| kept.study.run.id == judgement.of.run);
        self.judgement_beside = is_wanted.then_some(judgement);
        if answered.is_outdated {
            self.request_judgement_beside()
        } else {
            Vec::new()
        }
    }

    /// Whether items like the one on the bench can be put to a kept run.
    pub(super) fn can_judge_here(&self, kept: &Study) -> bool {
        let data = |study: &Study| {
            let data = study.data.as_ref()?;
            Some((data.own_file_number(), study.name.data()))
        };
        data(kept) == data(self.study())
    }
}
