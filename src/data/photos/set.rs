//! Decoded pictures with their classes.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::frame::GreyPicture;
use crate::data::grey::grey;

/// Pictures are kept so large that any square that a network is given can be cut from them.
const KEPT_SIDE: u32 = 64;
const MOST_KEPT_SIDE: u32 = 128;
/// More pixels than these are no picture for a browser: decoding takes four bytes for each.
const MOST_PIXELS: u64 = 50_000_000;
/// More classes than these have no label of a byte.
const MOST_CLASSES: usize = 256;
/// Pictures that could not be read are named up to so many.
const MOST_NAMED: usize = 3;

/// Why a picture, or a set of them, cannot be taken.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum PhotosError {
    /// None could be read.
    #[error("none of the {n_files} pictures could be read; save them anew as PNG or JPEG")]
    NoneRead {
        /// Files that were chosen.
        n_files: usize,
    },
    /// There are more folders than classes.
    #[error(
        "the pictures lie in {n_folders} folders, but at most {MOST_CLASSES} classes can be told apart; choose fewer folders"
    )]
    TooManyClasses {
        /// Folders with pictures.
        n_folders: usize,
    },
}

/// Grey pictures as they were decoded, the folders that they lay in, and what could not be read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Photos {
    /// Width and height of each.
    sizes: Vec<(u16, u16)>,
    /// The levels of all, one after the other; 0 is black.
    #[serde(with = "serde_bytes")]
    levels: Vec<u8>,
    /// One per picture, or none at all.
    #[serde(with = "serde_bytes")]
    labels: Vec<u8>,
    class_names: Vec<String>,
    /// The names of files that could not be read.
    left_out: Vec<String>,
}

/// The size that a picture is decoded to; `None` for one that is too large to be decoded at all.
pub fn decoded_size((width, height): (u32, u32)) -> Option<(u32, u32)> {
    if width == 0 || height == 0 || u64::from(width) * u64::from(height) > MOST_PIXELS {
        return None;
    }
    let (short, long) = (f64::from(width.min(height)), f64::from(width.max(height)));
    let scale = (f64::from(KEPT_SIDE) / short).min(f64::from(MOST_KEPT_SIDE) / long);
    let scaled = |side: u32| (f64::from(side) * scale.min(1.0)).round().max(1.0) as u32;
    Some((scaled(width), scaled(height)))
}

impl Photos {
    /// Room for pictures that are decoded one by one.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a picture of `width × height` pixels, each red, green, blue and how opaque it is; behind it lies white paper.
    /// What does not have so many pixels is left out.
    pub fn add(&mut self, path: &str, (width, height): (u32, u32), rgba: &[u8]) {
        let (pixels, _) = rgba.as_chunks::<4>();
        let is_whole = pixels.len() as u64 == u64::from(width) * u64::from(height);
        let sizes = (u16::try_from(width), u16::try_from(height));
        let (true, false, (Ok(width), Ok(height))) = (is_whole, pixels.is_empty(), sizes) else {
            self.leave_out(path);
            return;
        };
        self.sizes.push((width, height));
        self.levels
            .extend(pixels.iter().map(|&pixel| on_paper(pixel)));
        // Until all are there; then the folders become classes.
        self.class_names.push(folder_of(path).to_owned());
    }

    /// Notes that a file could not be read.
    pub fn leave_out(&mut self, path: &str) {
        self.left_out.push(path.to_owned());
    }

    /// The pictures, with a class for each folder where there are several.
    ///
    /// # Errors
    /// When no picture could be read, or there are too many folders.
    pub fn finished(mut self) -> Result<Self, PhotosError> {
        if self.sizes.is_empty() {
            return Err(PhotosError::NoneRead {
                n_files: self.left_out.len(),
            });
        }
        let folders = std::mem::take(&mut self.class_names);
        let names: BTreeSet<&String> = folders.iter().collect();
        let n_folders = names.len();
        if n_folders > MOST_CLASSES {
            return Err(PhotosError::TooManyClasses { n_folders });
        }
        if n_folders > 1 {
            let names: Vec<&String> = names.into_iter().collect();
            let label = |folder| names.binary_search(&folder).map_or(0, |idx| idx as u8);
            self.labels = folders.iter().map(label).collect();
            self.class_names = names.into_iter().map(|name| named(name)).collect();
        }
        Ok(self)
    }

    /// How many could be read.
    pub fn n_pictures(&self) -> usize {
        self.sizes.len()
    }

    /// Whether the parts fit together, which a file need not keep to.
    pub(super) fn is_whole(&self) -> bool {
        let sizes = self.sizes.iter();
        let n_levels: usize = sizes
            .map(|&(width, height)| usize::from(width) * usize::from(height))
            .sum();
        let are_seen = |&(width, height): &(u16, u16)| {
            let range = 1..=MOST_KEPT_SIDE as u16;
            range.contains(&width) && range.contains(&height)
        };
        let has_labels = !self.labels.is_empty();
        !self.sizes.is_empty()
            && self.sizes.iter().all(are_seen)
            && n_levels == self.levels.len()
            && (!has_labels || self.labels.len() == self.sizes.len())
            && self.class_names.len() <= MOST_CLASSES
    }

