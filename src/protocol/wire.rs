//! How an event travels from a worker to the page: as bytes in one buffer, which changes hands without a copy.
//!
//! To read them takes a tenth of the code that reading an object of JavaScript takes, and the page's code is what a
//! reader waits for. Commands stay objects: they carry whole data sets, which then lie outside the page's own memory;
//! that would grow by them, and never shrinks.

use thiserror::Error;

use super::Event;

/// Bytes that are no event.
#[derive(Debug, Error)]
#[error("what it said is no event of this build: {0}")]
pub struct EventError(#[from] postcard::Error);

impl Event {
    /// As bytes, for [`Event::from_bytes`] of the same build.
    ///
    /// # Errors
    /// None that an event of ours can bring about.
    pub fn to_bytes(&self) -> Result<Vec<u8>, EventError> {
        Ok(postcard::to_allocvec(self)?)
    }

    /// Reads what [`Event::to_bytes`] has written.
    ///
    /// # Errors
    /// When the bytes are cut short or no event at all.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, EventError> {
        Ok(postcard::from_bytes(bytes)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::{ExamineEvent, Judgement, Moment};

    fn judged() -> Event {
        Event::Examine(ExamineEvent::Judged(Judgement {
            request: 7,
            of: Moment::default(),
            values: vec![0.0, 0.25, f32::MIN_POSITIVE, 1.0],
            reconstruction: vec![f32::NAN; 3],
            code: Vec::new(),
            error: f32::INFINITY,
            label: Some(255),
        }))
    }

    #[test]
    fn an_event_arrives_as_it_was_sent() {
        let sent = judged();
        let received = Event::from_bytes(&sent.to_bytes().expect("writes")).expect("reads");
        // No number is equal to itself when it is none, but its text is.
        assert_eq!(format!("{received:?}"), format!("{sent:?}"));
    }

    #[test]
    fn an_event_that_is_cut_short_is_refused() {
        let bytes = judged().to_bytes().expect("writes");
        for length in 0..bytes.len() {
            assert!(Event::from_bytes(&bytes[..length]).is_err(), "{length}");
        }
    }
}
