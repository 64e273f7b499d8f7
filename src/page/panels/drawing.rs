//! The drawing surface, for mouse, touch, pen and keyboard, and what is done to a drawing.

use leptos::html;
use leptos::prelude::*;
use web_sys::{HtmlCanvasElement, PointerEvent};

use super::keyboard::{CellCursor, on_key, percent};
use super::sheet::Sheet;
use crate::page::effect::effect;
use crate::page::{
    store::Store,
    surface::{paint_cells, paint_smooth},
    theme::palette,
    widgets::{Icon, SliderSpec, icon, slider},
};
use crate::picture::Brush;
use crate::session::{Change, Hideable, ItemChoice, Message, PictureBench, Session, Source};

/// The pen's own eraser, among the buttons that a pointer event reports.
const PEN_ERASER_BUTTON: u16 = 32;

/// The pointer that draws, and where it was last; other fingers are ignored meanwhile.
#[derive(Clone, Copy, PartialEq)]
struct Pen {
    pointer_id: i32,
    place: (f32, f32),
}

/// The bench, where what is drawn is judged.
const BENCH: Sheet = Sheet {
    name: "Drawing",
    help_id: "drawing-help",
    extra_help: "",
    drawn: Session::drawing,
    invitation: |session| format!("Draw {} here", session.thing_to_draw()),
    message: Message::Bench,
};

/// The first stage: the drawing and its tools.
pub(crate) fn drawing(store: Store) -> impl IntoView {
    let is_erasing = RwSignal::new(false);
    view! {
        <div class="stage is-drawing">
            <h2>"Your drawing"</h2>
            {surface(store, BENCH, is_erasing)} {store.later(origin)} {store.later(move |store| tools(store, is_erasing))}
        </div>
    }
}

/// What is done to the drawing before the network sees it.
pub(crate) fn treatment(store: Store) -> impl IntoView {
    let is_hidden = store.view(|session| session.is_hidden(Hideable::Treatment));
    view! {
        <div class="stage is-treatment" hidden=move || is_hidden.get()>
            {store.later(transformations)}
        </div>
    }
}

/// A surface to draw on with mouse, finger, pen or keyboard.
pub(crate) fn surface(store: Store, sheet: Sheet, is_erasing: RwSignal<bool>) -> impl IntoView {
    let canvas = NodeRef::<html::Canvas>::new();
    let cursor = RwSignal::new(CellCursor::default());
    let pen = StoredValue::new(None::<Pen>);
    let size = store.view(move |session| sheet.size(session));
    paint_when_changed(store, sheet, canvas);
    // The surface moves away below the pen: a stroke that went on would cross the drawing.
    let resized = window_event_listener(leptos::ev::resize, move |_| pen.set_value(None));
    on_cleanup(move || resized.remove());

    let draw = move |event: &PointerEvent, is_first: bool| {
        let Some(to) = canvas
            .get_untracked()
            .and_then(|canvas| place(&canvas, event))
        else {
            return;
        };
        let is_eraser = is_erasing.get_untracked() || event.buttons() & PEN_ERASER_BUTTON != 0;
        let brush = if is_eraser { Brush::Eraser } else { Brush::Ink };
        let earlier = pen.get_value().filter(|_| !is_first);
        let from = earlier.map_or(to, |pen| pen.place);
        pen.set_value(Some(Pen {
            pointer_id: event.pointer_id(),
            place: to,
        }));
        store.send((sheet.message)(Change::Stroke {
            from,
            to,
            brush,
            is_first,
        }));
    };
    let on_down = move |event: PointerEvent| {
        if event.button() != 0 && event.buttons() & PEN_ERASER_BUTTON == 0 {
            return;
        }
        let is_another = |pen: Pen| pen.pointer_id != event.pointer_id();
        if pen.get_value().is_some_and(is_another) {
            return;
        }
        if let Some(canvas) = canvas.get_untracked() {
            // Without capture a stroke merely ends at the edge.
            drop(canvas.set_pointer_capture(event.pointer_id()));
        }
        draw(&event, true);
    };
    let holds_pen = move |event: &PointerEvent| {
        let pen = pen.get_value();
        pen.is_some_and(|pen| pen.pointer_id == event.pointer_id())
    };
    let on_end = move |event: PointerEvent| {
        if holds_pen(&event) {
            pen.set_value(None);
        }
    };
    let on_move = move |event: PointerEvent| {
        if event.buttons() == 0 {
            // It was lifted where nobody could see it.
            on_end(event);
        } else if holds_pen(&event) {
            draw(&event, false);
        }
    };
    view! {
        <div class="surface" style:aspect-ratio=move || aspect_ratio(size.get())>
            <canvas
                node_ref=canvas
                class="drawing"
                width="32"
                height="32"
                tabindex="0"
                role="application"
                aria-label=sheet.name
                aria-describedby=sheet.help_id
                on:pointerdown=on_down
                on:pointermove=on_move
                on:pointerup=on_end
                on:pointercancel=on_end
                on:lostpointercapture=on_end
                on:keydown=move |event| on_key(store, sheet, cursor, &event)
            ></canvas>
            {invitation(store, sheet)}
            <span
                class="cell-cursor"
                aria-hidden="true"
                style:width=move || percent(1, size.get().0)
                style:height=move || percent(1, size.get().1)
                style:left=move || cursor.get().left(size.get().0)
                style:top=move || cursor.get().top(size.get().1)
            ></span>
            <p id=sheet.help_id class="visually-hidden">
                {move || help(size.get())} {sheet.extra_help}
            </p>
            <p class="visually-hidden" aria-live="polite">
                {move || cursor_in_words(store, sheet, cursor.get())}
            </p>
        </div>
    }
}

