//! Changes that can be taken back.

use super::Source;
use super::preparing::StepsSet;
use crate::picture::Picture;

/// How many changes of the drawing can be taken back.
const UNDO_DEPTH: usize = 50;

/// A drawing as it was before a change.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Earlier {
    pub ink: Picture,
    pub source: Source,
    /// Whether it had come as an item of the data.
    pub is_item: bool,
    /// Degrees and noise, where the change took them away as well.
    pub treated: Option<(f32, f32)>,
    /// The steps that were set, where the change was one of them.
    pub steps: Option<StepsSet>,
}

/// The drawing as it was before each of the last changes.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct UndoStack(Vec<Earlier>);

impl UndoStack {
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn clear(&mut self) {
        self.0.clear();
    }

    /// Keeps one more; the oldest makes room.
    pub fn push(&mut self, earlier: Earlier) {
        if self.0.len() == UNDO_DEPTH {
            self.0.remove(0);
        }
        self.0.push(earlier);
    }

    pub fn pop(&mut self) -> Option<Earlier> {
        self.0.pop()
    }
}
