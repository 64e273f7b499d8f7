//! Finding one of many columns, and reading all that were found alike.

use leptos::prelude::*;

use super::{is_found, options};
use crate::data::ColumnChoice;
use crate::page::store::Store;
use crate::session::{DataMessage, Message};

/// A field to search by name, and a list that reads all columns that are shown in one way.
pub(super) fn tools(store: Store, names: Vec<String>, searched: RwSignal<String>) -> impl IntoView {
    let names = StoredValue::new(names);
    let found = move || {
        names.with_value(|names| {
            searched.with(|searched| {
                let columns = names.iter().enumerate();
                let found = columns.filter(|(_, name)| is_found(name, searched));
                found.map(|(idx, _)| idx).collect::<Vec<_>>()
            })
        })
    };
    let label = move || format!("Read all {} shown as", found().len());
    view! {
        <div class="column-tools">
            <div class="choice">
                <label for="column-search">"Find a column"</label>
                <input
                    type="search"
                    id="column-search"
                    on:input:target=move |event| searched.set(event.target().value())
                />
            </div>
            <div class="choice">
                <label for="columns-alike">{label}</label>
                <select
                    id="columns-alike"
                    on:change:target=move |event| {
                        let chosen = event.target().value().parse().ok();
                        if let Some(&choice) = chosen.and_then(|idx: usize| ColumnChoice::ALL.get(idx)) {
                            let columns = found();
                            store.send(Message::Data(DataMessage::ChooseColumns { columns, choice }));
                        }
                        event.target().set_value("");
                    }
                >
                    <option value="">"choose…"</option>
                    {options(|| None)}
                </select>
            </div>
        </div>
    }
}