fn help((n_columns, n_rows): (usize, usize)) -> String {
    format!(
        "Draw with mouse, finger or pen. With the keyboard: arrow keys move over {n_columns} by {n_rows} cells, Space paints or erases a cell, Delete clears, Control Z takes back."
    )
}

/// Worked out when the cursor moves, not with every message: it looks at the whole drawing.
fn cursor_in_words(store: Store, sheet: Sheet, cursor: CellCursor) -> String {
    store.peek(|session| {
        (sheet.drawn)(session).map_or_else(String::new, |drawing| cursor.in_words(drawing))
    })
}

fn aspect_ratio((width, height): (usize, usize)) -> String {
    format!("{width} / {height}")
}

fn paint_when_changed(store: Store, sheet: Sheet, canvas: NodeRef<html::Canvas>) {
    let palette = palette();
    let shown = store.view(move |session| {
        (sheet.drawn)(session).map(|drawing| {
            let is_item = drawing.source() != Source::Hand;
            (drawing.turned(), is_item)
        })
    });
    effect(move || {
        let Some(canvas) = canvas.get() else { return };
        let palette = palette.get();
        shown.with(|shown| {
            let Some((drawing, is_item)) = shown else {
                return;
            };
            if *is_item {
                paint_cells(&canvas, drawing.width(), drawing.ink(), &palette);
            } else {
                paint_smooth(&canvas, drawing, &palette);
            }
        });
    });
}

/// Where an event is on the surface, as parts of its side.
fn place(canvas: &HtmlCanvasElement, event: &PointerEvent) -> Option<(f32, f32)> {
    let rect = canvas.get_bounding_client_rect();
    if rect.width() <= 0.0 || rect.height() <= 0.0 {
        return None;
    }
    let x = (f64::from(event.client_x()) - rect.left()) / rect.width();
    let y = (f64::from(event.client_y()) - rect.top()) / rect.height();
    Some((x as f32, y as f32))
}

/// What an empty surface says.
fn invitation(store: Store, sheet: Sheet) -> impl IntoView {
    let is_blank = store.view(move |session| sheet.is_blank(session));
    let words = store.view(move |session| (sheet.invitation)(session));
    view! {
        <p class="invitation" hidden=move || !is_blank.get()>
            {move || words.get()}
        </p>
    }
}

