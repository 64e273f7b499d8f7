//! How often news of the training redraws the page: as often as the machine can, and no oftener.

use std::time::Duration;

use leptos::prelude::*;

use super::piecemeal::after_paint;

/// However long a redrawing took, the next one waits no longer than this.
const LONGEST_REST_MS: f64 = 500.0;

/// What the reader did is painted before news that comes within this time.
const RIGHT_OF_WAY_MS: f64 = 40.0;

/// News waits for no more than so many frames, so that it comes through while somebody draws.
const MOST_FRAMES_GIVEN_WAY: usize = 6;

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
    acted_ms: f64,
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
        let begin = move || self.redraw_or_give_way(redraw, 0);
        set_timeout(begin, Duration::from_secs_f64(rest_ms / 1000.0));
    }

    /// The reader did something: that is to be painted first.
    pub(super) fn give_way(self) {
        self.0.update_value(|state| state.acted_ms = now_ms());
    }

    /// Between two frames rather than in one, so that the reader is heard between the redrawing and its painting.
    fn redraw_or_give_way(self, redraw: impl Fn() + Copy + 'static, n_frames: usize) {
        after_paint(move || {
            let has_acted = self
                .0
                .with_value(|state| now_ms() - state.acted_ms < RIGHT_OF_WAY_MS);
            if has_acted && n_frames < MOST_FRAMES_GIVEN_WAY {
                self.redraw_or_give_way(redraw, n_frames + 1);
            } else {
                self.redraw(redraw);
            }
        });
    }

    fn redraw(self, redraw: impl Fn() + Copy + 'static) {
        let started_ms = now_ms();
        self.0.update_value(|state| state.is_wanted_again = false);
        redraw();
        after_paint(move || {
            let rest_ms = (now_ms() - started_ms).clamp(0.0, LONGEST_REST_MS);
            let is_wanted_again = self.0.with_value(|state| state.is_wanted_again);
            self.0.update_value(|state| {
                state.is_under_way = false;
                state.rest_ms = rest_ms;
            });
            if is_wanted_again {
                self.redraw_soon(redraw);
            }
        });
    }
}

fn now_ms() -> f64 {
    window().performance().map_or(0.0, |clock| clock.now())
}
