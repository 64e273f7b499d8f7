//! The present value as a point on the curve, for keys as well as for the pointer.

use leptos::prelude::*;
use web_sys::KeyboardEvent;

use super::{SweepAxis, SweepCurve, error_in_words, top_of};
use crate::anomaly::{LogScale, format_error};
use crate::page::memo::Memo;

/// Right of this part of the axis the point's figure stands left of it.
const FLIPPED_FROM: f32 = 0.7;

/// The point; the frame around it hears the pointer.
pub(super) fn handle(
    axis: SweepAxis,
    scale: Memo<LogScale>,
    curve: Memo<SweepCurve>,
    threshold: Memo<Option<f32>>,
    set: impl Fn(f32) + Copy + 'static,
) -> impl IntoView {
    let here = Memo::new(move |_| curve.with(|curve| curve.here));
    let value = move || here.get().map_or(axis.low, |here| here.at);
    let is_above = move || {
        let pair = here.get().zip(threshold.get());
        pair.is_some_and(|(here, threshold)| here.error > threshold)
    };
    let is_flipped = move || axis.share(value()) > FLIPPED_FROM;
    let in_words = move || {
        here.get().map_or_else(String::new, |here| {
            let error = error_in_words(here.error, threshold.get());
            format!("{}: error {error}", (axis.in_words)(here.at))
        })
    };
    let on_key = move |event: KeyboardEvent| {
        if let Some(next) = axis.moved_by_key(&event.key(), value()) {
            event.prevent_default();
            set(next);
        }
    };
    view! {
        <div
            class="sweep-point"
            class:is-above=is_above
            class:is-flipped=is_flipped
            role="slider"
            tabindex="0"
            aria-label=axis.point_name
            aria-orientation="horizontal"
            aria-valuemin=axis.low.to_string()
            aria-valuemax=axis.high.to_string()
            aria-valuenow=move || value().to_string()
            aria-valuetext=in_words
            hidden=move || here.get().is_none()
            style:left=move || format!("{:.2}%", axis.share(value()) * 100.0)
            style:top=move || here.get().map(|here| top_of(scale.get(), here.error))
            on:keydown=on_key
        >
            <span class="sweep-figure" aria-hidden="true">
                {move || here.get().map(|here| (axis.in_words)(here.at))} " "
                <b>{move || here.get().map(|here| format_error(here.error))}</b>
            </span>
        </div>
    }
}