/// Where the ink comes from.
fn origin(store: Store) -> impl IntoView {
    let text = store.view(|session| {
        let Some(bench) = session.drawing() else {
            return String::new();
        };
        match bench.source() {
            _ if bench.ink().is_blank() => "Nothing drawn yet".to_owned(),
            Source::Item {
                label: Some(label), ..
            } if bench.is_provisional() => {
                format!(
                    "Example: {}. Draw to replace it.",
                    session.label_in_words(label)
                )
            }
            Source::Item {
                index,
                label: Some(label),
            } => format!(
                "Item {index} of the data, {}",
                session.label_in_words(label)
            ),
            Source::Item { index, label: None } => format!("Item {index} of the data"),
            Source::OtherFile(item) => format!("Item {item} of the other file"),
            Source::Hand => "Your own drawing".to_owned(),
        }
    });
    view! { <p class="hint origin">{move || text.get()}</p> }
}

/// Whether the pen takes ink away.
pub(crate) fn eraser(is_erasing: RwSignal<bool>) -> impl IntoView {
    view! {
        <button
            type="button"
            class="button"
            aria-pressed=move || is_erasing.get().to_string()
            on:click=move |_| is_erasing.update(|is_erasing| *is_erasing = !*is_erasing)
        >
            "Eraser"
        </button>
    }
}

fn tools(store: Store, is_erasing: RwSignal<bool>) -> impl IntoView {
    let can_undo = store.view(|session| session.drawing().is_some_and(PictureBench::can_undo));
    let has_held_out = store.view(Session::has_held_out_items);
    view! {
        <div class="tools">
            <button type="button" class="button" on:click=move |_| store.send(Message::Lay(ItemChoice::Example))>
                "Example"
            </button>
            <button
                type="button"
                class="button"
                title="An item that is not normal and was never trained on"
                hidden=move || !has_held_out.get()
                on:click=move |_| store.send(Message::Lay(ItemChoice::HeldOutExample))
            >
                "Held-out example"
            </button>
            <button type="button" class="button" on:click=move |_| store.send(Message::Bench(Change::Clear))>
                "Clear"
            </button>
            {eraser(is_erasing)}
            <button
                type="button"
                class="button is-icon"
                aria-label="Undo"
                title="Undo"
                disabled=move || !can_undo.get()
                on:click=move |_| store.send(Message::Bench(Change::Undo))
            >
                {icon(Icon::Undo)}
            </button>
        </div>
    }
}

const ROTATION: SliderSpec = SliderSpec {
    id: "rotation",
    name: "Rotation",
    min: -180.0,
    max: 180.0,
    step: 1.0,
    in_words: |degrees| format!("{degrees:.0}°"),
};

const NOISE: SliderSpec = SliderSpec {
    id: "noise",
    name: "Noise",
    min: 0.0,
    max: 1.0,
    step: 0.01,
    in_words: |deviation| format!("{deviation:.2}"),
};

/// The standard deviation of the noise in the second article.
const ARTICLE_NOISE: f32 = 0.2;

fn transformations(store: Store) -> impl IntoView {
    let rotation = store.view(|session| session.treatment().rotation_degrees);
    let noise = store.view(|session| session.treatment().noise);
    view! {
        <div class="transformations">
            {slider(ROTATION, rotation, move |degrees| store.send(Message::Bench(Change::Rotate(degrees))))}
            {slider(NOISE, noise, move |deviation| store.send(Message::Bench(Change::AddNoise(deviation))))}
            {marks(store)}
        </div>
    }
}

/// One click for what the articles try.
fn marks(store: Store) -> impl IntoView {
    let degrees = store.view(|session| session.treatment().rotation_degrees);
    let turn = move |_| {
        store.send(Message::Bench(Change::Rotate(turned_on(
            degrees.get_untracked(),
        ))));
    };
    view! {
        <div class="tools">
            <button type="button" class="button" on:click=turn>
                "Turn by 90°"
            </button>
            <button
                type="button"
                class="button"
                title="The second article’s noise"
                on:click=move |_| store.send(Message::Bench(Change::AddNoise(ARTICLE_NOISE)))
            >
                {format!("Noise {ARTICLE_NOISE}")}
            </button>
        </div>
    }
}

/// A quarter turn further; past half a turn it goes on from the other side.
fn turned_on(degrees: f32) -> f32 {
    let next = degrees + 90.0;
    if next > 180.0 { next - 360.0 } else { next }
}
