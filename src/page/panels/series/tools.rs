//! What is done to a curve as a whole, and where to go from it.

use leptos::prelude::*;

use crate::curve::{Span, Tool};
use crate::page::memo::Memo;
use crate::page::{
    store::Store,
    widgets::{Icon, SliderSpec, icon, slider},
};
use crate::session::{Hideable, ItemChoice, Message, SeriesBench, SeriesChange, Session};

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
    let spans = store.view(|session| Tool::ALL.map(|tool| session.span_of(tool)));
    let sliders = move || {
        let sliders = Tool::ALL.into_iter().zip(spans.get());
        sliders
            .map(|(tool, span)| tool_slider(store, tool, span))
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

fn tool_slider(store: Store, tool: Tool, span: Span) -> impl IntoView {
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
    view! { <div hidden=move || is_idle.get()>{slider(spec_of(tool, span), value, treat)}</div> }
}

fn spec_of(tool: Tool, span: Span) -> SliderSpec {
    let (id, name) = match tool {
        Tool::Stretch => ("curve-stretch", "Stretch"),
        Tool::Shift => ("curve-shift", "Shift"),
        Tool::Noise => ("curve-noise", "Noise"),
        Tool::DropOut => ("curve-drop-out", "Drop out"),
        Tool::DropOutFrom => ("curve-drop-out-from", "from sample"),
    };
    SliderSpec {
        id,
        name,
        min: span.low,
        max: span.high,
        step: span.step,
        in_words: words_of(tool),
    }
}

/// Writes a setting with its unit.
pub(crate) fn words_of(tool: Tool) -> fn(f32) -> String {
    match tool {
        Tool::Stretch => |times| format!("× {times:.2}"),
        Tool::Noise => |deviation| format!("{deviation:.3}"),
        Tool::Shift | Tool::DropOut => |n| format!("{n:.0} samples"),
        Tool::DropOutFrom => |sample| format!("{sample:.0}"),
    }
}
