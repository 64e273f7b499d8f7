//! What this browser keeps across visits.

use super::{Effect, Notice, Session};
use crate::protocol::{ExamineCommand, RememberCommand, RememberedEvent};

/// What concerns what is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RememberingMessage {
    /// Some time has passed, or nobody looks at the page any more: keep what is new.
    Due,
    /// Keep nothing any more, from this visit or others.
    ForgetEverything,
}

/// What is known of what is kept.
#[derive(Clone, Debug, Default)]
pub(super) struct Remembering {
    /// Whether the examiner was asked what is kept from earlier visits.
    has_looked: bool,
    /// The reader wants nothing kept.
    is_off: bool,
    trouble: Option<String>,
}

/// What there is to say of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RememberingView {
    /// What the page keeps, or why it does not.
    pub sentence: String,
    /// Whether something may be kept that could be forgotten.
    pub can_forget: bool,
}

impl Session {
    /// What to say of what this browser keeps.
    pub fn remembering_view(&self) -> RememberingView {
        let Remembering {
            is_off, trouble, ..
        } = &self.remembering;
        let sentence = match trouble {
            _ if *is_off => "This page keeps nothing here any more until it is opened again.",
            Some(trouble) => trouble,
            None => {
                "How far you are in the lessons is kept in this browser, so that you can go on later."
            }
        };
        RememberingView {
            sentence: sentence.to_owned(),
            can_forget: !is_off,
        }
    }

    pub(super) fn update_remembering(&mut self, message: &RememberingMessage) -> Vec<Effect> {
        match message {
            RememberingMessage::Due if !self.examiner.is_listening => Vec::new(),
            RememberingMessage::Due => {
                let mut effects = self.look_for_remembered();
                effects.extend(self.remember_lesson());
                effects
            }
            RememberingMessage::ForgetEverything => {
                self.remembering.is_off = true;
                self.lessons.remembered.clear();
                remember(RememberCommand::ForgetEverything)
            }
        }
    }

    /// Asks, the first time, what is kept from earlier visits.
    fn look_for_remembered(&mut self) -> Vec<Effect> {
        if std::mem::replace(&mut self.remembering.has_looked, true) {
            return Vec::new();
        }
        remember(RememberCommand::Look)
    }

    pub(super) fn on_remembered(&mut self, event: RememberedEvent) {
        match event {
            RememberedEvent::Found { lessons, .. } => self.lessons.remembered = lessons,
            RememberedEvent::Forgotten => {
                self.notice = Some(Notice::new("Nothing is kept in this browser any more."));
            }
            RememberedEvent::Failed { reason } => self.remembering.trouble = Some(reason),
        }
    }

    fn remember_lesson(&mut self) -> Vec<Effect> {
        let new = self.lesson_to_remember();
        let Some(lesson) = new.filter(|_| !self.remembering.is_off) else {
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
