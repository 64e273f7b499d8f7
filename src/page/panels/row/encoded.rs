//! The second stage of a table: the numbers that the network gets.

use leptos::prelude::*;

use super::{names_of, of_column, row_of};
use crate::page::memo::Memo;
use crate::page::store::Store;

/// A column with more values shows these and how many there are.
const MOST_SHOWN: usize = 8;

/// The encoded row, column by column.
pub(crate) fn encoded(store: Store) -> impl IntoView {
    let row = row_of(store);
    let names = names_of(row);
    let n_values = Memo::new(move |_| {
        row.with(|row| {
            let fields = row.as_ref().map_or(&[][..], |row| &row.fields);
            fields
                .iter()
                .map(|field| field.encoded.len())
                .sum::<usize>()
        })
    });
    let columns = move || {
        let columns = names.get().into_iter().enumerate().map(|(idx, name)| {
            let values = of_column(row, idx, |field| values_in_words(&field.encoded));
            view! {
                <div>
                    <dt>{name}</dt>
                    <dd>{move || values.get()}</dd>
                </div>
            }
        });
        columns.collect_view()
    };
    view! {
        <figure class="stage is-encoded">
            <figcaption>
                <h2>"What the network sees"</h2>
                <p class="hint">{move || format!("{} values", n_values.get())}</p>
            </figcaption>
            <div class="encoded-frame" tabindex="0" role="group" aria-label="Encoded values">
                <dl class="encoded">{move || columns()}</dl>
            </div>
        </figure>
    }
}

fn values_in_words(values: &[f32]) -> String {
    let in_words = |&value: &f32| {
        let is_whole = value.fract() == 0.0;
        if is_whole {
            format!("{value:.0}")
        } else {
            format!("{value:.3}")
        }
    };
    let shown: Vec<String> = values.iter().take(MOST_SHOWN).map(in_words).collect();
    let rest = if values.len() > MOST_SHOWN {
        format!(" … ({} values)", values.len())
    } else {
        String::new()
    };
    format!("{}{rest}", shown.join(" "))
}
