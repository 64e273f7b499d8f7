//! IDX, the format that MNIST is published in.
//!
//! | bytes | what |
//! |---|---|
//! | 2 | 0 |
//! | 1 | type of an element; 8 for bytes |
//! | 1 | number of dimensions: 3 for pictures (items, height, width), 1 for labels |
//! | 4 each | the dimensions, big-endian |
//! | their product | elements, 0 (paper) to 255 (ink) |

use thiserror::Error;

/// What an element is called, by its type.
const TYPES: [(u8, &str); 6] = [
    (BYTE, "bytes"),
    (0x09, "signed bytes"),
    (0x0b, "short integers"),
    (0x0c, "integers"),
    (0x0d, "floats"),
    (0x0e, "doubles"),
];
const BYTE: u8 = 0x08;
/// As many values as a row of a table may have: 64 × 64.
const MOST_PIXELS: u64 = 4096;

/// Why an IDX file cannot be taken.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum IdxError {
    /// It ends within its header.
    #[error("the IDX file ends within its header; it was cut off on the way, so download it again")]
    CutHeader,
    /// Its elements are not bytes.
    #[error(
        "the IDX file holds {found}, but only bytes from 0 to 255 can be read; convert it first"
    )]
    OtherType {
        /// What an element is.
        found: &'static str,
    },
    /// It holds neither pictures nor labels.
    #[error(
        "the IDX file has {n_dimensions} dimensions; choose one of pictures, which has 3, or of labels, which has 1"
    )]
    OtherDimensions {
        /// What the header says.
        n_dimensions: u8,
    },
    /// Nothing is in it.
    #[error("the IDX file announces {shape} elements; choose one in which no size is 0")]
    Empty {
        /// The dimensions, such as `60000 × 28 × 0`.
        shape: String,
    },
    /// It is longer or shorter than its header says.
    #[error(
        "the IDX file announces {shape} elements but holds {actual}; it was cut off or damaged on the way, so download it again"
    )]
    WrongSize {
        /// The dimensions, such as `60000 × 28 × 28`.
        shape: String,
        /// Bytes after the header.
        actual: usize,
    },
    /// Its pictures are more than a network in a browser can take.
    #[error(
        "the pictures have {width} × {height} pixels, but a network here takes up to {most} values; make them smaller first"
    )]
    PictureTooLarge {
        /// Pixels in a row.
        width: u32,
        /// Rows.
        height: u32,
        /// How many pixels there may be.
        most: u64,
    },
}

/// What an IDX file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Idx<'a> {
    /// `pixels` has whole pictures, at least one.
    Pictures {
        width: usize,
        height: usize,
        pixels: &'a [u8],
    },
    Labels(&'a [u8]),
}

/// Whether a file is in this format, by its first bytes.
pub(super) fn is_idx(bytes: &[u8]) -> bool {
    matches!(bytes, [0, 0, kind, ..] if TYPES.iter().any(|(known, _)| known == kind))
}

impl<'a> Idx<'a> {
    /// Reads a file that [`is_idx`]; reserves nothing for what its header announces.
    pub(super) fn read(bytes: &'a [u8]) -> Result<Self, IdxError> {
        let (&[_, _, kind, n_dimensions], rest) =
            bytes.split_first_chunk().ok_or(IdxError::CutHeader)?;
        require_bytes(kind)?;
        match n_dimensions {
            1 => {
                let (sizes, labels) = split_sizes::<1>(rest)?;
                require_product(&sizes, labels)?;
                Ok(Self::Labels(labels))
            }
            3 => {
                let (sizes, pixels) = split_sizes::<3>(rest)?;
                require_product(&sizes, pixels)?;
                let [_, height, width] = sizes;
                require_small(width, height)?;
                Ok(Self::Pictures {
                    width: width as usize,
                    height: height as usize,
                    pixels,
                })
            }
            _ => Err(IdxError::OtherDimensions { n_dimensions }),
        }
    }
}

fn require_bytes(kind: u8) -> Result<(), IdxError> {
    if kind == BYTE {
        return Ok(());
    }
    let known = TYPES.iter().find(|(known, _)| *known == kind);
    let found = known.map_or("elements of an unknown type", |(_, name)| name);
    Err(IdxError::OtherType { found })
}

fn split_sizes<const N: usize>(bytes: &[u8]) -> Result<([u32; N], &[u8]), IdxError> {
    let (header, elements) = bytes.split_at_checked(4 * N).ok_or(IdxError::CutHeader)?;
    let mut sizes = [0; N];
    let (fours, _) = header.as_chunks::<4>();
    for (size, &four) in sizes.iter_mut().zip(fours) {
        *size = u32::from_be_bytes(four);
    }
    Ok((sizes, elements))
}

