//! Dots over a list of values, a column each: every run, their mean from value to value, and how far they spread.

use leptos::prelude::*;

use crate::page::memo::Memo;

use super::placed::{AT, place};

/// The picture in the units of its drawing.
const SIDE: f64 = 1000.0;

/// Dots of one column stand beside each other, so far apart, in parts of the column.
const APART: f64 = 0.14;

/// All that is shown.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct DotFrame {
    /// Column by column.
    pub(crate) columns: Vec<DotColumn>,
    /// Marks of the axis: where, 0…1 upwards, and what is written there.
    pub(crate) ticks: Vec<(f64, String)>,
}

/// One value of the list.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct DotColumn {
    /// What is written below.
    pub(crate) name: String,
    /// What came of it.
    pub(crate) dots: Vec<ListDot>,
    /// Mean, lowest and highest, 0…1 upwards; `None` without dots.
    pub(crate) span: Option<[f64; 3]>,
}

/// One run.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct ListDot {
    /// Given to `on_pick`.
    pub(crate) key: usize,
    /// Where, 0…1 upwards.
    pub(crate) at: f64,
    /// What it is, in words.
    pub(crate) name: String,
    /// Whether it stands out.
    pub(crate) is_marked: bool,
}

/// The chart; each dot is a button.
pub(crate) fn dots(
    frame: Memo<DotFrame>,
    is_locked: Memo<bool>,
    description: impl Fn() -> String + Send + 'static,
    on_pick: impl Fn(usize) + Copy + Send + 'static,
) -> impl IntoView {
    let buttons = move || {
        frame.with(|frame| {
            let columns = frame.columns.iter().enumerate();
            let n_columns = frame.columns.len();
            let buttons = columns.flat_map(|(idx, column)| {
                let places = column.dots.iter().enumerate();
                places.map(move |(dot_idx, dot)| {
                    let aside = (dot_idx as f64 - (column.dots.len() as f64 - 1.0) / 2.0) * APART;
                    (dot, (idx as f64 + 0.5 + aside) / n_columns as f64)
                })
            });
            let buttons = buttons.map(|(dot, x)| button(dot, x, is_locked, on_pick));
            buttons.collect_view()
        })
    };
    let ticks = move || {
        frame.with(|frame| {
            let ticks = frame.ticks.iter();
            let ticks = ticks.map(|(at, text)| {
                let at = place(1.0 - *at as f32);
                view! { <span style=(AT, at)>{text.clone()}</span> }
            });
            ticks.collect_view()
        })
    };
    let names = move || {
        frame.with(|frame| {
            let names = frame.columns.iter().map(|column| column.name.clone());
            names
                .map(|name| view! { <span>{name}</span> })
                .collect_view()
        })
    };
    view! {
        <div class="dots">
            <div class="curves-ticks" aria-hidden="true">
                {ticks}
            </div>
            <div class="dots-plot">
                <svg viewBox="0 0 1000 1000" preserveAspectRatio="none" role="img" aria-label=description>
                    {move || frame.with(spans)}
                    <polyline class="dots-mean" points=move || frame.with(means) />
                </svg>
                {buttons}
            </div>
            <div class="dots-names" aria-hidden="true">
                {names}
            </div>
        </div>
    }
}

fn button<F: Fn(usize) + 'static>(
    dot: &ListDot,
    x: f64,
    is_locked: Memo<bool>,
    on_pick: F,
) -> impl IntoView + use<F> {
    let key = dot.key;
    view! {
        <button
            type="button"
            class="dot"
            style:left=format!("{:.2}%", 100.0 * x)
            style:top=format!("{:.2}%", 100.0 * (1.0 - dot.at))
            aria-label=dot.name.clone()
            title=dot.name.clone()
            aria-pressed=dot.is_marked.to_string()
            disabled=move || is_locked.get()
            on:click=move |_| on_pick(key)
        ></button>
    }
}

/// The middle of a column, in the units of the drawing.
fn middle(idx: usize, n_columns: usize) -> f64 {
    SIDE * (idx as f64 + 0.5) / n_columns as f64
}

/// The means, as the attribute `points` has them.
fn means(frame: &DotFrame) -> String {
    let columns = frame.columns.iter().enumerate();
    let points = columns.filter_map(|(idx, column)| {
        let [mean, ..] = column.span?;
        let x = middle(idx, frame.columns.len());
        Some(format!("{x:.1},{:.1}", SIDE * (1.0 - mean)))
    });
    points.collect::<Vec<_>>().join(" ")
}

fn spans(frame: &DotFrame) -> impl IntoView + use<> {
    let columns = frame.columns.iter().enumerate();
    let lines = columns.filter_map(|(idx, column)| {
        let [_, low, high] = column.span?;
        let x = middle(idx, frame.columns.len());
        let (y1, y2) = (SIDE * (1.0 - high), SIDE * (1.0 - low));
        Some(view! { <line class="dots-span" x1=x x2=x y1=y1 y2=y2 /> })
    });
    lines.collect_view()
}
