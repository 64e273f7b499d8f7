//! Train, Pause, Step and Reset, and where training stands.

use leptos::prelude::*;

use crate::page::{
    store::Store,
    widgets::{Icon, icon},
};
use crate::session::{Message, Phase, Session, TrainingMessage};

/// The buttons, the progress bar and one sentence.
pub(crate) fn transport(store: Store) -> impl IntoView {
    let progress = store.view(Session::progress);
    let can_use_pretrained = store.view(Session::can_use_pretrained);
    view! {
        <div class="transport">
            {buttons(store)}
            <div class="progress-frame">
                <div
                    class="progress"
                    role="progressbar"
                    aria-label="Training progress"
                    aria-valuemin="0"
                    aria-valuemax="100"
                    aria-valuenow=move || format!("{:.0}", progress.get().fraction * 100.0)
                    aria-valuetext=move || {
                        let progress = progress.get();
                        format!("epoch {} of {}", progress.epoch, progress.epochs)
                    }
                >
                    <span style:width=move || format!("{:.2}%", progress.get().fraction * 100.0)></span>
                </div>
                <p class="progress-figures" aria-hidden="true">
                    <b class="epoch">{move || progress.get().epoch}</b>
                    {move || format!(" of {} epochs", progress.get().epochs)}
                </p>
            </div>
        </div>
        <p class="progress-sentence">
            {move || format!("{} ", progress.get().sentence)}
            <button
                type="button"
                class="button is-link"
                hidden=move || !can_use_pretrained.get()
                on:click=move |_| store.send(Message::Training(TrainingMessage::UsePretrained))
            >
                "Back to the model that came with the page"
            </button>
        </p>
        {announcements(store)}
    }
}

fn buttons(store: Store) -> impl IntoView {
    let phase = store.view(Session::phase);
    let is_busy = move || phase.get().is_busy();
    let is_loading = move || phase.get() == Phase::Loading;
    let toggle = move |_| {
        store.send(if phase.get_untracked().is_busy() {
            Message::Training(TrainingMessage::Pause)
        } else {
            Message::Training(TrainingMessage::Train)
        });
    };
    view! {
        <div class="transport-buttons">
            <button
                type="button"
                class="button is-main"
                disabled=is_loading
                on:click=toggle
            >
                {move || icon(if is_busy() { Icon::Pause } else { Icon::Play })}
                <span>{move || if is_busy() { "Pause" } else { "Train" }}</span>
            </button>
            <button
                type="button"
                class="button"
                title="Train one epoch"
                disabled=move || is_busy() || is_loading()
                on:click=move |_| store.send(Message::Training(TrainingMessage::Step))
            >
                {icon(Icon::Step)}
                <span>"Step"</span>
            </button>
            <button
                type="button"
                class="button"
                title="Start again with fresh weights"
                disabled=is_loading
                on:click=move |_| store.send(Message::Training(TrainingMessage::Reset))
            >
                {icon(Icon::Reset)}
                <span>"Reset"</span>
            </button>
        </div>
    }
}

/// What a screen reader hears of training: the start, every quarter, the end.
///
/// Not atomic, as no region of the page with a name is: of such a one, a reader may say the name instead of the news.
fn announcements(store: Store) -> impl IntoView {
    let milestone = store.view(|session| {
        let progress = session.progress();
        match progress.phase {
            Phase::Training => {
                let quarter = (progress.fraction * 4.0).floor() * 25.0;
                format!("Training, {quarter:.0} percent done.")
            }
            Phase::Preparing | Phase::Pausing => String::new(),
            _ => progress.sentence,
        }
    });
    view! {
        <div class="visually-hidden" role="status" aria-label="Training" aria-atomic="false">
            <p>{move || milestone.get()}</p>
        </div>
    }
}
