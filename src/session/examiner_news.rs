//! What the examiner says, and what it is told.

use super::builds::is_our_build;
use super::examiner::{ExaminerState, Work};
use super::pending::Answered;
use super::study::{Calibrated, Scored};
use super::sweeps::SweepAnswer;
use super::{Effect, Notice, Phase, Session};
use crate::anomaly::Calibration;
use crate::data::Dataset;
use crate::protocol::{
    EngineKind, Event, ExamineCommand, ExamineEvent, Judgement, Moment, RunId, Scores, TrainCommand,
};

impl Session {
    pub(super) fn on_examiner(&mut self, event: Event) -> Vec<Effect> {
        match event {
            Event::Hello { build_id } => {
                if !is_our_build(&build_id) {
                    self.blame_build("judges");
                    return Vec::new();
                }
                self.examiner.is_listening = true;
                let mut effects = self.hand_over_files();
                effects.extend(self.prepare_examiner());
                effects.extend(self.look_for_remembered());
                effects
            }
            Event::Examine(news) => self.on_examine_event(news),
            Event::Panicked { message } => self.on_examiner_lost(&message),
            Event::Train(_) | Event::Run(_) => Vec::new(),
        }
    }

    fn on_examine_event(&mut self, news: ExamineEvent) -> Vec<Effect> {
        match news {
            ExamineEvent::Prepared { run } => self.on_subject_prepared(run),
            ExamineEvent::Calibrated {
                request,
                of,
                errors,
            } => self.on_calibrated(request, of, errors),
            ExamineEvent::Scoring {
                of,
                n_done,
                n_items,
            } => {
                if of.run == self.studies.front.run.id {
                    self.examiner.work.scoring = Some((n_done, n_items));
                }
                Vec::new()
            }
            ExamineEvent::Scored(scores) => {
                self.on_scored(scores);
                Vec::new()
            }
            ExamineEvent::Reconstructed(reconstructed) => {
                self.on_reconstructed(&reconstructed);
                Vec::new()
            }
            ExamineEvent::ScoringNext { request, progress } => {
                self.on_scoring_next(request, progress);
                Vec::new()
            }
            ExamineEvent::ScoredNext(scores) => {
                self.on_scored_next(scores);
                Vec::new()
            }
            ExamineEvent::Tried(tried) => self.on_tried(tried),
            ExamineEvent::Map(map) => {
                self.on_map(map);
                Vec::new()
            }
            ExamineEvent::Evaluating { request, progress } => {
                self.on_evaluating(request, progress);
                Vec::new()
            }
            ExamineEvent::Evaluated {
                request,
                of,
                outcome,
            } => {
                self.on_evaluated(request, of, outcome);
                Vec::new()
            }
            ExamineEvent::Imagined {
                request,
                of,
                codes,
                reconstructed,
            } => {
                self.on_imagined(request, of, codes, reconstructed);
                Vec::new()
            }
            ExamineEvent::Judged(judgement) => self.on_judged(judgement),
            ExamineEvent::Swept {
                request,
                of,
                errors,
                is_finished,
            } => self.on_swept(
                request,
                SweepAnswer {
                    of,
                    errors,
                    is_finished,
                },
            ),
            ExamineEvent::JudgedBeside(judgement) => self.on_judged_beside(judgement),
            ExamineEvent::PastMeasured(measured) => self.on_past_measured(measured),
            ExamineEvent::Reading { request, progress } => {
                self.on_reading(request, progress);
                Vec::new()
            }
            ExamineEvent::FilesRead { request, outcome } => self.on_files_read(request, outcome),
            ExamineEvent::Written { request, outcome } => self.on_written(request, outcome),
            ExamineEvent::Remembered(event) => self.on_remembered(event),
            ExamineEvent::Refused { reason } => {
                self.on_refused(&reason);
                Vec::new()
            }
        }
    }

    /// The examiner has the data and the recipe; it may have been given other ones since.
    fn on_subject_prepared(&mut self, run: RunId) -> Vec<Effect> {
        if run == self.studies.front.run.id {
            self.adopt()
        } else {
            Vec::new()
        }
    }

    fn on_calibrated(&mut self, request: u32, of: Moment, errors: Vec<f32>) -> Vec<Effect> {
        let work = &mut self.examiner.work;
        let Some(Answered { is_outdated, .. }) = work.adopting.answer(request) else {
            return Vec::new();
        };
        work.measured_by = Some(of);
        work.outdate_sweeps();
        if std::mem::take(&mut work.is_reconstructing_refused) {
            work.reconstructing.give_up();
        }
        let front = &mut self.studies.front;
        let errors = Calibration::new(errors);
        if of.run == front.run.id {
            front.run.history.note_calibration_at(of.position, &errors);
        }
        let calibrated = Calibrated { of, errors };
        if let Some(kept) = self.shelf.measured_mut(of) {
            kept.calibration = Some(calibrated.clone());
        }
        front.measured.calibration = Some(calibrated);
        let mut effects = self.request_judgement();
        effects.extend(self.try_tricks());
        if is_outdated {
            effects.extend(self.adopt());
        }
        effects
    }

    fn on_scored(&mut self, scores: Scores) {
        let front = &mut self.studies.front;
        if scores.of.run == front.run.id {
            self.examiner.work.scoring = None;
            let of = scores.of;
            front.measured.scores = front.split().map(|split| Scored::new(scores, &split));
            if let Some(kept) = self.shelf.measured_mut(of) {
                kept.scores.clone_from(&front.measured.scores);
            }
            self.listing.on_scores();
        }
    }

