//! What pointer, wheel and keys do on a map.

use leptos::{html, prelude::*};
use wasm_bindgen::JsCast as _;
use web_sys::{HtmlCanvasElement, KeyboardEvent, MouseEvent, PointerEvent, WheelEvent};

use super::frame::next_dot;
use super::sight::Look;
use super::{Pick, Pointed};
use crate::latent::Zoom;

/// How near to a dot a mouse and a finger must come, in pixels of the style sheet.
const REACH_OF_MOUSE: f64 = 12.0;
const REACH_OF_FINGER: f64 = 24.0;

/// A pointer that moved less, in pixels of the style sheet, has clicked and drawn nothing.
const LEAST_DRAWN: f64 = 4.0;

/// How many times nearer one step of a key or a button comes.
pub(super) const ZOOM_STEP: f32 = 1.5;
/// The same for one pixel of a wheel, as an exponent of e.
const ZOOM_PER_PIXEL: f64 = 0.004;
/// Pixels of a wheel that turns by lines or pages.
const LINE: f64 = 16.0;
const PAGE: f64 = 300.0;

/// What pointer and keys do.
#[derive(Clone, Copy)]
pub(super) struct Hands {
    canvas: NodeRef<html::Canvas>,
    look: Look,
    pointed: RwSignal<Option<Pointed>>,
    /// Where a pointer that is held down was last, and whether it has drawn the map along.
    held: StoredValue<Option<Held>>,
}

#[derive(Clone, Copy)]
struct Held {
    at: (f64, f64),
    has_drawn: bool,
}

impl Hands {
    pub(super) fn new(
        canvas: NodeRef<html::Canvas>,
        look: Look,
        pointed: RwSignal<Option<Pointed>>,
    ) -> Self {
        Self {
            canvas,
            look,
            pointed,
            held: StoredValue::new(None),
        }
    }

    pub(super) fn on_down(self, event: &PointerEvent) {
        let Some(canvas) = self.canvas.get_untracked() else {
            return;
        };
        if !event.is_primary() || self.look.zoom.get_untracked().is_whole() {
            return;
        }
        // Without it a pointer that leaves the map lets go of it, no more.
        drop(canvas.set_pointer_capture(event.pointer_id()));
        self.held.set_value(Some(Held {
            at: position(event),
            has_drawn: false,
        }));
    }

    pub(super) fn on_move(self, event: &PointerEvent) {
        let Some(canvas) = self.canvas.get_untracked() else {
            return;
        };
        let Some(held) = self.held.get_value() else {
            return self.point_at(&canvas, event);
        };
        let (x, y) = position(event);
        let (right, down) = (x - held.at.0, y - held.at.1);
        if !held.has_drawn && right.hypot(down) < LEAST_DRAWN {
            return;
        }
        let width = canvas.get_bounding_client_rect().width().max(1.0);
        let way = ((right / width) as f32, (down / width) as f32);
        self.look.zoom.update(|zoom| *zoom = zoom.drawn(way));
        self.held.set_value(Some(Held {
            at: (x, y),
            has_drawn: true,
        }));
    }

    /// A click, unless the pointer has drawn the map along.
    pub(super) fn on_up(self, event: &PointerEvent) -> Option<Pick> {
        let held = self.held.get_value();
        self.on_cancel();
        if held.is_some_and(|held| held.has_drawn) {
            return None;
        }
        let canvas = self.canvas.get_untracked()?;
        let (seen_at, within) = seen_at(&canvas, event)?;
        let sight = self.look.sight.get_untracked()?;
        self.point_at(&canvas, event);
        Some(Pick {
            place: sight.on_plane(seen_at),
            dot: self.look.dot_at(seen_at, within),
        })
    }

    /// The pointer holds the map no longer.
    pub(super) fn on_cancel(self) {
        self.held.set_value(None);
    }

