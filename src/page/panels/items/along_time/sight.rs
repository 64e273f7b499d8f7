//! The part of a recording that is in sight: readings and error, from close by and from afar.

use std::ops::Range;

use leptos::html;
use leptos::prelude::*;
use web_sys::PointerEvent;

use super::Along;
use crate::anomaly::LogScale;
use crate::data::with_commas;
use crate::page::charts::{ComparedCurves, CurveFrame, compared_curves};
use crate::page::memo::Memo;
use crate::page::store::Store;
use crate::page::widgets::{SliderSpec, slider};
use crate::session::{
    Session,
    view::{RecordingKey, RecordingView},
};

/// From closest by, so many windows are in sight.
const FEWEST_WINDOWS: usize = 4;

/// Which rows are in sight: all of them, or a half, a quarter, … of them from one on.
#[derive(Clone, Copy)]
pub(super) struct Sight {
    along: Along,
    n_halvings: RwSignal<u32>,
    first: RwSignal<usize>,
}

impl Sight {
    pub(super) fn new(along: Along) -> Self {
        Self {
            along,
            n_halvings: RwSignal::new(0),
            first: RwSignal::new(0),
        }
    }

    fn n_rows(self) -> usize {
        self.along
            .with(|along| along.as_ref().map_or(0, |along| along.n_rows))
    }

    /// How often the recording may be halved.
    fn most_halvings(self) -> u32 {
        let length = self
            .along
            .with(|along| along.as_ref().map_or(1, |along| along.length));
        let n_times = self.n_rows() / (FEWEST_WINDOWS * length).max(1);
        n_times.checked_ilog2().unwrap_or(0)
    }

    fn rows(self) -> Range<usize> {
        let n_rows = self.n_rows();
        let n_shown = n_rows >> self.n_halvings.get().min(self.most_halvings());
        let first = self.first.get().min(n_rows - n_shown);
        first..first + n_shown
    }

    /// Goes closer, or away, with the same row in the middle.
    fn halve(self, n_halvings: u32) {
        let rows = untrack(|| self.rows());
        let middle = rows.start.midpoint(rows.end);
        let n_shown = untrack(|| self.n_rows()) >> n_halvings;
        self.n_halvings.set(n_halvings);
        self.first.set(middle.saturating_sub(n_shown / 2));
    }

    /// Brings rows into sight, with as many around them as there is room for.
    pub(super) fn show(self, rows: &Range<usize>) {
        let n_rows = untrack(|| self.n_rows());
        let wanted = rows.len().max(1) * 4;
        let n_halvings = (n_rows / wanted).checked_ilog2().unwrap_or(0);
        let n_halvings = n_halvings.min(untrack(|| self.most_halvings()));
        self.n_halvings.set(n_halvings);
        let middle = rows.start.midpoint(rows.end);
        self.first
            .set(middle.saturating_sub((n_rows >> n_halvings) / 2));
    }
}

/// Readings and error over each other, and the ways to other rows.
pub(super) fn recording(
    store: Store,
    key: Memo<Option<RecordingKey>>,
    sight: Sight,
) -> impl IntoView {
    let rows = Memo::new(move |_| sight.rows());
    let shown = Memo::new(move |_| {
        key.track();
        rows.with(|rows| store.peek(|session| session.recording(rows)))
            .unwrap_or_default()
    });
    let scale = store.view(Session::error_axis);
    let in_words = move || {
        rows.with(|rows| {
            let [from, to] = [rows.start, rows.end.saturating_sub(1)].map(with_commas);
            format!("Rows {from} to {to}")
        })
    };
    let readings = Memo::new(move |_| shown.with(readings_of));
    let errors = Memo::new(move |_| {
        let threshold = key.get().and_then(|key| key.threshold());
        shown.with(|shown| errors_of(shown, scale.get(), threshold))
    });
    view! {
        {frames(
            sight,
            rows,
            view! {
                <p class="recording-name" aria-hidden="true">"readings"</p>
                <div class="recording-frame is-readings">
                    {compared_curves(readings, move || format!("{}: lowest and highest readings", in_words()))}
                    {known(shown)}
                </div>
                <p class="recording-name" aria-hidden="true">"error and threshold"</p>
                <div class="recording-frame">
                    {compared_curves(errors, move || format!("{}: the largest errors", in_words()))}
                    {known(shown)}
                </div>
            }
                .into_any(),
        )}
        <p class="hint recording-rows">{move || in_words()}</p>
        {ways(sight, rows)}
    }
}

