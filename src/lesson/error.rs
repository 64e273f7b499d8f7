//! What is wrong with a lesson, where, and what to do about it.

use thiserror::Error;

/// A mistake in a lesson, as a sentence with its line.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[error("Line {line}: {what}")]
pub struct LessonError {
    /// Counted from 1.
    pub line: usize,
    /// What is wrong and what to do.
    pub what: String,
}

impl LessonError {
    /// A mistake in a line, which is counted from 1.
    pub fn new(line: usize, what: impl Into<String>) -> Self {
        Self {
            line,
            what: what.into(),
        }
    }
}

/// Words of a file as a message quotes them: in quotation marks, and not at any length.
pub(super) fn quoted(words: &str) -> String {
    const MOST: usize = 40;
    let mut short: String = words.chars().take(MOST).collect();
    if short.len() < words.len() {
        short.push('…');
    }
    format!("\"{short}\"")
}
