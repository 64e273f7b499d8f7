//! A row of a table in the place of a drawing: edited, encoded, computed.

mod comparison;
mod editor;
mod encoded;
mod field;

pub(super) use comparison::comparison;
pub(super) use editor::editor;
pub(super) use encoded::encoded;

use crate::page::memo::Memo;
use crate::page::store::Store;
use crate::session::{
    Session,
    view::{RowField, RowView},
};

/// The row on the bench.
fn row_of(store: Store) -> Memo<Option<RowView>> {
    store.view(Session::row_view)
}

/// What is read from one column of the row; nothing where there is no such column.
fn of_column<T>(
    row: Memo<Option<RowView>>,
    column_idx: usize,
    read: impl Fn(&RowField) -> T + Send + Sync + 'static,
) -> Memo<Option<T>>
where
    T: PartialEq + Send + Sync + 'static,
{
    Memo::new(move |_| {
        row.with(|row| {
            row.as_ref()
                .and_then(|row| row.fields.get(column_idx))
                .map(&read)
        })
    })
}

/// The names of the columns; what is built for each of them stays while its values change.
fn names_of(row: Memo<Option<RowView>>) -> Memo<Vec<String>> {
    Memo::new(move |_| {
        row.with(|row| {
            let fields = row.as_ref().map_or(&[][..], |row| &row.fields);
            fields.iter().map(|field| field.name.clone()).collect()
        })
    })
}
