//! Reading the reader's files, also those that are too large to come in a message.

use std::cell::RefCell;

use js_sys::{Array, ArrayBuffer, Uint8Array};
use wasm_bindgen::JsCast as _;
use wasm_bindgen_futures::JsFuture;
use web_sys::File;

use super::clock::now_ms;
use super::photos::with_photos_decoded;
use super::shell::post;
use crate::data::NamedFile;
use crate::model_file::{OpenedFiles, ToBeJudged, open_for};
use crate::protocol::{Event, ExamineEvent};

/// Bytes that are read at a time.
const SLICE: f64 = 8_000_000.0;
/// How far it is, is told so often.
const NEWS_EVERY_MS: f64 = 100.0;
/// Reading the bytes takes about this share of the time; making sense of them takes the rest.
const SHARE_OF_BYTES: f32 = 0.2;

const NOT_HERE: &str = "The file is not here any more: choose it again.";

thread_local! {
    /// Files that the page has handed over; it tells what to do with them next.
    static HANDED: RefCell<Vec<(String, File)>> = const { RefCell::new(Vec::new()) };
}

/// Keeps files, each behind its name, until the page says what to do with them.
pub(super) fn keep(files: &Array) {
    let pairs = files.iter().filter_map(|pair| {
        let pair: Array = pair.dyn_into().ok()?;
        Some((pair.get(0).as_string()?, pair.get(1).dyn_into().ok()?))
    });
    HANDED.set(pairs.collect());
}

/// Reads the files of a message, or those that were handed over, and says on the way how far it is.
pub(super) async fn read(
    request: u32,
    files: Option<Vec<NamedFile>>,
    judge: Option<&ToBeJudged>,
) -> ExamineEvent {
    let mut news = News {
        request,
        last_ms: now_ms(),
    };
    let files = match files {
        Some(files) => Ok(files),
        None => bytes_of(HANDED.take(), &mut news).await,
    };
    let outcome = match files {
        Ok(files) => opened(files, judge, &mut news).await,
        Err(reason) => Err(reason),
    };
    ExamineEvent::FilesRead { request, outcome }
}

async fn opened(
    files: Vec<NamedFile>,
    judge: Option<&ToBeJudged>,
    news: &mut News,
) -> Result<Box<OpenedFiles>, String> {
    let files = with_photos_decoded(files).await?;
    let opened = open_for(&files, judge, &mut |share| {
        news.tell(SHARE_OF_BYTES + share * (1.0 - SHARE_OF_BYTES));
    });
    opened.map(Box::new).map_err(|error| format!("{error}."))
}

/// All bytes of the files, a slice at a time.
async fn bytes_of(files: Vec<(String, File)>, news: &mut News) -> Result<Vec<NamedFile>, String> {
    let n_bytes: f64 = files.iter().map(|(_, file)| file.size()).sum();
    let mut n_read = 0.0;
    let mut read = Vec::new();
    for (name, file) in files {
        let mut bytes = Vec::with_capacity(file.size() as usize);
        let mut start = 0.0;
        while start < file.size() {
            let end = (start + SLICE).min(file.size());
            let slice = slice_of(&file, start, end).await.ok_or_else(|| {
                format!("{name} could not be read: a file must not be moved or changed meanwhile.")
            })?;
            let n_before = bytes.len();
            bytes.resize(n_before + slice.length() as usize, 0);
            slice.copy_to(&mut bytes[n_before..]);
            n_read += end - start;
            start = end;
            news.tell((n_read / n_bytes) as f32 * SHARE_OF_BYTES);
        }
        read.push(NamedFile { name, bytes });
    }
    if read.is_empty() {
        return Err(NOT_HERE.to_owned());
    }
    Ok(read)
}

async fn slice_of(file: &File, start: f64, end: f64) -> Option<Uint8Array> {
    let slice = file.slice_with_f64_and_f64(start, end).ok()?;
    let buffer: ArrayBuffer = JsFuture::from(slice.array_buffer())
        .await
        .ok()?
        .dyn_into()
        .ok()?;
    Some(Uint8Array::new(&buffer))
}

/// Tells the page how far the reading is, now and then.
struct News {
    request: u32,
    last_ms: f64,
}

impl News {
    fn tell(&mut self, progress: f32) {
        if now_ms() - self.last_ms < NEWS_EVERY_MS {
            return;
        }
        self.last_ms = now_ms();
        let request = self.request;
        post(&Event::Examine(ExamineEvent::Reading { request, progress }));
    }
}
