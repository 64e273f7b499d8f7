//! Text with figures of the run at hand in it.

use super::error::{LessonError, quoted};
use super::figure::Figure;

/// A paragraph.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text {
    /// In their order.
    pub pieces: Vec<Piece>,
}

/// A part of a paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// As they are.
    Words(String),
    /// A figure of the run at hand, or as it was when the learner was done with an earlier page.
    Figure {
        /// Which.
        figure: Figure,
        /// The earlier page, from 0.
        page: Option<usize>,
    },
}

impl Text {
    /// Every figure that it speaks of.
    pub fn figures(&self) -> impl Iterator<Item = Figure> {
        self.pieces.iter().filter_map(|piece| match piece {
            Piece::Words(_) => None,
            Piece::Figure { figure, .. } => Some(*figure),
        })
    }

    /// Reads `words` of a line, in which figures stand in braces; `page_idx` is the page they are on.
    ///
    /// # Errors
    /// Where a brace is not closed, or there is no such figure or page.
    pub(super) fn read(words: &str, line: usize, page_idx: usize) -> Result<Self, LessonError> {
        let mut pieces = Vec::new();
        let mut rest = words;
        while let Some((before, after)) = rest.split_once('{') {
            let (name, after) = after.split_once('}').ok_or_else(|| {
                let what = "a figure begins with { and is not closed; write it as {error}.";
                LessonError::new(line, what)
            })?;
            if !before.is_empty() {
                pieces.push(Piece::Words(before.to_owned()));
            }
            pieces.push(piece(name, line, page_idx)?);
            rest = after;
        }
        if !rest.is_empty() {
            pieces.push(Piece::Words(rest.to_owned()));
        }
        Ok(Self { pieces })
    }
}

/// "error", or "error on page 2".
fn piece(name: &str, line: usize, page_idx: usize) -> Result<Piece, LessonError> {
    let (name, page) = match name.split_once(" on page ") {
        Some((name, number)) => (name, Some(number)),
        None => (name, None),
    };
    let page = page.map(|number| {
        let earlier = number.trim().parse::<usize>().ok();
        earlier
            .filter(|&number| number >= 1 && number <= page_idx)
            .map(|number| number - 1)
            .ok_or_else(|| {
                let what = format!(
                    "{} is no page before this one; a figure can be kept from an earlier page only, counted from 1.",
                    quoted(number)
                );
                LessonError::new(line, what)
            })
    });
    let figure = Figure::named(name.trim(), line)?;
    Ok(Piece::Figure {
        figure,
        page: page.transpose()?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_stand_in_braces() {
        let text = Text::read("Error {error}, before {error on page 1}.", 3, 1).expect("good");
        let words = |words: &str| Piece::Words(words.to_owned());
        let figure = |page| Piece::Figure {
            figure: Figure::Error,
            page,
        };
        assert_eq!(
            text.pieces,
            [
                words("Error "),
                figure(None),
                words(", before "),
                figure(Some(0)),
                words(".")
            ]
        );
    }

    #[test]
    fn a_mistake_in_a_figure_is_a_sentence_with_its_line() {
        let refusal = |words| Text::read(words, 7, 1).expect_err("a mistake").to_string();
        assert_eq!(
            refusal("so {eror}"),
            "Line 7: there is no figure called \"eror\"; did you mean {error}?"
        );
        assert!(refusal("so {error").starts_with("Line 7: a figure begins with {"));
        assert!(refusal("{error on page 2}").contains("\"2\" is no page before this one"));
    }
}
