//! The list as a table; what its columns are depends on the data.

use leptos::prelude::*;

use super::cells::row;
use super::list::{PAGE_SIZE, Reading};
use crate::anomaly::decimals_for;
use crate::page::memo::Memo;
use crate::page::{store::Store, widgets::each};
use crate::session::{ItemOrder, view::ListedAs};

/// What decides the columns; while it stays the same, so do the rows that stay on the page.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Columns {
    /// What stands for an item; `None` while none is listed.
    pub(super) listed_as: Option<ListedAs>,
    /// Whether the values at the bottleneck have a column.
    pub(super) has_codes: bool,
}

impl Columns {
    fn headers(&self) -> Vec<String> {
        let owned = |names: &[&str]| names.iter().map(ToString::to_string).collect::<Vec<_>>();
        let first = match &self.listed_as {
            Some(ListedAs::Picture { .. }) => owned(&["rank", "picture", "index", "label"]),
            Some(ListedAs::Curve) => owned(&["rank", "curve", "index", "class"]),
            Some(ListedAs::Columns { names }) => {
                [owned(&["rank", "index"]), names.clone()].concat()
            }
            None => owned(&["rank", "index"]),
        };
        let code = if self.has_codes { &["code"][..] } else { &[] };
        [first, owned(&["error", "verdict", "part"]), owned(code)].concat()
    }
}

/// The table of one page of the list.
pub(super) fn table(store: Store, reading: Reading) -> impl IntoView {
    let items =
        store.view_with_signals(move |session| session.items(reading.start.get(), PAGE_SIZE));
    let order = store.view(|session| session.filter_and_order().1);
    let columns = Memo::new(move |_| Columns {
        listed_as: items.with(|items| items.listed_as.clone()),
        has_codes: reading.has_codes.get(),
    });
    let decimals = Memo::new(move |_| {
        items.with(|items| decimals_for(items.rows.iter().map(|row| row.error)))
    });
    let caption = move || match order.get() {
        ItemOrder::MostAnomalous => "Most anomalous items",
        ItemOrder::MostTypical => "Most typical items",
    };
    let is_empty = move || items.with(|items| items.rows.is_empty());
    let indices =
        move || items.with(|items| items.rows.iter().map(|row| row.index).collect::<Vec<_>>());
    let are_pictures = move || {
        columns.with(|columns| match columns.listed_as {
            Some(ListedAs::Picture { .. } | ListedAs::Curve) => true,
            Some(ListedAs::Columns { .. }) | None => false,
        })
    };
    let body = move || {
        let columns = columns.get();
        let headers = columns.headers().into_iter();
        let headers = headers.map(|name| view! { <th scope="col">{name}</th> });
        view! {
            <thead>
                <tr>{headers.collect_view()}</tr>
            </thead>
            <tbody>
                {each(indices, move |index| row(store, items, index, decimals, &columns))}
            </tbody>
        }
    };
    view! {
        <div class="items-frame" hidden=is_empty>
            <table class="items-table" class:is-of-pictures=are_pictures>
                <caption>{move || caption()}</caption>
                {move || body()}
            </table>
        </div>
    }
}
