//! Page and workers of different builds: a worker may misread what it is told, so it is told nothing.

use super::{Effect, Notice, Session, TrainerState};
use crate::protocol::{BUILD_ID, EngineKind};

/// Whether a worker comes from the same build as the page.
pub(super) fn is_our_build(build_id: &str) -> bool {
    build_id == BUILD_ID
}

impl Session {
    /// A new version was published while the page was open, or an old file was kept on the way.
    pub(super) fn blame_build(&mut self, does: &str) {
        let text = format!(
            "The part of the page that {does} is from another version than the page. Reload the page to get the new \
             one; what you see stays until then."
        );
        self.notice = Some(Notice::new(text));
    }

    /// Does without a trainer of another build; what has been learned is kept.
    pub(super) fn refuse_trainer(&mut self, kind: EngineKind) -> Vec<Effect> {
        *self.engines.trainer_mut(kind) = match kind {
            EngineKind::Cpu => TrainerState::Absent,
            EngineKind::WebGpu => {
                TrainerState::Failed("its program is from another version".to_owned())
            }
        };
        if kind == self.engines.active {
            self.engines.successor = None;
            self.stop_training();
        }
        self.blame_build("trains");
        vec![Effect::EndTrainer(kind)]
    }
}
