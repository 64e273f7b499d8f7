//! The time machine: a slider on the axis of the loss curve, through the epochs of the run.

use std::time::Duration;

use leptos::leptos_dom::helpers::IntervalHandle;
use leptos::prelude::*;

use crate::page::memo::Memo;

use crate::page::{
    store::Store,
    widgets::{Icon, icon},
};
use crate::session::{HistoryMessage, Message, Session, view::HistoryView};

/// Playing through a run takes about so long.
const PLAY_MS: usize = 6_000;

/// The slider under the curve, and the way to play through the run.
pub(crate) fn rewind(store: Store) -> impl IntoView {
    let history = store.view(Session::history_view);
    let epochs = store.view(|session| session.training().epochs);
    let value = Memo::new(move |_| {
        history.with(|history| {
            let history = history.as_ref();
            history.map_or(0, |history| history.shown.unwrap_or(history.newest))
        })
    });
    let in_words = move || {
        history.with(|history| match history {
            Some(history) => history.shown_in_words(),
            None => "nothing to go back to yet".to_owned(),
        })
    };
    let share = move || value.get() as f64 / epochs.get().max(1) as f64 * 100.0;
    view! {
        <div class="rewind slider">
            <input
                type="range"
                aria-label="Epoch shown"
                min="0"
                max=move || epochs.get()
                step="1"
                disabled=move || history.with(Option::is_none)
                prop:value=move || value.get().to_string()
                aria-valuetext=in_words
                style:--share=move || format!("{:.2}%", share())
                on:input:target=move |event| {
                    if let Ok(wanted) = event.target().value().parse::<usize>() {
                        show(store, history, wanted);
                    }
                }
            />
        </div>
        <div class="curves-epochs">
            <span aria-hidden="true">"0"</span>
            {play(store, history)}
            <span aria-hidden="true">{move || format!("{} epochs", epochs.get())}</span>
        </div>
    }
}

fn show(store: Store, history: Memo<Option<HistoryView>>, wanted: usize) {
    let stop = history.with_untracked(|history| history.as_ref().map(|it| it.toward(wanted)));
    if let Some(stop) = stop {
        store.send(Message::History(message_for(stop)));
    }
}

fn message_for(stop: Option<usize>) -> HistoryMessage {
    stop.map_or(HistoryMessage::ShowNewest, |epoch| HistoryMessage::Show {
        epoch,
    })
}

/// Plays through the epochs that were kept, from the one that is shown, or from the beginning.
fn play(store: Store, history: Memo<Option<HistoryView>>) -> impl IntoView {
    let playing = RwSignal::new(None::<IntervalHandle>);
    let stop = move || {
        if let Some(handle) = playing.try_update(Option::take).flatten() {
            handle.clear();
        }
    };
    on_cleanup(stop);
    let next = move || {
        let next = history.with_untracked(|history| history.as_ref().map(HistoryView::next));
        let next = next.flatten();
        store.send(Message::History(message_for(next)));
        if next.is_none() {
            stop();
        }
    };
    let toggle = move |_| {
        if playing.with_untracked(Option::is_some) {
            stop();
            return;
        }
        let Some((first, n_stops)) = history.with_untracked(|history| {
            let history = history.as_ref()?;
            let first = history.shown.or(history.epochs.first().copied());
            Some((first, history.epochs.len()))
        }) else {
            return;
        };
        store.send(Message::History(message_for(first)));
        let every_ms = (PLAY_MS / n_stops.max(1)).clamp(80, 500);
        let every = Duration::from_millis(every_ms as u64);
        playing.set(set_interval_with_handle(next, every).ok());
    };
    let is_playing = move || playing.with(Option::is_some);
    view! {
        <button
            type="button"
            class="button is-link"
            disabled=move || history.with(Option::is_none)
            on:click=toggle
        >
            {move || icon(if is_playing() { Icon::Pause } else { Icon::Play })}
            <span>{move || if is_playing() { "Hold" } else { "Play the run again" }}</span>
        </button>
    }
}

/// What is shown instead of the newest weights, and the two ways on from it.
pub(crate) fn rewound(store: Store) -> impl IntoView {
    let history = store.view(Session::history_view);
    let shown = move || {
        let in_words = history.with(|history| history.as_ref().map(HistoryView::shown_in_words));
        format!("All of this is {}.", in_words.unwrap_or_default())
    };
    let is_now =
        move || history.with(|history| history.as_ref().is_none_or(|it| it.shown.is_none()));
    let send = move |message| move |_| store.send(Message::History(message));
    view! {
        <p class="run-links" hidden=is_now>
            <span>{shown}</span>
            <button
                type="button"
                class="button is-link"
                on:click=send(HistoryMessage::TrainOnFromHere)
            >
                "Train on from here"
            </button>
            <button type="button" class="button is-link" on:click=send(HistoryMessage::ShowNewest)>
                "Back to now"
            </button>
        </p>
    }
}
