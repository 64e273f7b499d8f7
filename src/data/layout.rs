//! How a table is written in its file.

use serde::{Deserialize, Serialize};

use super::text::TextEncoding;

/// What was found out about the form of a file before its cells mean anything.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Layout {
    /// How its characters are written.
    pub encoding: TextEncoding,
    /// What stands between two cells.
    pub delimiter: u8,
}

impl Layout {
    /// What the reader should know, a sentence each; nothing of a table as most are.
    pub(super) fn remarks(&self) -> Vec<String> {
        let encoding = self.encoding.remark().map(str::to_owned);
        encoding.into_iter().collect()
    }
}
