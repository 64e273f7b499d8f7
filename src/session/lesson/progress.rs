//! How far each lesson has come, on this visit and on those before.

use super::{LessonSource, Lessons};
use crate::protocol::RememberedLesson;
use crate::session::Session;

impl Session {
    /// The page at which a lesson was left, from 0; `None` where it was not begun, or was left at its end.
    pub(in crate::session) fn lesson_left_at(&self, slug: &str) -> Option<usize> {
        let source = LessonSource::Site(slug.to_owned());
        let left = self.lessons.left.iter().find(|left| left.source == source);
        let page_idx = match left {
            Some(left) => Some(left.page_idx).filter(|idx| idx + 1 < left.lesson.pages.len()),
            None => self.lessons.remembered(&source).map(|it| it.page_idx),
        };
        page_idx.filter(|&page_idx| page_idx > 0)
    }

    /// Whether a lesson has come to its end, be it on an earlier visit.
    pub(in crate::session) fn is_lesson_finished(&self, slug: &str) -> bool {
        let mut progress = self.lessons.progress();
        progress.any(|lesson| lesson.slug == slug && lesson.is_finished)
    }

    /// A lesson that has come to another page since the browser was told.
    pub(in crate::session) fn lesson_to_remember(&self) -> Option<RememberedLesson> {
        let is_new = |lesson: &RememberedLesson| !self.lessons.remembered.contains(lesson);
        self.lessons.progress().find(is_new)
    }
}

impl Lessons {
    /// What the browser keeps of a lesson; nothing of one from a file.
    pub(super) fn remembered(&self, source: &LessonSource) -> Option<&RememberedLesson> {
        let LessonSource::Site(slug) = source else {
            return None;
        };
        self.remembered.iter().find(|lesson| lesson.slug == *slug)
    }

    /// How far each lesson of this site has come: those of this visit first.
    fn progress(&self) -> impl Iterator<Item = RememberedLesson> {
        let running = self.running.iter();
        let running = running.map(|it| (&it.source, &it.lesson, it.page_idx));
        let left = self.left.iter();
        let left = left.map(|it| (&it.source, &it.lesson, it.page_idx));
        let of_this_visit = running
            .chain(left)
            .filter_map(|(source, lesson, page_idx)| {
                let LessonSource::Site(slug) = source else {
                    return None;
                };
                let is_at_end = page_idx + 1 == lesson.pages.len();
                let before = self.remembered(source);
                Some(RememberedLesson {
                    slug: slug.clone(),
                    page_idx: if is_at_end { 0 } else { page_idx },
                    is_finished: is_at_end || before.is_some_and(|before| before.is_finished),
                })
            });
        of_this_visit.chain(self.remembered.iter().cloned())
    }
}
