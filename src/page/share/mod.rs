//! Share with a class: what they will see, where they start, and the link, as text, as a QR code and as a frame.

mod qr;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::{clipboard::copy, store::Store, widgets::dialog};
use crate::page::memo::Memo;
use crate::session::{Hideable, Session, Shown, Start};
use qr::qr_code;

/// Longer links are cut by some mail programs and boards.
const LONGEST_LINK: usize = 2000;

/// What the dialog has been told.
#[derive(Clone, Copy)]
struct Choices {
    hidden: RwSignal<Vec<Hideable>>,
    start: RwSignal<Start>,
}

/// The button, and the dialog that it opens.
pub(super) fn share(store: Store) -> impl IntoView {
    let choices = Choices {
        hidden: RwSignal::new(Vec::new()),
        start: RwSignal::new(Start::AsItIs),
    };
    dialog("Share", "Share with a class", "share-title", move || {
        store.rare_now(move |store| rare_contents(store, choices))
    })
}

#[inline(never)]
fn rare_contents(store: Store, choices: Choices) -> AnyView {
    let shown = move |is_embedded| Shown {
        hidden: choices.hidden.get(),
        is_embedded,
    };
    let link_of = move |is_embedded| {
        store.view_with_signals(move |session| {
            let fragment = session.shared_fragment(&choices.start.get(), &shown(is_embedded));
            address(&fragment)
        })
    };
    let link = link_of(false);
    let frame = link_of(true);
    let frame_line = move || {
        format!(
            "<iframe src=\"{}\" width=\"800\" height=\"1040\" title=\"Bottleneck\" allow=\"clipboard-write\"></iframe>",
            frame.get().replace('&', "&amp;")
        )
    };
    view! {
        <div class="share">
            <div class="share-choices">{starts(store, choices)} {parts(choices)}</div>
            <div class="share-results">
                {qr_code(link)} {text_to_copy("Link", "share-link", move || link.get())}
                {text_to_copy("Embed", "share-embed", frame_line)} {limits(store, choices, link)}
            </div>
        </div>
    }
    .into_any()
}

/// The page's address with another fragment.
fn address(fragment: &str) -> String {
    let href = window().location().href().unwrap_or_default();
    let page = href.split('#').next().unwrap_or_default();
    let mark = if fragment.is_empty() { "" } else { "#" };
    format!("{page}{mark}{fragment}")
}

fn starts(store: Store, choices: Choices) -> impl IntoView {
    let entry = move |start: Start, title: &'static str| {
        let this = start.clone();
        let is_chosen = move || choices.start.with(|chosen| *chosen == this);
        view! {
            <label class="share-choice">
                <input
                    type="radio"
                    name="share-start"
                    prop:checked=is_chosen
                    on:change=move |_| choices.start.set(start.clone())
                />
                {title}
            </label>
        }
    };
    view! {
        <fieldset>
            <legend>"Where they start"</legend>
            {entry(Start::AsItIs, "With what the page shows now")} {entry(Start::Fresh, "Fresh, as the page opens")}
            {lesson(store, choices)}
        </fieldset>
    }
}

/// The choice of a lesson to start with.
fn lesson(store: Store, choices: Choices) -> impl IntoView {
    let lessons = store.peek(Session::lesson_entries);
    let chosen = move || match choices.start.get() {
        Start::Lesson(name) => name,
        Start::AsItIs | Start::Fresh => String::new(),
    };
    let choose = move |name: String| {
        choices.start.set(if name.is_empty() {
            Start::AsItIs
        } else {
            Start::Lesson(name)
        });
    };
    let options = lessons.into_iter().map(|entry| {
        let lesson = entry.lesson;
        view! { <option value=lesson.slug>{lesson.title}</option> }
    });
    view! {
        <div class="choice">
            <label for="share-lesson">"With a lesson"</label>
            <select
                id="share-lesson"
                prop:value=chosen
                on:change:target=move |event| choose(event.target().value())
            >
                <option value="">"None"</option>
                {options.collect_view()}
            </select>
        </div>
    }
}

fn parts(choices: Choices) -> impl IntoView {
    let entry = move |part: Hideable| {
        let toggle = move |is_hidden: bool| {
            choices.hidden.update(|hidden| {
                hidden.retain(|known| *known != part);
                if is_hidden {
                    hidden.push(part);
                }
                let place = |part: &Hideable| Hideable::ALL.iter().position(|one| one == part);
                hidden.sort_by_key(place);
            });
        };
        view! {
            <label class="share-choice">
                <input
                    type="checkbox"
                    prop:checked=move || choices.hidden.with(|hidden| hidden.contains(&part))
                    on:change:target=move |event| toggle(event.target().checked())
                />
                {part.title()}
            </label>
        }
    };
    view! {
        <fieldset>
            <legend>"What is hidden from them"</legend>
            {Hideable::ALL.map(entry).into_iter().collect_view()}
        </fieldset>
    }
}

/// A text that cannot be changed, and the button that copies it.
fn text_to_copy(
    name: &'static str,
    id: &'static str,
    text: impl Fn() -> String + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let word = RwSignal::new("");
    let copy_it = move |_| {
        let text = untrack(text);
        spawn_local(async move {
            let outcome = if copy(&text).await {
                "Copied."
            } else {
                "This browser does not let the page copy: mark the text and copy it yourself."
            };
            word.set(outcome);
        });
    };
    view! {
        <div class="share-text">
            <label for=id>{name}</label>
            <input type="text" id=id readonly=true prop:value=text />
            <button type="button" class="button" aria-describedby=id on:click=copy_it>
                {format!("Copy {}", name.to_lowercase())}
            </button>
            <p class="hint" role="status">{move || word.get()}</p>
        </div>
    }
}

/// What cannot travel in a link.
fn limits(store: Store, choices: Choices, link: Memo<String>) -> impl IntoView {
    let has_own_file =
        store.view(|session: &Session| session.data_view().is_some_and(|data| data.is_own));
    let has_trained = store.view(Session::has_own_weights);
    let sentences = move || {
        let is_state = choices.start.with(|start| *start == Start::AsItIs);
        let too_long = link.with(|link| link.chars().count() > LONGEST_LINK);
        let all = [
            (is_state && has_own_file.get()).then_some(
                "Your file stays on your machine: a link cannot take it along. Those who open the link must open the file themselves.",
            ),
            (is_state && has_trained.get()).then_some(
                "A link holds the settings, not the trained weights: with the same seed, training gives the same network.",
            ),
            too_long.then_some("This link is longer than 2,000 characters, which some programs cut: clear the drawing, or take an example."),
        ];
        let sentences = all.into_iter().flatten();
        sentences
            .map(|sentence| view! { <li>{sentence}</li> })
            .collect_view()
    };
    view! { <ul class="share-limits">{move || sentences()}</ul> }
}
