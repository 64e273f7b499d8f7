//! A lesson that is under way.

use std::sync::Arc;

use super::LessonSource;
use super::condition::Baseline;
use super::set_up::Before;
use crate::lesson::{Condition, Fact, Figure, Lesson, Measure, Page, Piece, Text};
use crate::session::Session;

/// A lesson and where the learner is in it.
#[derive(Clone, Debug)]
pub(in crate::session) struct Running {
    pub lesson: Arc<Lesson>,
    pub source: LessonSource,
    /// From 0.
    pub page_idx: usize,
    /// One a page.
    pub records: Vec<PageRecord>,
    /// How things were before the lesson.
    pub(super) before: Box<Before>,
    /// How things are when the page begins; `None` until the data are there.
    baseline: Option<Baseline>,
    /// Whether the learner has changed what the page of the lesson builds on.
    pub has_wandered: bool,
}

/// What came of one page.
#[derive(Clone, Debug, Default, PartialEq)]
pub(in crate::session) struct PageRecord {
    /// The choice, from 0.
    pub predicted: Option<usize>,
    /// Whether each task is done.
    pub are_done: Vec<bool>,
    /// The figures of the lesson, as far as they are known; once the page was left, as they were then.
    pub figures: Vec<(Figure, String)>,
    /// The figures with which the page began.
    at_start: Vec<(Figure, String)>,
    /// It was left, so that the figures stay.
    is_left: bool,
}

impl PageRecord {
    /// Whether everything was done and predicted that the page asks for.
    pub fn is_done(&self, page: &Page) -> bool {
        let is_predicted = page.question.is_none() || self.predicted.is_some();
        is_predicted && self.are_done.iter().all(|&is_done| is_done)
    }
}

impl PageRecord {
    /// Keeps each figure as it was when it was first known.
    fn keep_first(&mut self) {
        for (figure, words) in &self.figures {
            if !self.at_start.iter().any(|(known, _)| known == figure) {
                self.at_start.push((*figure, words.clone()));
            }
        }
    }
}

impl Running {
    pub fn new(lesson: Arc<Lesson>, source: LessonSource, before: Box<Before>) -> Self {
        let record = |page: &Page| PageRecord {
            are_done: vec![false; page.tasks.len()],
            ..PageRecord::default()
        };
        Self {
            records: lesson.pages.iter().map(record).collect(),
            lesson,
            source,
            page_idx: 0,
            before,
            baseline: None,
            has_wandered: false,
        }
    }

    /// The page at hand.
    pub fn page(&self) -> &Page {
        &self.lesson.pages[self.page_idx]
    }

    /// What came of the page at hand.
    pub fn record(&self) -> &PageRecord {
        &self.records[self.page_idx]
    }

    /// The state that a page begins with: its own, or that of the nearest page before it that has one.
    pub fn state_of(&self, page_idx: usize) -> String {
        let pages = self.lesson.pages[..=page_idx].iter().rev();
        let mut states = pages.filter_map(|page| page.set.as_ref());
        states
            .next()
            .map_or_else(String::new, |set| set.fragment.clone())
    }

    /// What was predicted stays as it is once the page has shown what happened.
    pub fn predict(&mut self, choice: usize) {
        let page = &self.lesson.pages[self.page_idx];
        let n_choices = page.question.as_ref().map_or(0, |it| it.choices.len());
        let record = &mut self.records[self.page_idx];
        if choice < n_choices && !record.is_done(page) {
            record.predicted = Some(choice);
        }
    }

    pub fn turn_to(&mut self, page_idx: usize) {
        let page = &self.lesson.pages[self.page_idx];
        let record = &mut self.records[self.page_idx];
        record.is_left |= record.is_done(page);
        self.page_idx = page_idx;
        self.baseline = None;
        self.has_wandered = false;
    }

    /// The page is set up once more.
    pub fn begin_anew(&mut self) {
        self.baseline = None;
        self.has_wandered = false;
    }

    /// Looks at what is done by now, and at the figures.
    pub fn follow(&mut self, session: &Session) {
        if session.dataset().is_none() {
            return;
        }
        let baseline = self.baseline.get_or_insert_with(|| Baseline::of(session));
        let page = &self.lesson.pages[self.page_idx];
        let record = &mut self.records[self.page_idx];
        for (task, is_done) in page.tasks.iter().zip(&mut record.are_done) {
            *is_done |= baseline.is_met(task.condition, session);
        }
        if !record.is_left {
            let known = self.lesson.figures().into_iter();
            let known = known.filter_map(|figure| Some((figure, session.figure(figure)?)));
            record.figures = known.collect();
            record.keep_first();
        }
        let has_to_do = !record.is_done(page) && !page.tasks.is_empty();
        let aims = Aims::of(page);
        self.has_wandered = has_to_do && baseline.has_wandered(session, aims);
    }

    /// What a page says first, with the figures with which it began.
    pub fn text_in_words(&self, text: &Text) -> String {
        self.in_words(text, &self.record().at_start)
    }

    /// What a page says in the end, with the figures of now, or as they were when it was left.
    pub fn reveal_in_words(&self, text: &Text) -> String {
        self.in_words(text, &self.record().figures)
    }

    /// Figures that are not known yet are three dots.
    fn in_words(&self, text: &Text, own: &[(Figure, String)]) -> String {
        let pieces = text.pieces.iter().map(|piece| match piece {
            Piece::Words(words) => words.as_str(),
            Piece::Figure { figure, page } => {
                let figures = page.map_or(own, |page| &self.records[page].figures);
                let known = figures.iter().find(|(known, _)| known == figure);
                known.map_or("…", |(_, words)| words)
            }
        });
        pieces.collect()
    }
}

/// What a page itself asks the learner to change.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Aims {
    /// The recipe, or the data that it is for.
    pub recipe: bool,
    /// The size of the code.
    pub code: bool,
    /// What counts as normal, and how much of the rest is trained on.
    pub normality: bool,
}

impl Aims {
    fn of(page: &Page) -> Self {
        let mut aims = Self::default();
        for task in &page.tasks {
            match task.condition {
                Condition::Recipe(_) | Condition::Fact(Fact::OwnClass) => aims.recipe = true,
                Condition::Compared(Measure::CodeSize, ..) => aims.code = true,
                Condition::LeftOut(_) | Condition::Compared(Measure::Contamination, ..) => {
                    aims.normality = true;
                }
                Condition::Fact(_)
                | Condition::Compared(
                    Measure::Rotation
                    | Measure::Noise
                    | Measure::Error
                    | Measure::Epoch
                    | Measure::Drawings,
                    ..,
                )
                | Condition::Verdict(_)
                | Condition::Rule(_) => {}
            }
        }
        aims
    }
}
