//! Reads a lesson from a text, line by line.

mod page;

use super::condition::Task;
use super::error::{LessonError, quoted};
use super::nearest::suggestion;
use super::{Lesson, Page, Question, SetUp, Text};

use page::OpenPage;

/// A lesson is a few pages of text; anything larger is something else.
pub const MAX_LESSON_BYTES: usize = 64 * 1024;
const MOST_PAGES: usize = 20;
const MOST_CHOICES: usize = 8;
const MOST_TASKS: usize = 8;
const MOST_MINUTES: u32 = 240;

/// Files with this ending are lessons, whatever is in them.
const ENDING: &str = ".lesson.txt";
/// The line that tells a lesson from another text stands among the first.
const LINES_OF_HEAD: usize = 20;

const KEYS_OF_HEAD: [&str; 4] = ["minutes", "needs", "belief", "discuss"];
const KEYS_OF_PAGE: [&str; 5] = ["set", "point", "predict", "do", "reveal"];

/// Whether a file is meant to be a lesson.
pub fn is_lesson(name: &str, bytes: &[u8]) -> bool {
    if name.ends_with(ENDING) {
        return true;
    }
    let head = &bytes[..bytes.len().min(MAX_LESSON_BYTES)];
    let head = String::from_utf8_lossy(head);
    let head = head.trim_start_matches('\u{feff}').trim_start();
    let mut lines = head.lines().take(LINES_OF_HEAD);
    head.starts_with("# ") && lines.any(|line| line.starts_with("minutes:"))
}

/// Reads a lesson.
///
/// # Errors
/// The first mistake, with its line and what to do about it.
pub fn read(bytes: &[u8]) -> Result<Lesson, LessonError> {
    if bytes.len() > MAX_LESSON_BYTES {
        let what = "the file is larger than 64 kB, too large for a lesson; cut it into several.";
        return Err(LessonError::new(1, what));
    }
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let line = bytes[..error.valid_up_to()]
            .split(|&byte| byte == b'\n')
            .count();
        LessonError::new(
            line,
            "there is something that is no text; save the file as UTF-8.",
        )
    })?;
    let mut reader = Reader::default();
    for (line_idx, line) in text.trim_start_matches('\u{feff}').lines().enumerate() {
        reader.take(line.trim_end(), line_idx + 1)?;
    }
    reader.finish()
}

/// What a line without a key goes on with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Open {
    /// Nothing: it begins a paragraph.
    #[default]
    Nothing,
    Paragraph,
    Discuss,
    Belief,
    Question,
    Choice,
}

#[derive(Debug, Default)]
struct Reader {
    title: Option<String>,
    minutes: Option<u32>,
    needs: Option<String>,
    belief: String,
    discuss: Vec<String>,
    pages: Vec<OpenPage>,
    open: Open,
    n_lines: usize,
}

impl Reader {
    fn take(&mut self, line: &str, number: usize) -> Result<(), LessonError> {
        self.n_lines = number;
        let line: String = line.chars().map(plain).collect();
        let line = line.trim();
        if line.is_empty() {
            self.open = Open::Nothing;
            return Ok(());
        }
        if let Some(heading) = line.strip_prefix("## ") {
            return self.begin_page(heading.trim(), number);
        }
        if let Some(title) = line.strip_prefix("# ") {
            return self.begin(title.trim(), number);
        }
        if self.title.is_none() {
            let what = "a lesson begins with its name; write it as: # Name of the lesson.";
            return Err(LessonError::new(number, what));
        }
        if let Some(choice) = line.strip_prefix("- ") {
            return self.take_choice(choice.trim(), number);
        }
        match key_of(line) {
            Some((key, value)) => self.take_key(key, value, number),
            None => self.go_on(line, number),
        }
    }

    fn begin(&mut self, title: &str, number: usize) -> Result<(), LessonError> {
        if self.title.is_some() {
            let what = "this is a second name; begin a page with ## and a heading.";
            return Err(LessonError::new(number, what));
        }
        self.title = Some(title.to_owned());
        self.open = Open::Nothing;
        Ok(())
    }

    fn begin_page(&mut self, heading: &str, number: usize) -> Result<(), LessonError> {
        if self.title.is_none() {
            let what = "a lesson begins with its name; write it as: # Name of the lesson.";
            return Err(LessonError::new(number, what));
        }
        at_most(self.pages.len() + 1, MOST_PAGES, "pages", number)?;
        self.pages.push(OpenPage::new(heading, number));
        self.open = Open::Nothing;
        Ok(())
    }

    fn take_choice(&mut self, choice: &str, number: usize) -> Result<(), LessonError> {
        let question = self
            .pages
            .last_mut()
            .and_then(|it| it.page.question.as_mut());
        let (Some(question), Open::Question | Open::Choice) = (question, self.open) else {
            let what = "a line that begins with - is an answer, and there is no question above it; write predict: and \
                        the question first.";
            return Err(LessonError::new(number, what));
        };
        at_most(question.choices.len() + 1, MOST_CHOICES, "answers", number)?;
        question.choices.push(choice.to_owned());
        self.open = Open::Choice;
        Ok(())
    }

