//! The page of the lesson at hand: a strip at the bottom, so that the loop above stays in sight.

use leptos::html;
use leptos::prelude::*;

use super::list;
use super::marker::Pointer;
use super::outcome::{outcome, tasks};
use crate::page::effect::effect;
use crate::page::memo::Memo;
use crate::page::store::Store;
use crate::session::{LessonMessage, Message, view::ForTeachers, view::LessonView, view::counted};

/// What is shown of a lesson; `None` for the moment in which it is left.
pub(super) type Shown = Memo<Option<LessonView>>;

/// A part of the page of the lesson.
pub(super) fn part<T>(
    view: Shown,
    read: impl Fn(&LessonView) -> T + Send + Sync + 'static,
) -> Memo<Option<T>>
where
    T: PartialEq + Send + Sync + 'static,
{
    Memo::new(move |_| view.with(|view| view.as_ref().map(&read)))
}

/// The card.
pub(super) fn card(store: Store, view: Shown, pointer: Pointer) -> impl IntoView {
    let title = part(view, |view| view.title.clone());
    show_newest(view, pointer);
    let send = move |message| store.send(Message::Lesson(message));
    view! {
        <section class="lesson" aria-label="Lesson" node_ref=pointer.card>
            <div class="lesson-head">
                <p class="lesson-name">{move || title.get()}</p>
                {place(view)}
                <button type="button" class="button is-small" on:click=move |_| send(LessonMessage::Leave)>
                    "Leave the lesson"
                </button>
            </div>
            <div class="lesson-parts">
                <div>
                    {heading(view)} {paragraphs("lesson-text", part(view, |view| view.text.clone()))} {teachers(view)}
                </div>
                <div>{question(store, view)} {tasks(view)} {hints(store, view, pointer)}</div>
                {outcome(view)} {turning(store, view)}
            </div>
        </section>
    }
}

/// Where the card has too little room for all, it begins at its top, and goes on to what happened.
fn show_newest(view: Shown, pointer: Pointer) {
    let state = part(view, |view| (view.page, !view.reveal.is_empty()));
    effect(move || {
        let has_happened = state.get().is_some_and(|(_, has_happened)| has_happened);
        // After the card has been changed by the same message.
        request_animation_frame(move || {
            if let Some(card) = pointer.card.try_get_untracked().flatten() {
                card.set_scroll_top(if has_happened {
                    card.scroll_height()
                } else {
                    0
                });
            }
        });
    });
}

/// Where the learner is.
fn place(view: Shown) -> impl IntoView {
    let place = part(view, |view| (view.page, view.n_pages));
    let steps = move || {
        let (page, n_pages) = place.get().unwrap_or((0, 0));
        (1..=n_pages)
            .map(|number| view! { <i class:is-past=number <= page></i> })
            .collect_view()
    };
    let in_words = move || {
        let (page, n_pages) = place.get().unwrap_or((0, 0));
        format!("Page {page} of {n_pages}")
    };
    view! {
        <p class="lesson-place">
            <span>{move || in_words()}</span>
            <span class="lesson-steps" aria-hidden="true">{move || steps()}</span>
        </p>
    }
}

/// The heading of a page; a new one takes the focus, so that it is read out.
fn heading(view: Shown) -> impl IntoView {
    let page = part(view, |view| view.page);
    let heading = part(view, |view| view.heading.clone());
    let element = NodeRef::<html::H2>::new();
    effect(move || {
        // Read, since merely tracking a memo would never compute it.
        page.get();
        if let Some(element) = element.get() {
            // Without the focus the page is still there to be found.
            drop(element.focus());
        }
    });
    view! {
        <h2 class="lesson-heading" tabindex="-1" node_ref=element>{move || heading.get()}</h2>
    }
}

/// How long it takes and what it needs; folded away, what a teacher should know.
fn teachers(view: Shown) -> impl IntoView {
    let teachers = part(view, |view| view.for_teachers.clone());
    move || {
        let ForTeachers {
            minutes,
            needs,
            belief,
            discuss,
        } = teachers.get().flatten()?;
        let discuss = discuss
            .into_iter()
            .map(|question| view! { <li>{question}</li> });
        let has_more = !belief.is_empty() || discuss.len() > 0;
        let belief = (!belief.is_empty())
            .then(|| view! { <p>"It is for whoever thinks: " <q>{belief.trim_matches('"').to_owned()}</q></p> });
        Some(view! {
            <p class="hint">{format!("{} · needs {needs}", in_minutes(minutes))}</p>
            <details class="lesson-teachers" hidden=!has_more>
                <summary>"For teachers"</summary>
                {belief}
                <p>"To discuss afterwards:"</p>
                <ul>{discuss.collect_view()}</ul>
            </details>
        })
    }
}

