//! Decoded pictures as a file, so that they are kept, taken along and opened again without the browser's decoder.
//!
//! | bytes | what |
//! |---|---|
//! | 4 | `BNDP` |
//! | 1 | version of the format, 1 |
//! | rest | the reading and the pictures, as postcard writes them |

use thiserror::Error;

use super::{PhotoReading, Photos};

const MAGIC: [u8; 4] = *b"BNDP";
const VERSION: u8 = 1;

/// Why a file of decoded pictures cannot be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum PhotosFileError {
    /// It was written by a later version of this program.
    #[error(
        "the pictures were kept by a newer version of this page; reload it to get that version"
    )]
    Newer,
    /// It is not what was written.
    #[error("the file of pictures is damaged; open the pictures themselves again")]
    Damaged,
}

/// Whether a file is in this format, by its first bytes.
pub(in crate::data) fn is_photos(bytes: &[u8]) -> bool {
    bytes.starts_with(&MAGIC)
}

impl Photos {
    /// The pictures and how they are read, as a file.
    pub fn to_bytes(&self, reading: PhotoReading) -> Vec<u8> {
        let body = postcard::to_allocvec(&(reading, self)).unwrap_or_default();
        [&MAGIC[..], &[VERSION], &body].concat()
    }

    /// The pictures in a file, and how they are read.
    ///
    /// # Errors
    /// When the file is damaged or newer.
    pub fn from_bytes(bytes: &[u8]) -> Result<(Self, PhotoReading), PhotosFileError> {
        let body = bytes.strip_prefix(&MAGIC).ok_or(PhotosFileError::Damaged)?;
        let (&version, body) = body.split_first().ok_or(PhotosFileError::Damaged)?;
        match version {
            VERSION => {}
            0 => return Err(PhotosFileError::Damaged),
            _ => return Err(PhotosFileError::Newer),
        }
        let read: Result<(PhotoReading, Self), _> = postcard::from_bytes(body);
        let (reading, photos) = read.map_err(|_| PhotosFileError::Damaged)?;
        if !photos.is_whole() {
            return Err(PhotosFileError::Damaged);
        }
        Ok((photos, reading.in_range()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::damage::with_damaged;
    use crate::data::photos::set::tests::{Drawn, photos};

    fn two() -> Photos {
        photos(&[
            Drawn {
                path: "a/1.png",
                border: 255,
                inner: 0,
            },
            Drawn {
                path: "b/2.png",
                border: 250,
                inner: 9,
            },
        ])
    }

    #[test]
    fn what_was_written_is_read_back() {
        let photos = two();
        let bytes = photos.to_bytes(photos.proposal());
        assert!(is_photos(&bytes));
        let expected = (photos.clone(), photos.proposal());
        assert_eq!(Photos::from_bytes(&bytes), Ok(expected));
    }

    #[test]
    fn newer_and_cut_files_are_called_so() {
        let mut bytes = two().to_bytes(two().proposal());
        for n_bytes in 0..bytes.len() {
            let cut = Photos::from_bytes(&bytes[..n_bytes]);
            assert_eq!(cut, Err(PhotosFileError::Damaged), "{n_bytes}");
        }
        bytes[4] = 2;
        assert_eq!(Photos::from_bytes(&bytes), Err(PhotosFileError::Newer));
    }

    #[test]
    fn random_damage_gives_an_error_or_pictures_in_range() {
        let samples = [two().to_bytes(two().proposal())];
        with_damaged(&samples, 20_000, |bytes| {
            if let Ok((photos, reading)) = Photos::from_bytes(bytes) {
                let dataset = photos.read(reading).expect("at least one picture");
                assert_eq!(dataset.n_items(), photos.n_pictures());
            }
        });
    }
}
