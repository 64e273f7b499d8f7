//! The error against something that can be changed: a curve with the threshold as a line and the present value as a
//! point that can be dragged along it.

mod frame;
mod handle;
mod lines;
mod shift_map;

use leptos::html;
use leptos::prelude::*;
use web_sys::PointerEvent;

use super::pointer::share_along;
use crate::anomaly::{LogScale, format_error};
use crate::page::memo::Memo;
use crate::sweep::{CurvePoint, NoiseLevel};

pub(crate) use frame::SweepAxis;
pub(crate) use shift_map::{ShiftMap, shift_map};

use handle::handle;

/// All that is drawn in one frame.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct SweepCurve {
    pub(crate) line: Vec<CurvePoint>,
    /// Spread around the line; empty where there is none.
    pub(crate) levels: Vec<NoiseLevel>,
    pub(crate) here: Option<CurvePoint>,
    pub(crate) ghosts: Vec<GhostLine>,
}

/// A thin line to compare with; its number decides its dashes.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct GhostLine {
    pub(crate) number: usize,
    pub(crate) points: Vec<CurvePoint>,
}

/// The curve in its frame; `set` gets the present value while it is moved, and `description` says what is drawn.
pub(crate) fn sweep_curve(
    axis: SweepAxis,
    scale: Memo<LogScale>,
    curve: Memo<SweepCurve>,
    threshold: Memo<Option<f32>>,
    description: impl Fn() -> String + Send + 'static,
    set: impl Fn(f32) + Copy + 'static,
) -> impl IntoView {
    let plot = NodeRef::<html::Div>::new();
    let is_dragging = RwSignal::new(false);
    let drag = move |event: &PointerEvent| {
        if let Some(share) = share_along(plot, event) {
            set(axis.value_at(share));
        }
    };
    let on_down = move |event: PointerEvent| {
        if event.button() != 0 || curve.with_untracked(|curve| curve.here.is_none()) {
            return;
        }
        if let Some(plot) = plot.get_untracked() {
            // Without capture the drag merely ends at the edge.
            drop(plot.set_pointer_capture(event.pointer_id()));
        }
        is_dragging.set(true);
        drag(&event);
    };
    let on_move = move |event: PointerEvent| {
        if is_dragging.get_untracked() {
            drag(&event);
        }
    };
    let on_end = move |_: PointerEvent| is_dragging.set(false);
    view! {
        <div class="sweep">
            {frame::error_ticks(scale)}
            <div
                class="sweep-plot"
                class:is-dragging=move || is_dragging.get()
                class:is-two-sided=axis.low < 0.0
                node_ref=plot
                on:pointerdown=on_down
                on:pointermove=on_move
                on:pointerup=on_end
                on:pointercancel=on_end
            >
                {lines::lines(axis, scale, curve, threshold, description)}
                {frame::threshold_line(scale, threshold)}
                {ghost_numbers(scale, curve)}
                {handle(axis, scale, curve, threshold, set)}
            </div>
            {frame::ticks(axis)}
        </div>
    }
}

/// The number of each ghost at the right end of its line.
fn ghost_numbers(scale: Memo<LogScale>, curve: Memo<SweepCurve>) -> impl IntoView {
    let numbers = move || {
        let ends = curve.with(|curve| {
            let ends = curve.ghosts.iter();
            ends.filter_map(|ghost| Some((ghost.number, ghost.points.last()?.error)))
                .collect::<Vec<_>>()
        });
        let number = |(number, error): (usize, f32)| {
            let top = top_of(scale.get(), error);
            view! { <span class="ghost-number" style:top=top>{number}</span> }
        };
        ends.into_iter().map(number).collect_view()
    };
    view! { <div class="ghost-numbers" aria-hidden="true">{move || numbers()}</div> }
}

/// Where an error is in the frame, from its upper edge.
fn top_of(scale: LogScale, error: f32) -> String {
    format!("{:.2}%", (1.0 - scale.position(error)) * 100.0)
}

/// "0.031, above the threshold".
fn error_in_words(error: f32, threshold: Option<f32>) -> String {
    let figure = format_error(error);
    match threshold {
        Some(threshold) if error > threshold => format!("{figure}, above the threshold"),
        Some(_) => format!("{figure}, below the threshold"),
        None => figure,
    }
}
