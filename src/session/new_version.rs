//! A newer build of the page: it waits until the reader wants it.

use super::{Effect, Run, Session};

/// What concerns a newer build of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NewVersionMessage {
    /// The browser has one.
    Ready,
    /// Load the page again, from the newer build.
    Take,
    /// Say no more of it.
    Postpone,
}

/// Whether the browser has a newer build of the page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum NewVersion {
    /// Not that it is known.
    #[default]
    None,
    /// It could take over.
    Ready,
    /// The reader does not want it now; it takes over once the page is closed.
    Postponed,
    /// It is taking over, and the page is about to be loaded again.
    Underway,
}

/// What the reader is told of a newer build.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewVersionView {
    /// That it is there, and what would be lost by it.
    pub text: &'static str,
    /// The reader wants it.
    pub is_underway: bool,
}

impl Session {
    pub(super) fn update_new_version(&mut self, message: NewVersionMessage) -> Vec<Effect> {
        match message {
            NewVersionMessage::Ready => {
                self.note_new_version();
                Vec::new()
            }
            NewVersionMessage::Take => self.take_new_version(),
            NewVersionMessage::Postpone => {
                self.postpone_new_version();
                Vec::new()
            }
        }
    }

    /// What to say of a newer build; `None` where there is none, or none is wanted.
    pub fn new_version_view(&self) -> Option<NewVersionView> {
        let is_underway = match self.new_version {
            NewVersion::None | NewVersion::Postponed => return None,
            NewVersion::Ready => false,
            NewVersion::Underway => true,
        };
        let has_file = self.library.own.is_some();
        let text = match (self.has_trained(), has_file) {
            (false, false) => "A new version is ready.",
            (true, false) => {
                "A new version is ready. Your drawing and settings stay; what was trained here is lost."
            }
            (false, true) => {
                "A new version is ready. Your settings stay; open your file again afterwards."
            }
            (true, true) => {
                "A new version is ready. Your settings stay; what was trained here is lost, and your file must be opened again."
            }
        };
        Some(NewVersionView { text, is_underway })
    }

    /// Whether any run of this page has learned something, the ones that were left for another included.
    fn has_trained(&self) -> bool {
        self.studies.runs().any(Run::has_learned)
    }

    pub(super) fn note_new_version(&mut self) {
        if self.new_version == NewVersion::None {
            self.new_version = NewVersion::Ready;
        }
    }

    pub(super) fn take_new_version(&mut self) -> Vec<Effect> {
        if self.new_version != NewVersion::Ready {
            return Vec::new();
        }
        self.new_version = NewVersion::Underway;
        vec![Effect::TakeNewVersion]
    }

    pub(super) fn postpone_new_version(&mut self) {
        self.new_version = NewVersion::Postponed;
    }
}
