//! How often news of the training redraws the page: as often as the machine can, and no oftener.

use std::time::Duration;

use leptos::prelude::*;

use super::piecemeal::at_next_paint;

/// However long a redrawing took, the next one waits no longer than this.
const LONGEST_REST_MS: f64 = 500.0;

/// Redrawings that can wait: at most one a frame, and never more than half of the page's time.
///
/// A worker that trains faster than the page draws would otherwise keep it from hearing its reader.
#[derive(Clone, Copy)]
pub(super) struct Pace(StoredValue<State>);

#[derive(Clone, Copy, Default)]
struct State {
    is_under_way: bool,
    is_wanted_again: bool,
    rest_ms: f64,
}

impl Pace {
    pub(super) fn new() -> Self {
        Self(StoredValue::new(State::default()))
    }

    /// Redraws soon; what is asked for until then is the same redrawing.
    pub(super) fn redraw_soon(self, redraw: impl Fn() + Copy + 'static) {
        let Some(State {
            is_under_way,
            rest_ms,
            ..
        }) = self.0.try_get_value()
        else {
            return;
        };
        if is_under_way {
            self.0.update_value(|state| state.is_wanted_again = true);
            return;
        }
        self.0.update_value(|state| state.is_under_way = true);
        let begin = move || at_next_paint(move || self.redraw(redraw));
        set_timeout(begin, Duration::from_secs_f64(rest_ms / 1000.0));
    }

    fn redraw(self, redraw: impl Fn() + Copy + 'static) {
        let started_ms = now_ms();
        self.0.update_value(|state| state.is_wanted_again = false);
        redraw();
        // What the panels make of it is done by the time the next task runs.
        let end = move || {
            let rest_ms = (now_ms() - started_ms).clamp(0.0, LONGEST_REST_MS);
            let is_wanted_again = self.0.with_value(|state| state.is_wanted_again);
            self.0.set_value(State {
                rest_ms,
                ..State::default()
            });
            if is_wanted_again {
                self.redraw_soon(redraw);
            }
        };
        set_timeout(end, Duration::ZERO);
    }
}

fn now_ms() -> f64 {
    window().performance().map_or(0.0, |clock| clock.now())
}
