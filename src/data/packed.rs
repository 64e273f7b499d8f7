//! The packed file that a data set travels in.
//!
//! | bytes | what |
//! |---|---|
//! | 4 | `BNDG` |
//! | 1 | version of the format, 1 |
//! | 1 | width of a picture |
//! | 1 | height of a picture |
//! | 1 | levels: the largest value that a pixel can have |
//! | 4 | number of items, little-endian |
//! | items × width × height | pixels, 0 to levels, item by item and row by row |
//! | items | labels |

use thiserror::Error;

use super::Dataset;

const MAGIC: [u8; 4] = *b"BNDG";
const VERSION: u8 = 1;
const HEADER_SIZE: usize = 12;

/// Why bytes are not a data set, or values cannot be packed as one.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum DatasetError {
    /// The file starts differently.
    #[error(
        "this is not a packed data set: it does not start with BNDG; choose a file made by the packing tool"
    )]
    NotOurs,
    /// The file was packed for a later version of this program.
    #[error(
        "this data set has format version {version}, but only versions up to {supported} are understood; reload the page to get its newest version"
    )]
    NewerVersion {
        /// What the file says.
        version: u8,
        /// The newest one that can be read.
        supported: u8,
    },
    /// The size of the file does not fit what its first bytes announce.
    #[error(
        "this data set should have {expected} bytes but has {actual}; it was cut off or damaged on the way, so load it again"
    )]
    WrongSize {
        /// The size that the header announces.
        expected: u64,
        /// The size found.
        actual: u64,
    },
    /// There is nothing in it to learn from.
    #[error(
        "this data set has {n_items} items of {width} × {height} pixels in {levels} levels; none of these may be 0"
    )]
    Empty {
        /// Number of items.
        n_items: usize,
        /// Pixels in a row.
        width: u8,
        /// Rows.
        height: u8,
        /// The largest value that a pixel can have.
        levels: u8,
    },
    /// A pixel is darker than the darkest level.
    #[error(
        "item {item_idx} has a pixel of {value}, but the largest is {levels}; the data set is damaged, so load or pack it again"
    )]
    PixelTooLarge {
        /// The item, counted from 0.
        item_idx: usize,
        /// What the pixel says.
        value: u8,
        /// The largest allowed value.
        levels: u8,
    },
    /// To be packed, every item needs all its pixels and one label.
    #[error(
        "{n_labels} items need {expected} pixels, but {n_pixels} were given; pass one label per item and all pixels of each"
    )]
    Ragged {
        /// Number of labels, which is the number of items.
        n_labels: usize,
        /// Pixels that so many items have.
        expected: u64,
        /// Pixels that were given.
        n_pixels: usize,
    },
}

/// The first bytes of a packed file, read but not yet believed.
struct Header {
    width: u8,
    height: u8,
    levels: u8,
    n_items: u32,
}

impl Header {
    fn read(bytes: &[u8]) -> Result<Self, DatasetError> {
        if !bytes.starts_with(&MAGIC) {
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
                supported: VERSION,
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
                width: self.width,
                height: self.height,
                levels: self.levels,
            });
        }
        Ok(())
    }
}

impl Dataset {
    /// Reads a packed file. Never reserves more than four times the size of `bytes`.
    ///
    /// # Errors
    /// When the bytes are no packed data set, of a newer version, of another size than announced, without items,
    /// or hold a pixel above the announced levels.
    pub fn decode(bytes: &[u8]) -> Result<Self, DatasetError> {
        let header = Header::read(bytes)?;
        header.require_items()?;
        let actual = bytes.len() as u64;
        let expected = header.file_size();
        if actual != expected {
            return Err(DatasetError::WrongSize { expected, actual });
        }
        let labels_start = bytes.len() - header.n_items as usize;
        let (pixels, labels) = (&bytes[HEADER_SIZE..labels_start], &bytes[labels_start..]);
        require_levels(pixels, header.n_features(), header.levels)?;
        let levels = f32::from(header.levels);
        Ok(Self {
            width: header.width.into(),
            height: header.height.into(),
            pixels: pixels
                .iter()
                .map(|&value| f32::from(value) / levels)
                .collect(),
            labels: labels.to_vec(),
        })
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

fn require_levels(pixels: &[u8], n_features: usize, levels: u8) -> Result<(), DatasetError> {
    match pixels.iter().position(|&value| value > levels) {
        Some(pixel_idx) => Err(DatasetError::PixelTooLarge {
            item_idx: pixel_idx / n_features,
            value: pixels[pixel_idx],
            levels,
        }),
        None => Ok(()),
    }
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
        assert_eq!((dataset.width, dataset.height), (2, 1));
        assert_eq!(dataset.pixels, [0.0, 0.25, 0.5, 1.0]);
        assert_eq!(dataset.labels, [3, 7]);
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
        bytes[4] = 2;
        let newer = DatasetError::NewerVersion {
            version: 2,
            supported: 1,
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
    fn items_without_all_their_pixels_cannot_be_packed() {
        let ragged = DatasetError::Ragged {
            n_labels: 2,
            expected: 4,
            n_pixels: 3,
        };
        assert_eq!(encode(2, 1, 16, &[0, 4, 8], &[3, 7]), Err(ragged));
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
                assert_eq!(
                    dataset.pixels.len(),
                    dataset.n_items() * dataset.n_features()
                );
                assert!(
                    dataset
                        .pixels
                        .iter()
                        .all(|pixel| (0.0..=1.0).contains(pixel))
                );
            }
        }
    }
}