/// "1 minute", "3 minutes".
pub(super) fn in_minutes(minutes: u32) -> String {
    counted(minutes as usize, "minute")
}

/// Each in an element of its own.
pub(super) fn paragraphs(class: &'static str, texts: Memo<Option<Vec<String>>>) -> impl IntoView {
    let paragraphs = move || {
        let texts = texts.get().unwrap_or_default().into_iter();
        texts.map(|text| view! { <p>{text}</p> }).collect_view()
    };
    view! { <div class=class>{paragraphs}</div> }
}

/// What to predict; what was predicted can be changed until the page shows what happened.
fn question(store: Store, view: Shown) -> impl IntoView {
    // By the page as well: two pages may ask the same.
    let question = part(view, |view| (view.page, view.question.clone()));
    let predicted = part(view, |view| view.predicted);
    let is_done = part(view, |view| view.is_done);
    move || {
        let (page, question) = question.get()?;
        let (asked, choices) = question?;
        let choices = choices.into_iter().enumerate().map(|(choice, words)| {
            view! {
                <label class="lesson-choice">
                    <input
                        type="radio"
                        name=format!("lesson-choice-{page}")
                        prop:checked=move || predicted.get().flatten() == Some(choice)
                        on:change=move |_| store.send(Message::Lesson(LessonMessage::Predict(choice)))
                    />
                    <span>{words}</span>
                </label>
            }
        });
        Some(view! {
            <fieldset class="lesson-question" disabled=move || is_done.get() == Some(true)>
                <legend>{asked}</legend>
                {choices.collect_view()}
            </fieldset>
        })
    }
}

/// The way to what is pointed at, or that it is not there, and the way back for who wandered off.
fn hints(store: Store, view: Shown, pointer: Pointer) -> impl IntoView {
    let point = part(view, |view| view.point.clone());
    let name = move || point.get().flatten().unwrap_or_default();
    let has_wandered = part(view, |view| view.has_wandered);
    let is_asking = part(view, |view| {
        view.question.is_some() && view.predicted.is_none() && !view.is_done
    });
    view! {
        <p class="hint" hidden=move || is_asking.get() != Some(true)>
            "Choose what you expect, before anything moves."
        </p>
        <p class="lesson-point" hidden=move || !(pointer.is_found.get() && point.get().flatten().is_some())>
            <button type="button" class="button is-small" on:click=move |_| pointer.focus()>
                {move || format!("Go to “{}”", name())}
            </button>
        </p>
        <p class="hint" hidden=move || !pointer.is_missing.get()>
            {move || format!("“{}” is not on the page at the moment.", name())}
        </p>
        <div class="lesson-wandered" role="status" aria-label="Off the path">
            {move || {
                (has_wandered.get() == Some(true))
                    .then(|| {
                        view! {
                            <p>"The page is set up for something else by now. Go on as you like, or:"</p>
                            <button
                                type="button"
                                class="button is-small"
                                on:click=move |_| store.send(Message::Lesson(LessonMessage::SetUpAgain))
                            >
                                "Set it up again"
                            </button>
                        }
                    })
            }}
        </div>
    }
}

/// Back and forward.
fn turning(store: Store, view: Shown) -> impl IntoView {
    let is_done = part(view, |view| view.is_done);
    let is_first = part(view, |view| view.page == 1);
    let is_last = part(view, |view| view.page == view.n_pages);
    let send = move |message: LessonMessage| store.send(Message::Lesson(message));
    let word = move || {
        if is_done.get() == Some(true) {
            "Next"
        } else {
            "Skip"
        }
    };
    view! {
        <div class="lesson-turning">
            <button
                type="button"
                class="button"
                disabled=move || is_first.get() == Some(true)
                on:click=move |_| send(LessonMessage::Back)
            >
                "Back"
            </button>
            <button
                type="button"
                class="button"
                class:is-ready=move || is_done.get() == Some(true)
                hidden=move || is_last.get() == Some(true)
                on:click=move |_| send(LessonMessage::Next)
            >
                {word}
            </button>
            <button
                type="button"
                class="button"
                hidden=move || is_last.get() != Some(true)
                on:click=move |_| list::open()
            >
                "More lessons"
            </button>
        </div>
    }
}
