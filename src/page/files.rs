//! The reader's own files, read where they are: nothing is sent anywhere.

use js_sys::{Array, ArrayBuffer, Reflect, Uint8Array};
use wasm_bindgen::JsCast as _;
use wasm_bindgen_futures::JsFuture;
use web_sys::{File, FileList};

use crate::data::{MAX_FILE_BYTES, NamedFile, is_clutter};
use crate::page::store::Store;
use crate::session::{DataMessage, MOST_BYTES_TAKEN_ALONG, Message};

/// Bytes of a megabyte, as file managers count them.
const MEGABYTE: f64 = 1e6;

/// A file as the reader chose or dropped it.
pub(super) struct ChosenFile {
    /// Its name, with the folders that it lies in where whole folders were chosen.
    pub path: String,
    /// The file.
    pub file: File,
}

/// Reads the files as [`read`] does, or hands those to the examiner that are too large to be held here too.
pub(super) async fn read_or_hand_over(store: Store, mut files: Vec<ChosenFile>) -> Message {
    files.retain(|chosen| !is_clutter(&chosen.path));
    let n_bytes: f64 = files.iter().map(|chosen| chosen.file.size()).sum();
    if n_bytes <= MOST_BYTES_TAKEN_ALONG as f64 || n_bytes > MAX_FILE_BYTES as f64 {
        return read(files).await;
    }
    let pairs = files
        .iter()
        .map(|ChosenFile { path, file }| Array::of2(&path.as_str().into(), file));
    store.hand_to_examiner(&pairs.collect());
    Message::Data(DataMessage::LargeFilesHanded {
        names: files.into_iter().map(|chosen| chosen.path).collect(),
        are_to_be_judged: false,
    })
}

/// Reads the files, or says which of them could not be read and why.
pub(super) async fn read(mut files: Vec<ChosenFile>) -> Message {
    files.retain(|chosen| !is_clutter(&chosen.path));
    // Sizes first: files that are too large must not fill the memory.
    let n_bytes: f64 = files.iter().map(|chosen| chosen.file.size()).sum();
    if n_bytes > MAX_FILE_BYTES as f64 {
        return too_large(&files, n_bytes);
    }
    let mut named = Vec::new();
    for ChosenFile { path, file } in files {
        let Some(bytes) = bytes_of(&file).await else {
            let reason =
                format!("{path} could not be read: a file must not be moved or changed meanwhile.");
            return Message::Data(DataMessage::FilesRefused { reason });
        };
        named.push(NamedFile { name: path, bytes });
    }
    Message::Data(DataMessage::FilesOpened(named))
}

/// The files of an input.
pub(super) fn listed(files: Option<FileList>) -> Vec<ChosenFile> {
    files.map_or_else(Vec::new, |files| {
        let files = (0..files.length()).filter_map(|idx| files.get(idx));
        files.map(chosen).collect()
    })
}

/// A file with the path that it has where a folder was chosen.
pub(super) fn chosen(file: File) -> ChosenFile {
    let path = Reflect::get(&file, &"webkitRelativePath".into()).ok();
    let path = path.and_then(|path| path.as_string());
    let path = path.filter(|path| !path.is_empty());
    ChosenFile {
        path: path.unwrap_or_else(|| file.name()),
        file,
    }
}

fn too_large(files: &[ChosenFile], n_bytes: f64) -> Message {
    let what = match files {
        [only] => format!("{} is", only.path),
        several => format!("These {} files are together", several.len()),
    };
    let reason = format!(
        "{what} larger than {:.0} MB ({:.0} MB), too large for a browser; open a part of it.",
        MAX_FILE_BYTES as f64 / MEGABYTE,
        n_bytes / MEGABYTE
    );
    Message::Data(DataMessage::FilesRefused { reason })
}

async fn bytes_of(file: &File) -> Option<Vec<u8>> {
    let buffer = JsFuture::from(file.array_buffer()).await.ok()?;
    let buffer: ArrayBuffer = buffer.dyn_into().ok()?;
    Some(Uint8Array::new(&buffer).to_vec())
}
