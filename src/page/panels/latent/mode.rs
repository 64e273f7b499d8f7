//! What a click on the map does.

use leptos::prelude::*;

use super::Choices;
use crate::page::effect::effect;
use crate::page::memo::Memo;

/// What a click on the map does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Mode {
    /// Lays the item on the bench.
    #[default]
    Shows,
    /// Picks the ends of a walk, one after the other.
    Walks,
    /// Decodes the place, whether an item is there or not.
    Generates,
}

impl Mode {
    const ALL: [Self; 3] = [Self::Shows, Self::Walks, Self::Generates];

    fn title(self) -> &'static str {
        match self {
            Self::Shows => "shows the item",
            Self::Walks => "picks two items to walk between",
            Self::Generates => "generates from the place",
        }
    }

    /// What happens then, in a sentence.
    fn hint(self) -> &'static str {
        match self {
            Self::Shows => "The item goes to the top of the page and is judged there.",
            Self::Walks => {
                "First the item to start from, then the one to end at; the codes between them are decoded."
            }
            Self::Generates => {
                "The codes of the nearest items are mixed by how near they are, and the mixture is decoded."
            }
        }
    }
}

/// The choice; without a decoder's pictures items can only be shown.
pub(super) fn mode(has_decoder: Memo<bool>, choices: Choices) -> impl IntoView {
    effect(move || {
        if !has_decoder.get() {
            choices.mode.set(Mode::Shows);
        }
    });
    let radios = Mode::ALL.into_iter().map(move |mode| {
        view! {
            <label class="tick">
                <input
                    type="radio"
                    name="map-mode"
                    prop:checked=move || choices.mode.get() == mode
                    on:change=move |_| {
                        choices.mode.set(mode);
                        choices.is_end_next.set(false);
                    }
                />
                <span>{mode.title()}</span>
            </label>
        }
    });
    view! {
        <fieldset class="map-mode" role="radiogroup" hidden=move || !has_decoder.get()>
            <legend>"A click on the map"</legend>
            <div>{radios.collect_view()}</div>
        </fieldset>
        <p class="hint" hidden=move || !has_decoder.get()>{move || choices.mode.get().hint()}</p>
    }
}
