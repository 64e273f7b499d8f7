//! A slider with its name, its value in words, and a way back.

use crate::page::memo::Memo;
use leptos::prelude::*;

/// What a slider is called and how far it goes.
#[derive(Clone, Copy)]
pub(crate) struct SliderSpec {
    pub(crate) id: &'static str,
    pub(crate) name: &'static str,
    pub(crate) min: f32,
    pub(crate) max: f32,
    pub(crate) step: f32,
    /// Writes a value with its unit.
    pub(crate) in_words: fn(f32) -> String,
}

/// A labelled slider; `on_input` gets the value while it moves.
pub(crate) fn slider(
    spec: SliderSpec,
    value: Memo<f32>,
    on_input: impl Fn(f32) + Copy + 'static,
) -> impl IntoView {
    let share = move || (value.get() - spec.min) / (spec.max - spec.min) * 100.0;
    view! {
        <div class="slider">
            <label for=spec.id>{spec.name}</label>
            <input
                type="range"
                id=spec.id
                min=spec.min
                max=spec.max
                step=spec.step
                prop:value=move || value.get().to_string()
                aria-valuetext=move || (spec.in_words)(value.get())
                style:--share=move || format!("{:.2}%", share())
                on:input:target=move |event| {
                    if let Ok(value) = event.target().value().parse() {
                        on_input(value);
                    }
                }
            />
            <output for=spec.id>{move || (spec.in_words)(value.get())}</output>
        </div>
    }
}