/// What holds the charts, to be drawn along where something lies beside what is seen.
fn frames(sight: Sight, rows: Memo<Range<usize>>, charts: AnyView) -> impl IntoView {
    let frame = NodeRef::<html::Div>::new();
    // Where the pointer took hold, and the first row in sight then.
    let hold = StoredValue::new(None::<(i32, usize)>);
    let on_down = move |event: PointerEvent| {
        if event.button() != 0 || sight.n_halvings.get_untracked() == 0 {
            return;
        }
        if let Some(frame) = frame.get_untracked() {
            // Without capture the drag merely ends at the edge.
            drop(frame.set_pointer_capture(event.pointer_id()));
        }
        let first = rows.with_untracked(|rows| rows.start);
        hold.set_value(Some((event.client_x(), first)));
    };
    let on_move = move |event: PointerEvent| {
        let (Some((x, first)), Some(frame)) = (hold.get_value(), frame.get_untracked()) else {
            return;
        };
        let share = f64::from(event.client_x() - x) / f64::from(frame.client_width().max(1));
        let n_rows = rows.with_untracked(|rows| rows.len() as f64 * share);
        sight.first.set((first as f64 - n_rows).max(0.0) as usize);
    };
    let on_end = move |_: PointerEvent| hold.set_value(None);
    let is_near = Memo::new(move |_| sight.n_halvings.get() > 0);
    view! {
        <div
            class="recording"
            class:is-near=move || is_near.get()
            node_ref=frame
            on:pointerdown=on_down
            on:pointermove=on_move
            on:pointerup=on_end
            on:pointercancel=on_end
        >
            {charts}
        </div>
    }
}

/// Closer, away, and along.
fn ways(sight: Sight, rows: Memo<Range<usize>>) -> impl IntoView {
    let n_halvings = Memo::new(move |_| sight.n_halvings.get().min(sight.most_halvings()));
    let is_closest = Memo::new(move |_| n_halvings.get() == sight.most_halvings());
    let first = Memo::new(move |_| rows.with(|rows| rows.start as f32));
    let place = move || {
        let n_rows = sight.n_rows();
        let n_shown = n_rows >> n_halvings.get();
        let spec = SliderSpec {
            id: "recording-place",
            name: "First row in sight",
            min: 0.0,
            max: (n_rows - n_shown) as f32,
            step: (n_shown / 100).max(1) as f32,
            in_words: |row| with_commas(row as usize),
        };
        slider(spec, first, move |row| sight.first.set(row as usize))
    };
    view! {
        <div class="recording-ways">
            <button
                type="button"
                class="button"
                disabled=move || is_closest.get()
                on:click=move |_| sight.halve(n_halvings.get_untracked() + 1)
            >
                "Closer"
            </button>
            <button
                type="button"
                class="button"
                disabled=move || n_halvings.get() == 0
                on:click=move |_| sight.halve(n_halvings.get_untracked().saturating_sub(1))
            >
                "Further away"
            </button>
            <div class="recording-place" hidden=move || n_halvings.get() == 0>
                {move || place()}
            </div>
        </div>
    }
}

/// The known stretches in sight.
fn known(shown: Memo<RecordingView>) -> impl IntoView {
    let marks = move || {
        shown.with(|shown| {
            let mark = |&(from, to): &(f32, f32)| {
                let left = format!("{:.3}%", from * 100.0);
                let width = format!("max(2px, {:.3}%)", (to - from) * 100.0);
                view! { <span class="recording-known" style:left=left style:width=width></span> }
            };
            shown.known.iter().map(mark).collect_view()
        })
    };
    view! { <div aria-hidden="true">{move || marks()}</div> }
}

fn readings_of(shown: &RecordingView) -> ComparedCurves {
    ComparedCurves {
        frame: CurveFrame {
            n_samples: shown.high.len(),
            range: shown.range,
        },
        values: shown.high.clone(),
        reconstruction: shown.low.clone(),
    }
}

/// The error on the axis of all errors, with the threshold as a second line.
fn errors_of(shown: &RecordingView, scale: LogScale, threshold: Option<f32>) -> ComparedCurves {
    let values: Vec<f32> = shown.errors.iter().map(|&it| scale.position(it)).collect();
    let line = threshold.map(|threshold| scale.position(threshold));
    ComparedCurves {
        frame: CurveFrame {
            n_samples: values.len(),
            range: (0.0, 1.0),
        },
        reconstruction: line.map_or_else(Vec::new, |line| vec![line; values.len()]),
        values,
    }
}
