//! Putting the page together piece by piece, so that the browser paints and listens in between.

use std::time::Duration;

use leptos::prelude::*;

/// Runs `then` after the browser has painted what is there; at once where nobody looks, for nothing is painted there.
pub(super) fn after_paint(then: impl FnOnce() + 'static) {
    if document().hidden() {
        return then();
    }
    request_animation_frame(move || set_timeout(then, Duration::ZERO));
}

/// Parts of the page that wait for their turn to be made: one a task, from top to bottom.
#[derive(Clone, Copy)]
pub(super) struct Turns(StoredValue<Waiting>);

#[derive(Default)]
struct Waiting {
    /// The next one last.
    parts: Vec<RwSignal<bool>>,
    /// Those inside the part that was made last, in their order: they come before what waits already.
    newest: Vec<RwSignal<bool>>,
    is_under_way: bool,
}

impl Turns {
    pub(super) fn new() -> Self {
        Self(StoredValue::new(Waiting::default()))
    }

    /// A part of the page that is made when its turn comes.
    pub(super) fn later(self, part: Box<dyn Fn() -> AnyView + Send>) -> AnyView {
        let is_due = self.line_up();
        (move || is_due.get().then(&part)).into_any()
    }

    fn line_up(self) -> RwSignal<bool> {
        // The timers of a tab that nobody sees are slow, and there is nobody to wait for a single part.
        let is_hidden = document().hidden();
        let is_due = RwSignal::new(is_hidden);
        if !is_hidden {
            let starts = self.0.try_update_value(|waiting| {
                waiting.newest.push(is_due);
                !std::mem::replace(&mut waiting.is_under_way, true)
            });
            if starts == Some(true) {
                self.go_on();
            }
        }
        is_due
    }

    fn go_on(self) {
        let take_turn = move || {
            let next = self.0.try_update_value(|waiting| {
                waiting.parts.extend(waiting.newest.drain(..).rev());
                waiting.is_under_way = !waiting.parts.is_empty();
                waiting.parts.pop()
            });
            if let Some(is_due) = next.flatten() {
                // It may be of a panel that is gone.
                let _is_gone = is_due.try_set(true);
                self.go_on();
            }
        };
        set_timeout(take_turn, Duration::ZERO);
    }
}
