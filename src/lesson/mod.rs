//! Lessons as text files: what a lesson is, and how one is read.
//!
//! A lesson is material, be it ours or a teacher's: it says what to show, where to point, what to ask and what must have
//! been done. Nothing in it can run, load or link elsewhere. `www/lessons/README.md` teaches the format.

mod condition;
mod error;
mod figure;
mod nearest;
mod read;
mod shipped;
mod text;

pub use condition::{Comparison, Condition, Fact, Measure, RULES, Task, VerdictWord};
pub use error::LessonError;
pub use figure::Figure;
pub use read::{MAX_LESSON_BYTES, is_lesson, read};
pub use shipped::{SHIPPED, ShippedLesson};
pub use text::{Piece, Text};

/// A lesson.
#[derive(Clone, Debug, PartialEq)]
pub struct Lesson {
    /// Its name.
    pub title: String,
    /// How long it takes.
    pub minutes: u32,
    /// What the learner needs: "nothing", "a drawing", "a file".
    pub needs: String,
    /// What a learner may believe before, for the teacher.
    pub belief: String,
    /// What to talk about afterwards, for the teacher.
    pub discuss: Vec<String>,
    /// At least one.
    pub pages: Vec<Page>,
}

/// One page of a lesson.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Page {
    /// Its heading.
    pub heading: String,
    /// A few sentences, paragraph by paragraph.
    pub text: Vec<Text>,
    /// The state of the page that it begins with.
    pub set: Option<SetUp>,
    /// The accessible name of what it points at.
    pub point: Option<String>,
    /// What is to be predicted before anything moves.
    pub question: Option<Question>,
    /// What the learner must have done.
    pub tasks: Vec<Task>,
    /// What is said once that is done, paragraph by paragraph.
    pub reveal: Vec<Text>,
}

/// A state of the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetUp {
    /// As the fragment of a link, without `#`.
    pub fragment: String,
    /// The line of the file that says so.
    pub line: usize,
}

/// A question to predict.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// As it is asked.
    pub text: String,
    /// At least two.
    pub choices: Vec<String>,
}

impl Lesson {
    /// Every figure that its texts speak of.
    pub fn figures(&self) -> Vec<Figure> {
        let texts = self
            .pages
            .iter()
            .flat_map(|page| page.text.iter().chain(&page.reveal));
        let mut figures: Vec<Figure> = texts.flat_map(Text::figures).collect();
        figures.sort_unstable();
        figures.dedup();
        figures
    }
}
