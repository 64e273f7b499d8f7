//! What lies on the bench, as the run judged it epoch by epoch.

use leptos::html;
use leptos::prelude::*;

use crate::anomaly::format_error;
use crate::page::memo::Memo;
use crate::page::{
    charts::{Curve, curves},
    panels::sight,
    store::Store,
};
use crate::session::{HistoryMessage, Message, Session};

/// The error of the item on the bench beside the threshold, after every epoch that was kept.
pub(super) fn past(store: Store) -> impl IntoView {
    let past = store.view(Session::past_curves);
    let is_hidden = store.view(|session| session.history_view().is_none());
    let section = NodeRef::<html::Section>::new();
    sight::follow(store, section, is_hidden, |is_watched| {
        Message::History(HistoryMessage::Watch(is_watched))
    });
    let drawn = Memo::new(move |_| {
        past.with(|past| {
            let curve = |class, points: &[(f64, f64)]| Curve {
                class,
                points: points.to_vec(),
            };
            vec![
                curve("is-item", &past.errors),
                curve("is-threshold", &past.thresholds),
            ]
        })
    });
    let epochs = store.view(|session| session.training().epochs as f64);
    let shown = store.view(Session::shown_epoch);
    let in_words = move || past.with(|past| past.sentence.clone());
    let newest = move |is_error: bool| {
        past.with(|past| {
            let points = if is_error {
                &past.errors
            } else {
                &past.thresholds
            };
            let last = points.last();
            last.map_or_else(|| "–".to_owned(), |&(_, value)| format_error(value as f32))
        })
    };
    view! {
        <section
            class="panel is-past"
            aria-labelledby="past-title"
            node_ref=section
            hidden=move || is_hidden.get()
        >
            <h3 id="past-title">"When did it learn this one?"</h3>
            <p class="hint">{in_words}</p>
            <figure class="chart-frame">
                <figcaption class="legend">
                    <span class="key is-item">"its error " <b>{move || newest(true)}</b></span>
                    <span class="key is-threshold">
                        "the threshold " <b>{move || newest(false)}</b>
                    </span>
                </figcaption>
                {curves(drawn, epochs, shown, in_words)}
                <div class="curves-epochs" aria-hidden="true">
                    <span>"0"</span>
                    <span>{move || format!("{} epochs", epochs.get())}</span>
                </div>
            </figure>
        </section>
    }
}
