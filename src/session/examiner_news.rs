//! What the examiner says, and what it is told.

use super::builds::is_our_build;
use super::{Adoption, Effect, Notice, Phase, Scored, Session};
use crate::anomaly::Calibration;
use crate::data::Dataset;
use crate::protocol::{Event, ExamineCommand, ExamineEvent, Judgement};

/// An examiner that dies this often will not be cured by another start.
const MAX_EXAMINER_LOSSES: usize = 3;

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
                effects
            }
            Event::Examine(news) => self.on_examine_event(news),
            Event::Panicked { message } => self.on_examiner_lost(&message),
            Event::Train(_) => Vec::new(),
        }
    }

    fn on_examine_event(&mut self, news: ExamineEvent) -> Vec<Effect> {
        match news {
            ExamineEvent::Prepared { run } if run == self.run_id => self.adopt(),
            ExamineEvent::Calibrated { run, errors, .. } if run == self.run_id => {
                self.calibration = Some(Calibration::new(errors));
                self.examiner.is_ready = true;
                self.outdate_sweeps();
                self.listing.on_weights();
                let measured = std::mem::take(&mut self.examiner.adoption);
                let mut effects = self.request_judgement();
                effects.extend(self.try_tricks());
                if measured == Adoption::OfOlder {
                    effects.extend(self.adopt());
                }
                effects
            }
            ExamineEvent::Scoring {
                run,
                n_done,
                n_items,
            } if run == self.run_id => {
                self.n_scored = Some((n_done, n_items));
                Vec::new()
            }
            ExamineEvent::Scored(scores) if scores.run == self.run_id => {
                self.n_scored = None;
                self.scores = self.split().map(|split| Scored::new(scores, &split));
                self.listing.on_scores();
                Vec::new()
            }
            ExamineEvent::Rebuilt(rebuilt) if rebuilt.run == self.run_id => {
                self.on_rebuilt(&rebuilt);
                Vec::new()
            }
            ExamineEvent::Tried(tried) => self.on_tried(tried),
            ExamineEvent::Map(map) if map.run == self.run_id => {
                // A map that was given up stays as it was.
                if self.map.as_ref().is_some_and(|known| !known.is_finished) {
                    self.map = Some(map);
                }
                Vec::new()
            }
            ExamineEvent::Evaluating { run, progress } => {
                self.on_evaluating(run, progress);
                Vec::new()
            }
            ExamineEvent::Evaluated {
                run,
                position,
                outcome,
            } => {
                self.on_evaluated(run, position, outcome);
                Vec::new()
            }
            ExamineEvent::Imagined {
                request,
                codes,
                rebuilt,
            } if request == self.n_wishes => {
                if let Some(imagined) = &mut self.imagined {
                    imagined.codes = codes;
                    imagined.rebuilt = rebuilt;
                }
                Vec::new()
            }
            ExamineEvent::Judged(judgement) => self.on_judged(judgement),
            ExamineEvent::Swept {
                request,
                run,
                errors,
                is_finished,
            } => self.on_swept(request, run, errors, is_finished),
            ExamineEvent::FilesRead { request, outcome } => self.on_files_read(request, outcome),
            ExamineEvent::Refused { reason } => {
                self.examiner.in_flight = None;
                self.drop_sweep_order();
                self.examiner.adoption = Adoption::Done;
                self.challenge.give_up_waiting();
                self.evidence.underway = None;
                self.listing.on_refusal();
                self.notice = Some(Notice::new(format!(
                    "That could not be worked out: {reason}"
                )));
                Vec::new()
            }
            ExamineEvent::Prepared { .. }
            | ExamineEvent::Calibrated { .. }
            | ExamineEvent::Scoring { .. }
            | ExamineEvent::Scored(_)
            | ExamineEvent::Rebuilt(_)
            | ExamineEvent::Map(_)
            | ExamineEvent::Imagined { .. } => Vec::new(),
        }
    }

    fn on_judged(&mut self, judgement: Judgement) -> Vec<Effect> {
        if self.examiner.in_flight != Some(judgement.request) {
            return Vec::new();
        }
        self.examiner.in_flight = None;
        if judgement.run == self.run_id && self.item_on_bench().is_some() {
            self.judgement = Some(judgement);
        }
        let mut effects = if self.examiner.is_stale {
            self.request_judgement()
        } else {
            Vec::new()
        };
        effects.extend(self.request_sweeps());
        effects
    }

    pub(super) fn on_examiner_lost(&mut self, reason: &str) -> Vec<Effect> {
        self.examiner.is_listening = false;
        self.examiner.is_ready = false;
        self.examiner.adoption = Adoption::Done;
        self.examiner.in_flight = None;
        self.challenge.give_up_waiting();
        self.drop_sweep_order();
        self.listing.interrupt();
        self.n_scored = None;
        self.evidence.interrupt();
        self.map = self.map.take().filter(|map| map.is_finished);
        self.examiner.n_losses += 1;
        if self.has_examiner_given_up() {
            self.reading = None;
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
        if self.reading.take().is_some() {
            self.refuse_file("The file could not be read: it may be too large for this browser.");
        }
        vec![Effect::StartExaminer]
    }

    pub(super) fn has_examiner_given_up(&self) -> bool {
        self.examiner.n_losses > MAX_EXAMINER_LOSSES
    }

    /// Gives the examiner the data and the recipe of the run at hand.
    pub(super) fn prepare_examiner(&mut self) -> Vec<Effect> {
        self.examiner.is_ready = false;
        self.examiner.adoption = Adoption::Done;
        self.examiner.in_flight = None;
        self.drop_sweep_order();
        self.listing.interrupt();
        self.n_scored = None;
        // The examiner drops what it has not finished, and so nothing more will be heard of it.
        self.evidence.interrupt();
        self.map = self.map.take().filter(|map| map.is_finished);
        let Some(data) = self.data.as_ref().filter(|_| self.examiner.is_listening) else {
            return Vec::new();
        };
        vec![Effect::ToExaminer(ExamineCommand::Prepare {
            run: self.run_id,
            dataset: Dataset::clone(&data.dataset),
            recipe: Box::new(self.recipe.clone()),
        })]
    }

    /// Lets the examiner judge by the newest weights; while it measures with others, these wait.
    pub(super) fn adopt(&mut self) -> Vec<Effect> {
        if !self.examiner.is_listening || self.data.is_none() {
            return Vec::new();
        }
        let Some(checkpoint) = self.run.checkpoint.clone() else {
            return Vec::new();
        };
        if self.examiner.adoption != Adoption::Done {
            self.examiner.adoption = Adoption::OfOlder;
            return Vec::new();
        }
        self.examiner.adoption = Adoption::OfNewest;
        vec![Effect::ToExaminer(ExamineCommand::Adopt {
            run: self.run_id,
            checkpoint,
        })]
    }

    /// The values of what lies on the bench; `None` while there is nothing.
    pub(super) fn item_on_bench(&self) -> Option<&[f32]> {
        let dataset = &self.data.as_ref()?.dataset;
        if dataset.schema().is_some() {
            let values = self.row_bench.values();
            (!values.is_empty()).then_some(values)
        } else {
            Some(self.bench.seen()?.ink())
        }
    }

    /// Has the bench judged, at most one request at a time: the newest state follows the answer.
    pub(super) fn request_judgement(&mut self) -> Vec<Effect> {
        let Some(values) = self.item_on_bench().map(<[f32]>::to_vec) else {
            self.judgement = None;
            self.examiner.is_stale = false;
            return self.request_sweeps();
        };
        if !self.examiner.is_ready || self.run.phase == Phase::Loading {
            return Vec::new();
        }
        if self.examiner.in_flight.is_some() {
            self.examiner.is_stale = true;
            return Vec::new();
        }
        self.examiner.n_requests = self.examiner.n_requests.wrapping_add(1);
        self.examiner.in_flight = Some(self.examiner.n_requests);
        self.examiner.is_stale = false;
        vec![Effect::ToExaminer(ExamineCommand::Judge {
            request: self.examiner.n_requests,
            values,
            label: self.bench.label(),
        })]
    }
}
