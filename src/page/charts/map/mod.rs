//! Dots on a plane that can be pointed at, picked, and walked over with the arrow keys.

mod frame;
mod paint;

use leptos::prelude::*;
use leptos::{ev, html};
use web_sys::{HtmlCanvasElement, KeyboardEvent, PointerEvent};

use crate::page::effect::effect;
use crate::page::memo::Memo;
use crate::page::theme::palette;
use frame::{Frame, next_dot};

/// How near to a dot a mouse and a finger must come, in pixels of the style sheet.
const REACH_OF_MOUSE: f64 = 12.0;
const REACH_OF_FINGER: f64 = 24.0;

/// Right of this part of the map the card stands left of its dot, and below it above.
const FLIPPED_FROM: f32 = 0.6;

/// One dot.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Dot {
    /// To the right, in the plane's own units.
    pub(crate) x: f32,
    /// Upwards, in the plane's own units.
    pub(crate) y: f32,
    /// Decides the colour; `None` has that of the text.
    pub(crate) class: Option<u8>,
}

/// All dots of the moment.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Dots {
    pub(crate) dots: Vec<Dot>,
    /// Whether they stay where they are from now on.
    pub(crate) are_settled: bool,
}

/// A place that was clicked, or where Enter was pressed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Pick {
    /// In the plane's own units.
    pub(crate) place: (f32, f32),
    /// The dot there, if there is one.
    pub(crate) dot: Option<usize>,
}

/// A mark on the map.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Mark {
    /// In the plane's own units.
    pub(crate) place: (f32, f32),
    /// What stands beside it.
    pub(crate) text: &'static str,
}

/// A dot that is pointed at.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Pointed {
    pub(crate) dot: usize,
    /// Whether the arrow keys led there.
    pub(crate) is_by_key: bool,
}

/// What a map is called, and where its help stands.
#[derive(Clone, Copy)]
pub(crate) struct MapNames {
    pub(crate) name: &'static str,
    pub(crate) help_id: &'static str,
}

/// The map; `pointed` follows pointer and arrow keys, `pick` hears of clicks and Enter, `card` stands beside the dot
/// that is pointed at.
pub(crate) fn map(
    names: MapNames,
    dots: Memo<Dots>,
    marks: Memo<Vec<Mark>>,
    pointed: RwSignal<Option<Pointed>>,
    pick: impl Fn(Pick) + Copy + 'static,
    card: impl IntoView,
) -> impl IntoView {
    let canvas = NodeRef::<html::Canvas>::new();
    let frame = followed(dots);
    paint_when_changed(canvas, dots, frame);
    let at = move |event: &PointerEvent| {
        let (place, within) = place(&canvas.get_untracked()?, frame.get_untracked()?, event)?;
        let dot =
            dots.with_untracked(|dots| frame.get_untracked()?.nearest(&dots.dots, place, within));
        Some(Pick { place, dot })
    };
    let on_move = move |event: PointerEvent| {
        let dot = at(&event).and_then(|pick| pick.dot);
        match dot {
            Some(dot) => pointed.set(Some(Pointed {
                dot,
                is_by_key: false,
            })),
            None => let_go(pointed),
        }
    };
    let on_click = move |event: PointerEvent| {
        if let Some(picked) = at(&event) {
            on_move(event);
            pick(picked);
        }
    };
    view! {
        <div class="map">
            <canvas
                node_ref=canvas
                role="img"
                tabindex="0"
                aria-label=names.name
                aria-describedby=names.help_id
                on:pointermove=on_move
                on:pointerleave=move |_| let_go(pointed)
                on:pointerup=on_click
                on:keydown=move |event| on_key(&event, dots, frame, pointed, pick)
                on:blur=move |_| pointed.set(None)
            ></canvas>
            {anchor(dots, frame, pointed, card)} {marks_view(marks, frame)}
        </div>
    }
}

/// The pointer is on no dot; where the arrow keys led stays, for a page that moves under a pointer at rest says so too.
fn let_go(pointed: RwSignal<Option<Pointed>>) {
    if pointed
        .get_untracked()
        .is_some_and(|pointed| !pointed.is_by_key)
    {
        pointed.set(None);
    }
}

/// A frame that follows the dots smoothly; once they are settled it fits them.
fn followed(dots: Memo<Dots>) -> Memo<Option<Frame>> {
    Memo::new(move |previous: Option<&Option<Frame>>| {
        dots.with(|dots| {
            let goal = Frame::around(&dots.dots)?;
            match previous.copied().flatten() {
                Some(previous) if !dots.are_settled => Some(previous.towards(goal)),
                _ => Some(goal),
            }
        })
    })
}