    fn on_judged(&mut self, judgement: Judgement) -> Vec<Effect> {
        let answered = self.examiner.work.judging.answer(judgement.request);
        let Some(Answered { is_outdated, .. }) = answered else {
            return Vec::new();
        };
        if self.item_on_bench().is_some() {
            self.studies.front.measured.judgement = Some(judgement);
        }
        let mut effects = if is_outdated {
            self.request_judgement()
        } else {
            Vec::new()
        };
        effects.extend(self.request_sweeps());
        effects.extend(self.request_past());
        effects
    }

    /// Something could not be worked out, and nobody knows what: nothing that was asked for is waited for any longer.
    fn on_refused(&mut self, reason: &str) {
        let asked = std::mem::take(&mut self.examiner.work);
        self.examiner.work = Work {
            measured_by: asked.measured_by,
            scoring: asked.scoring,
            is_reconstructing_refused: asked.reconstructing.is_in_flight(),
            reconstructing: asked.reconstructing,
            given_next: asked.given_next,
            asked_next: asked.asked_next,
            ..Work::default()
        };
        let text = format!("That could not be worked out: {reason}");
        self.notice = Some(Notice::new(text));
    }

    /// The examiner forgets all that it was asked, and nothing more will be heard of it.
    fn drop_work(&mut self) {
        let lost = std::mem::take(&mut self.examiner.work);
        let measured = &mut self.studies.front.measured;
        if lost.evaluating.is_in_flight() {
            measured.no_evaluation = Some(INTERRUPTED.to_owned());
        }
        measured.map.take_if(|map| !map.is_finished);
        if lost.imagining.is_in_flight() {
            measured.imagined = None;
        }
    }

    pub(super) fn on_examiner_lost(&mut self, reason: &str) -> Vec<Effect> {
        self.examiner.n_losses += 1;
        let has_lost_files = self.lose_files();
        let restart = self.start_examiner_anew();
        if self.examiner.has_given_up() {
            let text = format!(
                "The part of the page that judges keeps stopping ({reason}). Reload the page; what you see stays until then."
            );
            self.notice = Some(Notice::new(text));
            return Vec::new();
        }
        let text = format!(
            "The part of the page that judges stopped ({reason}) and is starting again. Nothing is lost."
        );
        self.notice = Some(Notice::new(text));
        if has_lost_files {
            self.refuse_file(&format!(
                "The file could not be read: it may be too large for this browser ({reason})."
            ));
        }
        restart
    }

    /// Another examiner in the place of this one, which is in the middle of something.
    pub(super) fn start_examiner_anew(&mut self) -> Vec<Effect> {
        self.examiner.is_listening = false;
        self.drop_work();
        self.lose_takeaway();
        self.lose_remembered();
        vec![Effect::StartExaminer]
    }

    /// Gives the examiner the data and the recipe of the study in front.
    pub(super) fn prepare_examiner(&mut self) -> Vec<Effect> {
        self.drop_work();
        let front = &self.studies.front;
        let Some(data) = front.data.as_ref().filter(|_| self.examiner.is_listening) else {
            return Vec::new();
        };
        vec![Effect::ToExaminer(ExamineCommand::Prepare {
            run: front.run.id,
            dataset: Dataset::clone(&data.dataset),
            recipe: Box::new(front.recipe.clone()),
        })]
    }

    /// Lets the examiner judge by the weights that are shown; while it measures with others, these wait.
    pub(super) fn adopt(&mut self) -> Vec<Effect> {
        let front = &self.studies.front;
        let Some(shown) = front.run.shown.as_ref().filter(|_| front.data.is_some()) else {
            return Vec::new();
        };
        if !self.examiner.is_listening {
            return Vec::new();
        }
        let ExaminerState { work, numbers, .. } = &mut self.examiner;
        let request = work.adopting.ask(numbers, || front.moment());
        let command = request.map(|request| ExamineCommand::Adopt {
            request,
            run: front.run.id,
            snapshot: shown.clone(),
        });
        command.map(Effect::ToExaminer).into_iter().collect()
    }

    /// The values of what lies on the bench; `None` while there is nothing.
    pub(super) fn item_on_bench(&self) -> Option<&[f32]> {
        self.studies.front.data.as_ref()?;
        self.benches.at_hand.values()
    }

    /// Has the bench judged after the reader has changed it, and the trainer make room for that.
    pub(super) fn judge_change(&mut self) -> Vec<Effect> {
        let mut effects = self.request_judgement();
        let is_training = self.studies.front.run.phase == Phase::Training;
        let trains_beside = is_training && self.engines.holder == Some(EngineKind::Cpu);
        effects.extend(
            trains_beside.then_some(Effect::ToTrainer(EngineKind::Cpu, TrainCommand::MakeRoom)),
        );
        effects
    }

    /// Has the bench judged, at most one request at a time: the newest state follows the answer.
    pub(super) fn request_judgement(&mut self) -> Vec<Effect> {
        let Some(values) = self.item_on_bench().map(<[f32]>::to_vec) else {
            self.studies.front.measured.judgement = None;
            self.examiner.work.judging.want_nothing_newer();
            let mut effects = self.request_judgement_beside();
            effects.extend(self.request_sweeps());
            return effects;
        };
        if !self.examiner.is_ready() || self.studies.front.run.phase == Phase::Loading {
            return Vec::new();
        }
        let label = self.benches.at_hand.label();
        let ExaminerState { work, numbers, .. } = &mut self.examiner;
        let request = work.judging.ask(numbers, || ());
        let command = request.map(|request| ExamineCommand::Judge {
            request,
            values,
            label,
        });
        let mut effects: Vec<Effect> = command.map(Effect::ToExaminer).into_iter().collect();
        effects.extend(self.request_judgement_beside());
        effects
    }
}

const INTERRUPTED: &str =
    "The evaluation was broken off, since the network is another one now. Start it again.";
