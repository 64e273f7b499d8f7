//! Files that travel compressed.

use std::io::{ErrorKind, Read};

use flate2::bufread::MultiGzDecoder;
use thiserror::Error;

use super::MAX_FILE_BYTES;

/// Tables and pictures shrink to a twentieth or so; what unpacks to more than this is a trap, or empty.
const MOST_TIMES: u64 = 50;
/// What unpacks to no more than this does no harm, however small it was.
const HARMLESS_BYTES: u64 = 16_000_000;

const MAGIC: [u8; 2] = [0x1f, 0x8b];

/// Why a compressed file cannot be unpacked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum GzipError {
    /// It ends too early.
    #[error("the compressed file ends too early; it was cut off on the way, so download it again")]
    Truncated,
    /// It is not what was compressed.
    #[error("the compressed file is damaged; download it again, or unpack it yourself first")]
    Damaged,
    /// It unpacks to far more than a file of its size holds.
    #[error(
        "the compressed file unpacks to more than {times} times its size, as no table or picture does; unpack it yourself and see what is in it"
    )]
    Bomb {
        /// How many times its size it may unpack to.
        times: u64,
    },
    /// It unpacks to more than fits.
    #[error(
        "the compressed file unpacks to more than {} MB; choose a smaller one",
        most / 1_000_000
    )]
    TooLarge {
        /// The most bytes that it may unpack to.
        most: u64,
    },
}

/// Whether a file is compressed, by its first bytes.
pub fn is_gzip(bytes: &[u8]) -> bool {
    bytes.starts_with(&MAGIC)
}

/// Unpacks a gzip file, of one member or of several, to at most [`MAX_FILE_BYTES`] and, beyond 16 MB, to at most
/// fifty times its size.
///
/// # Errors
/// When the file is cut short, damaged, or unpacks to more.
pub fn gunzip(bytes: &[u8]) -> Result<Vec<u8>, GzipError> {
    let plausible = (MOST_TIMES * bytes.len() as u64).max(HARMLESS_BYTES);
    gunzip_up_to(bytes, plausible.min(MAX_FILE_BYTES)).map_err(|error| match error {
        GzipError::TooLarge { most } if most < MAX_FILE_BYTES => {
            GzipError::Bomb { times: MOST_TIMES }
        }
        error => error,
    })
}

fn gunzip_up_to(bytes: &[u8], most: u64) -> Result<Vec<u8>, GzipError> {
    let mut unpacked = Vec::new();
    let mut decoder = MultiGzDecoder::new(bytes).take(most + 1);
    decoder
        .read_to_end(&mut unpacked)
        .map_err(|error| match error.kind() {
            ErrorKind::UnexpectedEof => GzipError::Truncated,
            _ => GzipError::Damaged,
        })?;
    if unpacked.len() as u64 > most {
        return Err(GzipError::TooLarge { most });
    }
    Ok(unpacked)
}

/// Packs bytes, for tests.
#[cfg(test)]
pub(super) fn gzip(bytes: &[u8]) -> Vec<u8> {
    use std::io::Write as _;
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(bytes).expect("memory takes all");
    encoder.finish().expect("memory takes all")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::damage::with_damaged;

    #[test]
    fn what_was_packed_is_unpacked() {
        let packed = gzip(b"age,city\n27,bonn\n");
        assert!(is_gzip(&packed));
        assert_eq!(gunzip(&packed), Ok(b"age,city\n27,bonn\n".to_vec()));
    }

    #[test]
    fn members_are_joined() {
        let packed = [gzip(b"age,city\n"), gzip(b"27,bonn\n")].concat();
        assert_eq!(gunzip(&packed), Ok(b"age,city\n27,bonn\n".to_vec()));
    }

    #[test]
    fn every_truncation_is_noticed() {
        let packed = gzip(b"age,city\n27,bonn\n");
        for n_bytes in 0..packed.len() {
            assert_eq!(
                gunzip(&packed[..n_bytes]),
                Err(GzipError::Truncated),
                "{n_bytes}"
            );
        }
    }

    #[test]
    fn a_wrong_sum_is_noticed() {
        let mut packed = gzip(b"age,city\n27,bonn\n");
        let sum_idx = packed.len() - 8;
        packed[sum_idx] ^= 1;
        assert_eq!(gunzip(&packed), Err(GzipError::Damaged));
    }

    #[test]
    fn a_bomb_does_not_go_off() {
        let packed = gzip(&vec![0; 100_000]);
        assert!(packed.len() < 1_000);
        let too_large = GzipError::TooLarge { most: 99_999 };
        assert_eq!(gunzip_up_to(&packed, 99_999), Err(too_large));
        assert_eq!(gunzip_up_to(&packed, 100_000), Ok(vec![0; 100_000]));
        let words = GzipError::TooLarge {
            most: MAX_FILE_BYTES,
        }
        .to_string();
        assert_eq!(
            words,
            "the compressed file unpacks to more than 200 MB; choose a smaller one"
        );
    }

    #[test]
    fn a_small_file_that_unpacks_to_a_huge_one_is_called_what_it_is() {
        let packed = gzip(&vec![b'1'; 17_000_000]);
        assert!(packed.len() < 100_000);
        let error = gunzip(&packed).expect_err("this is refused");
        assert_eq!(error, GzipError::Bomb { times: 50 });
        assert_eq!(
            error.to_string(),
            "the compressed file unpacks to more than 50 times its size, as no table or picture does; unpack it \
             yourself and see what is in it"
        );
        assert!(gunzip(&gzip(&vec![b'1'; 15_000_000])).is_ok());
    }

    #[test]
    fn random_damage_gives_an_error_or_bytes() {
        let samples = [gzip(b"age,city\n27,bonn\n"), gzip(&[7; 500])];
        with_damaged(&samples, 20_000, |bytes| {
            // A few pass all the same: the header has parts without a sum.
            let _ = gunzip_up_to(bytes, 10_000);
        });
    }
}
