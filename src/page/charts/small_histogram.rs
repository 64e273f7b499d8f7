//! A histogram to look at: the errors of normal items, the threshold, and one more error.

use leptos::prelude::*;

use super::bars::{VIEW_BOX, bars_of_errors};
use super::placed::{AT, place};
use crate::page::memo::Memo;

/// What is shown, along an axis from 0 to 1.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct SmallHistogram {
    /// How many items fall into each bin.
    pub(crate) bins: Vec<usize>,
    /// Where the threshold stands.
    pub(crate) threshold: Option<f32>,
    /// Where the item at hand stands.
    pub(crate) pin: Option<f32>,
}

/// The histogram without axis or handle: all of it is said in words beside it.
pub(crate) fn small_histogram(shown: Memo<SmallHistogram>) -> impl IntoView {
    let shape = move |wants_above: bool| {
        shown.with(|shown| {
            let line = shown.threshold.unwrap_or(1.0);
            bars_of_errors(&shown.bins, line, wants_above)
        })
    };
    let mark = |at: fn(&SmallHistogram) -> Option<f32>, class: &'static str| {
        move || {
            let at = shown.with(at);
            at.map(|at| view! { <span class=class style=(AT, place(at))></span> })
        }
    };
    view! {
        <div class="small-histogram" aria-hidden="true">
            <svg class="histogram-bars" viewBox=VIEW_BOX preserveAspectRatio="none">
                <path d=move || shape(false) />
                <path class="is-above" d=move || shape(true) />
            </svg>
            {mark(|shown| shown.threshold, "small-threshold")}
            {mark(|shown| shown.pin, "small-pin")}
        </div>
    }
}
