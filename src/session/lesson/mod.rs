//! The lesson at hand: where the learner is in it, what they predicted, and what is done.

mod condition;
mod figure;
mod progress;
mod running;
mod set_up;

use std::sync::Arc;

use super::{Effect, Message, Notice, Session};
use crate::lesson::{Lesson, LessonError, ShippedLesson, read};
use crate::protocol::RememberedLesson;

pub(super) use running::{PageRecord, Running};

use set_up::Before;

/// What concerns the lessons.
#[derive(Clone, Debug, PartialEq)]
pub enum LessonMessage {
    /// Open the lesson of this name, as in the address of its file.
    Open(String),
    /// Its file has arrived.
    Arrived {
        /// Its name.
        slug: String,
        /// The file.
        bytes: Vec<u8>,
    },
    /// Its file did not arrive.
    Failed {
        /// Its name.
        slug: String,
        /// Why, as a sentence part.
        reason: String,
    },
    /// The learner predicts this, counted from 0.
    Predict(usize),
    /// To the next page.
    Next,
    /// To the page before.
    Back,
    /// Set the page up again as the lesson wants it.
    SetUpAgain,
    /// Leave the lesson; what was there before comes back.
    Leave,
}

/// Where a lesson came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LessonSource {
    /// It lies beside the page, under this name.
    Site(String),
    /// The learner opened a file of this name.
    File(String),
}

/// The lesson at hand, and what is known of others.
#[derive(Clone, Debug, Default)]
pub(super) struct Lessons {
    pub running: Option<Box<Running>>,
    /// A lesson that is being fetched, and the page to open, from 0.
    awaited: Option<(String, usize)>,
    /// Lessons that were left, to come back to.
    left: Vec<LeftLesson>,
    /// How far lessons of this site have come, as the browser keeps it.
    pub remembered: Vec<RememberedLesson>,
}

/// A lesson that was left: where, and with what.
#[derive(Clone, Debug)]
pub(super) struct LeftLesson {
    pub source: LessonSource,
    lesson: Arc<Lesson>,
    pub page_idx: usize,
    records: Vec<PageRecord>,
}

/// Longer names are none of a file.
const LONGEST_SLUG: usize = 40;

/// Whether a lesson's file can be called so: nothing that could lead elsewhere.
fn is_slug(name: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    (1..=LONGEST_SLUG).contains(&name.len()) && name.bytes().all(is_plain)
}

/// A lesson whose states the page understands.
fn checked_lesson(bytes: &[u8]) -> Result<Lesson, LessonError> {
    let lesson = read(bytes)?;
    for set in lesson.pages.iter().filter_map(|page| page.set.as_ref()) {
        if let Some(part) = Session::first_mistake_in(&set.fragment) {
            let part: String = part.chars().take(40).collect();
            let what = format!(
                "the page does not understand \"{part}\"; set the page up by hand and copy what stands behind # in \
                 its address."
            );
            return Err(LessonError::new(set.line, what));
        }
    }
    Ok(lesson)
}

impl Session {
    pub(super) fn update_lesson(&mut self, message: LessonMessage) -> Vec<Effect> {
        match message {
            LessonMessage::Open(slug) => self.open_lesson(slug, 0),
            LessonMessage::Arrived { slug, bytes } => self.on_lesson(slug, &bytes),
            LessonMessage::Failed { slug, reason } => {
                self.on_lesson_failed(&slug, &reason);
                Vec::new()
            }
            LessonMessage::Predict(choice) => {
                if let Some(running) = &mut self.lessons.running {
                    running.predict(choice);
                }
                Vec::new()
            }
            LessonMessage::Next => self.turn_lesson(1),
            LessonMessage::Back => self.turn_lesson(-1),
            LessonMessage::SetUpAgain => self.set_up_again(),
            LessonMessage::Leave => self.leave_lesson(),
        }
    }

    /// `training`, or `training:3` for its third page; `None` for what is no name of a lesson.
    pub(super) fn open_linked_lesson(&mut self, value: &str) -> Option<Vec<Effect>> {
        let (slug, page) = value.split_once(':').unwrap_or((value, "1"));
        let page: usize = page.parse().ok().filter(|&page| page > 0)?;
        is_slug(slug).then(|| self.open_lesson(slug.to_owned(), page - 1))
    }

    /// What a link must say to open the lesson at hand where it is; `None` without one that others can have, too.
    pub(super) fn linked_lesson(&self) -> Option<String> {
        let running = self.lessons.running.as_ref()?;
        match &running.source {
            LessonSource::Site(slug) if running.page_idx > 0 => {
                Some(format!("lesson={slug}:{}", running.page_idx + 1))
            }
            LessonSource::Site(slug) => Some(format!("lesson={slug}")),
            LessonSource::File(_) => None,
        }
    }

    fn open_lesson(&mut self, slug: String, page_idx: usize) -> Vec<Effect> {
        let source = LessonSource::Site(slug.clone());
        if let Some(known) = self.lessons.left.iter().find(|left| left.source == source) {
            return self.begin_lesson(Arc::clone(&known.lesson), source, page_idx);
        }
        self.lessons.awaited = Some((slug.clone(), page_idx));
        vec![Effect::FetchLesson(slug)]
    }

