//! What a reader calls a class.

use std::fmt;

use thiserror::Error;

/// Longer names do not fit where they are shown.
const LONGEST: usize = 24;

/// The name of a class: one line of at most 24 characters; empty until somebody says what the class is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ClassName(String);

/// A name that cannot be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("A name has {LONGEST} letters at most.")]
pub struct NameTooLong;

impl ClassName {
    /// A name as it was typed: white space around it does not count, and within it is a single blank.
    ///
    /// # Errors
    /// When it is too long.
    pub fn new(typed: &str) -> Result<Self, NameTooLong> {
        let is_shown = |it: char| it.is_whitespace() || !it.is_control();
        let typed: String = typed.chars().filter(|&it| is_shown(it)).collect();
        let words: Vec<&str> = typed.split_whitespace().collect();
        let name = words.join(" ");
        if name.chars().count() > LONGEST {
            return Err(NameTooLong);
        }
        Ok(Self(name))
    }

    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether nobody has said it yet.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether both mean the same: small and capital letters do not differ.
    pub fn is_like(&self, other: &Self) -> bool {
        !self.is_empty() && self.0.to_lowercase() == other.0.to_lowercase()
    }

    /// "a star", "an apple".
    pub fn with_article(&self) -> String {
        let begins_with_a_vowel = self.0.starts_with(['a', 'e', 'i', 'o', 'A', 'E', 'I', 'O']);
        let article = if begins_with_a_vowel { "an" } else { "a" };
        format!("{article} {self}")
    }
}

impl fmt::Display for ClassName {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_one_short_line() {
        let of = |typed: &str| ClassName::new(typed).map(|name| name.to_string());
        assert_eq!(of("  my \n\t star "), Ok("my star".to_owned()));
        assert_eq!(of("st\u{7}ar"), Ok("star".to_owned()));
        assert_eq!(of(&"x".repeat(25)), Err(NameTooLong));
        assert_eq!(of(&"ß".repeat(24)), Ok("ß".repeat(24)));
    }

    #[test]
    fn a_name_is_spoken_with_its_article_and_known_in_capitals() {
        let of = |typed: &str| ClassName::new(typed).expect("short");
        assert_eq!(of("apple").with_article(), "an apple");
        assert_eq!(of("star").with_article(), "a star");
        assert!(of("Star").is_like(&of("star")));
        assert!(!of("").is_like(&of("")));
    }
}
