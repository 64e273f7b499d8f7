//! What would become of the verdict if the drawing were turned, noisier, or somewhere else.

mod ghosts;

use leptos::html;
use leptos::prelude::*;

use super::sight;
use crate::page::charts::{GhostLine, ShiftMap, SweepAxis, SweepCurve, shift_map, sweep_curve};
use crate::page::memo::Memo;
use crate::page::store::Store;
use crate::session::view::{GhostView, SweepView};
use crate::session::{Change, Message, Session, SweepsMessage};
use crate::sweep::{CurvePoint, SweepKind};

const ROTATION: SweepAxis = SweepAxis {
    id: "sweep-angle",
    point_name: "Present angle",
    title: "rotation, clockwise",
    low: -180.0,
    high: 180.0,
    step: 1.0,
    page_step: 15.0,
    ticks: [-180.0, -90.0, 0.0, 90.0, 180.0],
    in_words: |degrees| format!("{degrees:.0}°").replace('-', "−"),
};

const NOISE: SweepAxis = SweepAxis {
    id: "sweep-noise",
    point_name: "Present deviation",
    title: "noise, as a standard deviation",
    low: 0.0,
    high: 1.0,
    step: 0.01,
    page_step: 0.1,
    ticks: [0.0, 0.25, 0.5, 0.75, 1.0],
    in_words: |deviation| format!("{deviation:.2}"),
};

/// The panel below the workshop; there is none where nothing of an item can be swept.
pub(crate) fn sweeps(store: Store) -> impl IntoView {
    let is_hidden = store.view(|session| session.kind().sweeps().is_empty());
    let is_empty = store.view(|session| session.rotation_sweep().line.is_empty());
    let section = NodeRef::<html::Section>::new();
    sight::follow(store, section, is_hidden, |is_watched| {
        Message::Sweeps(SweepsMessage::Watch(is_watched))
    });
    view! {
        <section
            class="panel sweeps"
            aria-labelledby="sweeps-title"
            node_ref=section
            hidden=move || is_hidden.get()
        >
            <h3 id="sweeps-title" class="visually-hidden">"Sweeps"</h3>
            <p class="hint">
                {move || {
                    if is_empty.get() {
                        "Draw something: its error at every angle, with noise, and moved, appears here."
                    } else {
                        "The error of your drawing at every angle, with noise, and moved. Drag a point along its curve."
                    }
                }}
            </p>
            <div class="sweeps-charts">
                {store.later(rotation)} {store.later(noise)} {store.later(shift)}
            </div>
            {store.later(ghosts::ghosts)}
        </section>
    }
}

fn rotation(store: Store) -> impl IntoView {
    let curve = store.view(|session| {
        drawn(session.rotation_sweep(), session.ghosts(), |ghost| {
            ghost.rotation
        })
    });
    let set = move |degrees| store.send(Message::Bench(Change::Rotate(degrees)));
    chart(
        store,
        ROTATION,
        SweepKind::Rotation,
        "Error against rotation",
        curve,
        set,
    )
}

fn noise(store: Store) -> impl IntoView {
    let curve =
        store.view(|session| drawn(session.noise_sweep(), session.ghosts(), |ghost| ghost.noise));
    let set = move |deviation| store.send(Message::Bench(Change::AddNoise(deviation)));
    chart(
        store,
        NOISE,
        SweepKind::Noise,
        "Error against noise",
        curve,
        set,
    )
}

fn drawn(
    sweep: SweepView,
    ghosts: Vec<GhostView>,
    points: fn(GhostView) -> Vec<CurvePoint>,
) -> SweepCurve {
    let ghost_line = |ghost: GhostView| GhostLine {
        number: ghost.number,
        points: points(ghost),
    };
    SweepCurve {
        line: sweep.line,
        levels: sweep.levels,
        here: sweep.here,
        ghosts: ghosts.into_iter().map(ghost_line).collect(),
    }
}

fn chart(
    store: Store,
    axis: SweepAxis,
    kind: SweepKind,
    name: &'static str,
    curve: Memo<SweepCurve>,
    set: impl Fn(f32) + Copy + 'static,
) -> impl IntoView {
    let scale = store.view(Session::error_axis);
    let threshold = store.view(Session::threshold);
    let sentence = store.view(move |session| session.sweep_in_words(kind).unwrap_or_default());
    view! {
        <section class="sweep-chart" aria-labelledby=format!("{}-title", axis.id)>
            <h4 id=format!("{}-title", axis.id)>{name}</h4>
            {sweep_curve(axis, scale, curve, threshold, move || format!("{name}. {}", sentence.get()), set)}
            <p class="sweep-sentence">{move || sentence.get()}</p>
            {legend(kind)}
        </section>
    }
}

/// What the lines and areas of the noise are.
fn legend(kind: SweepKind) -> impl IntoView {
    (kind == SweepKind::Noise).then(|| {
        view! {
            <p class="sweep-legend" aria-hidden="true">
                <span class="sweep-key is-mean">"mean of 16 draws"</span>
                <span class="sweep-key is-band">"smallest to largest"</span>
                <span class="sweep-key is-own">"the noise of your drawing"</span>
            </p>
        }
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
