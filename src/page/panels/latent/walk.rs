//! From one digit to another, through the codes between them.

use leptos::prelude::*;

use super::{Answer, Choices, N_STEPS, item_in_words, kept, set_out, strip::strip};
use crate::page::memo::Memo;
use crate::page::store::Store;
use crate::protocol::Wish;

/// Two items and the pictures between them.
pub(super) fn walk(store: Store, choices: Choices) -> impl IntoView {
    let n_items = store.view(|session| session.dataset().map_or(0, crate::data::Dataset::n_items));
    let are_there = move || {
        let n_items = n_items.get();
        choices.from.get() < n_items && choices.to.get() < n_items
    };
    let answer = kept(store, |session| {
        Answer::of(session, session.interpolation())
    });
    view! {
        <section class="walk" aria-labelledby="walk-title">
            <h4 id="walk-title">"From one to another"</h4>
            <div class="walk-ends">
                {end("walk-from", "From item", choices.from, n_items)}
                {end("walk-to", "To item", choices.to, n_items)}
                <button
                    type="button"
                    class="button"
                    disabled=move || !are_there()
                    on:click=move |_| {
                        choices.is_end_next.set(false);
                        set_out(store, choices);
                    }
                >
                    "Walk between them"
                </button>
            </div>
            {strip(store, answer, "strip", "Ten steps between two items", (N_STEPS, "Step"))}
            <p class="hint">{caption(store, answer)}</p>
        </section>
    }
}

fn end(
    id: &'static str,
    name: &'static str,
    item: RwSignal<usize>,
    n_items: Memo<usize>,
) -> impl IntoView {
    view! {
        <div class="number">
            <label for=id>{name}</label>
            <input
                type="number"
                id=id
                min="0"
                max=move || n_items.get().saturating_sub(1)
                step="1"
                inputmode="numeric"
                prop:value=move || item.get().to_string()
                on:change:target=move |event| {
                    if let Ok(number) = event.target().value().parse::<usize>()
                        && number < n_items.get_untracked()
                    {
                        item.set(number);
                    }
                    // What was refused must not look as if it had been taken.
                    event.target().set_value(&item.get_untracked().to_string());
                }
            />
        </div>
    }
}

/// Where the pictures come from.
fn caption(store: Store, answer: Memo<Option<Answer>>) -> impl IntoView {
    let caption = store.view_with_signals(move |session| match answer.get().map(|answer| answer.wish) {
        Some(Wish::Between { from, to, .. }) => format!(
            "From {} to {}: ten codes at equal distances on a straight line, decoded.",
            item_in_words(session, from),
            item_in_words(session, to)
        ),
        _ => "Ten codes at equal distances on the straight line between those of two items, decoded."
            .to_owned(),
    });
    move || caption.get()
}
