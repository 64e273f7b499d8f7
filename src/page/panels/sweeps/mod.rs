//! What would become of the verdict if the item were turned, noisier, somewhere else, or bent.

mod ghosts;

use leptos::html;
use leptos::prelude::*;

use super::series::words_of;
use super::sight;
use crate::curve::{Span, Tool};
use crate::page::charts::{GhostLine, ShiftMap, SweepAxis, SweepCurve, shift_map, sweep_curve};
use crate::page::memo::Memo;
use crate::page::store::Store;
use crate::session::view::GhostView;
use crate::session::{Change, Message, SeriesChange, Session, SweepsMessage};
use crate::sweep::SweepKind;

const ROTATION: SweepAxis = SweepAxis {
    id: "sweep-angle",
    name: "Error against rotation",
    point_name: "Present angle",
    title: "rotation, clockwise",
    low: -180.0,
    high: 180.0,
    step: 1.0,
    page_step: 15.0,
    ticks: [-180.0, -90.0, 0.0, 90.0, 180.0],
    in_words: degrees_in_words,
    in_short: degrees_in_words,
};

const NOISE: SweepAxis = SweepAxis {
    id: "sweep-noise",
    name: "Error against noise",
    point_name: "Present deviation",
    title: "noise, as a standard deviation",
    low: 0.0,
    high: 1.0,
    step: 0.01,
    page_step: 0.1,
    ticks: [0.0, 0.25, 0.5, 0.75, 1.0],
    in_words: |deviation| format!("{deviation:.2}"),
    in_short: |deviation| format!("{deviation:.2}"),
};

fn degrees_in_words(degrees: f32) -> String {
    format!("{degrees:.0}°").replace('-', "−")
}

/// The panel below the workshop; there is none where nothing of an item can be swept.
pub(crate) fn sweeps(store: Store) -> impl IntoView {
    let kinds = store.view(|session| session.kind().sweeps());
    let is_hidden = Memo::new(move |_| kinds.get().is_empty());
    let hint = store.view(Session::sweeps_in_words);
    let section = NodeRef::<html::Section>::new();
    sight::follow(store, section, is_hidden, |is_watched| {
        Message::Sweeps(SweepsMessage::Watch(is_watched))
    });
    let spans = store.view(|session| Tool::ALL.map(|tool| session.span_of(tool)));
    let charts = move || {
        let kinds = kinds.get().iter();
        kinds
            .map(|&kind| match kind {
                SweepKind::Rotation => chart(store, kind, ROTATION),
                SweepKind::Noise => chart(store, kind, NOISE),
                SweepKind::Shift => shift(store).into_any(),
                SweepKind::Curve(tool) => {
                    let span = Tool::ALL
                        .into_iter()
                        .zip(spans.get())
                        .find(|it| it.0 == tool);
                    span.map_or_else(
                        || ().into_any(),
                        |it| chart(store, kind, axis_of(tool, it.1)),
                    )
                }
            })
            .collect_view()
    };
    view! {
        <section
            class="panel sweeps"
            aria-labelledby="sweeps-title"
            node_ref=section
            hidden=move || is_hidden.get()
        >
            <h3 id="sweeps-title" class="visually-hidden">"Sweeps"</h3>
            <p class="hint">{move || hint.get()}</p>
            <div class="sweeps-charts">{move || charts()}</div>
            {store.later(ghosts::ghosts)}
        </section>
    }
}

/// What is changed along the sweep of a setting of a curve.
fn axis_of(tool: Tool, span: Span) -> SweepAxis {
    let (id, name, point_name, title, page_step) = match tool {
        Tool::Stretch => (
            "sweep-stretch",
            "Error against stretch",
            "Present stretch",
            "stretched about its middle",
            0.25,
        ),
        Tool::Shift => (
            "sweep-delay",
            "Error against shift",
            "Present shift",
            "shift, later to the right",
            10.0,
        ),
        Tool::Noise => (
            "sweep-deviation",
            "Error against noise",
            "Present deviation",
            "noise, as a standard deviation",
            span.step * 10.0,
        ),
        Tool::DropOut => (
            "sweep-gap",
            "Error against drop-out",
            "Present gap",
            "samples that drop out",
            10.0,
        ),
        Tool::DropOutFrom => (
            "sweep-gap-place",
            "Error against the place of the gap",
            "Present place of the gap",
            "first sample that drops out",
            10.0,
        ),
    };
    SweepAxis {
        id,
        name,
        point_name,
        title,
        low: span.low,
        high: span.high,
        step: span.step,
        page_step,
        ticks: [0.0, 0.25, 0.5, 0.75, 1.0].map(|share| span.at(share)),
        in_words: words_of(tool),
        in_short: |value| {
            let rounded = (value * 100.0).round() / 100.0;
            rounded.to_string().replace('-', "−")
        },
    }
}

