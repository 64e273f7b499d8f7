//! What the browser keeps of the reader's work across visits: works in parts, and how far each lesson has come.
//!
//! A work belongs to the tab that claims it. A part is bytes that say themselves what they are; beside the parts lies a
//! header, so that works can be listed without opening them. All that is said of one moment is written at once or not
//! at all.

mod claim;
mod database;
mod error;

use serde::{Deserialize, Serialize};
use wasm_bindgen::JsValue;

pub use claim::{Claim, claim};
pub use error::StorageError;

use crate::model_file::Part;
use crate::protocol::{BUILD_ID, RememberedLesson, RememberedWork};
use claim::claimed;
use database::{Change, Drawer, Records, bytes_of, kept};

/// The version of headers and parts that is written; what has a higher one was written by a newer build.
const VERSION: u32 = 1;

/// So many works are kept; when another comes, the oldest one goes that no tab works on.
const MOST_WORKS: usize = 6;

/// Where drawings lie among the parts of works, none of which is called so: their names have a stroke in them.
const DRAWINGS: &str = "drawings";

/// What is kept, without opening it.
#[derive(Debug, Default)]
pub struct Works {
    /// Those that no tab works on, the newest first.
    pub works: Vec<RememberedWork>,
    /// How many there are besides that some tab works on.
    pub n_claimed: usize,
    /// Why others cannot be had back.
    pub trouble: Option<StorageError>,
}

/// What lies beside the parts of a work.
#[derive(Debug, Serialize, Deserialize)]
struct Header {
    version: u32,
    build: String,
    title: String,
    fragment: String,
    written_ms: f64,
}

/// An open storage.
pub struct Storage(Records);

impl Storage {
    /// Opens what this browser keeps for the page; `name` tells it from the storage of others, such as tests.
    ///
    /// # Errors
    /// When the browser lets the page keep nothing, or a newer build has written here.
    pub async fn open(name: &str) -> Result<Self, StorageError> {
        Ok(Self(Records::open(name).await?))
    }

    /// The works that no tab works on, and why others cannot be had back. Those stay as they are.
    ///
    /// # Errors
    /// When the database is gone.
    pub async fn works(&self) -> Result<Works, StorageError> {
        let claimed = claimed().await.unwrap_or_default();
        let headers = self.0.all(Drawer::Headers).await?.into_iter();
        let mut found = Works::default();
        for (id, value) in headers {
            match header_of(value) {
                Ok(_) if claimed.contains(&id) => found.n_claimed += 1,
                Ok(header) => found.works.push(RememberedWork {
                    id,
                    title: header.title,
                    fragment: header.fragment,
                    written_ms: header.written_ms,
                }),
                Err(trouble) => found.trouble = Some(trouble),
            }
        }
        let newest_first = |one: &RememberedWork, other: &RememberedWork| {
            other.written_ms.total_cmp(&one.written_ms)
        };
        found.works.sort_by(newest_first);
        Ok(found)
    }

    /// Whether there is a work of this name, be it one that cannot be read.
    ///
    /// # Errors
    /// When the database is gone.
    pub async fn has(&self, id: &str) -> Result<bool, StorageError> {
        let names = self.0.names_beginning(Drawer::Headers, id).await?;
        Ok(names.iter().any(|name| name == id))
    }

    /// Writes parts of a work in the place of older ones of the same names, and drops its parts that are not to stay.
    ///
    /// # Errors
    /// When there is no room, or the database is gone; nothing has changed then.
    pub async fn write(
        &self,
        work: &RememberedWork,
        parts: &[Part],
        stays: impl Fn(&str) -> bool,
    ) -> Result<(), StorageError> {
        let id = &work.id;
        let known = self
            .0
            .names_beginning(Drawer::Parts, &prefix_of(id))
            .await?;
        let names = known
            .into_iter()
            .filter_map(|name| Some(name.split_once('/')?.1.to_owned()));
        let gone = names.filter(|name| !stays(name));
        let mut changes: Vec<_> = gone
            .map(|name| Change::Remove(Drawer::Parts, name_of(id, &name)))
            .collect();
        changes.extend(
            parts
                .iter()
                .map(|part| Change::Put(Drawer::Parts, name_of(id, &part.name), kept(&part.bytes))),
        );
        changes.push(Change::Put(Drawer::Headers, id.clone(), header(work)?));
        self.0.change(&changes).await?;
        let Works { works, .. } = self.works().await?;
        let others = works.iter().filter(|other| other.id != *id);
        for old in others.skip(MOST_WORKS - 1) {
            self.forget(&old.id).await?;
        }
        Ok(())
    }

