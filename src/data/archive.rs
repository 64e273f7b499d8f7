//! Zip archives: the files in them, as if they had been chosen one by one.

use std::io::Read as _;

use flate2::bufread::DeflateDecoder;
use rawzip::{CompressionMethod, ZipArchive, ZipFileHeaderRecord, ZipSliceArchive};
use thiserror::Error;

use super::{MAX_FILE_BYTES, NamedFile};

const MAGIC: [u8; 4] = *b"PK\x03\x04";
/// More files than these in one archive are no data set for a browser.
const MOST_ENTRIES: usize = 50_000;

/// Why an archive cannot be taken.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ArchiveError {
    /// It is not what was packed.
    #[error(
        "the archive is damaged or was cut off on the way; download it again, or unpack it yourself first"
    )]
    Damaged,
    /// Its files need a password.
    #[error("{entry} in the archive needs a password; unpack it yourself first")]
    Locked {
        /// The file in it.
        entry: String,
    },
    /// A file is packed in a way that is not known here.
    #[error(
        "{entry} in the archive is packed in a way that cannot be read here; unpack it yourself first"
    )]
    OtherMethod {
        /// The file in it.
        entry: String,
    },
    /// It holds more files than can be looked through.
    #[error("the archive holds more than {most} files; unpack it yourself and choose some of them")]
    TooManyEntries {
        /// How many there may be.
        most: usize,
    },
    /// It unpacks to more than fits.
    #[error(
        "the archive unpacks to more than {} MB; unpack it yourself and choose a part of it",
        most / 1_000_000
    )]
    TooLarge {
        /// The most bytes that it may unpack to.
        most: u64,
    },
    /// There is no file in it.
    #[error("the archive holds no file; choose another")]
    Empty,
}

/// Whether a file is an archive, by its first bytes.
pub(super) fn is_archive(bytes: &[u8]) -> bool {
    bytes.starts_with(&MAGIC)
}

/// The files in an archive with their paths, in its own order; folders and what systems add to them are left out.
pub(super) fn files_in(bytes: &[u8]) -> Result<Vec<NamedFile>, ArchiveError> {
    unpacked_up_to(bytes, MAX_FILE_BYTES)
}

fn unpacked_up_to(bytes: &[u8], most: u64) -> Result<Vec<NamedFile>, ArchiveError> {
    let archive = ZipArchive::from_slice(bytes).map_err(|_| ArchiveError::Damaged)?;
    let mut entries = archive.entries();
    let (mut files, mut n_entries, mut left) = (Vec::new(), 0, most);
    while let Some(entry) = entries.next_entry().map_err(|_| ArchiveError::Damaged)? {
        n_entries += 1;
        if n_entries > MOST_ENTRIES {
            return Err(ArchiveError::TooManyEntries { most: MOST_ENTRIES });
        }
        let name = String::from_utf8_lossy(entry.file_path().as_bytes()).into_owned();
        if entry.is_dir() || is_clutter(&name) {
            continue;
        }
        let bytes = unpacked(&archive, &entry, &name, left).map_err(|error| match error {
            ArchiveError::TooLarge { .. } => ArchiveError::TooLarge { most },
            error => error,
        })?;
        left -= bytes.len() as u64;
        files.push(NamedFile { name, bytes });
    }
    if files.is_empty() {
        return Err(ArchiveError::Empty);
    }
    Ok(files)
}

/// The bytes of an entry, at most `left`; what it says of its own size is not believed.
fn unpacked(
    archive: &ZipSliceArchive<&[u8]>,
    entry: &ZipFileHeaderRecord<'_>,
    name: &str,
    left: u64,
) -> Result<Vec<u8>, ArchiveError> {
    if entry.flags().is_encrypted() {
        return Err(ArchiveError::Locked {
            entry: short_name(name),
        });
    }
    let packed = archive.get_entry(entry.wayfinder());
    let packed = packed.map_err(|_| ArchiveError::Damaged)?;
    let mut bytes = Vec::new();
    let outcome = match entry.compression_method() {
        CompressionMethod::STORE => {
            let reader = packed.verifying_reader(packed.data());
            reader.take(left + 1).read_to_end(&mut bytes)
        }
        CompressionMethod::DEFLATE => {
            let reader = packed.verifying_reader(DeflateDecoder::new(packed.data()));
            reader.take(left + 1).read_to_end(&mut bytes)
        }
        _ => {
            return Err(ArchiveError::OtherMethod {
                entry: short_name(name),
            });
        }
    };
    if bytes.len() as u64 > left {
        return Err(ArchiveError::TooLarge { most: left });
    }
    outcome.map_err(|_| ArchiveError::Damaged)?;
    Ok(bytes)
}

