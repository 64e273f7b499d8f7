//! One of a few, as a native list.

use crate::page::memo::Memo;
use leptos::prelude::*;

/// A labelled list of choices; `selected` is an index into `names`.
pub(crate) fn choice(
    id: &'static str,
    name: &'static str,
    names: Vec<impl Into<String>>,
    selected: Memo<usize>,
    on_choose: impl Fn(usize) + Copy + 'static,
) -> impl IntoView {
    let options = names.into_iter().enumerate().map(|(idx, name)| {
        let name: String = name.into();
        view! { <option value=idx.to_string() selected=move || selected.get() == idx>{name}</option> }
    });
    view! {
        <div class="choice">
            <label for=id>{name}</label>
            <select
                id=id
                prop:value=move || selected.get().to_string()
                on:change:target=move |event| {
                    if let Ok(idx) = event.target().value().parse() {
                        on_choose(idx);
                        // What was refused is not shown as chosen.
                        event.target().set_value(&selected.get_untracked().to_string());
                    }
                }
            >
                {options.collect_view()}
            </select>
        </div>
    }
}

/// The place of a choice among all of them, or that of the first.
pub(crate) fn idx_of<T: PartialEq>(all: &[T], one: &T) -> usize {
    all.iter().position(|known| known == one).unwrap_or(0)
}
