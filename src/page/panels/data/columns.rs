//! What each column of the reader's table holds, and what it is for.

mod card;
mod many;

use leptos::prelude::*;

use crate::data::ColumnChoice;
use crate::page::memo::Memo;
use crate::page::store::Store;
use crate::page::widgets::switch;
use crate::session::view::ColumnView;
use crate::session::{DataMessage, Message};

/// More columns than these are folded away, and can be searched.
const MOST_UNFOLDED: usize = 8;

/// The columns as the session has them.
type Columns = Memo<Vec<ColumnView>>;

/// A card per column; nothing for anything but the reader's table.
pub(crate) fn columns(store: Store) -> impl IntoView {
    let columns = store.view(|session| {
        session
            .data_view()
            .map_or_else(Vec::new, |data| data.columns)
    });
    // The names decide what is built, so that a choice keeps the focus when it is made.
    let names = Memo::new(move |_| {
        columns.with(|columns| {
            let names = columns.iter().map(|column| column.name.clone());
            names.collect::<Vec<_>>()
        })
    });
    let remarks = store.view(|session| {
        let remarks = session.data_view().map(|data| data.remarks.join(" "));
        remarks.unwrap_or_default()
    });
    let is_there = Memo::new(move |_| names.with(|names| !names.is_empty()));
    view! {
        <p class="hint table-remarks" hidden=move || remarks.with(String::is_empty)>
            {move || remarks.get()}
        </p>
        {store.rare(is_there, move |store| rare_table(store, columns, names))}
    }
}

#[inline(never)]
fn rare_table(store: Store, columns: Columns, names: Memo<Vec<String>>) -> AnyView {
    (move || all(store, columns, names.get())).into_any()
}

fn all(store: Store, columns: Columns, names: Vec<String>) -> impl IntoView {
    let n_columns = names.len();
    let searched = RwSignal::new(String::new());
    let cards = names
        .iter()
        .enumerate()
        .map(|(idx, name)| card::card(store, columns, idx, name, searched));
    let cards = cards.collect_view();
    let is_many = n_columns > MOST_UNFOLDED;
    let tools = is_many.then(|| many::tools(store, names, searched));
    view! {
        <details class="columns" open=!is_many>
            <summary>{format!("How the {n_columns} columns are read")}</summary>
            {header(store)}
            {tools}
            <table role="table" aria-label="Columns">
                <thead role="rowgroup" class="visually-hidden">
                    <tr role="row">
                        <th role="columnheader">"Column"</th>
                        <th role="columnheader">"What it holds"</th>
                        <th role="columnheader">"Read as"</th>
                    </tr>
                </thead>
                <tbody role="rowgroup">{cards}</tbody>
            </table>
        </details>
    }
}

/// Whether the first row holds names.
fn header(store: Store) -> impl IntoView {
    let has_header = store.view(|session| {
        let data = session.data_view();
        data.and_then(|data| data.has_header).unwrap_or_default()
    });
    let choose = move |has_header| {
        let message = DataMessage::NameColumnsByFirstRow(has_header);
        store.send(Message::Data(message));
    };
    let is_never = Memo::new(|_| false);
    switch(
        "The first row holds the names of the columns",
        has_header,
        is_never,
        choose,
    )
}

/// Whether a column's name has what was searched for in it.
fn is_found(name: &str, searched: &str) -> bool {
    name.to_lowercase()
        .contains(&searched.trim().to_lowercase())
}

/// The options of a list of choices, grouped by what a column is for.
fn options(
    chosen: impl Fn() -> Option<ColumnChoice> + Copy + Send + Sync + 'static,
) -> impl IntoView {
    use crate::data::ColumnRole;
    let group = move |role: ColumnRole| {
        let choices = ColumnChoice::ALL.into_iter().enumerate();
        let choices = choices.filter(move |(_, choice)| choice.role() == role);
        let options = choices.map(|(place, choice)| {
            view! {
                <option value=place.to_string() selected=move || chosen() == Some(choice)>
                    {choice.title()}
                </option>
            }
        });
        view! { <optgroup label=role.title()>{options.collect_view()}</optgroup> }
    };
    ColumnRole::ALL.map(group).into_iter().collect_view()
}
