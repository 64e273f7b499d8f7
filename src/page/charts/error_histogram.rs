//! A histogram of errors with a threshold that can be moved and a pin for one more error.

use leptos::html;
use leptos::prelude::*;
use web_sys::{KeyboardEvent, PointerEvent};

use super::bars::{VIEW_BOX, bars_of_errors};
use super::placed::{AT, place};
use super::pointer::share_along;
use crate::anomaly::{LogScale, format_error};
use crate::page::memo::Memo;

/// Bars of the histogram.
pub(crate) const N_BINS: usize = 54;

/// The pin's label needs this part of the axis; right of the second value it stands left of the pin.
const ROOM_FOR_LABEL: f32 = 0.42;
const FLIPPED_FROM: f32 = 0.74;

/// On an axis over more than this ratio only the powers of ten are written.
const LONG_AXIS: f32 = 1e4;

/// How far an arrow key and a page key move the threshold, as parts of the axis.
const ARROW_STEP: f32 = 0.01;
const PAGE_STEP: f32 = 0.1;

/// One error among the others.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Pin {
    /// Where it stands.
    pub(crate) error: f32,
    /// How it is judged.
    pub(crate) is_anomaly: bool,
}

/// The histogram on a logarithmic axis; `set` gets the threshold while it is moved.
///
/// `words` call several of the items that are counted, and the one that the pin stands for.
pub(crate) fn error_histogram(
    axis: Memo<LogScale>,
    bins: Memo<Vec<usize>>,
    threshold: Memo<Option<f32>>,
    pin: Memo<Option<Pin>>,
    words: Memo<(&'static str, &'static str)>,
    set: impl Fn(f32) + Copy + 'static,
) -> impl IntoView {
    let plot = NodeRef::<html::Div>::new();
    view! {
        <div class="histogram">
            <div class="histogram-plot" node_ref=plot>
                {both_sides(axis, bins, threshold, words)} {pin_view(axis, pin, threshold, words)} {handle(axis, plot, threshold, set)}
            </div>
            {ticks(axis)}
            <p class="axis-title" aria-hidden="true">
                "reconstruction error (logarithmic)"
            </p>
        </div>
    }
}

/// The bars below the threshold, and those above it.
fn both_sides(
    axis: Memo<LogScale>,
    bins: Memo<Vec<usize>>,
    threshold: Memo<Option<f32>>,
    words: Memo<(&'static str, &'static str)>,
) -> impl IntoView {
    let shape = move |wants_above: bool| {
        let line = threshold
            .get()
            .map_or(1.0, |threshold| axis.get().position(threshold));
        bins.with(|bins| bars_of_errors(bins, line, wants_above))
    };
    let in_words = move || {
        let n_items: usize = bins.with(|bins| bins.iter().sum());
        let (several, _) = words.get();
        format!("Histogram of the reconstruction errors of {n_items} calibration {several}")
    };
    view! {
        <svg
            class="histogram-bars"
            viewBox=VIEW_BOX
            preserveAspectRatio="none"
            role="img"
            aria-label=in_words
        >
            <path d=move || shape(false) />
            <path class="is-above" d=move || shape(true) />
        </svg>
    }
}

fn pin_view(
    axis: Memo<LogScale>,
    pin: Memo<Option<Pin>>,
    threshold: Memo<Option<f32>>,
    words: Memo<(&'static str, &'static str)>,
) -> impl IntoView {
    let is_flipped = move || {
        let position = pin.get().map_or(0.0, |pin| axis.get().position(pin.error));
        let line = threshold
            .get()
            .map_or(0.0, |threshold| axis.get().position(threshold));
        position > FLIPPED_FROM || (position < line && position > ROOM_FOR_LABEL)
    };
    let at = move || place(pin.get().map_or(0.0, |pin| axis.get().position(pin.error)));
    let tone = move || match pin.get() {
        Some(Pin {
            is_anomaly: true, ..
        }) => "is-anomaly",
        _ => "is-normal",
    };
    let side = move || if is_flipped() { "is-flipped" } else { "" };
    view! {
        <div
            class=move || format!("pin {} {}", tone(), side())
            style=(AT, at)
            hidden=move || pin.get().is_none()
            aria-hidden="true"
        >
            <span class="pin-label">
                <span class="pin-name">{move || words.get().1} " "</span> <b>{move || pin.get().map(|pin| format_error(pin.error))}</b>
            </span>
        </div>
    }
}

