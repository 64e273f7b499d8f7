//! IDX, the format that MNIST is published in.
//!
//! | bytes | what |
//! |---|---|
//! | 2 | 0 |
//! | 1 | type of an element, such as 8 for bytes |
//! | 1 | number of dimensions: 1 for labels, 3 for pictures (items, height, width), 4 for pictures in colour |
//! | 4 each | the dimensions, big-endian |
//! | their product | elements, big-endian; bytes are 0 (paper) to 255 (ink) |

use std::borrow::Cow;

use thiserror::Error;

use super::grey::{self, Channels};
use super::idx_elements::{ElementKind, Elements, short};

/// As many values as a row of a table may have: 64 × 64.
const MOST_PIXELS: u64 = 4096;

/// Why an IDX file cannot be taken.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum IdxError {
    /// It ends within its header.
    #[error("the IDX file ends within its header; it was cut off on the way, so download it again")]
    CutHeader,
    /// It holds neither pictures nor labels.
    #[error(
        "the IDX file has {n_dimensions} dimensions; choose one of pictures, which has 3 or 4, or of labels, which has 1"
    )]
    OtherDimensions {
        /// What the header says.
        n_dimensions: u8,
    },
    /// Its four dimensions are not those of pictures in colour.
    #[error(
        "the IDX file has sizes of {shape}; pictures in colour have three values for each pixel, in the last size or the second"
    )]
    NoColours {
        /// The dimensions, such as `50 × 8 × 8 × 5`.
        shape: String,
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
        /// Elements after the header; what is left of one counts as one.
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
    /// A label is no whole number of a byte.
    #[error("label {} is {value}; labels are whole numbers from 0 to 255", item_idx + 1)]
    OtherLabel {
        /// The item, counted from 0.
        item_idx: usize,
        /// What it has.
        value: String,
    },
}

/// What an IDX file holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Idx<'a> {
    /// `pixels` has whole pictures, at least one.
    Pictures {
        width: usize,
        height: usize,
        pixels: Cow<'a, [u8]>,
        /// How the pixels became levels of grey, a sentence each.
        remarks: Vec<String>,
    },
    Labels(Cow<'a, [u8]>),
}

/// Whether a file is in this format, by its first bytes.
pub(super) fn is_idx(bytes: &[u8]) -> bool {
    matches!(bytes, [0, 0, code, ..] if ElementKind::of_code(*code).is_some())
}

impl<'a> Idx<'a> {
    /// Reads a file that [`is_idx`]; reserves nothing for what its header announces.
    pub(super) fn read(bytes: &'a [u8]) -> Result<Self, IdxError> {
        let (&[_, _, code, n_dimensions], rest) =
            bytes.split_first_chunk().ok_or(IdxError::CutHeader)?;
        let kind = ElementKind::of_code(code).unwrap_or(ElementKind::Byte);
        match n_dimensions {
            1 => {
                let (sizes, elements) = split_sizes::<1>(rest)?;
                labels(whole(&sizes, kind, elements)?)
            }
            3 => {
                let (sizes, elements) = split_sizes::<3>(rest)?;
                let elements = whole(&sizes, kind, elements)?;
                let [_, height, width] = sizes;
                pictures((width, height), elements, Channels::Grey)
            }
            4 => {
                let (sizes, elements) = split_sizes::<4>(rest)?;
                let elements = whole(&sizes, kind, elements)?;
                let (size, channels) = channels_of(sizes).ok_or_else(|| IdxError::NoColours {
                    shape: in_words(&sizes),
                })?;
                pictures(size, elements, channels)
            }
            _ => Err(IdxError::OtherDimensions { n_dimensions }),
        }
    }
}

/// Width and height, and where the colours of a pixel stand.
fn channels_of(sizes: [u32; 4]) -> Option<((u32, u32), Channels)> {
    match sizes {
        [_, height, width, 3] => Some(((width, height), Channels::Together)),
        [_, 3, height, width] => Some(((width, height), Channels::InPlanes)),
        [_, height, width, 1] | [_, 1, height, width] => Some(((width, height), Channels::Grey)),
        _ => None,
    }
}

fn labels(elements: Elements<'_>) -> Result<Idx<'_>, IdxError> {
    if let Some(bytes) = elements.as_bytes() {
        return Ok(Idx::Labels(Cow::Borrowed(bytes)));
    }
    let label = |(item_idx, value): (usize, f64)| {
        let is_label = (0.0..=255.0).contains(&value) && value.fract() == 0.0;
        is_label
            .then_some(value as u8)
            .ok_or_else(|| IdxError::OtherLabel {
                item_idx,
                value: short(value),
            })
    };
    let labels: Result<Vec<u8>, IdxError> = elements.values().enumerate().map(label).collect();
    Ok(Idx::Labels(Cow::Owned(labels?)))
}

fn pictures(
    (width, height): (u32, u32),
    elements: Elements<'_>,
    channels: Channels,
) -> Result<Idx<'_>, IdxError> {
    if u64::from(width) * u64::from(height) > MOST_PIXELS {
        return Err(IdxError::PictureTooLarge {
            width,
            height,
            most: MOST_PIXELS,
        });
    }
    let (width, height) = (width as usize, height as usize);
    let (levels, scaled) = elements.levels();
    let (pixels, turned_grey) = match channels {
        Channels::Grey => (levels, None),
        Channels::Together | Channels::InPlanes => {
            let grey = grey::of_colours(&levels, width * height, channels);
            (Cow::Owned(grey), Some(grey::REMARK.to_owned()))
        }
    };
    Ok(Idx::Pictures {
        width,
        height,
        pixels,
        remarks: scaled.into_iter().chain(turned_grey).collect(),
    })
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

/// The elements, where there are as many as the sizes say.
fn whole<'a>(sizes: &[u32], kind: ElementKind, bytes: &'a [u8]) -> Result<Elements<'a>, IdxError> {
    if sizes.contains(&0) {
        return Err(IdxError::Empty {
            shape: in_words(sizes),
        });
    }
    let n_bytes = sizes
        .iter()
        .try_fold(kind.n_bytes() as u64, |product, &size| {
            product.checked_mul(size.into())
        });
    if n_bytes != Some(bytes.len() as u64) {
        return Err(IdxError::WrongSize {
            shape: in_words(sizes),
            actual: bytes.len().div_ceil(kind.n_bytes()),
        });
    }
    Ok(Elements { kind, bytes })
}