fn paint_when_changed(canvas: NodeRef<html::Canvas>, dots: Memo<Dots>, frame: Memo<Option<Frame>>) {
    let palette = palette();
    let n_resizes = RwSignal::new(0_u32);
    let listener = window_event_listener(ev::resize, move |_| n_resizes.update(|n| *n += 1));
    on_cleanup(move || listener.remove());
    let mut is_painted = false;
    effect(move || {
        n_resizes.track();
        let (Some(canvas), palette, frame) = (canvas.get(), palette.get(), frame.get()) else {
            is_painted = false;
            return;
        };
        // Asking an empty canvas for its size would make the browser lay out the whole page while it is put together.
        if frame.is_none() && !is_painted {
            return;
        }
        let ratio = window().device_pixel_ratio();
        dots.with(|dots| paint::paint(&canvas, &dots.dots, frame, ratio, &palette));
        is_painted = true;
    });
}

/// Where an event is on the plane, and how near a dot must be, as a part of the map's side.
fn place(
    canvas: &HtmlCanvasElement,
    frame: Frame,
    event: &PointerEvent,
) -> Option<((f32, f32), f32)> {
    let rect = canvas.get_bounding_client_rect();
    if rect.width() <= 0.0 || rect.height() <= 0.0 {
        return None;
    }
    let left = (f64::from(event.client_x()) - rect.left()) / rect.width();
    let top = (f64::from(event.client_y()) - rect.top()) / rect.height();
    let reach = if event.pointer_type() == "mouse" {
        REACH_OF_MOUSE
    } else {
        REACH_OF_FINGER
    };
    Some((
        frame.on_plane((left as f32, top as f32)),
        (reach / rect.width()) as f32,
    ))
}

fn on_key(
    event: &KeyboardEvent,
    dots: Memo<Dots>,
    frame: Memo<Option<Frame>>,
    pointed: RwSignal<Option<Pointed>>,
    pick: impl Fn(Pick) + Copy,
) {
    let at = pointed.get_untracked().map(|pointed| pointed.dot);
    let key = event.key();
    if let Some(direction) = direction_of(&key) {
        let next = dots.with_untracked(|dots| {
            let Some(at) = at else {
                // The first step leads to the middle of the map.
                let frame = frame.get_untracked()?;
                return frame.nearest(&dots.dots, frame.on_plane((0.5, 0.5)), 1.0);
            };
            next_dot(&dots.dots, at, direction).or(Some(at))
        });
        pointed.set(next.map(|dot| Pointed {
            dot,
            is_by_key: true,
        }));
    } else if key == "Enter" || key == " " {
        let dot = at.and_then(|at| dots.with_untracked(|dots| dots.dots.get(at).copied()));
        if let Some(dot) = dot {
            pick(Pick {
                place: (dot.x, dot.y),
                dot: at,
            });
        }
    } else {
        return;
    }
    event.prevent_default();
}

/// Where an arrow key leads: to the right, and upwards.
fn direction_of(key: &str) -> Option<(f32, f32)> {
    Some(match key {
        "ArrowLeft" => (-1.0, 0.0),
        "ArrowRight" => (1.0, 0.0),
        "ArrowUp" => (0.0, 1.0),
        "ArrowDown" => (0.0, -1.0),
        _ => return None,
    })
}

fn percent(part: f32) -> String {
    format!("{:.2}%", part * 100.0)
}

/// A ring around the dot that is pointed at, and the card beside it, on the side where there is room.
fn anchor(
    dots: Memo<Dots>,
    frame: Memo<Option<Frame>>,
    pointed: RwSignal<Option<Pointed>>,
    card: impl IntoView,
) -> impl IntoView {
    let on_map = Memo::new(move |_| {
        let dot = pointed.get()?.dot;
        let place = dots.with(|dots| dots.dots.get(dot).map(|dot| (dot.x, dot.y)))?;
        Some(frame.get()?.on_map(place))
    });
    let place = move || on_map.get().unwrap_or((0.0, 0.0));
    let class = move || {
        let (left, top) = place();
        let aside = if left > FLIPPED_FROM { "is-left" } else { "" };
        let above = if top > FLIPPED_FROM { "is-above" } else { "" };
        format!("map-anchor {aside} {above}")
    };
    view! {
        <div
            class=class
            aria-hidden="true"
            hidden=move || on_map.get().is_none()
            style:left=move || percent(place().0)
            style:top=move || percent(place().1)
        >
            <span class="map-ring"></span>
            <div class="map-card">{card}</div>
        </div>
    }
}

fn marks_view(marks: Memo<Vec<Mark>>, frame: Memo<Option<Frame>>) -> impl IntoView {
    move || {
        let frame = frame.get()?;
        let marks = marks.get().into_iter().map(|mark| {
            let (left, top) = frame.on_map(mark.place);
            view! {
                <span class="map-mark" aria-hidden="true" style:left=percent(left) style:top=percent(top)>
                    {mark.text}
                </span>
            }
        });
        Some(marks.collect_view())
    }
}
