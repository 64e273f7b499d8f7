//! Bending a curve without a pointer: a cursor that walks over its samples.

use leptos::prelude::*;
use web_sys::KeyboardEvent;

use crate::page::store::Store;
use crate::session::{Message, SeriesChange, view::CurveView};

/// An arrow key changes a value by this part of the frame's height.
const SMALL_STEP: f32 = 0.02;
/// A page key changes it by this part.
const LARGE_STEP: f32 = 0.1;
/// With Shift an arrow key passes so many samples.
const SAMPLES_AT_ONCE: usize = 10;

/// The sample that the arrow keys change.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct SampleCursor {
    sample: usize,
    has_moved: bool,
}

impl SampleCursor {
    /// The sample, on a curve of so many.
    pub(super) fn within(self, n_samples: usize) -> usize {
        self.sample.min(n_samples.saturating_sub(1))
    }

    /// Where the cursor is and what stands there; nothing before it has moved.
    pub(super) fn in_words(self, view: &CurveView) -> String {
        let sample = self.within(view.seen.len());
        match view.seen.get(sample).filter(|_| self.has_moved) {
            Some(value) => format!("Sample {sample}: {value:.3}"),
            None => String::new(),
        }
    }
}

/// Moves the cursor, changes the value under it, takes back or makes again.
pub(super) fn on_key(
    store: Store,
    cursor: RwSignal<SampleCursor>,
    view: &CurveView,
    event: &KeyboardEvent,
) {
    let last = view.seen.len().saturating_sub(1);
    let sample = cursor.get_untracked().within(view.seen.len());
    let passed = if event.shift_key() {
        SAMPLES_AT_ONCE
    } else {
        1
    };
    let go = |sample: usize| {
        cursor.set(SampleCursor {
            sample: sample.min(last),
            has_moved: true,
        });
    };
    let raise = |part: f32| {
        let (low, high) = view.range;
        if let Some(value) = view.seen.get(sample) {
            let value = (value + part * (high - low)).clamp(low, high);
            store.send(Message::Curve(SeriesChange::Set { sample, value }));
        }
        go(sample);
    };
    let is_control = event.ctrl_key() || event.meta_key();
    match event.key().as_str() {
        "ArrowLeft" => go(sample.saturating_sub(passed)),
        "ArrowRight" => go(sample + passed),
        "Home" => go(0),
        "End" => go(last),
        "ArrowUp" => raise(SMALL_STEP),
        "ArrowDown" => raise(-SMALL_STEP),
        "PageUp" => raise(LARGE_STEP),
        "PageDown" => raise(-LARGE_STEP),
        "z" if is_control => store.send(Message::Curve(SeriesChange::Undo)),
        "Z" | "y" if is_control => store.send(Message::Curve(SeriesChange::Redo)),
        _ => return,
    }
    event.prevent_default();
}
