//! What lies under the pointer: the item, small.

use leptos::prelude::*;

use super::item_in_words;
use crate::page::{
    charts::Pointed,
    store::Store,
    widgets::{Shown, picture_view},
};
use crate::session::Session;

/// Right of this part of the map the card stands left of its dot, and below that one above it.
const FLIPPED_FROM: f32 = 0.6;

/// Columns of a table that the card names.
const MOST_CELLS: usize = 8;

/// The item and its words; what the arrow keys lead to is read out.
pub(super) fn pointed_card(
    store: Store,
    pointed: RwSignal<Option<Pointed>>,
    item: Memo<Option<usize>>,
) -> impl IntoView {
    let width = store.view(|session| session.bench().size().0);
    let items = ItemViews::new(store, item);
    let on_map = move || pointed.get().map_or((0.0, 0.0), |pointed| pointed.on_map);
    let side = move || {
        let (left, top) = on_map();
        let aside = if left > FLIPPED_FROM { "is-left" } else { "" };
        let above = if top > FLIPPED_FROM { "is-above" } else { "" };
        format!("map-card {aside} {above}")
    };
    let spoken = move || {
        let is_by_key = pointed.get().is_some_and(|pointed| pointed.is_by_key);
        is_by_key.then(|| format!("{}. {}", items.words.get(), items.cells.get().join(", ")))
    };
    let percent = |part: f32| format!("{:.2}%", part * 100.0);
    view! {
        <div
            class=side
            aria-hidden="true"
            hidden=move || item.get().is_none()
            style:left=move || percent(on_map().0)
            style:top=move || percent(on_map().1)
        >
            <div hidden=move || items.is_table.get()>
                {picture_view(width, items.shown, || "The item under the pointer".to_owned())}
            </div>
            <p>{move || items.words.get()}</p>
            <ul hidden=move || items.cells.with(Vec::is_empty)>
                {move || items.cells.get().into_iter().map(|cell| view! { <li>{cell}</li> }).collect_view()}
            </ul>
        </div>
        <p class="visually-hidden" aria-live="polite">{spoken}</p>
    }
}

/// What is shown of an item that changes.
#[derive(Clone, Copy)]
struct ItemViews {
    is_table: Memo<bool>,
    words: Memo<String>,
    shown: Memo<Shown>,
    cells: Memo<Vec<String>>,
}

impl ItemViews {
    fn new(store: Store, item: Memo<Option<usize>>) -> Self {
        Self {
            is_table: store.view(Session::is_table),
            words: store.view(move |session| {
                item.get()
                    .map_or_else(String::new, |item| item_in_words(session, item))
            }),
            shown: store.view(move |session| shown(session, item.get())),
            cells: store.view(move |session| cells(session, item.get())),
        }
    }
}

fn shown(session: &Session, item: Option<usize>) -> Shown {
    let values = item.filter(|_| !session.is_table());
    let values = values.and_then(|item| session.dataset()?.item(item));
    values.map_or(Shown::Nothing, Shown::Ink)
}

/// "age: 27", column by column; nothing for pictures.
fn cells(session: &Session, item: Option<usize>) -> Vec<String> {
    let row = item.and_then(|item| {
        let dataset = session.dataset()?;
        let (schema, values) = (dataset.schema()?, dataset.item(item)?);
        let names = schema.spans().map(|(column, _)| &column.name);
        let cells = names.zip(schema.decode_row(&values));
        let cells = cells.map(|(name, cell)| format!("{name}: {cell}"));
        Some(cells.take(MOST_CELLS).collect())
    });
    row.unwrap_or_default()
}
