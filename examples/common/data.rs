//! Data sets: those that ship with the page, and those in any files that the page takes.

use std::fs;
use std::path::Path;

use bottleneck::data::{Dataset, NamedFile, read};
use bottleneck::recipe::DataName;

use crate::Outcome;

const DATA_DIR: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/www/data");

/// The data that ship with the page.
pub fn own_data(name: DataName) -> Outcome<Dataset> {
    if let Some(dataset) = name.generated() {
        return Ok(dataset);
    }
    let path = Path::new(DATA_DIR).join(name.file_name().unwrap_or_default());
    opened(&[path.to_string_lossy().into_owned()])
}

/// The data in files; a table's columns are taken as they propose themselves.
pub fn opened(paths: &[String]) -> Outcome<Dataset> {
    Ok(read(&named_files(paths)?)?.dataset)
}

/// Files with what is in them.
pub fn named_files(paths: &[String]) -> Outcome<Vec<NamedFile>> {
    let named = |path: &String| -> Outcome<NamedFile> {
        Ok(NamedFile {
            name: path.clone(),
            bytes: fs::read(path).map_err(|error| format!("{path}: {error}"))?,
        })
    };
    paths.iter().map(named).collect()
}
