//! What lies under the pointer: the item, small.

use leptos::prelude::*;

use super::item_in_words;
use crate::data::Form;
use crate::page::memo::Memo;
use crate::page::panels::series::{compared_with, small_curve};
use crate::page::{
    charts::{ComparedCurves, Pointed},
    store::Store,
    widgets::{Shown, picture_view},
};
use crate::session::Session;

/// Columns of a table that the card names.
const MOST_CELLS: usize = 8;

/// The item and its words, for the eye.
pub(super) fn card(store: Store, item: Memo<Option<usize>>) -> impl IntoView {
    let width = store.view(|session| session.picture_size().0);
    let views = ItemViews::new(store, item);
    let has_cells = Memo::new(move |_| views.looks.with(|looks| !looks.cells().is_empty()));
    let picture = Memo::new(move |_| views.looks.with(Looks::picture));
    let curve = Memo::new(move |_| views.looks.with(Looks::curve).unwrap_or_default());
    let has_curve = Memo::new(move |_| views.looks.with(|looks| looks.curve().is_some()));
    let cells = move || {
        let cells = views.looks.get().cells().to_vec();
        let cells = cells.into_iter();
        cells.map(|cell| view! { <li>{cell}</li> }).collect_view()
    };
    view! {
        <div hidden=move || !has_curve.get()>
            {small_curve(curve, || "The item under the pointer".to_owned())}
        </div>
        <div hidden=move || has_cells.get() || has_curve.get()>
            {picture_view(width, picture, || "The item under the pointer".to_owned())}
        </div>
        <p>{move || views.words.get()}</p>
        <ul hidden=move || !has_cells.get()>{move || cells()}</ul>
    }
}

/// What the arrow keys lead to, read out.
pub(super) fn spoken(
    store: Store,
    pointed: RwSignal<Option<Pointed>>,
    item: Memo<Option<usize>>,
) -> impl IntoView {
    let views = ItemViews::new(store, item);
    let spoken = move || {
        let is_by_key = pointed.get().is_some_and(|pointed| pointed.is_by_key);
        is_by_key.then(|| {
            let cells = views.looks.with(|looks| looks.cells().join(", "));
            format!("{}. {cells}", views.words.get())
        })
    };
    view! { <p class="visually-hidden" aria-live="polite">{move || spoken()}</p> }
}

/// What is shown of an item that changes.
#[derive(Clone, Copy)]
struct ItemViews {
    words: Memo<String>,
    looks: Memo<Looks>,
}

impl ItemViews {
    fn new(store: Store, item: Memo<Option<usize>>) -> Self {
        Self {
            words: store.view_with_signals(move |session| {
                item.get()
                    .map_or_else(String::new, |item| item_in_words(session, item))
            }),
            looks: store.view_with_signals(move |session| {
                let looks = item.get().and_then(|item| Looks::of(session, item));
                looks.unwrap_or(Looks::Picture(Shown::Nothing))
            }),
        }
    }
}

/// How an item looks when it is small.
#[derive(Clone, Debug, PartialEq)]
enum Looks {
    Picture(Shown),
    Curve(ComparedCurves),
    /// "age: 27", column by column.
    Cells(Vec<String>),
}

impl Looks {
    /// `None` beyond the last item.
    fn of(session: &Session, item: usize) -> Option<Self> {
        let dataset = session.dataset()?;
        let values = dataset.item(item)?;
        Some(match dataset.form() {
            Form::Pictures { .. } => Self::Picture(Shown::Ink(values)),
            Form::Series(_) => Self::Curve(compared_with(session, values, None)),
            Form::Table(schema) => {
                let names = schema.spans().map(|(column, _)| &column.name);
                let cells = names.zip(schema.decode_row(&values));
                let cells = cells.map(|(name, cell)| format!("{name}: {cell}"));
                Self::Cells(cells.take(MOST_CELLS).collect())
            }
        })
    }

    fn picture(&self) -> Shown {
        match self {
            Self::Picture(shown) => shown.clone(),
            Self::Curve(_) | Self::Cells(_) => Shown::Nothing,
        }
    }

    fn curve(&self) -> Option<ComparedCurves> {
        match self {
            Self::Curve(shown) => Some(shown.clone()),
            Self::Picture(_) | Self::Cells(_) => None,
        }
    }

    fn cells(&self) -> &[String] {
        match self {
            Self::Picture(_) | Self::Curve(_) => &[],
            Self::Cells(cells) => cells,
        }
    }
}
