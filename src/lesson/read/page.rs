//! A page while it is read.

use super::{
    KEYS_OF_HEAD, KEYS_OF_PAGE, LessonError, MOST_TASKS, Open, Page, Question, SetUp, Task, Text,
    at_most, unknown_key,
};

/// Of its text, and of its reveal.
const MOST_PARAGRAPHS: usize = 12;

/// A paragraph that may go on in the next line.
#[derive(Debug)]
struct Paragraph {
    words: String,
    line: usize,
}

/// A page while it is read.
#[derive(Debug, Default)]
pub(super) struct OpenPage {
    pub page: Page,
    line: usize,
    question_line: usize,
    text: Vec<Paragraph>,
    reveal: Option<Vec<Paragraph>>,
}

impl OpenPage {
    /// A page whose heading stands in this line.
    pub fn new(heading: &str, line: usize) -> Self {
        let page = Page {
            heading: heading.to_owned(),
            ..Page::default()
        };
        Self {
            page,
            line,
            ..Self::default()
        }
    }

    pub fn take_key(&mut self, key: &str, value: &str, number: usize) -> Result<Open, LessonError> {
        let is_known = KEYS_OF_PAGE.contains(&key) || KEYS_OF_HEAD.contains(&key);
        if value.is_empty() && is_known {
            let what = format!(
                "{key}: says nothing; write what it is to be behind the colon, or leave the line out."
            );
            return Err(LessonError::new(number, what));
        }
        let page = &mut self.page;
        let is_second = match key {
            "set" => page.set.is_some(),
            "point" => page.point.is_some(),
            "predict" => page.question.is_some(),
            "reveal" => self.reveal.is_some(),
            _ => false,
        };
        if is_second {
            let what = format!("the page has a line with {key}: already; keep one of the two.");
            return Err(LessonError::new(number, what));
        }
        match key {
            "set" => {
                page.set = Some(SetUp {
                    fragment: value.trim_start_matches('#').to_owned(),
                    line: number,
                });
            }
            "point" => page.point = Some(value.to_owned()),
            "predict" => {
                self.question_line = number;
                page.question = Some(Question {
                    text: value.to_owned(),
                    choices: Vec::new(),
                });
                return Ok(Open::Question);
            }
            "do" => {
                at_most(page.tasks.len() + 1, MOST_TASKS, "lines with do:", number)?;
                page.tasks.push(Task::read(value, number)?);
            }
            "reveal" => {
                self.reveal = Some(Vec::new());
                self.add_words(value, number, false)?;
                return Ok(Open::Paragraph);
            }
            key if KEYS_OF_HEAD.contains(&key) => {
                let what =
                    format!("{key}: belongs to the whole lesson; write it above the first page.");
                return Err(LessonError::new(number, what));
            }
            _ => return Err(unknown_key(key, number)),
        }
        Ok(Open::Nothing)
    }

    /// Words of the text, or of the reveal once that has begun.
    pub fn add_words(
        &mut self,
        words: &str,
        line: usize,
        goes_on: bool,
    ) -> Result<(), LessonError> {
        let paragraphs = self.reveal.as_mut().unwrap_or(&mut self.text);
        if let Some(last) = paragraphs.last_mut().filter(|_| goes_on) {
            last.words.push(' ');
            last.words.push_str(words);
            return Ok(());
        }
        at_most(paragraphs.len() + 1, MOST_PARAGRAPHS, "paragraphs", line)?;
        paragraphs.push(Paragraph {
            words: words.to_owned(),
            line,
        });
        Ok(())
    }

    pub fn finish(self, page_idx: usize) -> Result<Page, LessonError> {
        let mut page = self.page;
        if page.heading.is_empty() {
            let what = "the page has no heading; write one behind ##.";
            return Err(LessonError::new(self.line, what));
        }
        if page
            .question
            .as_ref()
            .is_some_and(|it| it.choices.len() < 2)
        {
            let what = "a question needs two answers or more; write each below it, on a line that begins with - and a \
                        space.";
            return Err(LessonError::new(self.question_line, what));
        }
        let read = |paragraphs: Vec<Paragraph>| {
            let texts = paragraphs.into_iter();
            let texts = texts.map(|it| Text::read(&it.words, it.line, page_idx));
            texts.collect::<Result<Vec<Text>, LessonError>>()
        };
        page.text = read(self.text)?;
        page.reveal = read(self.reveal.unwrap_or_default())?;
        Ok(page)
    }
}
