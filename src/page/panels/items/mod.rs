//! Every item with its error, and the item on the bench from close by.

mod along_time;
mod cells;
mod denoising;
mod filters;
mod gallery;
mod inspector;
mod list;
mod measure;
mod next_file;
mod table;
mod turning;

use leptos::prelude::*;

use crate::page::store::Store;

/// The list on the left, the item on the bench on the right.
pub(crate) fn items(store: Store) -> impl IntoView {
    view! {
        {store.later(next_file::next_file)} {store.later(along_time::along_time)}
        <div class="items">
            {store.later(list::list)}
            <div class="items-bench">{store.later(inspector::inspector)} {store.later(denoising::denoising)}</div>
        </div>
    }
}
