//! What is done to a curve as a whole, and where to go from it.

use leptos::prelude::*;

use crate::curve::MOST_STRETCHED;
use crate::page::memo::Memo;
use crate::page::{
    store::Store,
    widgets::{Icon, SliderSpec, icon, slider},
};
use crate::session::{Hideable, ItemChoice, Message, SeriesBench, SeriesChange, Session, Tool};

/// Noise goes up to this part of the height of the frame.
const MOST_NOISE: f32 = 0.25;

/// Examples, and the ways back and on.
pub(super) fn buttons(store: Store) -> impl IntoView {
    let has_held_out = store.view(Session::has_held_out_items);
    let can_undo = store.view(|session| session.curve().is_some_and(SeriesBench::can_undo));
    let can_redo = store.view(|session| session.curve().is_some_and(SeriesBench::can_redo));
    let lay = move |choice| move |_| store.send(Message::Lay(choice));
    view! {
        <div class="tools">
            <button type="button" class="button" on:click=lay(ItemChoice::Example)>
                "Example"
            </button>
            <button
                type="button"
                class="button"
                title="An item that is not normal and was never trained on"
                hidden=move || !has_held_out.get()
                on:click=lay(ItemChoice::HeldOutExample)
            >
                "Held-out example"
            </button>
            <button
                type="button"
                class="button"
                disabled=move || !can_undo.get()
                on:click=move |_| store.send(Message::Curve(SeriesChange::Undo))
            >
                {icon(Icon::Undo)}
                <span>"Undo"</span>
            </button>
            <button
                type="button"
                class="button"
                disabled=move || !can_redo.get()
                on:click=move |_| store.send(Message::Curve(SeriesChange::Redo))
            >
                "Redo"
            </button>
        </div>
    }
}

/// A slider for each thing that can be done to the curve as a whole.
pub(crate) fn tools(store: Store) -> impl IntoView {
    let is_hidden = store.view(|session| session.is_hidden(Hideable::Treatment));
    let size = store.view(|session| {
        session.curve().map_or((0, 1.0), |bench| {
            let (low, high) = bench.range();
            (bench.curve().len(), high - low)
        })
    });
    let sliders = move || {
        let (n_samples, height) = size.get();
        let sliders = Tool::ALL.into_iter();
        sliders
            .map(|tool| tool_slider(store, tool, n_samples, height))
            .collect_view()
    };
    view! {
        <div class="stage is-bending" hidden=move || is_hidden.get()>
            <div class="transformations" role="group" aria-label="What is done to the curve">
                {move || sliders()}
            </div>
        </div>
    }
}

fn tool_slider(store: Store, tool: Tool, n_samples: usize, height: f32) -> impl IntoView {
    let value = store.view(move |session| {
        session
            .curve()
            .map_or(0.0, |bench| tool.of(bench.treatment()))
    });
    let nothing_drops_out = store.view(|session| {
        let bench = session.curve();
        bench.is_none_or(|bench| bench.treatment().gap_length == 0)
    });
    let is_idle = Memo::new(move |_| tool == Tool::DropOutFrom && nothing_drops_out.get());
    let treat = move |to| store.send(Message::Curve(SeriesChange::Treat(tool, to)));
    view! { <div hidden=move || is_idle.get()>{slider(spec_of(tool, n_samples, height), value, treat)}</div> }
}

fn spec_of(tool: Tool, n_samples: usize, height: f32) -> SliderSpec {
    let n = n_samples as f32;
    let samples = |n: f32| format!("{n:.0} samples");
    let spec = |id, name, [min, max, step]: [f32; 3], in_words| SliderSpec {
        id,
        name,
        min,
        max,
        step,
        in_words,
    };
    match tool {
        Tool::Stretch => spec(
            "curve-stretch",
            "Stretch",
            [1.0 / MOST_STRETCHED, MOST_STRETCHED, 0.05],
            |times| format!("× {times:.2}"),
        ),
        Tool::Shift => spec(
            "curve-shift",
            "Shift",
            [-(n / 2.0).floor(), (n / 2.0).floor(), 1.0],
            samples,
        ),
        Tool::Noise => {
            let step = step_of(MOST_NOISE * height);
            let most = (MOST_NOISE * height / step).round() * step;
            spec("curve-noise", "Noise", [0.0, most, step], |deviation| {
                format!("{deviation:.3}")
            })
        }
        Tool::DropOut => spec(
            "curve-drop-out",
            "Drop out",
            [0.0, (n / 2.0).floor(), 1.0],
            samples,
        ),
        Tool::DropOutFrom => spec(
            "curve-drop-out-from",
            "from sample",
            [0.0, (n - 1.0).max(1.0), 1.0],
            |sample| format!("{sample:.0}"),
        ),
    }
}

/// A power of ten of which about fifty to five hundred make up `height`.
fn step_of(height: f32) -> f32 {
    10.0_f32.powf((height / 50.0).log10().floor())
}
