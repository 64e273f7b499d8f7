//! What of a map is seen: the frame around all dots, and what part of it.

use leptos::prelude::*;

use super::{Dot, Dots, frame::Frame};
use crate::latent::{PointFields, Zoom};
use crate::page::effect::effect;
use crate::page::memo::Memo;

/// What is seen of the plane.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Sight {
    frame: Frame,
    zoom: Zoom,
}

impl Sight {
    /// Where a place of the plane is seen, as parts of the map's side from the left and from the top.
    pub(super) fn on_map(self, place: (f32, f32)) -> (f32, f32) {
        self.zoom.seen(self.frame.on_map(place))
    }

    /// The same, for what is within the edges only.
    pub(super) fn within_map(self, place: (f32, f32)) -> Option<(f32, f32)> {
        let (left, top) = self.on_map(place);
        let is_on = |part: f32| (0.0..=1.0).contains(&part);
        (is_on(left) && is_on(top)).then_some((left, top))
    }

    /// The place of the plane at parts of the map's side from the left and from the top.
    pub(super) fn on_plane(self, seen_at: (f32, f32)) -> (f32, f32) {
        self.frame.on_plane(self.zoom.place(seen_at))
    }

    /// A part of the map's side, on the plane.
    fn length(self, part: f32) -> f32 {
        part * self.frame.side() / self.zoom.factor()
    }
}

/// What looking at a map needs.
#[derive(Clone, Copy)]
pub(super) struct Look {
    pub(super) dots: Memo<Dots>,
    pub(super) zoom: RwSignal<Zoom>,
    frame: Memo<Option<Frame>>,
    pub(super) sight: Memo<Option<Sight>>,
    /// The dots by where they are; sorted when somebody points at the map.
    fields: Memo<PointFields>,
}

impl Look {
    pub(super) fn new(dots: Memo<Dots>) -> Self {
        let zoom = RwSignal::new(Zoom::WHOLE);
        let frame = followed(dots);
        effect(move || {
            // The next map is another one.
            if frame.get().is_none() && !zoom.get_untracked().is_whole() {
                zoom.set(Zoom::WHOLE);
            }
        });
        let sight = move |frame| Sight {
            frame,
            zoom: zoom.get(),
        };
        Self {
            dots,
            zoom,
            frame,
            sight: Memo::new(move |_| frame.get().map(sight)),
            fields: Memo::new(move |_| {
                let places = dots.with(|dots| dots.dots.iter().map(place_of).collect());
                PointFields::new(places)
            }),
        }
    }

    /// The dot nearest to where something is seen, within a part of the map's side.
    pub(super) fn dot_at(self, seen_at: (f32, f32), within: f32) -> Option<usize> {
        let sight = self.sight.get_untracked()?;
        let place = sight.on_plane(seen_at);
        self.fields
            .with_untracked(|fields| fields.nearest(place, sight.length(within)))
    }

    /// Where a dot is on the plane.
    pub(super) fn place(self, dot: usize) -> Option<(f32, f32)> {
        self.dots
            .with_untracked(|dots| dots.dots.get(dot).map(place_of))
    }

    /// Brings a dot into sight.
    pub(super) fn show(self, dot: usize) {
        let place = self.place(dot).zip(self.frame.get_untracked());
        let Some((place, frame)) = place else { return };
        let zoom = self.zoom.get_untracked();
        let shown = zoom.showing(frame.on_map(place));
        if shown != zoom {
            self.zoom.set(shown);
        }
    }

    /// Comes so many times nearer to where a dot is seen, or else to the middle.
    pub(super) fn zoom_by(self, times: f32, dot: Option<usize>) {
        let place = dot.and_then(|dot| self.place(dot));
        let seen_at = place.zip(self.sight.get_untracked());
        let seen_at = seen_at.and_then(|(place, sight)| sight.within_map(place));
        self.zoom
            .update(|zoom| *zoom = zoom.by(times, seen_at.unwrap_or((0.5, 0.5))));
    }
}

fn place_of(dot: &Dot) -> (f32, f32) {
    (dot.x, dot.y)
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
