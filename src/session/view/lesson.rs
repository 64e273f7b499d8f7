//! The lesson at hand, and those that can be opened.

use super::Session;
use crate::lesson::{SHIPPED, ShippedLesson};
use crate::session::lesson::Running;

/// The page of a lesson that is shown.
#[derive(Clone, Debug, PartialEq)]
pub struct LessonView {
    /// Of the lesson.
    pub title: String,
    /// From 1.
    pub page: usize,
    /// How many there are.
    pub n_pages: usize,
    /// Of the page.
    pub heading: String,
    /// Paragraph by paragraph.
    pub text: Vec<String>,
    /// What to predict, and the choices.
    pub question: Option<(String, Vec<String>)>,
    /// What was predicted, from 0.
    pub predicted: Option<usize>,
    /// What the learner is to do, and whether it is done.
    pub tasks: Vec<(String, bool)>,
    /// Whether all that the page asks for is done.
    pub is_done: bool,
    /// What happened, paragraph by paragraph; empty before it is done.
    pub reveal: Vec<String>,
    /// The accessible name of what to point at; `None` where there is nothing to point at now.
    pub point: Option<String>,
    /// Whether what the page builds on was changed.
    pub has_wandered: bool,
    /// What a teacher should know; on the first page.
    pub for_teachers: Option<ForTeachers>,
}

/// What a teacher should know of a lesson.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ForTeachers {
    /// How long it takes.
    pub minutes: u32,
    /// What the learner needs.
    pub needs: String,
    /// What learners may believe before.
    pub belief: String,
    /// What to talk about afterwards.
    pub discuss: Vec<String>,
}

/// A lesson in the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LessonEntry {
    /// What it is.
    pub lesson: ShippedLesson,
    /// The page at which it was left, from 1; `None` where it begins at its start.
    pub goes_on_at: Option<usize>,
    /// Whether it has come to its end before.
    pub is_finished: bool,
}

impl Session {
    /// The page of the lesson at hand; `None` without one.
    pub fn lesson_view(&self) -> Option<LessonView> {
        let running = self.lessons.running.as_ref()?;
        let (page, record) = (running.page(), running.record());
        let is_done = record.is_done(page);
        let text = page.text.iter().map(|text| running.text_in_words(text));
        let reveal = page.reveal.iter().filter(|_| is_done);
        let reveal = reveal.map(|text| running.reveal_in_words(text));
        let question = page.question.as_ref();
        let waits_for_prediction = question.is_some() && record.predicted.is_none();
        let has_reached = is_done && !page.tasks.is_empty();
        let tasks = page.tasks.iter().zip(&record.are_done);
        Some(LessonView {
            title: running.lesson.title.clone(),
            page: running.page_idx + 1,
            n_pages: running.lesson.pages.len(),
            heading: page.heading.clone(),
            text: text.collect(),
            question: question.map(|it| (it.text.clone(), it.choices.clone())),
            predicted: record.predicted,
            tasks: tasks
                .map(|(task, &is_done)| (task.in_words(), is_done))
                .collect(),
            reveal: reveal.collect(),
            // Nothing is pointed at before the learner has predicted, nor once all is done.
            point: page
                .point
                .clone()
                .filter(|_| !waits_for_prediction && !has_reached),
            has_wandered: running.has_wandered,
            for_teachers: (running.page_idx == 0).then(|| for_teachers(running)),
            is_done,
        })
    }

    /// The lessons that come with the page.
    pub fn lesson_entries(&self) -> Vec<LessonEntry> {
        let entry = |lesson: ShippedLesson| LessonEntry {
            lesson,
            goes_on_at: self
                .lesson_left_at(lesson.slug)
                .map(|page_idx| page_idx + 1),
            is_finished: self.is_lesson_finished(lesson.slug),
        };
        SHIPPED.into_iter().map(entry).collect()
    }
}

fn for_teachers(running: &Running) -> ForTeachers {
    let lesson = &running.lesson;
    ForTeachers {
        minutes: lesson.minutes,
        needs: lesson.needs.clone(),
        belief: lesson.belief.clone(),
        discuss: lesson.discuss.clone(),
    }
}
