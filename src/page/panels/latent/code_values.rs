//! The code of what lies on the bench, value by value, to be changed and decoded.

use leptos::prelude::*;

use crate::page::effect::effect;
use crate::page::memo::Memo;
use crate::page::{
    store::Store,
    widgets::{Shown, SliderSpec, picture_view, slider},
};
use crate::protocol::{MOST_SET_VALUES, Wish};
use crate::session::{CodesMessage, Message, Session};

/// What each value is called, and the id of its slider.
const NAMES: [(&str, &str); MOST_SET_VALUES] = [
    ("Code value 1", "code-value-1"),
    ("Code value 2", "code-value-2"),
    ("Code value 3", "code-value-3"),
    ("Code value 4", "code-value-4"),
    ("Code value 5", "code-value-5"),
    ("Code value 6", "code-value-6"),
    ("Code value 7", "code-value-7"),
    ("Code value 8", "code-value-8"),
    ("Code value 9", "code-value-9"),
    ("Code value 10", "code-value-10"),
    ("Code value 11", "code-value-11"),
    ("Code value 12", "code-value-12"),
    ("Code value 13", "code-value-13"),
    ("Code value 14", "code-value-14"),
    ("Code value 15", "code-value-15"),
    ("Code value 16", "code-value-16"),
];

/// A slider goes a little further than the largest value.
const ROOM: f32 = 1.5;
/// Steps from the middle of a slider to its end.
const N_STEPS: f32 = 50.0;

/// The sliders and the picture; nothing for longer codes.
pub(super) fn code_values(store: Store) -> impl IntoView {
    let code = store.view(|session| {
        let code = session.judgement().map(|judgement| judgement.code.clone());
        code.unwrap_or_default()
    });
    // `None` while the code is that of what lies on the bench.
    let own = RwSignal::new(None::<Vec<f32>>);
    effect(move || {
        // Read, since merely tracking a memo would never compute it.
        code.with(|_| ());
        own.set(None);
    });
    let values = Memo::new(move |_| own.get().unwrap_or_else(|| code.get()));
    let is_short = Memo::new(move |_| (1..=MOST_SET_VALUES).contains(&code.with(Vec::len)));
    view! {
        <section class="code-dials" aria-labelledby="code-dials-title" hidden=move || !is_short.get()>
            <h3 id="code-dials-title">"Change the code"</h3>
            <p class="hint">
                "The code of what lies at the top of the page, value by value. Move one, and see what the decoder makes of it."
            </p>
            <div class="code-dials-parts">
                <div class="code-dials-sliders">{sliders(store, values, own)}</div>
                {decoded(store, own)}
            </div>
            <button
                type="button"
                class="button"
                disabled=move || own.with(Option::is_none)
                on:click=move |_| own.set(None)
            >
                "Back to the code of the drawing"
            </button>
        </section>
    }
}

/// A slider for each value; they are made anew where there are more of them, or larger ones.
fn sliders(store: Store, values: Memo<Vec<f32>>, own: RwSignal<Option<Vec<f32>>>) -> impl IntoView {
    let shape = Memo::new(move |before: Option<&(usize, u32)>| {
        values.with(|values| {
            let largest = values
                .iter()
                .fold(0.0_f32, |largest, it| largest.max(it.abs()));
            let wanted = (largest * ROOM).ceil().clamp(1.0, 1e6) as u32;
            let known = before.map_or(0, |&(_, end)| end);
            // A slider that is moved must not be made anew under the hand.
            let fits = known as f32 >= largest && known <= wanted.saturating_mul(4);
            (values.len(), if fits { known } else { wanted })
        })
    });
    let change = move |idx: usize, value: f32| {
        let mut changed = values.get_untracked();
        if let Some(known) = changed.get_mut(idx) {
            *known = value;
        }
        if let Some(wish) = Wish::code(&changed) {
            own.set(Some(changed));
            store.send(Message::Codes(CodesMessage::Imagine(wish)));
        }
    };
    move || {
        let (n_values, end) = shape.get();
        let end = end as f32;
        let names = NAMES.into_iter().take(n_values).enumerate();
        let sliders = names.map(|(idx, (name, id))| {
            let spec = SliderSpec {
                id,
                name,
                min: -end,
                max: end,
                step: end / N_STEPS,
                in_words: |value| format!("{value:.2}").replace('-', "−"),
            };
            let value =
                Memo::new(move |_| values.with(|values| values.get(idx).copied().unwrap_or(0.0)));
            slider(spec, value, move |value| change(idx, value))
        });
        sliders.collect_view()
    }
}

/// What the decoder makes of the values: of those of the bench, the reconstruction.
fn decoded(store: Store, own: RwSignal<Option<Vec<f32>>>) -> impl IntoView {
    let width = store.view(|session| session.picture_size().0);
    let of_bench = store.view(|session| session.judgement().map(|it| it.reconstruction.clone()));
    let of_own = store.view(Session::decoded_code);
    let newest = Memo::new(move |before: Option<&Shown>| {
        let ink = if own.with(Option::is_some) {
            of_own.get()
        } else {
            of_bench.get()
        };
        // While the next one is made, the one before stays.
        ink.map(Shown::Ink)
            .or_else(|| before.cloned())
            .unwrap_or(Shown::Nothing)
    });
    picture_view(width, newest, || "The code, decoded".to_owned())
}
