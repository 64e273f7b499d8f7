//! Turning the pages of the list.

use leptos::prelude::*;

use super::list::PAGE_SIZE;
use crate::data::with_commas;
use crate::page::memo::Memo;

/// First, previous, next and last page of a list, and which one this is; nothing while there is no list. `start` is where
/// the page begins, from 0.
pub(super) fn turning(
    name: &'static str,
    start: RwSignal<usize>,
    n_items: Memo<usize>,
) -> impl IntoView {
    let last = Memo::new(move |_| n_items.get().saturating_sub(1) / PAGE_SIZE * PAGE_SIZE);
    let is_first = Memo::new(move |_| start.get() == 0);
    let is_last = Memo::new(move |_| start.get() >= last.get());
    let place = move || {
        let end = (start.get() + PAGE_SIZE).min(n_items.get());
        format!(
            "{}–{} of {}",
            with_commas(start.get() + 1),
            with_commas(end),
            with_commas(n_items.get())
        )
    };
    let button = move |name: &'static str,
                       word: &'static str,
                       is_at_end: Memo<bool>,
                       to: fn(usize, usize) -> usize| {
        view! {
            <button
                type="button"
                class="button"
                aria-label=name
                disabled=move || is_at_end.get()
                on:click=move |_| start.set(to(start.get_untracked(), last.get_untracked()))
            >
                {word}
            </button>
        }
    };
    view! {
        <nav class="turning" aria-label=name hidden=move || n_items.get() == 0>
            {button("First page", "First", is_first, |_, _| 0)}
            {button("Previous page", "Previous", is_first, |start, _| start.saturating_sub(PAGE_SIZE))}
            <p class="turning-place">{move || place()}</p>
            {button("Next page", "Next", is_last, |start, last| (start + PAGE_SIZE).min(last))}
            {button("Last page", "Last", is_last, |_, last| last)}
        </nav>
    }
}
