//! One sentence to the reader about something unexpected, and what can be done about it.

use super::Message;

/// What happened and what to do.
#[derive(Clone, Debug, PartialEq)]
pub struct Notice {
    /// One or two sentences.
    pub text: String,
    /// A button beside them.
    pub offer: Option<Offer>,
}

/// A button on a notice.
#[derive(Clone, Debug, PartialEq)]
pub struct Offer {
    /// What the button says.
    pub label: String,
    /// What it does, in this order.
    pub messages: Vec<Message>,
}

impl Notice {
    /// A notice without a button.
    pub fn new(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            offer: None,
        }
    }

    /// A file that the page needs did not arrive: what, as a noun, and why, as a sentence part.
    pub fn not_loaded(what: &str, reason: &str) -> Self {
        Self::new(format!(
            "Could not load {what}: {reason}. Check the connection and reload the page."
        ))
    }

    /// The same notice with a button.
    #[must_use]
    pub fn offering(mut self, label: &str, messages: Vec<Message>) -> Self {
        self.offer = Some(Offer {
            label: label.to_owned(),
            messages,
        });
        self
    }
}
