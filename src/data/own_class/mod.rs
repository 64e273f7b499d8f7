//! Classes that a reader makes up: a few drawings of each under a name, and the data set that they are stretched to.
//!
//! A [`Collection`] holds the drawings as they were made, prepared as a bench prepares them, and is kept in a file
//! ([`Collection::to_bytes`]). [`Collection::dataset`] makes many items of each by small shifts, turns, widths and slants;
//! copies of one drawing stay on one side of every split.

mod class_name;
mod drawing;
mod file;
mod merging;
mod stretching;

use thiserror::Error;

pub use class_name::ClassName;
pub use drawing::Drawing;
pub use file::{DrawingsFileError, is_drawings};
pub use merging::Merged;

/// Fewer drawings of a class leave too few to set a threshold with.
pub const FEWEST_DRAWINGS: usize = 10;

/// As many as make a class worth judging by.
pub const GOOD_DRAWINGS: usize = 20;

/// No class has more drawings.
pub const MOST_DRAWINGS: usize = 50;

/// No collection has more classes.
pub const MOST_CLASSES: usize = 10;

/// The drawings of one class, in the order in which they were made.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DrawnClass {
    /// What they show; empty until somebody says so.
    pub name: ClassName,
    /// At most [`MOST_DRAWINGS`].
    pub drawings: Vec<Drawing>,
}

/// Classes that were drawn, at most [`MOST_CLASSES`], and what stands beside them to be found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Collection {
    /// In the order in which they came.
    pub classes: Vec<DrawnClass>,
    /// Other things, which nothing is ever learned from.
    pub others: Option<Others>,
}

/// Pictures of other things than were drawn, of the network's size.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Others {
    /// What one of them is called.
    pub name: ClassName,
    /// Pixels, 0 to 255, picture by picture and row by row.
    pub(super) levels: Vec<u8>,
}

/// Why nothing can be learned from drawings yet; each text says what to do.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum NotReady {
    /// Nothing was drawn at all.
    #[error("Draw something, and add it.")]
    Nothing,
    /// A class has no name.
    #[error("Give what you draw a name.")]
    NoName,
    /// Two classes could not be told apart.
    #[error("Two classes are called “{name}”: give one of them another name.")]
    SameName {
        /// Their name.
        name: ClassName,
    },
    /// A class has too few drawings.
    #[error("Draw {n_missing} more of “{name}”: {FEWEST_DRAWINGS} are needed at least.")]
    TooFew {
        /// Which class.
        name: ClassName,
        /// How many are missing.
        n_missing: usize,
    },
}

impl Collection {
    /// All drawings of all classes.
    pub fn n_drawings(&self) -> usize {
        self.classes.iter().map(|class| class.drawings.len()).sum()
    }

    /// Whether anything can be learned from them.
    ///
    /// # Errors
    /// What is missing.
    pub fn require_ready(&self) -> Result<(), NotReady> {
        self.require_names()?;
        let small = self.classes.iter();
        let mut small = small.filter(|class| class.drawings.len() < FEWEST_DRAWINGS);
        match small.next() {
            Some(class) => Err(NotReady::TooFew {
                name: class.name.clone(),
                n_missing: FEWEST_DRAWINGS - class.drawings.len(),
            }),
            None => Ok(()),
        }
    }

    /// Whether they can be given to somebody else.
    ///
    /// # Errors
    /// When there is nothing to give, or it is not said what it is.
    pub fn require_names(&self) -> Result<(), NotReady> {
        if self.n_drawings() == 0 {
            return Err(NotReady::Nothing);
        }
        for (idx, class) in self.classes.iter().enumerate() {
            if class.name.is_empty() {
                return Err(NotReady::NoName);
            }
            if self.classes[..idx]
                .iter()
                .any(|it| it.name.is_like(&class.name))
            {
                let name = class.name.clone();
                return Err(NotReady::SameName { name });
            }
        }
        Ok(())
    }

    /// What it is called: "star", "star and heart", "star, heart and sun".
    pub fn title(&self) -> String {
        let names = self.classes.iter().map(|class| class.name.to_string());
        let mut names: Vec<String> = names.collect();
        let last = names.pop().unwrap_or_default();
        if names.is_empty() {
            last
        } else {
            format!("{} and {last}", names.join(", "))
        }
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::picture::{Brush, INK_PER_PIXEL, Picture};
    use crate::random::Mt19937;

    /// A cross that leans as no other one does.
    pub fn cross(seed: u64) -> Drawing {
        let mut hand = Mt19937::new(seed);
        let side = (drawing::SIDE * INK_PER_PIXEL) as f32;
        let mut ink = Picture::blank(drawing::SIDE * INK_PER_PIXEL, drawing::SIDE * INK_PER_PIXEL);
        let mut place = |x: f32, y: f32| {
            let mut beside = |along: f32| (along + hand.uniform(-0.06, 0.06)) * side;
            (beside(x), beside(y))
        };
        for (from, to) in [((0.2, 0.2), (0.8, 0.8)), ((0.8, 0.2), (0.2, 0.8))] {
            ink.stroke(place(from.0, from.1), place(to.0, to.1), 4.0, Brush::Ink);
        }
        Drawing::of(&ink).expect("something was drawn")
    }

    pub fn class(name: &str, seeds: std::ops::Range<u64>) -> DrawnClass {
        DrawnClass {
            name: ClassName::new(name).expect("a short name"),
            drawings: seeds.map(cross).collect(),
        }
    }

    pub fn collection(classes: Vec<DrawnClass>) -> Collection {
        Collection {
            classes,
            others: None,
        }
    }

    #[test]
    fn what_is_missing_is_said_until_nothing_is() {
        let says = |classes| {
            let outcome = collection(classes).require_ready();
            outcome.map_err(|missing| missing.to_string())
        };
        assert_eq!(says(vec![]), Err("Draw something, and add it.".to_owned()));
        assert_eq!(
            says(vec![class("", 0..10)]),
            Err("Give what you draw a name.".to_owned())
        );
        assert_eq!(
            says(vec![class("star", 0..8)]),
            Err("Draw 2 more of “star”: 10 are needed at least.".to_owned())
        );
        assert_eq!(
            says(vec![class("star", 0..10), class("Star", 10..20)]),
            Err("Two classes are called “Star”: give one of them another name.".to_owned())
        );
        assert_eq!(says(vec![class("star", 0..10)]), Ok(()));
    }

    #[test]
    fn several_classes_are_named_together() {
        let of = |names: &[&str]| collection(names.iter().map(|it| class(it, 0..1)).collect());
        assert_eq!(of(&["star"]).title(), "star");
        assert_eq!(of(&["star", "heart", "sun"]).title(), "star, heart and sun");
    }
}
