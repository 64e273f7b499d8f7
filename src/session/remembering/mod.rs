//! What this browser keeps across visits, and the offer to go on where one was.

mod keeping;
mod reopening;
mod shelf;

pub(super) use reopening::Reopened;

use super::pending::Pending;
use super::{Effect, Notice, Session};
use crate::protocol::{ExamineCommand, RememberCommand, RememberedEvent, RememberedWork};
use keeping::{RememberedStudy, Writing};

/// What concerns what is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RememberingMessage {
    /// Some time has passed, or nobody looks at the page any more: keep what is new.
    Due,
    /// Go on with the work of this name.
    GoOn(String),
    /// Say no more of earlier work where it stands in the way.
    Decline,
    /// Keep nothing any more, from this visit or others.
    ForgetEverything,
}

/// What is known of what is kept.
#[derive(Clone, Debug, Default)]
pub(super) struct Remembering {
    /// Whether the examiner was asked what is kept from earlier visits.
    has_looked: bool,
    /// Works of earlier visits, the newest first.
    works: Vec<RememberedWork>,
    /// The newest of them is offered where everybody sees it.
    is_offered: bool,
    opening: Pending<RememberedWork>,
    writing: Pending<Writing>,
    /// The studies of this tab that are kept.
    studies: Vec<RememberedStudy>,
    /// Nothing is kept any more, by whoever's wish.
    off: Option<Off>,
    /// What went wrong last, and not right since.
    trouble: Option<String>,
    /// The trouble that the reader was told of when it cost them something.
    told: Option<String>,
}

/// Who wants nothing kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Off {
    /// The reader, here.
    Here,
    /// The reader, in another tab.
    Elsewhere,
}

/// What there is to say of it.
#[derive(Clone, Debug, PartialEq)]
pub struct RememberingView {
    /// What the page keeps, or why it does not.
    pub sentence: String,
    /// Works of earlier visits to go on with, the newest first.
    pub works: Vec<RememberedWork>,
    /// Whether one of them is on its way.
    pub is_opening: bool,
    /// Whether something may be kept that could be forgotten.
    pub can_forget: bool,
}

impl Session {
    /// What to say of what this browser keeps.
    pub fn remembering_view(&self) -> RememberingView {
        let Remembering { off, trouble, .. } = &self.remembering;
        let sentence = match (off, trouble) {
            (Some(Off::Here), _) => {
                "This page keeps nothing here any more until it is opened again."
            }
            (Some(Off::Elsewhere), _) => {
                "Everything that was kept here was forgotten in another tab, so this one keeps nothing either until it is opened again."
            }
            (None, Some(trouble)) => trouble,
            (None, None) => {
                "What you train here, with files of yours up to 20 MB, and how far you are in the lessons is kept in this browser and nowhere else, so that you can go on later."
            }
        };
        RememberingView {
            sentence: sentence.to_owned(),
            works: self.remembering.works.clone(),
            is_opening: self.remembering.opening.is_in_flight(),
            can_forget: off.is_none(),
        }
    }

    /// The newest work of an earlier visit, until the reader has gone on with it or does something else; not in a lesson.
    pub fn offered_work(&self) -> Option<&RememberedWork> {
        let is_offered = self.remembering.is_offered && self.is_readers_own();
        self.remembering.works.first().filter(|_| is_offered)
    }

    /// Whether what is on the page is the reader's own work: not a lesson's, nor a part of somebody else's page.
    fn is_readers_own(&self) -> bool {
        self.lessons.running.is_none() && !self.shown.is_embedded
    }

    pub(super) fn update_remembering(&mut self, message: RememberingMessage) -> Vec<Effect> {
        match message {
            RememberingMessage::Due if !self.examiner.is_listening => Vec::new(),
            RememberingMessage::Due => {
                let mut effects = self.remember_lesson();
                effects.extend(self.remember_drawings());
                effects.extend(self.remember_study());
                effects
            }
            RememberingMessage::GoOn(id) => self.go_on(&id),
            RememberingMessage::Decline => {
                self.remembering.is_offered = false;
                Vec::new()
            }
            RememberingMessage::ForgetEverything => {
                self.keep_nothing(Off::Here);
                remember(RememberCommand::ForgetEverything)
            }
        }
    }

    /// The examiner listens: asks it, the first time, what is kept from earlier visits.
    pub(super) fn look_for_remembered(&mut self) -> Vec<Effect> {
        if std::mem::replace(&mut self.remembering.has_looked, true) {
            return Vec::new();
        }
        remember(RememberCommand::Look)
    }

    pub(super) fn on_remembered(&mut self, event: RememberedEvent) -> Vec<Effect> {
        match event {
            RememberedEvent::Found {
                works,
                lessons,
                drawings,
                trouble,
            } => {
                if self.remembering.off.is_none() {
                    self.remembering.is_offered = true;
                    self.remembering.works = works;
                    self.remembering.trouble = trouble;
                    self.lessons.remembered = lessons;
                    self.take_up_kept(drawings.as_deref());
                }
                Vec::new()
            }
            RememberedEvent::Written { request, outcome } => {
                self.on_study_written(request, outcome)
            }
            RememberedEvent::Opened { request, outcome } => self.on_reopened(request, outcome),
            RememberedEvent::Forgotten => {
                self.notice = Some(Notice::new("Nothing is kept in this browser any more."));
                Vec::new()
            }
            RememberedEvent::Failed { reason } => {
                self.remembering.trouble = Some(reason);
                Vec::new()
            }
        }
    }

    /// The examiner has died: what it was writing is written again, and what it was opening can be asked for again.
    pub(super) fn lose_remembered(&mut self) {
        self.remembering.writing.give_up();
        self.remembering.opening.give_up();
    }

    fn keep_nothing(&mut self, off: Off) {
        self.remembering = Remembering {
            has_looked: true,
            off: Some(off),
            ..Remembering::default()
        };
        self.lessons.remembered.clear();
    }

    /// Keeps what the reader has drawn, in the place of what was kept of it, be that by another tab.
    fn remember_drawings(&mut self) -> Vec<Effect> {
        if self.remembering.off.is_some() || self.shown.is_embedded {
            return Vec::new();
        }
        let new = self.own_classes.take_new();
        new.map_or_else(Vec::new, |bytes| remember(RememberCommand::Drawings(bytes)))
    }

    fn remember_lesson(&mut self) -> Vec<Effect> {
        let new = self.lesson_to_remember();
        let Some(lesson) = new.filter(|_| self.remembering.off.is_none()) else {
            return Vec::new();
        };
        let remembered = &mut self.lessons.remembered;
        remembered.retain(|known| known.slug != lesson.slug);
        remembered.push(lesson.clone());
        remember(RememberCommand::Lesson(lesson))
    }
}

fn remember(command: RememberCommand) -> Vec<Effect> {
    vec![Effect::ToExaminer(ExamineCommand::Remember(command))]
}