    fn point_at(self, canvas: &HtmlCanvasElement, event: &PointerEvent) {
        let seen = seen_at(canvas, event);
        let dot = seen.and_then(|(seen_at, within)| self.look.dot_at(seen_at, within));
        match dot {
            Some(dot) => self.pointed.set(Some(Pointed {
                dot,
                is_by_key: false,
            })),
            None => self.let_go(),
        }
    }

    /// The pointer is on no dot; where the arrow keys led stays, for a page that moves under a pointer at rest says so
    /// too.
    pub(super) fn let_go(self) {
        let pointed = self.pointed.get_untracked();
        if pointed.is_some_and(|pointed| !pointed.is_by_key) {
            self.pointed.set(None);
        }
    }

    /// With Ctrl, which two fingers on a touchpad count as, the wheel zooms; without, it moves the page.
    pub(super) fn on_wheel(self, event: &WheelEvent) {
        if !(event.ctrl_key() || event.meta_key()) {
            return;
        }
        event.prevent_default();
        let unit = match event.delta_mode() {
            WheelEvent::DOM_DELTA_LINE => LINE,
            WheelEvent::DOM_DELTA_PAGE => PAGE,
            _ => 1.0,
        };
        let times = (-event.delta_y() * unit * ZOOM_PER_PIXEL).exp() as f32;
        let canvas = self.canvas.get_untracked();
        if let Some((seen_at, _)) = canvas.and_then(|canvas| seen_at(&canvas, event)) {
            self.look
                .zoom
                .update(|zoom| *zoom = zoom.by(times, seen_at));
        }
    }

    pub(super) fn on_key(self, event: &KeyboardEvent, pick: impl Fn(Pick)) {
        let at = self.pointed.get_untracked().map(|pointed| pointed.dot);
        let key = event.key();
        if let Some(direction) = direction_of(&key) {
            self.go(at, direction);
        } else if key == "Enter" || key == " " {
            if let Some(place) = at.and_then(|dot| self.look.place(dot)) {
                pick(Pick { place, dot: at });
            }
        } else if event.ctrl_key() || event.meta_key() || event.alt_key() {
            // Those belong to the browser.
            return;
        } else {
            match key.as_str() {
                "+" | "=" => self.look.zoom_by(ZOOM_STEP, at),
                "-" => self.look.zoom_by(1.0 / ZOOM_STEP, at),
                "0" => self.look.zoom.set(Zoom::WHOLE),
                _ => return,
            }
        }
        event.prevent_default();
    }

    /// To the next dot in a direction; the first step leads to the middle of what is seen.
    fn go(self, from: Option<usize>, direction: (f32, f32)) {
        let next = match from {
            None => self.look.dot_at((0.5, 0.5), 1.0),
            Some(from) => {
                let dots = self.look.dots;
                dots.with_untracked(|dots| next_dot(&dots.dots, from, direction).or(Some(from)))
            }
        };
        if let Some(dot) = next {
            self.look.show(dot);
        }
        self.pointed.set(next.map(|dot| Pointed {
            dot,
            is_by_key: true,
        }));
    }
}

fn position(event: &PointerEvent) -> (f64, f64) {
    (f64::from(event.client_x()), f64::from(event.client_y()))
}

/// Where an event is on the map, as parts of its side, and how near a dot must be.
fn seen_at(canvas: &HtmlCanvasElement, event: &MouseEvent) -> Option<((f32, f32), f32)> {
    let rect = canvas.get_bounding_client_rect();
    if rect.width() <= 0.0 || rect.height() <= 0.0 {
        return None;
    }
    let left = (f64::from(event.client_x()) - rect.left()) / rect.width();
    let top = (f64::from(event.client_y()) - rect.top()) / rect.height();
    let pointer = event.dyn_ref::<PointerEvent>();
    let is_finger = pointer.is_some_and(|pointer| pointer.pointer_type() != "mouse");
    let reach = if is_finger {
        REACH_OF_FINGER
    } else {
        REACH_OF_MOUSE
    };
    Some(((left as f32, top as f32), (reach / rect.width()) as f32))
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
