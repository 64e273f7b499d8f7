//! Drawing the map: the button, how far it is, and what came of it.

use leptos::prelude::*;

use crate::page::store::Store;
use crate::protocol::LongWork;
use crate::session::{Message, Session, view::MapView};

/// The examiner maps this many codes at most.
const MOST_MAPPED: usize = 2_000;

/// Where drawing the map stands; changes with every step of it.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Standing {
    is_running: bool,
    was_stopped: bool,
    is_old: bool,
    n_points: usize,
    progress: f32,
    elapsed_ms: f64,
}

impl Standing {
    fn of(map: Option<MapView>) -> Self {
        map.map_or_else(Self::default, |map| Self {
            is_running: !map.is_finished,
            was_stopped: map.was_stopped,
            is_old: map.is_old,
            n_points: map.points.len(),
            progress: map.progress,
            elapsed_ms: map.elapsed_ms,
        })
    }
}

/// The button, the bar and a sentence.
pub(super) fn progress(store: Store) -> impl IntoView {
    let standing = store.view(|session| Standing::of(session.map_view()));
    // Without calibration errors the examiner has no network yet.
    let can_draw = store.view(|session| session.calibration().is_some());
    let is_running = Memo::new(move |_| standing.get().is_running);
    let what = store.view(what_it_shows);
    view! {
        <div class="map-controls">
            <button
                type="button"
                class="button"
                disabled=move || !can_draw.get() || is_running.get()
                on:click=move |_| store.send(Message::DrawMap)
            >
                "Draw the map"
            </button>
            <div class="map-progress" hidden=move || !is_running.get()>
                {bar(standing)}
                <button
                    type="button"
                    class="button"
                    on:click=move |_| store.send(Message::Stop(LongWork::Mapping))
                >
                    "Stop the map"
                </button>
            </div>
            <p class="hint map-sentence" role="status" aria-label="Map" hidden=move || is_running.get()>
                {move || sentence(standing.get(), &what.get())}
            </p>
        </div>
    }
}

fn bar(standing: Memo<Standing>) -> impl IntoView {
    let percent = move || format!("{:.0}", standing.get().progress * 100.0);
    view! {
        <div
            class="progress"
            role="progressbar"
            aria-label="Map progress"
            aria-valuemin="0"
            aria-valuemax="100"
            aria-valuenow=percent
        >
            <span style:width=move || format!("{}%", percent())></span>
        </div>
    }
}

/// What the map will show, before there is one.
fn what_it_shows(session: &Session) -> String {
    let (_, several) = session.nouns();
    let n_items = session.dataset().map_or(0, crate::data::Dataset::n_items);
    let code_size = session.architecture().code_size();
    let coloured = match session.dataset() {
        Some(dataset) if dataset.has_labels() => {
            " The network was never told the labels; here they only colour the map."
        }
        _ => "",
    };
    let many = if n_items > MOST_MAPPED {
        format!("{} of the {several}", in_words(MOST_MAPPED))
    } else {
        format!("all {} {several}", in_words(n_items))
    };
    format!(
        "The map lays the codes of {many} out on a plane by t-SNE: {several} whose {code_size} values are alike \
         come to lie together.{coloured}"
    )
}

fn sentence(standing: Standing, what: &str) -> String {
    if standing.n_points == 0 {
        return what.to_owned();
    }
    let time = if standing.elapsed_ms < 100.0 {
        format!("{:.0} ms", standing.elapsed_ms)
    } else {
        format!("{:.1} s", standing.elapsed_ms / 1000.0)
    };
    let figures = format!("{} codes in {time}", in_words(standing.n_points));
    let stopped = if standing.was_stopped {
        ", stopped before the end"
    } else {
        ""
    };
    let old = if standing.is_old {
        " The network is another one by now: draw the map again to see its codes."
    } else {
        ""
    };
    format!("{figures}{stopped}.{old}")
}

/// "2,000".
fn in_words(count: usize) -> String {
    let digits = count.to_string();
    let mut words = String::new();
    for (idx, digit) in digits.chars().enumerate() {
        if idx > 0 && (digits.len() - idx).is_multiple_of(3) {
            words.push(',');
        }
        words.push(digit);
    }
    words
}