fn handle(
    axis: Memo<LogScale>,
    plot: NodeRef<html::Div>,
    threshold: Memo<Option<f32>>,
    set: impl Fn(f32) + Copy + 'static,
) -> impl IntoView {
    let is_dragging = StoredValue::new(false);
    let position = move || {
        threshold
            .get()
            .map_or(0.0, |threshold| axis.get().position(threshold))
    };
    let drag = move |event: &PointerEvent| {
        if let Some(share) = share_along(plot, event) {
            set(axis.get_untracked().value(share));
        }
    };
    let on_down = move |event: PointerEvent| {
        if let Some(target) = event_target_element(&event) {
            // Without capture the drag merely ends where the pointer leaves the handle.
            drop(target.set_pointer_capture(event.pointer_id()));
        }
        is_dragging.set_value(true);
        drag(&event);
    };
    let on_move = move |event: PointerEvent| {
        if is_dragging.get_value() {
            drag(&event);
        }
    };
    let on_end = move |_: PointerEvent| is_dragging.set_value(false);
    let on_key = move |event: KeyboardEvent| {
        if let Some(next) = moved_by_key(&event.key(), position()) {
            event.prevent_default();
            set(axis.get_untracked().value(next));
        }
    };
    view! {
        <div
            class="handle"
            role="slider"
            tabindex="0"
            aria-label="Threshold"
            aria-orientation="horizontal"
            aria-valuemin=move || axis.get().value(0.0).to_string()
            aria-valuemax=move || axis.get().value(1.0).to_string()
            aria-valuenow=move || threshold.get().unwrap_or(0.0).to_string()
            aria-valuetext=move || threshold.get().map_or_else(|| "none yet".to_owned(), format_error)
            hidden=move || threshold.get().is_none()
            style=(AT, move || place(position()))
            on:pointerdown=on_down
            on:pointermove=on_move
            on:pointerup=on_end
            on:pointercancel=on_end
            on:keydown=on_key
        >
            <span class="handle-label" aria-hidden="true">
                "threshold " <b>{move || threshold.get().map(format_error)}</b>
            </span>
        </div>
    }
}

fn event_target_element(event: &PointerEvent) -> Option<web_sys::Element> {
    use wasm_bindgen::JsCast as _;
    event.current_target()?.dyn_into().ok()
}

/// Where a key moves the threshold on the axis; `None` for other keys.
fn moved_by_key(key: &str, position: f32) -> Option<f32> {
    let next = match key {
        "ArrowLeft" | "ArrowDown" => position - ARROW_STEP,
        "ArrowRight" | "ArrowUp" => position + ARROW_STEP,
        "PageDown" => position - PAGE_STEP,
        "PageUp" => position + PAGE_STEP,
        "Home" => 0.0,
        "End" => 1.0,
        _ => return None,
    };
    Some(next.clamp(0.0, 1.0))
}

fn ticks(axis: Memo<LogScale>) -> impl IntoView {
    let ticks = move || {
        let axis = axis.get();
        let is_long = axis.high() > axis.low() * LONG_AXIS;
        let ticks = axis.ticks().into_iter().map(move |error| {
            let at = place(axis.position(error));
            let is_minor = !error.to_string().trim_end_matches('0').ends_with('1');
            view! {
                <span class:is-minor=is_minor hidden=is_minor && is_long style=(AT, at)>
                    {error.to_string()}
                </span>
            }
        });
        ticks.collect_view()
    };
    view! {
        <div class="ticks" aria-hidden="true">
            {move || ticks()}
        </div>
    }
}
