//! Whether what a lesson asks for is done.

use super::running::Aims;
use crate::anomaly::ThresholdRule;
use crate::lesson::{Comparison, Condition, Fact, Measure, VerdictWord};
use crate::protocol::{Moment, Wish};
use crate::recipe::Recipe;
use crate::session::study::StudyKey;
use crate::session::{Bench, Part, Phase, PictureBench, Session, Source, Trick};

/// How things were when a page of a lesson began.
#[derive(Clone, Debug)]
pub(super) struct Baseline {
    key: StudyKey,
    recipe: Recipe,
    rule: ThresholdRule,
    bench: Bench,
    /// Where training was.
    resume: Moment,
    wish: Option<Wish>,
}

impl Baseline {
    pub fn of(session: &Session) -> Self {
        let study = session.study();
        Self {
            key: study.key(),
            recipe: study.recipe.clone(),
            rule: study.rule,
            bench: session.benches.at_hand.clone(),
            resume: resume_of(session),
            wish: session.imagined().map(|imagined| imagined.wish),
        }
    }

    /// Whether the learner has changed what the page builds on and does not ask to change.
    pub fn has_wandered(&self, session: &Session, aims: Aims) -> bool {
        let (study, was) = (session.study(), &self.recipe);
        if aims.recipe {
            return false;
        }
        let now = &study.recipe;
        let is_other_network = now.architecture != was.architecture && !aims.code;
        let is_other_normality = now.normality != was.normality && !aims.normality;
        study.key() != self.key
            || is_other_network
            || is_other_normality
            || now.parts != was.parts
            || now.training.noise.to_bits() != was.training.noise.to_bits()
    }

    /// Whether a condition is met now.
    pub fn is_met(&self, condition: Condition, session: &Session) -> bool {
        match condition {
            Condition::Fact(fact) => self.is_true(fact, session),
            Condition::Compared(measure, comparison, number) => measured(measure, session)
                .is_some_and(|value| match comparison {
                    Comparison::Above => value > number,
                    Comparison::Below => value < number,
                    Comparison::Equal => (value - number).abs() < 1e-6,
                }),
            Condition::Verdict(word) => session.settled_verdict() == Some(word),
            Condition::Recipe(name) => session.recipe_name() == name,
            Condition::Rule(rule) => session.threshold_rule().is_kind_of(&rule),
            Condition::LeftOut(label) => {
                let normality = &session.recipe().normality;
                normality.anomalous_classes.contains(&label)
            }
        }
    }

    fn is_true(&self, fact: Fact, session: &Session) -> bool {
        match fact {
            Fact::Trained => {
                session.phase() == Phase::Finished && resume_of(session) != self.resume
            }
            Fact::Reset => {
                session.phase() == Phase::Untrained && resume_of(session).run != self.resume.run
            }
            Fact::Drawn => self.is_drawn(session),
            Fact::OtherItem => {
                let item = session.bench().item();
                item.is_some() && item != self.bench.item()
            }
            Fact::ThresholdMoved => session.threshold_rule() != self.rule,
            Fact::Measured => session.is_measured() && !session.are_scores_old(),
            Fact::Evaluated => session.evaluation_view().is_some() && !session.is_evaluation_old(),
            Fact::Swept => session.are_sweeps_finished(),
            Fact::Walked => {
                let imagined = session.imagined().filter(|it| it.of.is_some());
                let wish = imagined.map(|it| it.wish);
                wish != self.wish && matches!(wish, Some(Wish::Between { .. }))
            }
            Fact::CodeMoved => {
                let imagined = session.imagined().filter(|it| it.of.is_some());
                let wish = imagined.map(|it| it.wish);
                wish != self.wish && matches!(wish, Some(Wish::Set { .. }))
            }
            Fact::Challenged => session.challenge_attempts().is_some(),
            Fact::HandedIn => session.tried_error(Trick::Own).is_some(),
            Fact::Fooled => session.own_points().is_some_and(|points| points > 0),
            Fact::OwnClass => session.is_of_drawings() && self.is_true(Fact::Trained, session),
        }
    }

    /// Whether ink of the learner's hand lies there that was not there before.
    fn is_drawn(&self, session: &Session) -> bool {
        let Some(drawing) = session.drawing() else {
            return false;
        };
        let is_by_hand = drawing.source() == Source::Hand && !drawing.ink().is_blank();
        let before = self.bench.picture().map(PictureBench::ink);
        is_by_hand && before != Some(drawing.ink())
    }
}

fn resume_of(session: &Session) -> Moment {
    let run = &session.study().run;
    Moment {
        run: run.id,
        position: run.resume_position(),
    }
}

fn measured(measure: Measure, session: &Session) -> Option<f32> {
    match measure {
        Measure::Rotation => Some(session.treatment().rotation_degrees.abs()),
        Measure::Noise => Some(session.treatment().noise),
        Measure::Error => session.settled_error(),
        Measure::Epoch => Some(session.study().run.resume_position().epoch as f32),
        Measure::CodeSize => Some(session.architecture().code_size() as f32),
        Measure::Contamination => Some(session.recipe().normality.contamination * 100.0),
        Measure::Drawings => Some(session.n_own_drawings() as f32),
    }
}

impl Session {
    /// The error of what lies on the bench, by the weights at hand; `None` while it is being measured.
    fn settled_error(&self) -> Option<f32> {
        let judgement = self.judgement()?;
        let is_settled = !self.examiner.work.judging.is_in_flight();
        let is_of_run = judgement.of.run == self.study().run.id;
        let is_of_bench = self.item_on_bench() == Some(&judgement.values[..]);
        (is_settled && is_of_run && is_of_bench).then_some(judgement.error)
    }

    fn settled_verdict(&self) -> Option<VerdictWord> {
        let (error, threshold) = (self.settled_error()?, self.threshold()?);
        Some(if error > threshold {
            VerdictWord::Anomaly
        } else {
            VerdictWord::Normal
        })
    }

    /// The error of one of the challenge's pictures, where it was shown to the detector.
    pub(super) fn tried_error(&self, trick: Trick) -> Option<f32> {
        let attempts = self.challenge_attempts()?;
        let mut tried = attempts.put.iter().zip(&attempts.tried.attempts);
        let (_, attempt) = tried.find(|(put, _)| put.trick == trick)?;
        Some(attempt.error)
    }

    /// How many items the network learned from that are not normal.
    pub(super) fn n_contaminating(&self) -> Option<usize> {
        let scored = self.measured().scores.as_ref()?;
        let normality = &self.recipe().normality;
        let dataset = self.dataset()?;
        let parts = scored.parts.iter().enumerate();
        let contaminating = parts.filter(|&(item, &part)| {
            part == Part::Training && !normality.is_normal(dataset.label_of(item))
        });
        Some(contaminating.count())
    }
}