    pub(super) fn pictures(&self) -> impl Iterator<Item = GreyPicture<'_>> {
        let mut rest = &self.levels[..];
        self.sizes.iter().map(move |&(width, height)| {
            let (width, height) = (usize::from(width), usize::from(height));
            let (levels, others) = rest.split_at((width * height).min(rest.len()));
            rest = others;
            GreyPicture {
                width,
                height,
                levels,
            }
        })
    }

    /// The class of each picture and what the classes are called; nothing where all lie in one folder.
    pub(super) fn classes(&self) -> (&[u8], &[String]) {
        (&self.labels, &self.class_names)
    }

    /// Which files could not be read, as a sentence.
    pub(super) fn left_out_in_words(&self) -> Option<String> {
        let named: Vec<&str> = self
            .left_out
            .iter()
            .take(MOST_NAMED)
            .map(String::as_str)
            .collect();
        let named = named.join(", ");
        match self.left_out.len() {
            0 => None,
            1 => Some(format!("{named} could not be read and was left out.")),
            n if n <= MOST_NAMED => Some(format!("{named} could not be read and were left out.")),
            n => Some(format!(
                "{n} pictures could not be read and were left out, such as {named}."
            )),
        }
    }
}

/// The level of a pixel on white paper.
fn on_paper([red, green, blue, opaque]: [u8; 4]) -> u8 {
    let level = u32::from(grey([red, green, blue]));
    let opaque = u32::from(opaque);
    ((level * opaque + 255 * (255 - opaque) + 127) / 255) as u8
}

/// The name of the folder that a file lies in; empty where it lies in none.
fn folder_of(path: &str) -> &str {
    let mut parts = path.rsplit(['/', '\\']);
    parts.nth(1).unwrap_or("")
}

/// What a class is called after its folder.
fn named(folder: &str) -> String {
    if folder.is_empty() {
        "no folder".to_owned()
    } else {
        folder.to_owned()
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// A picture of 9 × 9 pixels with something in its middle.
    pub(in crate::data::photos) struct Drawn {
        pub path: &'static str,
        pub border: u8,
        pub inner: u8,
    }

    pub(in crate::data::photos) fn photos(drawn: &[Drawn]) -> Photos {
        let mut photos = Photos::new();
        for it in drawn {
            let level = |place: usize| {
                let is_inner = (3..6).contains(&(place % 9)) && (3..6).contains(&(place / 9));
                if is_inner { it.inner } else { it.border }
            };
            let rgba: Vec<u8> = (0..81)
                .map(level)
                .flat_map(|level| [level, level, level, 255])
                .collect();
            photos.add(it.path, (9, 9), &rgba);
        }
        photos.finished().expect("pictures")
    }

    fn light(path: &'static str) -> Drawn {
        Drawn {
            path,
            border: 255,
            inner: 0,
        }
    }

    #[test]
    fn folders_are_classes_and_one_folder_is_none() {
        let two = photos(&[
            light("a/round/1.png"),
            light("a/square/1.png"),
            light("a/round/2.png"),
        ]);
        assert_eq!(two.labels, [0, 1, 0]);
        assert_eq!(two.class_names, ["round", "square"]);
        let one = photos(&[light("a/1.png"), light("a/2.png")]);
        assert!(one.labels.is_empty() && one.class_names.is_empty());
        let loose = photos(&[light("1.png"), light("odd/2.png")]);
        assert_eq!(loose.class_names, ["no folder", "odd"]);
    }

    #[test]
    fn too_many_folders_are_refused() {
        let mut photos = Photos::new();
        for idx in 0..257 {
            photos.add(&format!("{idx}/a.png"), (1, 1), &[0, 0, 0, 255]);
        }
        let error = photos.finished().expect_err("too many");
        assert_eq!(error, PhotosError::TooManyClasses { n_folders: 257 });
    }

    #[test]
    fn what_could_not_be_read_is_named() {
        let mut photos = Photos::new();
        photos.leave_out("a.png");
        assert_eq!(
            photos.clone().finished(),
            Err(PhotosError::NoneRead { n_files: 1 })
        );
        photos.add("b.png", (2, 1), &[0; 7]);
        photos.add("c.png", (1, 1), &[9, 9, 9, 255]);
        assert_eq!(
            photos.left_out_in_words().as_deref(),
            Some("a.png, b.png could not be read and were left out.")
        );
        assert_eq!(photos.n_pictures(), 1);
    }

    #[test]
    fn what_is_transparent_is_white_paper() {
        assert_eq!(on_paper([0, 0, 0, 0]), 255);
        assert_eq!(on_paper([0, 0, 0, 255]), 0);
        assert_eq!(on_paper([0, 0, 0, 128]), 127);
    }

    #[test]
    fn pictures_are_kept_small_and_bombs_are_not_decoded() {
        assert_eq!(decoded_size((32, 20)), Some((32, 20)));
        assert_eq!(decoded_size((4_000, 3_000)), Some((85, 64)));
        assert_eq!(decoded_size((1_000, 10)), Some((128, 1)));
        assert_eq!(decoded_size((0, 5)), None);
        assert_eq!(decoded_size((20_000, 20_000)), None);
        assert_eq!(decoded_size((u32::MAX, u32::MAX)), None);
    }
}
