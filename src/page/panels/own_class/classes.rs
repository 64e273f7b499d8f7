//! What is drawn: the name of the class at hand, and the other classes.

use leptos::prelude::*;
use web_sys::KeyboardEvent;

use super::{Drawn, tell};
use crate::page::memo::Memo;
use crate::page::store::Store;
use crate::session::OwnClassMessage;

/// The name of the class at hand.
pub(super) fn name(store: Store, drawn: Drawn) -> impl IntoView {
    let name = Memo::new(move |_| drawn.with(|drawn| drawn.name.clone()));
    let on_key = move |event: KeyboardEvent| {
        let is_drawn = store.peek(|session| !session.own_sheet().ink().is_blank());
        if event.key() == "Enter" && is_drawn {
            tell(store, OwnClassMessage::Add);
        }
    };
    view! {
        <div class="own-class-name">
            <label for="own-class-name">"What do you draw?"</label>
            <input
                type="text"
                id="own-class-name"
                maxlength="24"
                autocomplete="off"
                placeholder="star"
                prop:value=move || name.get()
                on:input:target=move |event| tell(store, OwnClassMessage::Name(event.target().value()))
                on:keydown=on_key
            />
        </div>
    }
}

/// The classes to choose from, where there are several, and the way to one more.
pub(super) fn others(store: Store, drawn: Drawn) -> impl IntoView {
    let classes = Memo::new(move |_| drawn.with(|it| (it.classes.clone(), it.at_hand)));
    let entries = move || {
        classes.with(|(classes, at_hand)| {
            let entries = classes.iter().enumerate();
            entries
                .map(|(idx, (name, n))| class(store, idx, (name.as_str(), *n), idx == *at_hand))
                .collect_view()
        })
    };
    view! {
        <div class="own-class-classes" role="group" aria-label="Classes">
            {entries}
            <button
                type="button"
                class="button"
                title="Draw something else as well"
                on:click=move |_| tell(store, OwnClassMessage::NextClass)
            >
                "Another class"
            </button>
        </div>
    }
}

/// What a network learns from, where there is a choice.
pub(super) fn normal(drawn: Drawn, chosen: RwSignal<usize>) -> impl IntoView {
    let classes = Memo::new(move |_| {
        drawn.with(|drawn| {
            let names = drawn.classes.iter().map(|(name, _)| name.clone());
            names.collect::<Vec<_>>()
        })
    });
    let options = move || {
        let all = ["all of them".to_owned()];
        let names = all.into_iter().chain(classes.get()).enumerate();
        names
            .map(|(idx, name)| view! { <option value=idx.to_string()>{name}</option> })
            .collect_view()
    };
    view! {
        <div class="choice" hidden=move || classes.with(Vec::is_empty)>
            <label for="own-class-normal">"What is normal"</label>
            <select
                id="own-class-normal"
                on:change:target=move |event| chosen.set(event.target().value().parse().unwrap_or(0))
            >
                {options}
            </select>
        </div>
    }
}

fn class(store: Store, idx: usize, (name, n): (&str, usize), is_at_hand: bool) -> AnyView {
    let name = if name.is_empty() { "no name yet" } else { name };
    view! {
        <button
            type="button"
            class="button"
            aria-pressed=is_at_hand.to_string()
            on:click=move |_| tell(store, OwnClassMessage::Choose(idx))
        >
            {format!("{name} ({n})")}
        </button>
    }
    .into_any()
}
