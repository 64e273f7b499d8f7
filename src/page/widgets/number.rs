//! A number to type.

use crate::page::memo::Memo;
use leptos::prelude::*;

/// A labelled number; what `on_change` does not take is written back as it was.
pub(crate) fn number(
    id: impl Into<String>,
    name: impl Into<String>,
    value: Memo<f64>,
    on_change: impl Fn(f64) + 'static,
) -> impl IntoView {
    let (id, name) = (id.into(), name.into());
    view! {
        <div class="number">
            <label for=id.clone()>{name}</label>
            <input
                type="number"
                id=id
                min="0"
                step="any"
                inputmode="decimal"
                prop:value=move || value.get().to_string()
                on:change:target=move |event| {
                    if let Ok(number) = event.target().value().parse() {
                        on_change(number);
                    }
                    // What was refused must not look as if it had been taken.
                    event.target().set_value(&value.get_untracked().to_string());
                }
            />
        </div>
    }
}

/// A number as it was typed: 0.1, not 0.10000000149.
pub(crate) fn written(number: f32) -> f64 {
    number.to_string().parse().unwrap_or(0.0)
}