    fn take_key(&mut self, key: &str, value: &str, number: usize) -> Result<(), LessonError> {
        self.open = Open::Nothing;
        match self.pages.last_mut() {
            Some(page) => self.open = page.take_key(key, value, number)?,
            None => self.take_key_of_head(key, value, number)?,
        }
        Ok(())
    }

    fn take_key_of_head(
        &mut self,
        key: &str,
        value: &str,
        number: usize,
    ) -> Result<(), LessonError> {
        match key {
            "minutes" => {
                let minutes = value
                    .parse()
                    .ok()
                    .filter(|it| (1..=MOST_MINUTES).contains(it));
                let what =
                    "how long it takes is a number of minutes; write for example: minutes: 3.";
                self.minutes = Some(minutes.ok_or_else(|| LessonError::new(number, what))?);
            }
            "needs" => self.needs = Some(value.to_owned()),
            "belief" => {
                value.clone_into(&mut self.belief);
                self.open = Open::Belief;
            }
            "discuss" => {
                at_most(
                    self.discuss.len() + 1,
                    MOST_TASKS,
                    "lines with discuss:",
                    number,
                )?;
                self.discuss.push(value.to_owned());
                self.open = Open::Discuss;
            }
            key if KEYS_OF_PAGE.contains(&key) => {
                let what =
                    format!("{key}: belongs to a page; begin one above it with ## and a heading.");
                return Err(LessonError::new(number, what));
            }
            _ => return Err(unknown_key(key, number)),
        }
        Ok(())
    }

    /// A line that begins with no key.
    fn go_on(&mut self, line: &str, number: usize) -> Result<(), LessonError> {
        let joined = |known: &mut String| {
            known.push(' ');
            known.push_str(line);
        };
        let question = self
            .pages
            .last_mut()
            .and_then(|it| it.page.question.as_mut());
        match (self.open, question) {
            (Open::Belief, _) => joined(&mut self.belief),
            (Open::Discuss, _) => {
                if let Some(last) = self.discuss.last_mut() {
                    joined(last);
                }
            }
            (Open::Question, Some(question)) => joined(&mut question.text),
            (Open::Choice, Some(question)) => {
                if let Some(last) = question.choices.last_mut() {
                    joined(last);
                }
            }
            (Open::Nothing | Open::Paragraph | Open::Question | Open::Choice, _) => {
                let Some(page) = self.pages.last_mut() else {
                    let what = "text belongs to a page; begin one above it with ## and a heading.";
                    return Err(LessonError::new(number, what));
                };
                page.add_words(line, number, self.open == Open::Paragraph)?;
                self.open = Open::Paragraph;
            }
        }
        Ok(())
    }

    fn finish(self) -> Result<Lesson, LessonError> {
        let end = self.n_lines.max(1);
        let missing = |what: &str| LessonError::new(end, what);
        let title = self.title.filter(|title| !title.is_empty());
        let title = title.ok_or_else(|| {
            missing("the lesson has no name; begin the file with: # Name of the lesson.")
        })?;
        let minutes = self.minutes.ok_or_else(|| {
            missing("nobody knows how long it takes; write minutes: and a number below the name.")
        })?;
        if self.pages.is_empty() {
            return Err(missing(
                "the lesson has no page; begin one with ## and a heading.",
            ));
        }
        let pages = self.pages.into_iter().enumerate();
        let pages: Result<Vec<Page>, LessonError> =
            pages.map(|(idx, page)| page.finish(idx)).collect();
        Ok(Lesson {
            title,
            minutes,
            needs: self.needs.unwrap_or_else(|| "nothing".to_owned()),
            belief: self.belief,
            discuss: self.discuss,
            pages: pages?,
        })
    }
}

/// "set: recipe=…": a word of small letters at the beginning of a line, with a colon.
fn key_of(line: &str) -> Option<(&str, &str)> {
    let (key, value) = line.split_once(':')?;
    let is_key = !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_lowercase());
    is_key.then(|| (key, value.trim()))
}

fn unknown_key(key: &str, line: usize) -> LessonError {
    let keys = KEYS_OF_HEAD.into_iter().chain(KEYS_OF_PAGE);
    let nearest = suggestion(key, keys, |key| format!("{key}:"));
    let what = format!(
        "no line begins with {}{nearest} A sentence begins with a capital letter.",
        quoted(&format!("{key}:"))
    );
    LessonError::new(line, what)
}

fn at_most(n: usize, most: usize, what: &str, line: usize) -> Result<(), LessonError> {
    if n > most {
        let what = format!("there are more than {most} {what}; leave some out.");
        return Err(LessonError::new(line, what));
    }
    Ok(())
}

/// Characters that nobody sees, or that turn the order of others round, become spaces.
fn plain(character: char) -> char {
    let is_unseen = character.is_control()
        || matches!(character, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    if is_unseen { ' ' } else { character }
}

#[cfg(test)]
mod tests;
