//! The runs that were kept.

use leptos::prelude::*;

use crate::page::store::Store;
use crate::session::{CompareMessage, Message, Session, view::KeptView};

/// A row for each run, and the button that keeps one more.
pub(super) fn shelf(store: Store) -> impl IntoView {
    let kept = store.view(Session::kept_runs);
    let obstacle = store.view(Session::why_not_keep);
    let rows = move || {
        let rows = kept.get().into_iter().map(|kept| row(store, kept));
        rows.collect_view()
    };
    view! {
        <section class="panel is-shelf" aria-labelledby="shelf-title">
            <h3 id="shelf-title">"Runs that you keep"</h3>
            <p class="hint">
                "Keep a run, change a setting, train again: both stand side by side, on the same item."
            </p>
            <ul class="shelf">{move || rows()}</ul>
            <p class="shelf-keep">
                <button
                    type="button"
                    class="button"
                    disabled=move || obstacle.get().is_some()
                    on:click=move |_| store.send(Message::Compare(CompareMessage::Keep))
                >
                    "Keep this run"
                </button>
                <span class="hint">{move || obstacle.get()}</span>
            </p>
        </section>
    }
}

fn row(store: Store, kept: KeptView) -> impl IntoView {
    let KeptView {
        number,
        name,
        summary,
        is_beside,
    } = kept;
    let send = move |message| store.send(Message::Compare(message));
    let beside = (!is_beside).then_some(number);
    view! {
        <li class="kept" class:is-beside=is_beside>
            <span class=format!("kept-mark is-kept-{number}") aria-hidden="true"></span>
            <input
                type="text"
                aria-label=format!("Name of run {number}")
                maxlength="60"
                prop:value=name.clone()
                on:change:target=move |event| {
                    send(CompareMessage::Rename {
                        number,
                        name: event.target().value(),
                    });
                }
            />
            <span class="hint">{summary}</span>
            <span class="kept-buttons">
                <button
                    type="button"
                    class="button"
                    aria-pressed=is_beside.to_string()
                    aria-label=format!("Compare with {name}")
                    on:click=move |_| send(CompareMessage::Beside(beside))
                >
                    "Compare"
                </button>
                <button
                    type="button"
                    class="button"
                    aria-label=format!("Bring {name} to the front")
                    on:click=move |_| send(CompareMessage::BringToFront(number))
                >
                    "To the front"
                </button>
                <button
                    type="button"
                    class="button"
                    aria-label=format!("Remove {name}")
                    on:click=move |_| send(CompareMessage::Remove(number))
                >
                    "Remove"
                </button>
            </span>
        </li>
    }
}
