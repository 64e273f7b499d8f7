//! Why something is not kept, or cannot be had back, as a sentence for the reader.

use thiserror::Error;
use wasm_bindgen::JsCast as _;
use web_sys::DomException;

/// What went wrong, and what to do about it. The page works on in each case.
#[derive(Debug, Error)]
pub enum StorageError {
    /// A private window, a setting, or a browser without a database.
    #[error(
        "This browser does not let the page keep anything: your work lives as long as this tab. Take it with you as a file if you need it."
    )]
    Forbidden,
    /// The browser's share for this page is used up.
    #[error(
        "The browser has no room left for what this page keeps, so your newest work is not kept. Forget what is kept here, or free some space."
    )]
    Full,
    /// A newer build of the page has been here.
    #[error(
        "What is kept here was written by a newer version of this page. Reload the page to get that version; until then nothing is kept."
    )]
    Newer,
    /// A newer build of the page has written one of the works.
    #[error(
        "Some of the work that is kept here was made with a newer version of this page. It stays as it is: reload the page to get that version."
    )]
    NewerWork,
    /// A record is not what it should be.
    #[error(
        "Some of the work that is kept here is damaged and cannot be opened ({reason}). Everything else is as it was."
    )]
    Broken {
        /// What is wrong with it, as a sentence part.
        reason: String,
    },
    /// There is no such record any more.
    #[error("That work is kept no more: another tab has forgotten it.")]
    Gone,
    /// Another tab works on it.
    #[error("That work is open in another tab. Go on there, or close that tab first.")]
    InUse,
    /// Whatever else the browser says.
    #[error("The browser could not keep your work: {reason}.")]
    Failed {
        /// In the browser's own words.
        reason: String,
    },
}

impl StorageError {
    /// A record that cannot be understood.
    pub fn broken(reason: &impl ToString) -> Self {
        Self::Broken {
            reason: reason.to_string(),
        }
    }
}

impl From<idb::Error> for StorageError {
    fn from(error: idb::Error) -> Self {
        let exception = match &error {
            idb::Error::DomException(exception) => Some(exception.clone()),
            idb::Error::IndexedDbOpenFailed(value)
            | idb::Error::TransactionOpenFailed(value)
            | idb::Error::UpdateFailed(value) => value.clone().dyn_into::<DomException>().ok(),
            _ => None,
        };
        let name = exception.map(|exception| exception.name());
        match (name.as_deref(), &error) {
            (Some("QuotaExceededError"), _) => Self::Full,
            (Some("VersionError"), _) => Self::Newer,
            (Some("SecurityError" | "InvalidStateError"), _)
            | (_, idb::Error::IndexedDbNotFound(_)) => Self::Forbidden,
            _ => Self::Failed {
                reason: error.to_string(),
            },
        }
    }
}
