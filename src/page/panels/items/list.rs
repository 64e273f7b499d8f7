//! The list of all items: in which order, by which measure, and where in the list.

use leptos::prelude::*;

use super::{measure::measure, table::table, turning::turning};
use crate::data::with_commas;
use crate::page::{
    store::Store,
    widgets::{long_work, switch},
};
use crate::protocol::LongWork;
use crate::session::{
    Message, Session,
    view::{ItemOrder, ItemsView},
};

/// Rows of the list that are shown at once.
pub(super) const PAGE_SIZE: usize = 20;

/// What the visitor has chosen to see of the list.
#[derive(Clone, Copy)]
pub(super) struct Reading {
    /// Which end comes first.
    pub(super) order: RwSignal<ItemOrder>,
    /// Where the page begins, from 0.
    pub(super) start: RwSignal<usize>,
    /// Whether the values at the bottleneck have a column.
    pub(super) has_codes: RwSignal<bool>,
}

/// The section with the list.
pub(super) fn list(store: Store) -> impl IntoView {
    let reading = Reading {
        order: RwSignal::new(ItemOrder::default()),
        start: RwSignal::new(0),
        has_codes: RwSignal::new(false),
    };
    let items = store
        .view(move |session| session.items(reading.order.get(), reading.start.get(), PAGE_SIZE));
    let n_items = Memo::new(move |_| items.with(|items| items.n_items));
    Effect::new(move |_| {
        // Other data may have fewer items.
        if reading.start.get_untracked() >= n_items.get() {
            reading.start.set(0);
        }
    });
    let nouns = store.view(Session::nouns);
    let count = move || items.with(|items| in_words(items, nouns.get().1));
    view! {
        <section class="panel is-items" aria-labelledby="items-title">
            <h2 id="items-title">"Items"</h2>
            <p class="items-count" hidden=move || n_items.get() == 0>{count}</p>
            <div class="items-tools">
                {measure(store)} {orders(reading)}
                {switch(
                    "Show codes",
                    reading.has_codes.into(),
                    Signal::stored(false),
                    move |has_codes| reading.has_codes.set(has_codes),
                )}
            </div>
            {progress(store)} {table(store, reading, items)} {turning(reading, n_items)}
        </section>
    }
}

/// The two orders as a pair of buttons; the one at work is pressed.
fn orders(reading: Reading) -> impl IntoView {
    let button = move |order: ItemOrder, name: &'static str| {
        view! {
            <button
                type="button"
                class="button"
                aria-pressed=move || (reading.order.get() == order).to_string()
                on:click=move |_| {
                    reading.order.set(order);
                    reading.start.set(0);
                }
            >
                {name}
            </button>
        }
    };
    view! {
        <div class="items-orders" role="group" aria-label="Order of the items">
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
            (true, true) => "by the weights of before",
            (true, false) if are_old => {
                "by the weights of before; measured again when training rests"
            }
            (false, false) => "The items are measured as soon as the network is ready.",
            _ => "",
        }
    });
    view! {
        <div class="items-state">
            {long_work(
                "Measuring items",
                "Stop measuring",
                Signal::derive(share),
                move || store.send(Message::Stop(LongWork::Scoring)),
            )}
            <p class="hint" hidden=move || state.get().is_empty()>{move || state.get()}</p>
        </div>
    }
}

/// How many of all items are above the threshold.
fn in_words(items: &ItemsView, several: &str) -> String {
    format!(
        "{} of {} {several} are above the threshold.",
        with_commas(items.n_anomalies),
        with_commas(items.n_items)
    )
}