    fn on_lesson(&mut self, slug: String, bytes: &[u8]) -> Vec<Effect> {
        let awaited = self
            .lessons
            .awaited
            .take_if(|(awaited, _)| *awaited == slug);
        let Some((_, page_idx)) = awaited else {
            return Vec::new();
        };
        match checked_lesson(bytes) {
            Ok(lesson) => self.begin_lesson(Arc::new(lesson), LessonSource::Site(slug), page_idx),
            Err(error) => {
                self.refuse_lesson(&slug, &error);
                Vec::new()
            }
        }
    }

    fn on_lesson_failed(&mut self, slug: &str, reason: &str) {
        let awaited = self.lessons.awaited.take_if(|(awaited, _)| awaited == slug);
        if awaited.is_none() {
            return;
        }
        let what = match ShippedLesson::named(slug) {
            Some(lesson) => format!("the lesson “{}”", lesson.title),
            None => format!("a lesson called “{slug}”"),
        };
        let again = Message::Lesson(LessonMessage::Open(slug.to_owned()));
        let notice = Notice::not_loaded(&what, reason);
        self.notice = Some(notice.offering("Try again", vec![again]));
    }

    /// Opens a lesson that the learner brought.
    pub(super) fn open_lesson_file(&mut self, name: &str, bytes: &[u8]) -> Vec<Effect> {
        match checked_lesson(bytes) {
            Ok(lesson) => {
                self.notice = None;
                let source = LessonSource::File(name.to_owned());
                self.lessons.left.retain(|left| left.source != source);
                self.begin_lesson(Arc::new(lesson), source, 0)
            }
            Err(error) => {
                self.refuse_lesson(name, &error);
                Vec::new()
            }
        }
    }

    fn refuse_lesson(&mut self, name: &str, error: &LessonError) {
        let text = format!(
            "The lesson {name} has a mistake. {error} What was on the page is still there."
        );
        self.notice = Some(Notice::new(text));
    }

    /// Opens a lesson at a page, or where it was left.
    fn begin_lesson(
        &mut self,
        lesson: Arc<Lesson>,
        source: LessonSource,
        page_idx: usize,
    ) -> Vec<Effect> {
        self.keep_left_lesson();
        let before = match self.lessons.running.take() {
            Some(running) => running.before,
            None => Box::new(Before::of(self)),
        };
        let left = self
            .lessons
            .left
            .iter()
            .position(|left| left.source == source);
        let left = left.map(|idx| self.lessons.left.swap_remove(idx));
        let last_idx = lesson.pages.len() - 1;
        let mut running = Box::new(Running::new(lesson, source, before));
        running.page_idx = page_idx.min(last_idx);
        let mut goes_on_at = self
            .lessons
            .remembered(&running.source)
            .map_or(0, |it| it.page_idx);
        if let Some(left) = left {
            running.records = left.records;
            goes_on_at = left.page_idx;
        }
        if page_idx == 0 && goes_on_at < last_idx {
            running.page_idx = goes_on_at;
        }
        let fragment = running.state_of(running.page_idx);
        self.lessons.running = Some(running);
        self.set_page_up(&fragment)
    }

    /// Remembers where the lesson at hand is left.
    fn keep_left_lesson(&mut self) {
        let Some(running) = &self.lessons.running else {
            return;
        };
        let left = LeftLesson {
            source: running.source.clone(),
            lesson: Arc::clone(&running.lesson),
            page_idx: running.page_idx,
            records: running.records.clone(),
        };
        self.lessons
            .left
            .retain(|known| known.source != left.source);
        self.lessons.left.push(left);
    }

    fn turn_lesson(&mut self, step: isize) -> Vec<Effect> {
        let Some(running) = &mut self.lessons.running else {
            return Vec::new();
        };
        let Some(page_idx) = running.page_idx.checked_add_signed(step) else {
            return Vec::new();
        };
        let Some(page) = running.lesson.pages.get(page_idx) else {
            return Vec::new();
        };
        // Forward, a page that says nothing of its state goes on with that of the page before.
        let fragment = if step > 0 {
            page.set.as_ref().map(|set| set.fragment.clone())
        } else {
            Some(running.state_of(page_idx))
        };
        running.turn_to(page_idx);
        self.notice = None;
        fragment.map_or_else(Vec::new, |fragment| self.set_page_up(&fragment))
    }

    fn set_up_again(&mut self) -> Vec<Effect> {
        let Some(running) = &mut self.lessons.running else {
            return Vec::new();
        };
        running.begin_anew();
        let fragment = running.state_of(running.page_idx);
        self.notice = None;
        self.set_page_up(&fragment)
    }

    fn leave_lesson(&mut self) -> Vec<Effect> {
        self.keep_left_lesson();
        self.lessons.awaited = None;
        match self.lessons.running.take() {
            Some(running) => self.bring_back(*running.before),
            None => Vec::new(),
        }
    }

    /// Looks, after everything that happened, at what of the page of the lesson is done.
    pub(super) fn follow_lesson(&mut self) {
        if let Some(mut running) = self.lessons.running.take() {
            running.follow(self);
            self.lessons.running = Some(running);
        }
    }
}