/// As much of a path as a sentence has room for: its end.
pub(super) fn short_name(path: &str) -> String {
    const MOST: usize = 40;
    let n_characters = path.chars().count();
    if n_characters <= MOST {
        return path.to_owned();
    }
    let end: String = path.chars().skip(n_characters - MOST).collect();
    format!("…{end}")
}

/// Whether a file is one that systems put into archives and folders beside those that people put there.
pub fn is_clutter(path: &str) -> bool {
    let mut parts = path.split(['/', '\\']);
    let name = path.rsplit(['/', '\\']).next().unwrap_or(path);
    let is_known = ["Thumbs.db", "desktop.ini"].contains(&name);
    is_known || name.is_empty() || parts.any(|part| part == "__MACOSX" || part.starts_with('.'))
}

/// An archive of some files, for tests.
#[cfg(test)]
pub(super) fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
    use std::io::Write as _;
    let mut bytes = Vec::new();
    let mut archive = rawzip::ZipArchiveWriter::new(&mut bytes);
    for (name, content) in files {
        let file = archive
            .new_file(name)
            .compression_method(CompressionMethod::DEFLATE);
        let (mut entry, config) = file.start().expect("memory takes all");
        let encoder = flate2::write::DeflateEncoder::new(&mut entry, flate2::Compression::fast());
        let mut writer = config.wrap(encoder);
        writer.write_all(content).expect("memory takes all");
        let (encoder, descriptor) = writer.finish().expect("memory takes all");
        encoder.finish().expect("memory takes all");
        entry.finish(descriptor).expect("memory takes all");
    }
    archive.finish().expect("memory takes all");
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::damage::with_damaged;

    fn file(name: &str, bytes: &[u8]) -> NamedFile {
        NamedFile {
            name: name.to_owned(),
            bytes: bytes.to_vec(),
        }
    }

    #[test]
    fn files_come_out_with_their_paths_and_without_clutter() {
        let packed = zip(&[
            ("a.csv", b"x,y\n1,2\n"),
            ("__MACOSX/._a.csv", b"junk"),
            ("round/.DS_Store", b"junk"),
            ("round/b.png", b"png"),
        ]);
        assert!(is_archive(&packed));
        let expected = [file("a.csv", b"x,y\n1,2\n"), file("round/b.png", b"png")];
        assert_eq!(files_in(&packed).expect("two files"), expected);
    }

    #[test]
    fn an_archive_without_files_is_empty() {
        let packed = zip(&[(".DS_Store", b"junk")]);
        assert_eq!(files_in(&packed), Err(ArchiveError::Empty));
    }

    #[test]
    fn a_bomb_does_not_go_off() {
        let zeros = vec![0; 100_000];
        let packed = zip(&[("a", &zeros), ("b", &zeros)]);
        assert!(packed.len() < 2_000);
        let too_large = ArchiveError::TooLarge { most: 199_999 };
        assert_eq!(unpacked_up_to(&packed, 199_999), Err(too_large));
        assert!(unpacked_up_to(&packed, 200_000).is_ok());
    }

    #[test]
    fn every_truncation_is_noticed() {
        let packed = zip(&[("a.csv", b"x,y\n1,2\n")]);
        for n_bytes in 0..packed.len() {
            assert_eq!(
                files_in(&packed[..n_bytes]),
                Err(ArchiveError::Damaged),
                "{n_bytes}"
            );
        }
    }

    #[test]
    fn random_damage_gives_an_error_or_files() {
        let samples = [zip(&[("a.csv", b"x,y\n1,2\n"), ("b/c", &[7; 500])])];
        with_damaged(&samples, 20_000, |bytes| {
            if let Ok(files) = unpacked_up_to(bytes, 10_000) {
                let n_bytes: usize = files.iter().map(|file| file.bytes.len()).sum();
                assert!(n_bytes <= 10_000);
            }
        });
    }
}
