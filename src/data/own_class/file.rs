//! Drawings as a file, to be kept, given to others and opened again.
//!
//! | bytes | what |
//! |---|---|
//! | 4 | `BNDC` |
//! | 1 | version of the format, 1 |
//! | rest | names and cells of each class, then those of what stands beside them, as postcard writes them |

use std::borrow::Cow;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::drawing::{N_CELLS, SIDE};
use super::{ClassName, Collection, Drawing, DrawnClass, MOST_CLASSES, MOST_DRAWINGS, Others};

const MAGIC: [u8; 4] = *b"BNDC";
const VERSION: u8 = 1;

/// Why a file of drawings cannot be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum DrawingsFileError {
    /// It was written by a later version of this program.
    #[error(
        "the drawings were saved by a newer version of this page; reload it to get that version"
    )]
    Newer,
    /// It is not what was written.
    #[error("the file of drawings is damaged; have it saved once more")]
    Damaged,
    /// There is nothing in it.
    #[error("the file holds no drawings; choose one that was saved after something was drawn")]
    Empty,
}

#[derive(Serialize, Deserialize)]
struct Body<'a> {
    #[serde(borrow)]
    classes: Vec<Named<'a>>,
    #[serde(borrow)]
    others: Option<Named<'a>>,
}

/// Pictures of the same size under one name.
#[derive(Serialize, Deserialize)]
struct Named<'a> {
    name: Cow<'a, str>,
    #[serde(with = "serde_bytes", borrow)]
    levels: Cow<'a, [u8]>,
}

/// Whether a file holds drawings, by its first bytes.
pub fn is_drawings(bytes: &[u8]) -> bool {
    bytes.starts_with(&MAGIC)
}

impl Collection {
    /// All of it as a file; classes without drawings are left out.
    pub fn to_bytes(&self) -> Vec<u8> {
        let drawn = self.classes.iter().filter(|it| !it.drawings.is_empty());
        let classes = drawn.map(|class| Named {
            name: Cow::Borrowed(class.name.as_str()),
            levels: class
                .drawings
                .iter()
                .flat_map(Drawing::levels)
                .copied()
                .collect(),
        });
        let others = self.others.as_ref().map(|others| Named {
            name: Cow::Borrowed(others.name.as_str()),
            levels: Cow::Borrowed(&others.levels),
        });
        let body = Body {
            classes: classes.collect(),
            others,
        };
        let body = postcard::to_allocvec(&body).unwrap_or_default();
        [&MAGIC[..], &[VERSION], &body].concat()
    }

    /// The drawings in a file.
    ///
    /// # Errors
    /// When the file is damaged, newer, or holds none.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, DrawingsFileError> {
        let body = bytes
            .strip_prefix(&MAGIC)
            .ok_or(DrawingsFileError::Damaged)?;
        let (&version, body) = body.split_first().ok_or(DrawingsFileError::Damaged)?;
        match version {
            VERSION => {}
            0 => return Err(DrawingsFileError::Damaged),
            _ => return Err(DrawingsFileError::Newer),
        }
        let body: Body = postcard::from_bytes(body).map_err(|_| DrawingsFileError::Damaged)?;
        Self::read(&body).ok_or(DrawingsFileError::Damaged)?
    }

    /// `None` where something does not fit together.
    fn read(body: &Body) -> Option<Result<Self, DrawingsFileError>> {
        if body.classes.is_empty() {
            return Some(Err(DrawingsFileError::Empty));
        }
        if body.classes.len() > MOST_CLASSES {
            return None;
        }
        let classes = body.classes.iter().map(|class| {
            let (drawings, rest) = class.levels.as_chunks::<N_CELLS>();
            let is_whole = rest.is_empty() && (1..=MOST_DRAWINGS).contains(&drawings.len());
            let drawings = drawings.iter().map(|levels| Drawing::from_levels(levels));
            Some(DrawnClass {
                name: ClassName::new(&class.name).ok()?,
                drawings: drawings.collect::<Option<_>>().filter(|_| is_whole)?,
            })
        });
        let classes = classes.collect::<Option<_>>()?;
        let others = match &body.others {
            None => None,
            Some(others) => {
                let levels = others.levels.to_vec();
                let is_whole = !levels.is_empty() && levels.len().is_multiple_of(SIDE * SIDE);
                let name = ClassName::new(&others.name).ok()?;
                is_whole.then_some(())?;
                Some(Others { name, levels })
            }
        };
        Some(Ok(Self { classes, others }))
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{class, collection};
    use super::*;
    use crate::data::Dataset;
    use crate::data::damage::with_damaged;

    fn drawn() -> Collection {
        let digits = Dataset::pictures(28, 28, 16, vec![9; 784 * 3], Vec::new());
        Collection {
            others: Others::of(&digits.expect("three pictures"), "digit"),
            ..collection(vec![class("star", 0..3), class("", 5..7)])
        }
    }

    #[test]
    fn drawings_are_read_back_as_they_were_saved() {
        let mut drawn = drawn();
        assert_eq!(Collection::from_bytes(&drawn.to_bytes()), Ok(drawn.clone()));
        let saved = drawn.to_bytes();
        drawn.classes.push(class("nothing yet", 0..0));
        assert_eq!(drawn.to_bytes(), saved);
    }

    #[test]
    fn cut_damaged_newer_and_empty_files_are_refused() {
        let bytes = drawn().to_bytes();
        assert!(is_drawings(&bytes));
        for n_bytes in (0..bytes.len()).step_by(97) {
            assert_eq!(
                Collection::from_bytes(&bytes[..n_bytes]),
                Err(DrawingsFileError::Damaged)
            );
        }
        let mut newer = bytes.clone();
        newer[4] = 2;
        assert_eq!(
            Collection::from_bytes(&newer),
            Err(DrawingsFileError::Newer)
        );
        let empty = Collection::default().to_bytes();
        assert_eq!(
            Collection::from_bytes(&empty),
            Err(DrawingsFileError::Empty)
        );
        with_damaged(&[bytes], 300, |damaged| {
            if let Ok(read) = Collection::from_bytes(damaged) {
                assert!(read.classes.len() <= MOST_CLASSES && read.n_drawings() > 0);
                assert_eq!(Collection::from_bytes(&read.to_bytes()), Ok(read));
            }
        });
    }
}