fn in_words(sizes: &[u32]) -> String {
    let sizes: Vec<String> = sizes.iter().map(u32::to_string).collect();
    sizes.join(" × ")
}

/// An IDX file of bytes, for tests.
#[cfg(test)]
pub(super) fn idx(sizes: &[u32], elements: &[u8]) -> Vec<u8> {
    idx_of_kind(0x08, sizes, elements)
}

/// An IDX file of elements of any type, for tests.
#[cfg(test)]
fn idx_of_kind(code: u8, sizes: &[u32], elements: &[u8]) -> Vec<u8> {
    let mut bytes = vec![0, 0, code, sizes.len() as u8];
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
            pixels: Cow::Borrowed(&[0, 1, 2, 253, 254, 255]),
            remarks: Vec::new(),
        };
        let bytes = idx(&[2, 1, 3], &[0, 1, 2, 253, 254, 255]);
        assert!(is_idx(&bytes));
        assert_eq!(Idx::read(&bytes), Ok(pictures));
        assert_eq!(
            Idx::read(&idx(&[2], &[7, 3])),
            Ok(Idx::Labels(Cow::Borrowed(&[7, 3])))
        );
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
    fn other_dimensions_are_named() {
        for n_dimensions in [0, 2, 5, 255] {
            let mut bytes = idx(&[1, 1], &[0]);
            bytes[3] = n_dimensions;
            let words = error_of(&bytes);
            assert!(
                words.contains(&format!("{n_dimensions} dimensions")),
                "{words}"
            );
        }
        let mut unknown = idx(&[1], &[0]);
        unknown[2] = 0x0a;
        assert!(!is_idx(&unknown));
    }

    #[test]
    fn colours_become_grey_wherever_they_stand() {
        let expect = |sizes: &[u32], elements: &[u8], expected: &[u8]| {
            let bytes = idx(sizes, elements);
            let Ok(Idx::Pictures {
                width,
                height,
                pixels,
                remarks,
            }) = Idx::read(&bytes)
            else {
                panic!("no pictures of {sizes:?}");
            };
            assert_eq!((width, height), (2, 1));
            assert_eq!(pixels.as_ref(), expected);
            assert_eq!(remarks.len(), usize::from(elements.len() > 2));
        };
        expect(&[1, 1, 2, 3], &[255, 0, 0, 0, 255, 0], &[76, 150]);
        expect(&[1, 3, 1, 2], &[255, 0, 0, 255, 0, 0], &[76, 150]);
        expect(&[1, 1, 2, 1], &[7, 9], &[7, 9]);
        assert_eq!(
            error_of(&idx(&[1, 2, 2, 2], &[0; 8])),
            "the IDX file has sizes of 1 × 2 × 2 × 2; pictures in colour have three values for each pixel, in the last size or the second"
        );
    }

    #[test]
    fn labels_of_any_type_are_whole_numbers_of_a_byte() {
        let bytes = [3_i32, 255].map(i32::to_be_bytes).concat();
        assert_eq!(
            Idx::read(&idx_of_kind(0x0c, &[2], &bytes)),
            Ok(Idx::Labels(Cow::Borrowed(&[3, 255])))
        );
        for (label, words) in [
            (-1.0_f32, "-1"),
            (256.0, "256"),
            (0.5, "0.500"),
            (f32::NAN, "NaN"),
        ] {
            let bytes = [7.0, label].map(f32::to_be_bytes).concat();
            assert_eq!(
                error_of(&idx_of_kind(0x0d, &[2], &bytes)),
                format!("label 2 is {words}; labels are whole numbers from 0 to 255")
            );
        }
    }

    #[test]
    fn floats_that_are_cut_off_are_counted_in_elements() {
        let bytes = idx_of_kind(0x0d, &[2, 1, 1], &[0; 7]);
        let words = error_of(&bytes);
        assert!(words.contains("2 × 1 × 1 elements but holds 2"), "{words}");
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
        let samples = [
            idx(&[2, 2, 3], &[9; 12]),
            idx(&[3], &[1, 2, 3]),
            idx(&[1, 2, 2, 3], &[9; 12]),
            idx_of_kind(0x0d, &[2, 1, 2], &[63; 16]),
            idx_of_kind(0x0e, &[2], &[63; 16]),
        ];
        with_damaged(&samples, 20_000, |bytes| {
            if let Ok(Idx::Pictures {
                width,
                height,
                pixels,
                remarks: _,
            }) = Idx::read(bytes)
            {
                assert!(!pixels.is_empty() && pixels.len().is_multiple_of(width * height));
            }
        });
    }
}
