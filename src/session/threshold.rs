//! The threshold as the reader wants it.

use super::{Notice, Session};
use crate::anomaly::ThresholdRule;

/// What concerns the threshold.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum ThresholdMessage {
    /// The reader set it.
    Set(f32),
    /// Another way to find it.
    ChooseRule(ThresholdRule),
    /// It follows the calibration items again.
    FollowCalibration,
}

impl Session {
    pub(super) fn update_threshold(&mut self, message: ThresholdMessage) {
        match message {
            ThresholdMessage::Set(threshold) => self.set_threshold(threshold),
            ThresholdMessage::ChooseRule(rule) => self.studies.front.rule = rule,
            ThresholdMessage::FollowCalibration => {
                self.studies.front.rule = ThresholdRule::default();
            }
        }
    }

    fn set_threshold(&mut self, threshold: f32) {
        if threshold.is_finite() && threshold >= 0.0 {
            self.studies.front.rule = ThresholdRule::Manual(threshold);
        } else {
            let text =
                "That threshold was not taken: an error is 0 or more, and so is the threshold.";
            self.notice = Some(Notice::new(text));
        }
    }
}
