//! The verdict as a screen reader hears it: once, when it has come to rest.

use std::time::Duration;

use gloo_timers::callback::Timeout;
use leptos::prelude::*;

use super::verdict_panel::word_of;
use crate::page::effect::effect;
use crate::page::store::Store;
use crate::session::{Session, view::Finding};

/// So long a verdict must stay before it is said; every stroke and every epoch gives a new one.
const REST: Duration = Duration::from_millis(800);

/// A verdict as a word, and with its reason.
#[derive(Clone, PartialEq)]
struct Speech {
    word: &'static str,
    sentence: String,
    /// While the network learns, the figures change all the time: only another word is worth saying.
    is_word_only: bool,
}

/// An element that is heard and not seen.
pub(super) fn spoken_verdict(store: Store) -> impl IntoView {
    let speech = store.view(speech_of);
    let (spoken, say) = signal(String::new());
    let last_word = StoredValue::new("");
    let waiting = StoredValue::new_local(None::<Timeout>);
    effect(move || {
        let Speech {
            word,
            sentence,
            is_word_only,
        } = speech.get();
        let rest = REST.as_millis() as u32;
        let when_calm = Timeout::new(rest, move || {
            if is_word_only && last_word.get_value() == word {
                return;
            }
            last_word.set_value(word);
            say.set(format!("{word}. {sentence}").trim_end().to_owned());
        });
        // The one that waited until now is dropped, and with it what it would have said.
        waiting.set_value(Some(when_calm));
    });
    view! {
        <p class="visually-hidden" aria-live="polite" aria-atomic="true">
            {spoken}
        </p>
    }
}

fn speech_of(session: &Session) -> Speech {
    let is_word_only = session.phase().is_busy();
    let finding = session.finding();
    let (_, word) = word_of(&finding);
    let (Finding::None { sentence } | Finding::Verdict { sentence, .. }) = finding;
    Speech {
        word,
        sentence: if is_word_only {
            String::new()
        } else {
            sentence
        },
        is_word_only,
    }
}
