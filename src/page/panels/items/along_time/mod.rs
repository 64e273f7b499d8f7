//! A recording along time: its readings, the error with the threshold, and the stretches above it, each to be laid on the
//! bench.

mod sight;
mod stretches;

use leptos::prelude::*;

use crate::data::with_commas;
use crate::page::memo::Memo;
use crate::page::store::Store;
use crate::session::{
    Session,
    view::{AlongTimeView, MOST_LISTED, RecordingKey},
};

use sight::Sight;

type Along = Memo<Option<AlongTimeView>>;

type Key = Memo<Option<RecordingKey>>;

/// The section above the list; nothing where items are no windows of a recording.
pub(super) fn along_time(store: Store) -> impl IntoView {
    let key = store.view(Session::recording_key);
    let is_there = Memo::new(move |_| key.with(Option::is_some));
    store.rare(is_there, move |store| rare_section(store, key))
}

#[inline(never)]
fn rare_section(store: Store, key: Key) -> AnyView {
    let along = Memo::new(move |_| {
        key.track();
        store.peek(Session::along_time)
    });
    let sight = Sight::new(along);
    let known = move || along.with(|along| Some(along.as_ref()?.known?.in_words()));
    view! {
        <section class="panel is-along-time" aria-labelledby="along-time-title">
            <h3 id="along-time-title">"Along time"</h3>
            <p>{move || along.with(|along| along.as_ref().map(sentence))}</p>
            <p>{move || known()}</p>
            {sight::recording(store, key, sight)} {stretches::stretches(store, along, sight)}
        </section>
    }
    .into_any()
}

fn sentence(view: &AlongTimeView) -> String {
    let n_rows = with_commas(view.n_rows);
    match (view.threshold, view.n_above) {
        (None, _) => format!("The error along {n_rows} rows. There is no threshold yet."),
        (Some(_), 0) => format!("Nothing along {n_rows} rows is above the threshold."),
        (Some(_), 1) => format!("One stretch along {n_rows} rows is above the threshold."),
        (Some(_), n) if view.n_stretches > MOST_LISTED => {
            let n = with_commas(n);
            format!(
                "{n} stretches along {n_rows} rows are above the threshold; the {MOST_LISTED} with the largest errors are listed."
            )
        }
        (Some(_), n) => format!("{n} stretches along {n_rows} rows are above the threshold."),
    }
}
