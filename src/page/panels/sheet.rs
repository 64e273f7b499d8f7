//! What a surface draws on: the bench, or the sheet of a class that the reader makes up.

use crate::session::{Change, Message, PictureBench, Session};

/// A drawing of the session, and how it is spoken of.
#[derive(Clone, Copy)]
pub(crate) struct Sheet {
    /// The accessible name of the surface.
    pub name: &'static str,
    /// The id of the text that says how to draw there.
    pub help_id: &'static str,
    /// What keys do there besides.
    pub extra_help: &'static str,
    /// What is drawn; `None` where nothing can be.
    pub drawn: fn(&Session) -> Option<&PictureBench>,
    /// What an empty surface says.
    pub invitation: fn(&Session) -> String,
    /// Tells the session of a change.
    pub message: fn(Change) -> Message,
}

impl Sheet {
    /// Columns and rows of what the network sees of it.
    pub fn size(&self, session: &Session) -> (usize, usize) {
        (self.drawn)(session).map_or((1, 1), PictureBench::size)
    }

    /// Whether nothing is drawn.
    pub fn is_blank(&self, session: &Session) -> bool {
        (self.drawn)(session).is_none_or(|drawing| drawing.ink().is_blank())
    }
}
