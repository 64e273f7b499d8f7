//! The packed file that a data set travels in.
//!
//! | bytes | what |
//! |---|---|
//! | 4 | `BNDG` |
//! | 1 | version of the format, 1 or 2 |
//! | 1 | width of a picture |
//! | 1 | height of a picture |
//! | 1 | levels: the largest value that a pixel can have |
//! | 4 | number of items, little-endian |
//! | items × width × height | pixels, 0 to levels, item by item and row by row |
//! | items | labels |
//!
//! Version 2 has no sizes of its own: after its number comes all of a data set of pictures, the names of its classes and
//! what is known of it among that, as postcard writes it.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::about::About;
use super::dataset::require_levels;
use super::{Dataset, DatasetError};

const MAGIC: [u8; 4] = *b"BNDG";
const VERSION: u8 = 1;
const VERSION_WITH_ALL: u8 = 2;
const HEADER_SIZE: usize = 12;

/// The first bytes of a packed file, read but not yet believed.
struct Header {
    width: u8,
    height: u8,
    levels: u8,
    n_items: u32,
}

impl Header {
    fn read(bytes: &[u8]) -> Result<Self, DatasetError> {
        if !is_packed(bytes) {
            return Err(DatasetError::NotOurs);
        }
        let Some(&[version, width, height, levels, c0, c1, c2, c3]) =
            bytes[MAGIC.len()..].first_chunk()
        else {
            return Err(DatasetError::WrongSize {
                expected: HEADER_SIZE as u64,
                actual: bytes.len() as u64,
            });
        };
        match version {
            0 => Err(DatasetError::NotOurs),
            VERSION => Ok(Self {
                width,
                height,
                levels,
                n_items: u32::from_le_bytes([c0, c1, c2, c3]),
            }),
            _ => Err(DatasetError::NewerVersion {
                version,
                supported: VERSION_WITH_ALL,
            }),
        }
    }

    fn n_features(&self) -> usize {
        usize::from(self.width) * usize::from(self.height)
    }

    fn file_size(&self) -> u64 {
        HEADER_SIZE as u64 + u64::from(self.n_items) * (self.n_features() as u64 + 1)
    }

    fn require_items(&self) -> Result<(), DatasetError> {
        if self.n_items == 0 || self.n_features() == 0 || self.levels == 0 {
            return Err(DatasetError::Empty {
                n_items: self.n_items as usize,
                width: self.width.into(),
                height: self.height.into(),
                levels: self.levels,
            });
        }
        Ok(())
    }
}

/// Whether a file is in this format, by its first bytes.
pub(super) fn is_packed(bytes: &[u8]) -> bool {
    bytes.starts_with(&MAGIC)
}

impl Dataset {
    /// Reads a packed file. Never reserves more than the size of `bytes`.
    ///
    /// # Errors
    /// When the bytes are no packed data set, of a newer version, of another size than announced, without items,
    /// or hold a pixel above the announced levels.
    pub fn decode(bytes: &[u8]) -> Result<Self, DatasetError> {
        if let Some(body) = bytes.strip_prefix(&[b'B', b'N', b'D', b'G', VERSION_WITH_ALL]) {
            return Self::decode_all(body);
        }
        let header = Header::read(bytes)?;
        header.require_items()?;
        let actual = bytes.len() as u64;
        let expected = header.file_size();
        if actual != expected {
            return Err(DatasetError::WrongSize { expected, actual });
        }
        let labels_start = bytes.len() - header.n_items as usize;
        let (pixels, labels) = (&bytes[HEADER_SIZE..labels_start], &bytes[labels_start..]);
        Self::pictures(
            header.width.into(),
            header.height.into(),
            header.levels,
            pixels.to_vec(),
            labels.to_vec(),
        )
    }
}

/// What version 2 of the format holds.
#[derive(Serialize, Deserialize)]
struct Packed<'a> {
    width: usize,
    height: usize,
    largest: u8,
    #[serde(with = "serde_bytes", borrow)]
    pixels: Cow<'a, [u8]>,
    #[serde(with = "serde_bytes", borrow)]
    labels: Cow<'a, [u8]>,
    about: About,
}