fn require_product(sizes: &[u32], elements: &[u8]) -> Result<(), IdxError> {
    let shape = || {
        let sizes: Vec<String> = sizes.iter().map(u32::to_string).collect();
        sizes.join(" × ")
    };
    if sizes.contains(&0) {
        return Err(IdxError::Empty { shape: shape() });
    }
    let product = sizes
        .iter()
        .try_fold(1_u64, |product, &size| product.checked_mul(size.into()));
    if product != Some(elements.len() as u64) {
        return Err(IdxError::WrongSize {
            shape: shape(),
            actual: elements.len(),
        });
    }
    Ok(())
}

fn require_small(width: u32, height: u32) -> Result<(), IdxError> {
    if u64::from(width) * u64::from(height) > MOST_PIXELS {
        return Err(IdxError::PictureTooLarge {
            width,
            height,
            most: MOST_PIXELS,
        });
    }
    Ok(())
}

/// An IDX file of bytes, for tests.
#[cfg(test)]
pub(super) fn idx(sizes: &[u32], elements: &[u8]) -> Vec<u8> {
    let mut bytes = vec![0, 0, BYTE, sizes.len() as u8];
    bytes.extend(sizes.iter().flat_map(|size| size.to_be_bytes()));
    bytes.extend_from_slice(elements);
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::damage::with_damaged;

    fn error_of(bytes: &[u8]) -> String {
        Idx::read(bytes).expect_err("this is refused").to_string()
    }

    #[test]
    fn pictures_and_labels_are_read() {
        let pictures = Idx::Pictures {
            width: 3,
            height: 1,
            pixels: &[0, 1, 2, 253, 254, 255],
        };
        let bytes = idx(&[2, 1, 3], &[0, 1, 2, 253, 254, 255]);
        assert!(is_idx(&bytes));
        assert_eq!(Idx::read(&bytes), Ok(pictures));
        assert_eq!(Idx::read(&idx(&[2], &[7, 3])), Ok(Idx::Labels(&[7, 3])));
    }

    #[test]
    fn the_header_is_the_published_one() {
        let published = [0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 9];
        assert_eq!(idx(&[1, 1, 1], &[9]), published);
    }

    #[test]
    fn every_truncation_and_every_addition_is_noticed() {
        let bytes = idx(&[2, 1, 3], &[0, 1, 2, 253, 254, 255]);
        for n_bytes in 0..16 {
            assert_eq!(Idx::read(&bytes[..n_bytes]), Err(IdxError::CutHeader));
        }
        for n_bytes in 16..bytes.len() {
            let words = error_of(&bytes[..n_bytes]);
            assert!(
                words.contains(&format!("holds {}", n_bytes - 16)),
                "{words}"
            );
        }
        assert_eq!(
            error_of(&[bytes, vec![0]].concat()),
            "the IDX file announces 2 × 1 × 3 elements but holds 7; it was cut off or damaged on the way, so download it again"
        );
    }

    #[test]
    fn sizes_that_overflow_are_a_wrong_size() {
        let words = error_of(&idx(&[u32::MAX; 3], &[1]));
        assert!(
            words.contains("4294967295 × 4294967295 × 4294967295"),
            "{words}"
        );
        assert!(error_of(&idx(&[u32::MAX], &[1])).contains("holds 1"));
    }

    #[test]
    fn zero_sizes_are_refused() {
        for sizes in [[0, 28, 28], [10, 0, 28], [10, 28, 0]] {
            assert!(error_of(&idx(&sizes, &[])).contains("no size is 0"));
        }
        assert_eq!(
            error_of(&idx(&[0], &[])),
            "the IDX file announces 0 elements; choose one in which no size is 0"
        );
    }

    #[test]
    fn other_types_and_dimensions_are_named() {
        let mut floats = idx(&[1], &[0]);
        floats[2] = 0x0d;
        assert_eq!(
            error_of(&floats),
            "the IDX file holds floats, but only bytes from 0 to 255 can be read; convert it first"
        );
        for n_dimensions in [0, 2, 4, 255] {
            let mut bytes = idx(&[1, 1], &[0]);
            bytes[3] = n_dimensions;
            let words = error_of(&bytes);
            assert!(
                words.contains(&format!("{n_dimensions} dimensions")),
                "{words}"
            );
        }
    }

    #[test]
    fn large_pictures_are_refused() {
        assert_eq!(
            error_of(&idx(&[1, 64, 65], &[0; 64 * 65])),
            "the pictures have 65 × 64 pixels, but a network here takes up to 4096 values; make them smaller first"
        );
        assert!(Idx::read(&idx(&[1, 64, 64], &[0; 4096])).is_ok());
    }

    #[test]
    fn random_damage_gives_an_error_or_whole_items() {
        let samples = [idx(&[2, 2, 3], &[9; 12]), idx(&[3], &[1, 2, 3])];
        with_damaged(&samples, 20_000, |bytes| {
            if let Ok(Idx::Pictures {
                width,
                height,
                pixels,
            }) = Idx::read(bytes)
            {
                assert!(!pixels.is_empty() && pixels.len().is_multiple_of(width * height));
            }
        });
    }
}