    /// The parts of a work.
    ///
    /// # Errors
    /// When there is no such work, it is a newer build's, or it is damaged.
    pub async fn parts(&self, id: &str) -> Result<Vec<Part>, StorageError> {
        let headers = self.0.all(Drawer::Headers).await?;
        let header = headers.into_iter().find(|(known, _)| known == id);
        header_of(header.ok_or(StorageError::Gone)?.1)?;
        let found = self.0.beginning(Drawer::Parts, &prefix_of(id)).await?;
        let part = |(name, value): (String, JsValue)| {
            let name = name.split_once('/').map_or("", |(_, name)| name).to_owned();
            Ok(Part {
                name,
                bytes: bytes_of(value)?,
            })
        };
        found.into_iter().map(part).collect()
    }

    /// Keeps nothing of a work any more.
    ///
    /// # Errors
    /// When the database is gone.
    pub async fn forget(&self, id: &str) -> Result<(), StorageError> {
        let parts = self
            .0
            .names_beginning(Drawer::Parts, &prefix_of(id))
            .await?;
        let parts = parts
            .into_iter()
            .map(|name| Change::Remove(Drawer::Parts, name));
        let header = Change::Remove(Drawer::Headers, id.to_owned());
        self.0
            .change(&parts.chain([header]).collect::<Vec<_>>())
            .await
    }

    /// Keeps nothing any more, of no tab.
    ///
    /// # Errors
    /// When the database is gone.
    pub async fn forget_everything(&self) -> Result<(), StorageError> {
        let drawers = [Drawer::Headers, Drawer::Parts, Drawer::Lessons];
        self.0.change(&drawers.map(Change::Clear)).await
    }

    /// What the reader has drawn for classes of their own, as a file of drawings.
    ///
    /// # Errors
    /// When the database is gone.
    pub async fn drawings(&self) -> Result<Option<Vec<u8>>, StorageError> {
        let found = self.0.beginning(Drawer::Parts, DRAWINGS).await?;
        let found = found.into_iter().find(|(name, _)| name == DRAWINGS);
        found.map(|(_, value)| bytes_of(value)).transpose()
    }

    /// Writes down what the reader has drawn.
    ///
    /// # Errors
    /// When there is no room, or the database is gone.
    pub async fn write_drawings(&self, bytes: &[u8]) -> Result<(), StorageError> {
        let change = Change::Put(Drawer::Parts, DRAWINGS.to_owned(), kept(bytes));
        self.0.change(&[change]).await
    }

    /// How far each lesson has come.
    ///
    /// # Errors
    /// When the database is gone.
    pub async fn lessons(&self) -> Result<Vec<RememberedLesson>, StorageError> {
        let records = self.0.all(Drawer::Lessons).await?.into_iter();
        let lessons = records.filter_map(|(_, value)| serde_wasm_bindgen::from_value(value).ok());
        Ok(lessons.collect())
    }

    /// Writes down how far a lesson has come.
    ///
    /// # Errors
    /// When there is no room, or the database is gone.
    pub async fn write_lesson(&self, lesson: &RememberedLesson) -> Result<(), StorageError> {
        let value =
            serde_wasm_bindgen::to_value(lesson).map_err(|error| StorageError::broken(&error))?;
        let change = Change::Put(Drawer::Lessons, lesson.slug.clone(), value);
        self.0.change(&[change]).await
    }
}

/// What the names of a work's parts begin with; no other work's do.
fn prefix_of(id: &str) -> String {
    format!("{}/", id.replace('/', "%2F"))
}

fn name_of(id: &str, part: &str) -> String {
    prefix_of(id) + part
}

fn header(work: &RememberedWork) -> Result<JsValue, StorageError> {
    let header = Header {
        version: VERSION,
        build: BUILD_ID.to_owned(),
        title: work.title.clone(),
        fragment: work.fragment.clone(),
        written_ms: work.written_ms,
    };
    serde_wasm_bindgen::to_value(&header).map_err(|error| StorageError::broken(&error))
}

fn header_of(value: JsValue) -> Result<Header, StorageError> {
    let header: Header =
        serde_wasm_bindgen::from_value(value).map_err(|error| StorageError::broken(&error))?;
    if header.version > VERSION {
        return Err(StorageError::NewerWork);
    }
    Ok(header)
}
