//! What the run at hand shows, each with a button that shows it.

use leptos::prelude::*;

use crate::page::memo::Memo;
use crate::page::store::Store;
use crate::session::view::{Insight, InsightPlace};

/// The insights of one part of the page; nothing where there are none.
pub(crate) fn insights(store: Store, place: InsightPlace) -> impl IntoView {
    let newest = store.view(move |session| session.insights(place));
    let is_busy = store.view(|session| session.phase().is_busy());
    // While the network learns they come and go: until it rests they keep their room, and say nothing.
    let insights = Memo::new(move |shown: Option<&Vec<Insight>>| match shown {
        Some(shown) if is_busy.get() => shown.clone(),
        _ => newest.get(),
    });
    move || {
        let insights = insights.get();
        (!insights.is_empty()).then(|| {
            let entries = insights.into_iter().map(|insight| entry(store, insight));
            view! {
                <ul class="insights" class:is-waiting=move || is_busy.get()>
                    {entries.collect_view()}
                </ul>
            }
        })
    }
}

fn entry(store: Store, insight: Insight) -> impl IntoView {
    let show = move |_| {
        for message in insight.show.clone() {
            store.send(message);
        }
    };
    view! {
        <li class="insight">
            <p>{insight.sentence}</p>
            <button type="button" class="button" on:click=show>
                {format!("Show me: {}", insight.sight)}
            </button>
        </li>
    }
}
