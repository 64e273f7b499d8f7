//! The map itself, with its legend and what lies under the pointer.

use leptos::prelude::*;

use super::{
    Choices, Mode, item_in_words,
    pointed::{card, spoken},
    set_out,
};
use crate::page::memo::Memo;
use crate::page::{
    charts::{Dot, Dots, MapNames, Mark, Pick, Pointed, map},
    store::Store,
    theme::colour_of_class,
};
use crate::protocol::Wish;
use crate::session::view::{MapPoint, MapView};
use crate::session::{CodesMessage, ItemChoice, Message, Session};

const NAMES: MapNames = MapNames {
    name: "Map of the codes",
    help_id: "map-help",
};

/// The map, once there is one.
pub(super) fn map_panel(store: Store, choices: Choices) -> impl IntoView {
    let standing = store.view(Session::map_view);
    let points = Memo::new(move |_| {
        standing.track();
        store.peek(Session::map_points)
    });
    let dots = Memo::new(move |_| points.with(|points| dots_of(points, standing.get())));
    let items = Memo::new(move |_| {
        points.with(|points| points.iter().map(|point| point.item).collect::<Vec<_>>())
    });
    let pointed = RwSignal::new(None::<Pointed>);
    let marks = marks_of(store, choices, items, dots);
    let is_empty = Memo::new(move |_| dots.with(|dots| dots.dots.is_empty()));
    let pick = move |pick: Pick| {
        let item = pick
            .dot
            .and_then(|dot| items.with_untracked(|items| items.get(dot).copied()));
        on_pick(store, choices, pick, item);
    };
    let item_there = Memo::new(move |_| {
        let dot = pointed.get()?.dot;
        items.with(|items| items.get(dot).copied())
    });
    view! {
        <div class="map-frame" class:is-empty=move || is_empty.get()>
            {map(NAMES, dots, marks, pointed, pick, card(store, item_there))}
            {spoken(store, pointed, item_there)}
            <p class="map-invitation" hidden=move || !is_empty.get()>
                {invitation(store)}
            </p>
        </div>
        {legend(store)}
        <p id="map-help" class="visually-hidden">
            "Each dot is the code of one item; dots that lie together have codes that are alike. Arrow keys go to the next dot in that direction, Enter does what a click does. Plus and minus bring the map nearer and further, 0 shows all of it; so does the wheel with Ctrl, and a map that is near can be drawn along with the pointer."
        </p>
        <p class="hint map-outcome" role="status">{outcome(store, choices)}</p>
    }
}

fn dots_of(points: &[MapPoint], standing: Option<MapView>) -> Dots {
    let dot = |point: &MapPoint| Dot {
        x: point.x,
        y: point.y,
        class: point.label,
    };
    Dots {
        dots: points.iter().map(dot).collect(),
        are_settled: standing.is_some_and(|map| map.is_finished),
    }
}

fn on_pick(store: Store, choices: Choices, pick: Pick, item: Option<usize>) {
    match (choices.mode.get_untracked(), item) {
        (Mode::Shows, Some(item)) => {
            choices.shown.set(Some(item));
            store.send(Message::Lay(ItemChoice::Item(item)));
        }
        (Mode::Walks, Some(item)) => {
            if choices.is_end_next.get_untracked() {
                choices.to.set(item);
                set_out(store, choices);
            } else {
                choices.from.set(item);
            }
            choices
                .is_end_next
                .update(|is_end_next| *is_end_next = !*is_end_next);
        }
        (Mode::Generates, _) => {
            let (x, y) = pick.place;
            store.send(Message::Codes(CodesMessage::Imagine(Wish::AtPlace {
                x,
                y,
            })));
        }
        (Mode::Shows | Mode::Walks, None) => {}
    }
}

/// The ends of a walk, or the place that was decoded.
fn marks_of(
    store: Store,
    choices: Choices,
    items: Memo<Vec<usize>>,
    dots: Memo<Dots>,
) -> Memo<Vec<Mark>> {
    let wish = store.view(|session| session.imagined().map(|imagined| imagined.wish));
    Memo::new(move |_| {
        let place_of = |item: usize| {
            let dot = items.with(|items| items.iter().position(|&known| known == item))?;
            dots.with(|dots| dots.dots.get(dot).map(|dot| (dot.x, dot.y)))
        };
        let mark = |text, place: Option<(f32, f32)>| place.map(|place| Mark { place, text });
        let marks = match choices.mode.get() {
            Mode::Shows => vec![],
            Mode::Walks => {
                let to = (!choices.is_end_next.get()).then(|| choices.to.get());
                vec![
                    mark("from", place_of(choices.from.get())),
                    mark("to", to.and_then(place_of)),
                ]
            }
            Mode::Generates => match wish.get() {
                Some(Wish::AtPlace { x, y }) => vec![mark("here", Some((x, y)))],
                _ => vec![],
            },
        };
        marks.into_iter().flatten().collect()
    })
}

/// What stands where the map will be.
fn invitation(store: Store) -> impl IntoView {
    let is_begun = store.view(|session| session.map_view().is_some_and(|map| !map.is_finished));
    move || {
        if is_begun.get() {
            "Looking for the neighbours of each code…"
        } else {
            "The map appears here."
        }
    }
}

/// The colours of the classes, where there are labels.
fn legend(store: Store) -> impl IntoView {
    let classes = store.view(|session| {
        let dataset = session.dataset();
        dataset.map_or_else(Vec::new, crate::data::Dataset::classes)
    });
    let nouns = store.view(Session::nouns);
    let key = move |class: u8| {
        let name = store.peek(|session| session.class_in_words(class));
        view! { <li class=format!("class-key is-{}", colour_of_class(class))>{name}</li> }
    };
    view! {
        <ul
            class="map-legend"
            aria-label=move || format!("Colours of the {}", nouns.get().1)
            hidden=move || classes.with(Vec::is_empty)
        >
            {move || classes.get().into_iter().map(key).collect_view()}
        </ul>
    }
}

/// What the last pick did.
fn outcome(store: Store, choices: Choices) -> impl IntoView {
    let outcome = store.view_with_signals(move |session| match choices.mode.get() {
        Mode::Shows => choices.shown.get().map(|item| {
            let item = item_in_words(session, item);
            format!("On the bench at the top of the page: {item}.")
        }),
        Mode::Walks if choices.is_end_next.get() => {
            let item = item_in_words(session, choices.from.get());
            Some(format!("From {item}; now pick where to end."))
        }
        Mode::Walks | Mode::Generates => None,
    });
    move || outcome.get()
}
