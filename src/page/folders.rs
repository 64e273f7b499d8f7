//! The files in dropped folders, with their paths.

use js_sys::{Array, Function, Promise};
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{DataTransfer, File, FileSystemDirectoryEntry, FileSystemEntry, FileSystemFileEntry};

use super::files::{ChosenFile, listed};

/// Folders in folders are looked into so far.
const MOST_FOLDERS: usize = 2_000;

/// What was dropped: files, and folders that are yet to be looked through.
pub(super) struct Dropped {
    files: Vec<ChosenFile>,
    folders: Vec<FileSystemEntry>,
}

/// What a drop brings; it must be asked for at once, since the browser forgets it.
pub(super) fn dropped(transfer: &DataTransfer) -> Dropped {
    let items = transfer.items();
    let entries =
        (0..items.length()).filter_map(|idx| items.get(idx)?.webkit_get_as_entry().ok()?);
    let folders: Vec<FileSystemEntry> = entries.filter(FileSystemEntry::is_directory).collect();
    let mut files = listed(transfer.files());
    // A folder stands among the files too, as one that cannot be read.
    files.retain(|chosen| folders.iter().all(|folder| folder.name() != chosen.path));
    Dropped { files, folders }
}

impl Dropped {
    /// All files, those in folders with their paths.
    pub(super) async fn all(self) -> Vec<ChosenFile> {
        let Self {
            mut files,
            mut folders,
        } = self;
        let mut n_looked_into = 0;
        while let Some(folder) = folders.pop() {
            n_looked_into += 1;
            if n_looked_into > MOST_FOLDERS {
                break;
            }
            for entry in entries_of(folder.unchecked_ref()).await.unwrap_or_default() {
                if entry.is_directory() {
                    folders.push(entry);
                } else if let Some(file) = file_of(entry.unchecked_ref()).await {
                    let path = entry.full_path();
                    let path = path.trim_start_matches('/').to_owned();
                    files.push(ChosenFile { path, file });
                }
            }
        }
        files.sort_by(|a, b| a.path.cmp(&b.path));
        files
    }
}

/// All that lies in a folder; a browser hands it out by the hundred.
async fn entries_of(folder: &FileSystemDirectoryEntry) -> Result<Vec<FileSystemEntry>, JsValue> {
    let reader = folder.create_reader();
    let mut all = Vec::new();
    loop {
        let some = answer(|resolve, reject| {
            reader.read_entries_with_callback_and_callback(resolve, reject)
        });
        let some: Array = some.await?.unchecked_into();
        if some.length() == 0 {
            return Ok(all);
        }
        all.extend(some.iter().map(FileSystemEntry::unchecked_from_js));
    }
}

async fn file_of(entry: &FileSystemFileEntry) -> Option<File> {
    let file = answer(|resolve, reject| {
        entry.file_with_callback_and_callback(resolve, reject);
        Ok(())
    });
    file.await.ok()?.dyn_into().ok()
}

/// What is handed to the first of two functions.
async fn answer(
    ask: impl Fn(&Function, &Function) -> Result<(), JsValue>,
) -> Result<JsValue, JsValue> {
    let promise = Promise::new(&mut |resolve, reject| {
        if let Err(error) = ask(&resolve, &reject) {
            // Nobody is left to hear of a second error.
            let _ = reject.call1(&JsValue::NULL, &error);
        }
    });
    JsFuture::from(promise).await
}
