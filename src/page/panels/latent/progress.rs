//! Drawing the map: the button, how far it is, and what came of it.

use leptos::prelude::*;

use crate::data::{Dataset, with_commas};
use crate::latent::MOST_MAPPED;
use crate::page::memo::Memo;
use crate::page::{store::Store, widgets::long_work};
use crate::protocol::LongWork;
use crate::session::{CodesMessage, Message, Session, view::MapView};

/// The button, the bar and a sentence.
pub(super) fn progress(store: Store) -> impl IntoView {
    let standing = store.view(Session::map_view);
    // Without calibration errors the examiner has no network yet.
    let can_draw = store.view(|session| session.calibration().is_some());
    let running = move || standing.get().filter(|map| !map.is_finished);
    let is_running = Memo::new(move |_| running().is_some());
    let share = move || running().map(|map| f64::from(map.progress));
    let what = store.view(what_it_shows);
    view! {
        <div class="map-controls">
            <button
                type="button"
                class="button"
                disabled=move || !can_draw.get() || is_running.get()
                on:click=move |_| store.send(Message::Codes(CodesMessage::DrawMap))
            >
                "Draw the map"
            </button>
            {long_work(
                "Map progress",
                "Stop the map",
                Memo::new(move |_| share()),
                move || store.send(Message::Stop(LongWork::Mapping)),
            )}
            <p class="hint map-sentence" role="status" aria-label="Map" aria-atomic="false" hidden=move || is_running.get()>
                {move || sentence(standing.get(), &what.get())}
            </p>
        </div>
    }
}

/// What the map will show, before there is one.
fn what_it_shows(session: &Session) -> String {
    let (_, several) = session.nouns();
    let n_items = session.dataset().map_or(0, Dataset::n_items);
    let code_size = session.architecture().code_size();
    let coloured = match session.dataset() {
        Some(dataset) if dataset.has_labels() => {
            " The network was never told the labels; here they only colour the map."
        }
        _ => "",
    };
    let many = if n_items > MOST_MAPPED {
        format!("{} of the {several}", with_commas(MOST_MAPPED))
    } else {
        format!("all {} {several}", with_commas(n_items))
    };
    format!(
        "The map lays the codes of {many} out on a plane by t-SNE: {several} whose {code_size} values are alike \
         come to lie together.{coloured}"
    )
}

fn sentence(standing: Option<MapView>, what: &str) -> String {
    let Some(standing) = standing.filter(|map| map.n_points > 0) else {
        return what.to_owned();
    };
    let time = if standing.elapsed_ms < 100.0 {
        format!("{:.0} ms", standing.elapsed_ms)
    } else {
        format!("{:.1} s", standing.elapsed_ms / 1000.0)
    };
    let figures = format!("{} codes in {time}", with_commas(standing.n_points));
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
