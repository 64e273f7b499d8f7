//! The reader's own files, read where they are: nothing is sent anywhere.

use js_sys::{ArrayBuffer, Uint8Array};
use wasm_bindgen::JsCast as _;
use wasm_bindgen_futures::JsFuture;
use web_sys::{File, FileList};

use crate::data::{MAX_FILE_BYTES, NamedFile};
use crate::session::{DataMessage, Message};

/// Bytes of a megabyte, as file managers count them.
const MEGABYTE: f64 = 1e6;

/// Reads the files, or says which of them could not be read and why.
pub(super) async fn read(files: Vec<File>) -> Message {
    // Sizes first: a file that is too large must not fill the memory.
    if let Some(file) = files
        .iter()
        .find(|file| file.size() > MAX_FILE_BYTES as f64)
    {
        return too_large(file);
    }
    let mut named = Vec::new();
    for file in files {
        let Some(bytes) = bytes_of(&file).await else {
            let reason = format!(
                "{} could not be read; a folder is no file, and a file must not be moved or changed meanwhile.",
                file.name()
            );
            return Message::Data(DataMessage::FilesRefused { reason });
        };
        named.push(NamedFile {
            name: file.name(),
            bytes,
        });
    }
    Message::Data(DataMessage::FilesOpened(named))
}

/// The files of an input or a drop.
pub(super) fn listed(files: Option<FileList>) -> Vec<File> {
    files.map_or_else(Vec::new, |files| {
        (0..files.length())
            .filter_map(|idx| files.get(idx))
            .collect()
    })
}

fn too_large(file: &File) -> Message {
    let reason = format!(
        "{} is larger than {:.0} MB ({:.0} MB), too large for a browser; open a part of it.",
        file.name(),
        MAX_FILE_BYTES as f64 / MEGABYTE,
        file.size() / MEGABYTE
    );
    Message::Data(DataMessage::FilesRefused { reason })
}

async fn bytes_of(file: &File) -> Option<Vec<u8>> {
    let buffer = JsFuture::from(file.array_buffer()).await.ok()?;
    let buffer: ArrayBuffer = buffer.dyn_into().ok()?;
    Some(Uint8Array::new(&buffer).to_vec())
}
