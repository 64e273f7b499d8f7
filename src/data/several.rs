//! What is meant among several files: those in archives, pictures that a browser is to decode, and the data beside what
//! people pack with them.

use std::borrow::Cow;

use super::archive::{self, is_archive, short_name};
use super::gzip::is_gzip;
use super::idx::is_idx;
use super::open::{require_small, unpacked};
use super::packed::is_packed;
use super::{NamedFile, OpenError, PhotoFormat};

/// How files of tables end, by which they are told from texts about them in an archive.
const TABLE_ENDINGS: [&str; 8] = ["csv", "tsv", "tab", "txt", "data", "dat", "tra", "tes"];
/// Files of an archive that are named where none or several could be meant.
const MOST_LISTED: usize = 6;

/// The pictures among the files, each a file of its own, whether they lie in an archive or not: what a browser is to decode
/// before the files can be opened. `None` where they are anything else.
///
/// # Errors
/// When an archive cannot be unpacked.
pub fn photos_among(files: &[NamedFile]) -> Result<Option<Vec<NamedFile>>, OpenError> {
    let unarchived = unarchived(files)?;
    let is_photo = |file: &&NamedFile| PhotoFormat::of(&file.bytes).is_some();
    // Only archives and folders hold other files beside pictures, such as a text about them.
    let is_loose = |file: &NamedFile| !file.name.contains('/');
    let has_archive = matches!(unarchived, Cow::Owned(_));
    let n_photos = unarchived.iter().filter(is_photo).count();
    let others = unarchived.iter().filter(|file| !is_photo(file));
    let has_other_data = others.into_iter().any(|file| {
        let is_data = is_idx(&file.bytes) || is_gzip(&file.bytes) || is_packed(&file.bytes);
        is_data || (!has_archive && is_loose(file))
    });
    if n_photos == 0 || has_other_data {
        return Ok(None);
    }
    let photos = unarchived.into_owned().into_iter();
    Ok(Some(photos.filter(|file| is_photo(&file)).collect()))
}

/// Whether these are two files that are called tables and are nothing else by their first bytes: which of them is to be
/// learned from must be asked.
pub fn are_two_tables(files: &[NamedFile]) -> bool {
    let is_table = |file: &NamedFile| {
        let bytes = &file.bytes;
        let is_other = is_idx(bytes)
            || is_packed(bytes)
            || is_archive(bytes)
            || is_gzip(bytes)
            || PhotoFormat::of(bytes).is_some();
        is_table_by_name(&file.name) && !is_other
    };
    files.len() == 2 && files.iter().all(is_table)
}

/// Whether a file's name ends like that of a table.
fn is_table_by_name(name: &str) -> bool {
    let name = name.trim_end_matches(".gz").to_lowercase();
    let ending = name.rsplit('.').next();
    ending.is_some_and(|ending| TABLE_ENDINGS.contains(&ending))
}

/// The files, with those in each archive in its place.
pub(super) fn unarchived(files: &[NamedFile]) -> Result<Cow<'_, [NamedFile]>, OpenError> {
    if !files.iter().any(|file| is_archive(&file.bytes)) {
        return Ok(Cow::Borrowed(files));
    }
    let mut all = Vec::new();
    for file in files {
        if is_archive(&file.bytes) {
            require_small(file)?;
            all.extend(archive::files_in(&file.bytes).map_err(OpenError::archive(&file.name))?);
        } else {
            all.push(file.clone());
        }
    }
    Ok(Cow::Owned(all))
}

/// The data among the files of an archive: those of an IDX data set, or the one table. What else is there, such as a text
/// about them, is left aside.
pub(super) fn data_among(
    archive_name: &str,
    files: &[NamedFile],
) -> Result<Vec<NamedFile>, OpenError> {
    if files.iter().any(|file| file.name == "[Content_Types].xml") {
        return Err(OpenError::Workbook {
            name: archive_name.to_owned(),
        });
    }
    let is_idx_file = |file: &&NamedFile| unpacked(file).is_ok_and(|bytes| is_idx(&bytes));
    let idx: Vec<NamedFile> = files.iter().filter(is_idx_file).cloned().collect();
    if !idx.is_empty() {
        return Ok(idx);
    }
    let is_table = |file: &&NamedFile| is_table_by_name(&file.name);
    let named: Vec<&NamedFile> = files.iter().filter(is_table).collect();
    match &named[..] {
        [only] => Ok(vec![NamedFile::clone(only)]),
        [] => Err(OpenError::NothingInArchive {
            name: archive_name.to_owned(),
            held: listed(files.iter()),
        }),
        several => Err(OpenError::SeveralInArchive {
            name: archive_name.to_owned(),
            held: listed(several.iter().copied()),
        }),
    }
}

/// The names of the first few files.
fn listed<'a>(files: impl ExactSizeIterator<Item = &'a NamedFile>) -> String {
    let n_more = files.len().saturating_sub(MOST_LISTED);
    let names: Vec<String> = files
        .take(MOST_LISTED)
        .map(|file| short_name(&file.name))
        .collect();
    let names = names.join(", ");
    match n_more {
        0 => names,
        n => format!("{names} and {n} more"),
    }
}
