//! What stands between two cells.

use serde::{Deserialize, Serialize};

/// What separates the cells of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Separator {
    Tab,
    Semicolon,
    Bar,
    Comma,
    /// One or more spaces or tabs, as in columns that are aligned for the eye.
    Spaces,
}

impl Separator {
    /// Those of a single character; on a draw the earlier one wins, for commas are also in numbers and in prose.
    pub(super) const CHARACTERS: [Self; 4] = [Self::Tab, Self::Semicolon, Self::Bar, Self::Comma];

    /// The byte between two cells, once runs of spaces have become tabs.
    pub(super) fn byte(self) -> u8 {
        match self {
            Self::Tab | Self::Spaces => b'\t',
            Self::Semicolon => b';',
            Self::Bar => b'|',
            Self::Comma => b',',
        }
    }

    /// As a first line `sep=;` names it, which spreadsheets understand.
    pub(super) fn named_in(text: &str) -> Option<Self> {
        let line = text
            .lines()
            .next()?
            .trim_start_matches('"')
            .trim_end_matches('"');
        let (key, named) = (line.get(..4)?, line.get(4..)?);
        let mut known = Self::CHARACTERS.into_iter();
        let found = known.find(|it| named.as_bytes() == [it.byte()]);
        found.filter(|_| key.eq_ignore_ascii_case("sep="))
    }

    pub(super) fn title(self) -> &'static str {
        match self {
            Self::Tab => "tabs",
            Self::Semicolon => "semicolons",
            Self::Bar => "bars",
            Self::Comma => "commas",
            Self::Spaces => "spaces",
        }
    }
}

/// The text with a tab for every run of spaces and tabs that is not within quotes, and none at the ends of lines.
pub(super) fn with_tabs(text: &str) -> String {
    let mut tabbed = String::with_capacity(text.len());
    let (mut is_quoted, mut is_line_empty, mut is_after_space) = (false, true, false);
    for character in text.chars() {
        match character {
            _ if is_quoted => {
                is_quoted = character != '"';
                tabbed.push(character);
            }
            '\n' | '\r' => {
                (is_line_empty, is_after_space) = (true, false);
                tabbed.push(character);
            }
            ' ' | '\t' => is_after_space = true,
            _ => {
                if is_after_space && !is_line_empty {
                    tabbed.push('\t');
                }
                is_quoted = character == '"' && (is_after_space || is_line_empty);
                (is_line_empty, is_after_space) = (false, false);
                tabbed.push(character);
            }
        }
    }
    tabbed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_first_line_can_name_the_separator() {
        assert_eq!(
            Separator::named_in("sep=;\na;b"),
            Some(Separator::Semicolon)
        );
        assert_eq!(
            Separator::named_in("\"SEP=|\"\r\na|b"),
            Some(Separator::Bar)
        );
        assert_eq!(Separator::named_in("sep=\t\na\tb"), Some(Separator::Tab));
        for other in ["", "a;b", "sep=", "sep=;;", "separate", "päp=;"] {
            assert_eq!(Separator::named_in(other), None, "{other:?}");
        }
    }

    #[test]
    fn runs_of_spaces_become_tabs_but_within_quotes() {
        assert_eq!(
            with_tabs("  1   2 \t 3  \n\n4 \"a  b\" c\"d e\r\n"),
            "1\t2\t3\n\n4\t\"a  b\"\tc\"d\te\r\n"
        );
    }
}