fn drawn(session: &Session, kind: SweepKind) -> SweepCurve {
    let sweep = session.sweep(kind);
    let ghost_line = |ghost: GhostView| {
        let mut lines = ghost.lines.into_iter();
        let line = lines.find(|line| line.0 == kind);
        GhostLine {
            number: ghost.number,
            points: line.map_or_else(Vec::new, |line| line.1),
        }
    };
    SweepCurve {
        line: sweep.line,
        levels: sweep.levels,
        here: sweep.here,
        ghosts: session.ghosts().into_iter().map(ghost_line).collect(),
    }
}

/// What moving the point of a sweep does on the bench.
fn set(store: Store, kind: SweepKind, to: f32) {
    match kind {
        SweepKind::Rotation => store.send(Message::Bench(Change::Rotate(to))),
        SweepKind::Noise => store.send(Message::Bench(Change::AddNoise(to))),
        SweepKind::Shift => {}
        SweepKind::Curve(tool) => store.send(Message::Curve(SeriesChange::Treat(tool, to))),
    }
}

fn chart(store: Store, kind: SweepKind, axis: SweepAxis) -> AnyView {
    let curve = store.view(move |session| drawn(session, kind));
    let scale = store.view(Session::error_axis);
    let threshold = store.view(Session::threshold);
    let sentence = store.view(move |session| session.sweep_in_words(kind).unwrap_or_default());
    let is_hidden = Memo::new(move |_| {
        let is_of_gap = kind == SweepKind::Curve(Tool::DropOutFrom);
        is_of_gap && curve.with(|curve| curve.line.is_empty())
    });
    let set = move |to| set(store, kind, to);
    let name = axis.name;
    view! {
        <section
            class="sweep-chart"
            aria-labelledby=format!("{}-title", axis.id)
            hidden=move || is_hidden.get()
        >
            <h4 id=format!("{}-title", axis.id)>{name}</h4>
            {sweep_curve(axis, scale, curve, threshold, move || format!("{name}. {}", sentence.get()), set)}
            <p class="sweep-sentence">{move || sentence.get()}</p>
            {legend(kind)}
        </section>
    }
    .into_any()
}

/// What the lines and areas of the noise are.
fn legend(kind: SweepKind) -> impl IntoView {
    let own = match kind {
        SweepKind::Noise => "the noise of your drawing",
        SweepKind::Curve(Tool::Noise) => "the noise of your curve",
        SweepKind::Rotation | SweepKind::Shift | SweepKind::Curve(_) => return None,
    };
    Some(view! {
        <p class="sweep-legend" aria-hidden="true">
            <span class="sweep-key is-mean">"mean of 16 draws"</span>
            <span class="sweep-key is-band">"smallest to largest"</span>
            <span class="sweep-key is-own">{own}</span>
        </p>
    })
}

fn shift(store: Store) -> impl IntoView {
    let scale = store.view(Session::error_axis);
    let threshold = store.view(Session::threshold);
    let map = store.view(|session| {
        let (n_columns, cells) = session.shift_sweep();
        ShiftMap { n_columns, cells }
    });
    let sentence =
        store.view(|session| session.sweep_in_words(SweepKind::Shift).unwrap_or_default());
    view! {
        <section class="sweep-chart is-shift" aria-labelledby="sweep-shift-title">
            <h4 id="sweep-shift-title">"Error against shift"</h4>
            {shift_map("Places around the drawing", scale, map, threshold)}
            <p class="sweep-sentence">{move || sentence.get()}</p>
            <p class="sweep-legend" aria-hidden="true">
                <span class="sweep-key is-ramp">
                    {move || scale.get().low().to_string()} <i></i> {move || scale.get().high().to_string()}
                </span>
                <span class="sweep-key is-outlined">"above the threshold"</span>
            </p>
        </section>
    }
}
