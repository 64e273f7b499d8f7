//! What an item is: everything that differs between pictures, rows and curves hangs on this.

use super::{Dataset, Form};

/// What the items of a data set are.
///
/// Whatever depends on it is a method that matches every kind, beside the thing that it returns: what an evaluation can
/// do to an item ([`ItemKind::corruptions`]), what can be swept ([`ItemKind::sweeps`]), how an item is edited, what it is
/// called and which panels there are (`session/kind.rs`). None of them has an arm for "all others", so that a new
/// kind compiles only when each has been answered for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ItemKind {
    /// A grey picture.
    Picture {
        /// Pixels in a row.
        width: usize,
        /// Rows.
        height: usize,
    },
    /// A row of a table.
    Row,
    /// A curve.
    Series {
        /// Its samples, evenly spaced.
        n_samples: usize,
    },
}

impl Dataset {
    /// What the items are.
    pub fn kind(&self) -> ItemKind {
        match *self.form() {
            Form::Pictures { width, height } => ItemKind::Picture { width, height },
            Form::Table(_) => ItemKind::Row,
            Form::Series(ref form) => ItemKind::Series {
                n_samples: form.n_samples,
            },
        }
    }
}