impl Dataset {
    /// A packed file of pictures with all that is known of them; `None` for a table.
    pub fn packed(&self) -> Option<Vec<u8>> {
        let (width, height) = self.picture_size()?;
        let (pixels, labels) = self.bytes();
        let packed = Packed {
            width,
            height,
            largest: self.largest_level()?,
            pixels: Cow::Borrowed(pixels),
            labels: Cow::Borrowed(labels),
            about: About::clone(&self.about),
        };
        let body = postcard::to_allocvec(&packed).ok()?;
        Some([&MAGIC[..], &[VERSION_WITH_ALL], &body].concat())
    }

    fn decode_all(body: &[u8]) -> Result<Self, DatasetError> {
        let packed: Packed = postcard::from_bytes(body).map_err(|_| DatasetError::Damaged)?;
        let about = packed.about;
        let n_validation = about.n_validation;
        let mut dataset = Self::pictures(
            packed.width,
            packed.height,
            packed.largest,
            packed.pixels.into_owned(),
            packed.labels.into_owned(),
        )?;
        dataset.about = Box::new(about);
        Ok(dataset.with_validation(n_validation))
    }
}

/// Packs pictures, `labels.len() × width × height` pixels from 0 to `levels`, and their labels.
///
/// # Errors
/// When there is nothing to pack, pixels and labels do not fit together, or a pixel is above `levels`.
pub fn encode(
    width: u8,
    height: u8,
    levels: u8,
    pixels: &[u8],
    labels: &[u8],
) -> Result<Vec<u8>, DatasetError> {
    let header = Header {
        width,
        height,
        levels,
        n_items: u32::try_from(labels.len()).unwrap_or(u32::MAX),
    };
    header.require_items()?;
    let expected = u64::from(header.n_items) * header.n_features() as u64;
    if pixels.len() as u64 != expected || labels.len() != header.n_items as usize {
        return Err(DatasetError::Ragged {
            n_labels: labels.len(),
            expected,
            n_pixels: pixels.len(),
        });
    }
    require_levels(pixels, header.n_features(), levels)?;
    let mut bytes = Vec::with_capacity(HEADER_SIZE + pixels.len() + labels.len());
    bytes.extend_from_slice(&MAGIC);
    bytes.extend_from_slice(&[VERSION, width, height, levels]);
    bytes.extend_from_slice(&header.n_items.to_le_bytes());
    bytes.extend_from_slice(pixels);
    bytes.extend_from_slice(labels);
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Mt19937;

    fn two_items() -> Vec<u8> {
        encode(2, 1, 16, &[0, 4, 8, 16], &[3, 7]).expect("a valid data set")
    }

    #[test]
    fn what_was_packed_is_read_back() {
        let dataset = Dataset::decode(&two_items()).expect("a valid file");
        assert_eq!(dataset.picture_size(), Some((2, 1)));
        assert_eq!(dataset.largest_level(), Some(16));
        assert_eq!(dataset.item(0), Some(vec![0.0, 0.25]));
        assert_eq!(dataset.item(1), Some(vec![0.5, 1.0]));
        assert_eq!(
            [dataset.label_of(0), dataset.label_of(1)],
            [Some(3), Some(7)]
        );
    }

    #[test]
    fn the_header_is_the_documented_one() {
        assert_eq!(two_items()[..12], *b"BNDG\x01\x02\x01\x10\x02\x00\x00\x00");
    }

    #[test]
    fn a_foreign_file_is_named_as_such() {
        assert_eq!(Dataset::decode(b""), Err(DatasetError::NotOurs));
        assert_eq!(
            Dataset::decode(b"<!doctype html>"),
            Err(DatasetError::NotOurs)
        );
    }

    #[test]
    fn a_newer_version_is_named_as_such() {
        let mut bytes = two_items();
        bytes[4] = 3;
        let newer = DatasetError::NewerVersion {
            version: 3,
            supported: 2,
        };
        assert_eq!(Dataset::decode(&bytes), Err(newer));
    }

    #[test]
    fn every_truncation_and_every_addition_is_noticed() {
        let bytes = two_items();
        for n_bytes in 4..bytes.len() {
            let result = Dataset::decode(&bytes[..n_bytes]);
            assert!(
                matches!(result, Err(DatasetError::WrongSize { actual, .. }) if actual == n_bytes as u64)
            );
        }
        let longer = [bytes, vec![0]].concat();
        let expected = DatasetError::WrongSize {
            expected: 18,
            actual: 19,
        };
        assert_eq!(Dataset::decode(&longer), Err(expected));
    }

    #[test]
    fn a_lying_count_reserves_no_memory() {
        let mut bytes = two_items();
        bytes[5..12].copy_from_slice(&[255; 7]);
        assert!(matches!(
            Dataset::decode(&bytes),
            Err(DatasetError::WrongSize { actual: 18, .. })
        ));
    }

    #[test]
    fn zero_sizes_are_refused() {
        for zeroed in [5, 6, 7] {
            let mut bytes = two_items();
            bytes[zeroed] = 0;
            assert!(matches!(
                Dataset::decode(&bytes),
                Err(DatasetError::Empty { .. })
            ));
        }
        assert!(matches!(
            encode(8, 8, 16, &[], &[]),
            Err(DatasetError::Empty { n_items: 0, .. })
        ));
    }

    #[test]
    fn a_pixel_above_the_levels_names_its_item() {
        let error = DatasetError::PixelTooLarge {
            item_idx: 1,
            value: 17,
            levels: 16,
        };
        let mut bytes = two_items();
        bytes[15] = 17;
        assert_eq!(Dataset::decode(&bytes), Err(error.clone()));
        assert_eq!(encode(2, 1, 16, &[0, 4, 8, 17], &[3, 7]), Err(error));
    }

    #[test]
    fn a_label_may_be_any_byte() {
        let labels: Vec<u8> = (0..=u8::MAX).collect();
        let packed = encode(1, 1, 16, &[5; 256], &labels).expect("well formed");
        let dataset = Dataset::decode(&packed).expect("just packed");
        assert_eq!(dataset.classes(), labels);
        assert_eq!(dataset.label_of(255), Some(255));
    }

    #[test]
    fn items_without_all_their_pixels_cannot_be_packed() {
        let ragged = DatasetError::Ragged {
            n_labels: 2,
            expected: 4,
            n_pixels: 3,
        };
        assert_eq!(encode(2, 1, 16, &[0, 4, 8], &[3, 7]), Err(ragged));
    }

    #[test]
    fn all_that_is_known_of_pictures_is_packed_with_them() {
        let dataset = Dataset::pictures(2, 1, 16, vec![0, 4, 8, 16, 1, 1], Vec::new());
        let dataset = dataset
            .expect("three pictures")
            .with_class_names(vec!["a".to_owned()])
            .with_remark("They lay on their side.")
            .with_validation(1);
        let packed = dataset.packed().expect("they are pictures");
        assert_eq!(Dataset::decode(&packed), Ok(dataset));
        for n_bytes in 5..packed.len() {
            assert_eq!(
                Dataset::decode(&packed[..n_bytes]),
                Err(DatasetError::Damaged)
            );
        }
        let mut lying = packed.clone();
        // The width: three pixels do not make whole pictures of what is left.
        lying[5] = 4;
        assert!(Dataset::decode(&lying).is_err());
    }

    #[test]
    fn random_damage_gives_an_error_or_a_data_set_in_range() {
        let mut generator = Mt19937::new(11);
        for _ in 0..20_000 {
            let mut bytes = two_items();
            for _ in 0..=generator.next_u32() % 4 {
                let byte_idx = generator.next_u32() as usize % bytes.len();
                bytes[byte_idx] = generator.next_u32() as u8;
            }
            if let Ok(dataset) = Dataset::decode(&bytes) {
                for item_idx in 0..dataset.n_items() {
                    let pixels = dataset.item(item_idx).expect("an item");
                    assert_eq!(pixels.len(), dataset.n_features());
                    assert!(pixels.iter().all(|pixel| (0.0..=1.0).contains(pixel)));
                    assert!(dataset.label_of(item_idx).is_some());
                }
            }
        }
    }
}
