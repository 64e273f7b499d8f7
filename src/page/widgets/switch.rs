//! Something that is on or off.

use crate::page::memo::Memo;
use leptos::prelude::*;

/// A labelled switch; what `on_change` does not take is shown as it was.
pub(crate) fn switch(
    name: impl Into<String>,
    is_on: Memo<bool>,
    is_disabled: Memo<bool>,
    on_change: impl Fn(bool) + 'static,
) -> impl IntoView {
    view! {
        <label class="switch">
            <input
                type="checkbox"
                role="switch"
                prop:checked=move || is_on.get()
                disabled=move || is_disabled.get()
                on:change:target=move |event| {
                    on_change(event.target().checked());
                    event.target().set_checked(is_on.get_untracked());
                }
            />
            <span>{name.into()}</span>
        </label>
    }
}
