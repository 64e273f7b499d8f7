//! The curve on the bench, to be drawn over with mouse, touch, pen and keyboard.

use leptos::html;
use leptos::prelude::*;
use web_sys::{HtmlDivElement, PointerEvent};

use super::keyboard::{SampleCursor, on_key};
use super::{curve_of, frame_of};
use crate::page::charts::{ComparedCurves, compared_curves};
use crate::page::memo::Memo;
use crate::page::store::Store;
use crate::session::{Message, SeriesChange, Session, view::CurveView};

type Curve = Memo<Option<CurveView>>;

/// The pointer that draws, and where it was last; other fingers are ignored meanwhile.
#[derive(Clone, Copy, PartialEq)]
struct Pen {
    pointer_id: i32,
    /// A sample and a value.
    place: (f32, f32),
}

/// The first stage: the curve, where it comes from, and where to go from it.
pub(crate) fn bench(store: Store) -> impl IntoView {
    let curve = curve_of(store);
    let nouns = store.view(Session::nouns);
    let origin = move || curve.with(|curve| curve.as_ref().map(|view| view.origin.clone()));
    view! {
        <div class="stage is-curve">
            <h2>{move || format!("Your {}", nouns.get().0)}</h2>
            {surface(store, curve)}
            <p class="hint origin">{move || origin()}</p>
            {store.later(super::tools::buttons)}
        </div>
    }
}

fn surface(store: Store, curve: Curve) -> impl IntoView {
    let frame = NodeRef::<html::Div>::new();
    let cursor = RwSignal::new(SampleCursor::default());
    let pen = StoredValue::new(None::<Pen>);
    // The surface moves away below the pen: a stroke that went on would cross the curve.
    let resized = window_event_listener(leptos::ev::resize, move |_| pen.set_value(None));
    on_cleanup(move || resized.remove());
    let draw = move |event: &PointerEvent, is_first: bool| {
        let place = frame
            .get_untracked()
            .and_then(|frame| curve.with_untracked(|curve| place(&frame, curve.as_ref()?, event)));
        let Some(to) = place else { return };
        let earlier = pen.get_value().filter(|_| !is_first);
        let from = earlier.map_or(to, |pen| pen.place);
        let pointer_id = event.pointer_id();
        pen.set_value(Some(Pen {
            pointer_id,
            place: to,
        }));
        store.send(Message::Curve(SeriesChange::Draw { from, to, is_first }));
    };
    let on_down = move |event: PointerEvent| {
        let is_another = |pen: Pen| pen.pointer_id != event.pointer_id();
        if event.button() != 0 || pen.get_value().is_some_and(is_another) {
            return;
        }
        if let Some(frame) = frame.get_untracked() {
            // Without capture a stroke merely ends at the edge.
            drop(frame.set_pointer_capture(event.pointer_id()));
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
    let on_keydown = move |event: leptos::ev::KeyboardEvent| {
        curve.with_untracked(|curve| {
            if let Some(view) = curve {
                on_key(store, cursor, view, &event);
            }
        });
    };
    view! {
        <div
            node_ref=frame
            class="curve-surface"
            tabindex="0"
            role="application"
            aria-label="Curve"
            aria-describedby="curve-help"
            on:pointerdown=on_down
            on:pointermove=on_move
            on:pointerup=on_end
            on:pointercancel=on_end
            on:lostpointercapture=on_end
            on:keydown=on_keydown
        >
            {plot(curve)} {cursor_line(curve, cursor)}
        </div>
        {words(curve, cursor)}
    }
}

/// The curve as the network sees it.
fn plot(curve: Curve) -> impl IntoView {
    let shown = Memo::new(move |_| {
        curve.with(|curve| {
            curve
                .as_ref()
                .map_or_else(ComparedCurves::default, |view| ComparedCurves {
                    frame: frame_of(view),
                    values: view.seen.clone(),
                    reconstruction: Vec::new(),
                })
        })
    });
    compared_curves(shown, || "The curve as the network sees it".to_owned())
}

/// Where the keyboard is at work; the style sheet shows it while the surface has the focus.
fn cursor_line(curve: Curve, cursor: RwSignal<SampleCursor>) -> impl IntoView {
    let at = move |of: fn(&CurveView, usize) -> f32| {
        move || {
            curve.with(|curve| {
                let part = curve
                    .as_ref()
                    .map_or(0.0, |view| of(view, cursor.get().within(view.seen.len())));
                format!("{:.2}%", part * 100.0)
            })
        }
    };
    let left = at(|view, sample| frame_of(view).across(sample));
    let top = at(|view, sample| {
        let value = view.seen.get(sample).copied().unwrap_or(0.0);
        frame_of(view).down(value)
    });
    view! { <span class="curve-cursor" aria-hidden="true" style:left=left style:top=top></span> }
}

/// How the surface is used, and what the keyboard has led to.
fn words(curve: Curve, cursor: RwSignal<SampleCursor>) -> impl IntoView {
    let n_samples =
        Memo::new(move |_| curve.with(|curve| curve.as_ref().map_or(0, |view| view.seen.len())));
    let help = move || {
        format!(
            "Draw over the curve with mouse, finger or pen. With the keyboard: the left and right arrow keys walk over {} \
             samples, ten at once with Shift; up and down change the value, Page Up and Page Down by more; Control Z takes \
             back, Control Y makes again.",
            n_samples.get()
        )
    };
    let spoken = move || {
        curve.with(|curve| {
            let view = curve.as_ref();
            view.map_or_else(String::new, |view| cursor.get().in_words(view))
        })
    };
    view! {
        <p id="curve-help" class="visually-hidden">
            {move || help()}
        </p>
        <p class="visually-hidden" aria-live="polite">
            {move || spoken()}
        </p>
    }
}

/// Where an event is on the surface: a sample, with parts of one, and a value.
fn place(frame: &HtmlDivElement, view: &CurveView, event: &PointerEvent) -> Option<(f32, f32)> {
    let rect = frame.get_bounding_client_rect();
    if rect.width() <= 0.0 || rect.height() <= 0.0 {
        return None;
    }
    let across = (f64::from(event.client_x()) - rect.left()) / rect.width();
    let down = (f64::from(event.client_y()) - rect.top()) / rect.height();
    Some(frame_of(view).at(across as f32, down as f32))
}
