//! Dots on a plane that can be pointed at, picked, and walked over with the arrow keys.

mod frame;
mod hands;
mod paint;
mod sight;
mod zooming;

use leptos::prelude::*;
use leptos::{ev, html};

use crate::page::effect::effect;
use crate::page::memo::Memo;
use crate::page::theme::palette;
use hands::Hands;
use paint::Masks;
use sight::Look;

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
    let look = Look::new(dots);
    let hands = Hands::new(canvas, look, pointed);
    paint_when_changed(canvas, look);
    let on_up = move |event| {
        if let Some(picked) = hands.on_up(&event) {
            pick(picked);
        }
    };
    view! {
        <div class="map" class:is-near=move || !look.zoom.get().is_whole()>
            <canvas
                node_ref=canvas
                role="img"
                tabindex="0"
                aria-label=names.name
                aria-describedby=names.help_id
                on:pointerdown=move |event| hands.on_down(&event)
                on:pointermove=move |event| hands.on_move(&event)
                on:pointerleave=move |_| hands.let_go()
                on:pointercancel=move |_| hands.on_cancel()
                on:pointerup=on_up
                on:wheel=move |event| hands.on_wheel(&event)
                on:keydown=move |event| hands.on_key(&event, pick)
                on:blur=move |_| pointed.set(None)
            ></canvas>
            {anchor(look, pointed, card)} {marks_view(marks, look)} {zooming::zooming(look, pointed)}
        </div>
    }
}

fn paint_when_changed(canvas: NodeRef<html::Canvas>, look: Look) {
    let palette = palette();
    let n_resizes = RwSignal::new(0_u32);
    let listener = window_event_listener(ev::resize, move |_| n_resizes.update(|n| *n += 1));
    on_cleanup(move || listener.remove());
    let mut is_painted = false;
    let mut masks = Masks::default();
    effect(move || {
        n_resizes.track();
        let (Some(canvas), palette, sight) = (canvas.get(), palette.get(), look.sight.get()) else {
            is_painted = false;
            return;
        };
        // Asking an empty canvas for its size would make the browser lay out the whole page while it is put together.
        if sight.is_none() && !is_painted {
            return;
        }
        let ratio = window().device_pixel_ratio();
        look.dots
            .with(|dots| paint::paint(&canvas, &dots.dots, sight, ratio, &palette, &mut masks));
        is_painted = true;
    });
}

fn percent(part: f32) -> String {
    format!("{:.2}%", part * 100.0)
}

/// A ring around the dot that is pointed at, and the card beside it, on the side where there is room.
fn anchor(look: Look, pointed: RwSignal<Option<Pointed>>, card: impl IntoView) -> impl IntoView {
    let on_map = Memo::new(move |_| {
        let dot = pointed.get()?.dot;
        let dots = look.dots;
        let place = dots.with(|dots| dots.dots.get(dot).map(|dot| (dot.x, dot.y)))?;
        look.sight.get()?.within_map(place)
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

fn marks_view(marks: Memo<Vec<Mark>>, look: Look) -> impl IntoView {
    move || {
        let sight = look.sight.get()?;
        let marks = marks.get().into_iter().filter_map(|mark| {
            let (left, top) = sight.within_map(mark.place)?;
            Some(view! {
                <span class="map-mark" aria-hidden="true" style:left=percent(left) style:top=percent(top)>
                    {mark.text}
                </span>
            })
        });
        Some(marks.collect_view())
    }
}
