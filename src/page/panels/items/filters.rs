//! What is listed of the items: which classes, which side of the threshold, which part of the data.

use leptos::prelude::*;

use crate::page::memo::Memo;
use crate::page::{
    store::Store,
    widgets::{Icon, each, icon},
};
use crate::session::{ListChange, Message, Part, Session, Side, view::ListView};

/// The filters as buttons that are pressed or not, and how many items they leave.
pub(super) fn filters(store: Store, list: Memo<ListView>) -> impl IntoView {
    let nouns = store.view(Session::nouns);
    let count = move || {
        let (_, several) = nouns.get();
        list.with(|list| list.count_in_words(several))
    };
    view! {
        <div class="filters" hidden=move || list.with(|list| list.n_items == 0)>
            {classes(store, list)} {sides(store, list)} {parts(store, list)}
        </div>
        <p
            class="filters-count"
            role="status"
            aria-label="Items listed" aria-atomic="false"
            hidden=move || list.with(|list| list.n_items == 0)
        >
            {move || count()}
        </p>
    }
}

/// What stands where the list would be when no item fits.
pub(super) fn nothing_listed(store: Store) -> impl IntoView {
    let nouns = store.view(Session::nouns);
    view! {
        <div class="items-empty">
            <p>{move || format!("There are no such {}.", nouns.get().1)}</p>
            <button
                type="button"
                class="button"
                on:click=move |_| store.send(Message::List(ListChange::ClearFilters))
            >
                "Clear the filters"
            </button>
        </div>
    }
}

fn classes(store: Store, list: Memo<ListView>) -> impl IntoView {
    let classes = Memo::new(move |_| {
        list.with(|list| {
            list.classes
                .iter()
                .map(|&class| usize::from(class))
                .collect()
        })
    });
    let all = chip(
        store,
        "All",
        Memo::new(move |_| list.with(|list| list.filter.classes.is_empty())),
        ListChange::AllClasses,
    );
    let class = move |class: usize| {
        let class = class as u8;
        let is_on = Memo::new(move |_| list.with(|list| list.filter.classes.contains(&class)));
        chip(
            store,
            store.peek(|session| session.class_in_words(class)),
            is_on,
            ListChange::ToggleClass(class),
        )
    };
    view! {
        <div class="filter" hidden=move || classes.with(Vec::is_empty)>
            <span class="filter-name" id="filter-classes">"Classes"</span>
            <div class="chips" role="group" aria-labelledby="filter-classes">
                {all}
                {each(move || classes.get(), class)}
            </div>
        </div>
    }
}

fn sides(store: Store, list: Memo<ListView>) -> impl IntoView {
    let side = move |side: Option<Side>, face: AnyView| {
        let is_on = Memo::new(move |_| list.with(|list| list.filter.side == side));
        chip(store, face, is_on, ListChange::ChooseSide(side))
    };
    view! {
        <div class="filter">
            <span class="filter-name" id="filter-side">"Side of the threshold"</span>
            <div class="chips" role="group" aria-labelledby="filter-side">
                {side(None, "All".into_any())}
                {side(Some(Side::Above), view! { {icon(Icon::Anomaly)} "Above" }.into_any())}
                {side(Some(Side::Below), view! { {icon(Icon::Normal)} "Below" }.into_any())}
            </div>
        </div>
    }
}

fn parts(store: Store, list: Memo<ListView>) -> impl IntoView {
    let parts = Memo::new(move |_| list.with(|list| list.parts.clone()));
    let places = move || {
        let is_there = |place: &usize| parts.with(|parts| parts.contains(&Part::ALL[*place]));
        (0..Part::ALL.len()).filter(is_there).collect()
    };
    let part = move |part: Option<Part>, name: &'static str| {
        let is_on = Memo::new(move |_| list.with(|list| list.filter.part == part));
        chip(store, name, is_on, ListChange::ChoosePart(part))
    };
    view! {
        <div class="filter" hidden=move || parts.with(|parts| parts.len() < 2)>
            <span class="filter-name" id="filter-part">"Part of the data"</span>
            <div class="chips" role="group" aria-labelledby="filter-part">
                {part(None, "All")}
                {each(places, move |place| part(Some(Part::ALL[place]), Part::ALL[place].heading()))}
            </div>
        </div>
    }
}

/// A button that is pressed or not.
fn chip(store: Store, face: impl IntoView, is_on: Memo<bool>, change: ListChange) -> impl IntoView {
    view! {
        <button
            type="button"
            class="chip"
            aria-pressed=move || is_on.get().to_string()
            on:click=move |_| store.send(Message::List(change.clone()))
        >
            {face}
        </button>
    }
}
