//! The later stage of a table: what the row says beside what the network computes, and who is to blame.

use leptos::prelude::*;

use super::{names_of, of_column, row_of};
use crate::page::memo::Memo;
use crate::page::store::Store;
use crate::session::view::RowView;

/// Both, column by column, with each column's share of the error.
pub(crate) fn comparison(store: Store) -> impl IntoView {
    let row = row_of(store);
    let names = names_of(row);
    let worst = Memo::new(move |_| row.with(|row| row.as_ref().and_then(worst_of)));
    let rows = move || {
        let rows = names.get().into_iter().enumerate();
        rows.map(|(idx, name)| column(row, idx, name, worst))
            .collect_view()
    };
    view! {
        <figure class="stage is-compared">
            <figcaption>
                <h2 id="compared-title">"Actual and computed"</h2>
                <p class="hint">"from the code alone"</p>
            </figcaption>
            <div class="compared" tabindex="0" role="region" aria-labelledby="compared-title">
                <table aria-labelledby="compared-title">
                    <thead>
                        <tr>
                            <th scope="col">"Column"</th>
                            <th scope="col">"Actual"</th>
                            <th scope="col">"Computed"</th>
                            <th scope="col">"Share of the error"</th>
                        </tr>
                    </thead>
                    <tbody>{move || rows()}</tbody>
                </table>
            </div>
        </figure>
    }
}

fn column(
    row: Memo<Option<RowView>>,
    column_idx: usize,
    name: String,
    worst: Memo<Option<usize>>,
) -> impl IntoView {
    let actual = of_column(row, column_idx, |field| field.actual.clone());
    let computed = of_column(row, column_idx, |field| field.computed.clone());
    let share = of_column(row, column_idx, |field| field.share * 100.0);
    let is_worst = move || worst.get() == Some(column_idx);
    view! {
        <tr class:is-most=is_worst>
            <th scope="row">{name}</th>
            <td>{move || actual.get()}</td>
            <td>{move || computed.get()}</td>
            <td class="share">
                <span class="share-bar" aria-hidden="true">
                    <span style:width=move || format!("{:.1}%", share.get().unwrap_or(0.0))></span>
                </span>
                <span class="share-figure">
                    {move || format!("{:.0} %", share.get().unwrap_or(0.0))}
                    {move || is_worst().then(|| view! { " "<b>"most"</b> })}
                </span>
            </td>
        </tr>
    }
}

/// The column with the largest share, once there are shares.
fn worst_of(row: &RowView) -> Option<usize> {
    let shares = row.fields.iter().map(|field| field.share).enumerate();
    let (worst, share) = shares.max_by(|a, b| a.1.total_cmp(&b.1))?;
    (share > 0.0).then_some(worst)
}
