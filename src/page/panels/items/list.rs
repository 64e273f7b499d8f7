//! The list of all items: in which order, by which measure, and where in the list.

use leptos::prelude::*;

use super::{
    filters::{filters, nothing_listed},
    gallery::gallery,
    measure::measure,
    table::table,
    turning::turning,
};
use crate::data::with_commas;
use crate::page::effect::effect;
use crate::page::memo::Memo;
use crate::page::{
    store::Store,
    widgets::{long_work, switch},
};
use crate::protocol::LongWork;
use crate::session::{
    ItemOrder, ListChange, Message, Session,
    view::{ListView, Panel},
};

/// Rows of the list that are shown at once.
pub(super) const PAGE_SIZE: usize = 20;

/// What the reader has chosen to see of the list.
#[derive(Clone, Copy)]
pub(super) struct Reading {
    /// Whether items are listed as rows of a table where there is a gallery, too.
    is_tabular: RwSignal<bool>,
    /// Where the page of the table begins, from 0.
    pub(super) start: RwSignal<usize>,
    /// Whether the values at the bottleneck have a column.
    pub(super) has_codes: RwSignal<bool>,
}

/// The section with the list.
pub(super) fn list(store: Store) -> impl IntoView {
    let reading = Reading {
        is_tabular: RwSignal::new(false),
        start: RwSignal::new(0),
        has_codes: RwSignal::new(false),
    };
    let list = store.view(Session::list_view);
    let has_gallery = store.view(|session| session.has_panel(Panel::Gallery));
    let is_tabular = Memo::new(move |_| !has_gallery.get() || reading.is_tabular.get());
    let is_measured = move || list.with(|list| list.n_items > 0);
    turn_back(store, reading);
    let nouns = store.view(Session::nouns);
    let count = move || list.with(|list| in_words(list, nouns.get().1));
    let codes = switch(
        "Show codes",
        Memo::new(move |_| reading.has_codes.get()),
        Memo::new(|_| false),
        move |has_codes| reading.has_codes.set(has_codes),
    );
    view! {
        <section class="panel is-items" aria-labelledby="items-title">
            <div class="items-head">
                <h3 id="items-title">"Items"</h3>
                <div hidden=move || !has_gallery.get()>{forms(reading)}</div>
            </div>
            <p class="items-count" hidden=move || !is_measured()>{move || count()}</p>
            <div class="items-tools">
                {store.later(measure)} {store.later(move |store| orders(store, list))}
                <div hidden=move || !is_tabular.get()>{codes}</div>
            </div>
            {store.later(move |store| filters(store, list))} {progress(store)}
            {store.later(move |store| body(store, reading, is_tabular, list))}
        </section>
    }
}

/// The items themselves, or that there are none.
fn body(
    store: Store,
    reading: Reading,
    is_tabular: Memo<bool>,
    list: Memo<ListView>,
) -> impl IntoView {
    let n_listed = Memo::new(move |_| list.with(|list| list.n_listed));
    let is_empty = Memo::new(move |_| n_listed.get() == 0);
    let is_measured = Memo::new(move |_| list.with(|list| list.n_items > 0));
    move || {
        match (is_empty.get(), is_measured.get(), is_tabular.get()) {
        (true, true, _) => nothing_listed(store).into_any(),
        (true, false, _) => ().into_any(),
        (false, _, true) => {
            view! { {table(store, reading)} {turning("Pages of the list", reading.start, n_listed)} }.into_any()
        }
        (false, _, false) => gallery(store).into_any(),
    }
    }
}

/// Back to the first page whenever something else is listed, and where there are fewer items than before.
fn turn_back(store: Store, reading: Reading) {
    let listed = store.view(Session::filter_and_order);
    let n_listed = store.view(Session::n_listed);
    let mut was_listed = None;
    effect(move || {
        let (listed, n_listed) = (Some(listed.get()), n_listed.get());
        let has_changed = was_listed.is_some() && was_listed != listed;
        if has_changed || reading.start.get_untracked() >= n_listed {
            reading.start.set(0);
        }
        was_listed = listed;
    });
}

/// Pictures or rows as a pair of buttons; the one at work is pressed.
fn forms(reading: Reading) -> impl IntoView {
    let button = move |is_tabular: bool, name: &'static str| {
        view! {
            <button
                type="button"
                class="chip"
                aria-pressed=move || (reading.is_tabular.get() == is_tabular).to_string()
                on:click=move |_| reading.is_tabular.set(is_tabular)
            >
                {name}
            </button>
        }
    };
    view! {
        <div class="chips" role="group" aria-label="View of the items">
            {button(false, "Gallery")} {button(true, "Table")}
        </div>
    }
}

/// The two orders as a pair of buttons; the one at work is pressed.
fn orders(store: Store, list: Memo<ListView>) -> impl IntoView {
    let button = move |order: ItemOrder, name: &'static str| {
        view! {
            <button
                type="button"
                class="chip"
                aria-pressed=move || list.with(|list| list.order == order).to_string()
                on:click=move |_| store.send(Message::List(ListChange::ChooseOrder(order)))
            >
                {name}
            </button>
        }
    };
    view! {
        <div class="chips items-orders" role="group" aria-label="Order of the items">
            {button(ItemOrder::MostAnomalous, "Most anomalous first")}
            {button(ItemOrder::MostTypical, "Most typical first")}
        </div>
    }
}

/// How far measuring is, with a way to give it up; and by which weights the list is.
fn progress(store: Store) -> impl IntoView {
    let progress = store.view(Session::scoring_progress);
    let share = move || {
        let (n_done, n_items) = progress.get()?;
        Some(n_done as f64 / n_items.max(1) as f64)
    };
    let state = store.view(|session| {
        let are_old = session.are_scores_old();
        match (session.is_measured(), session.scoring_progress().is_some()) {
            (true, true) => "by earlier weights",
            (true, false) if are_old => "by earlier weights; measured again when training rests",
            (false, false) => "The items are measured as soon as the network is ready.",
            _ => "",
        }
    });
    view! {
        <div class="items-state" hidden=move || share().is_none() && state.get().is_empty()>
            {long_work(
                "Measuring items",
                "Stop measuring",
                Memo::new(move |_| share()),
                move || store.send(Message::Stop(LongWork::Scoring)),
            )}
            <p class="hint" hidden=move || state.get().is_empty()>{move || state.get()}</p>
        </div>
    }
}

/// How many of all items are above the threshold.
fn in_words(items: &ListView, several: &str) -> String {
    format!(
        "{} of {} {several} are above the threshold.",
        with_commas(items.n_anomalies),
        with_commas(items.n_items)
    )
}
