//! Records by their names, in the browser's own database.

use futures_channel::mpsc::unbounded;
use futures_util::StreamExt as _;
use idb::{
    Database, DatabaseEvent as _, Factory, KeyRange, ObjectStoreParams, Transaction,
    TransactionMode,
};
use js_sys::Uint8Array;
use wasm_bindgen::{JsCast as _, JsValue};

use super::StorageError;

/// The version of how records lie in the database; a higher one is a newer build's.
const VERSION: u32 = 1;

/// The drawers of the database, each with its own names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Drawer {
    /// What there is to know of each work without opening it, by the work's name.
    Headers,
    /// The works themselves, by the work's name and that of the part.
    Parts,
    /// How far each lesson has come, by its name.
    Lessons,
}

impl Drawer {
    const ALL: [Self; 3] = [Self::Headers, Self::Parts, Self::Lessons];

    fn name(self) -> &'static str {
        match self {
            Self::Headers => "headers",
            Self::Parts => "parts",
            Self::Lessons => "lessons",
        }
    }
}

/// One change of what is kept.
pub enum Change {
    /// Keep this under this name, in the place of what was there.
    Put(Drawer, String, JsValue),
    /// Keep nothing under this name any more.
    Remove(Drawer, String),
    /// Keep nothing in this drawer any more.
    Clear(Drawer),
}

/// An open database.
pub struct Records(Database);

impl Records {
    /// Opens the database of this name, making it where there is none.
    ///
    /// # Errors
    /// When the browser has none for this page, or a newer build has made it.
    pub async fn open(name: &str) -> Result<Self, StorageError> {
        let mut request = Factory::new()?.open(name, Some(VERSION))?;
        request.on_upgrade_needed(|event| {
            if let Ok(database) = event.database() {
                for drawer in Drawer::ALL {
                    // Without it the first change fails, and says so.
                    drop(database.create_object_store(drawer.name(), ObjectStoreParams::new()));
                }
            }
        });
        let mut database = request.await?;
        // A newer build in another tab waits until this one lets go; what is written from then on fails, and says so.
        database.on_version_change(|event| {
            if let Ok(database) = event.database() {
                database.close();
            }
        });
        Ok(Self(database))
    }

    /// Makes all of these changes, or none.
    ///
    /// # Errors
    /// When there is no room, or the database is gone.
    pub async fn change(&self, changes: &[Change]) -> Result<(), StorageError> {
        let mut transaction = self.transaction(TransactionMode::ReadWrite)?;
        // Not awaited as it is: that would end with the first error, before the last word of the transaction.
        let (committed, mut outcome) = unbounded();
        let aborted = committed.clone();
        transaction.on_complete(move |_| drop(committed.unbounded_send(true)));
        transaction.on_abort(move |_| drop(aborted.unbounded_send(false)));
        for change in changes {
            if let Err(error) = make(&transaction, change) {
                transaction.forget_callbacks();
                transaction.abort()?;
                return Err(error.into());
            }
        }
        if outcome.next().await == Some(true) {
            return Ok(());
        }
        let reason = transaction.error().map(idb::Error::DomException);
        Err(reason.map_or(StorageError::Full, StorageError::from))
    }

    /// All records of a drawer, by their names.
    ///
    /// # Errors
    /// When the database is gone.
    pub async fn all(&self, drawer: Drawer) -> Result<Vec<(String, JsValue)>, StorageError> {
        self.within(drawer, None).await
    }

    /// The records of a drawer whose names begin so.
    ///
    /// # Errors
    /// When the database is gone.
    pub async fn beginning(
        &self,
        drawer: Drawer,
        start: &str,
    ) -> Result<Vec<(String, JsValue)>, StorageError> {
        let end = format!("{start}\u{ffff}");
        let range = KeyRange::bound(&start.into(), &end.into(), None, None)?;
        self.within(drawer, Some(range)).await
    }

    async fn within(
        &self,
        drawer: Drawer,
        range: Option<KeyRange>,
    ) -> Result<Vec<(String, JsValue)>, StorageError> {
        let transaction = self.transaction(TransactionMode::ReadOnly)?;
        let store = transaction.object_store(drawer.name())?;
        let names = store.get_all_keys(range.clone().map(Into::into), None)?;
        let values = store.get_all(range.map(Into::into), None)?;
        let names = names.await?;
        let values = values.await?;
        let names = names.iter().filter_map(JsValue::as_string);
        Ok(names.zip(values).collect())
    }

    /// The names in a drawer that begin so.
    ///
    /// # Errors
    /// When the database is gone.
    pub async fn names_beginning(
        &self,
        drawer: Drawer,
        start: &str,
    ) -> Result<Vec<String>, StorageError> {
        let end = format!("{start}\u{ffff}");
        let range = KeyRange::bound(&start.into(), &end.into(), None, None)?;
        let transaction = self.transaction(TransactionMode::ReadOnly)?;
        let store = transaction.object_store(drawer.name())?;
        let names = store.get_all_keys(Some(range.into()), None)?.await?;
        Ok(names.iter().filter_map(JsValue::as_string).collect())
    }

    fn transaction(&self, mode: TransactionMode) -> Result<Transaction, StorageError> {
        let names = Drawer::ALL.map(Drawer::name);
        Ok(self.0.transaction(&names, mode)?)
    }
}

fn make(transaction: &Transaction, change: &Change) -> Result<(), idb::Error> {
    match change {
        Change::Put(drawer, name, value) => {
            let store = transaction.object_store(drawer.name())?;
            store.put(value, Some(&name.into()))?;
        }
        Change::Remove(drawer, name) => {
            let store = transaction.object_store(drawer.name())?;
            store.delete(JsValue::from(name))?;
        }
        Change::Clear(drawer) => {
            transaction.object_store(drawer.name())?.clear()?;
        }
    }
    Ok(())
}

/// Bytes as the database keeps them.
pub fn kept(bytes: &[u8]) -> JsValue {
    Uint8Array::from(bytes).into()
}

/// The bytes of a record.
///
/// # Errors
/// When it holds something else.
pub fn bytes_of(value: JsValue) -> Result<Vec<u8>, StorageError> {
    let bytes: Uint8Array = value
        .dyn_into()
        .map_err(|_| StorageError::broken(&"it holds no bytes"))?;
    Ok(bytes.to_vec())
}
