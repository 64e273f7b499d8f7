//! The codes: as a map, on the way from one to another, and where no item is.

mod code_values;
mod generated;
mod map_panel;
mod mode;
mod pointed;
mod progress;
mod sampled;
mod strip;
mod walk;

use leptos::prelude::*;

use crate::page::memo::Memo;
use crate::page::store::Store;
use crate::protocol::Wish;
use crate::session::{CodesMessage, Message, Session, view::Panel};

use mode::Mode;

/// How many pictures there are on the way from one item to another.
const N_STEPS: usize = 10;

/// What the reader has chosen here; the session knows nothing of it.
#[derive(Clone, Copy)]
struct Choices {
    mode: RwSignal<Mode>,
    /// Where a walk starts and ends.
    from: RwSignal<usize>,
    to: RwSignal<usize>,
    /// Whether the next item that is picked is the end of a walk.
    is_end_next: RwSignal<bool>,
    /// The item that was laid on the bench from here.
    shown: RwSignal<Option<usize>>,
}

/// The section under the workshop.
pub(crate) fn latent(store: Store) -> impl IntoView {
    let choices = Choices {
        mode: RwSignal::new(Mode::Shows),
        from: RwSignal::new(0),
        to: RwSignal::new(1),
        is_end_next: RwSignal::new(false),
        shown: RwSignal::new(None),
    };
    let has_decoder = store.view(|session| session.has_panel(Panel::Decoder));
    view! {
        <section class="panel latent" aria-labelledby="latent-title">
            <h3 id="latent-title" class="visually-hidden">"Codes"</h3>
            <div class="latent-parts" class:is-table=move || !has_decoder.get()>
                <div class="latent-map">{progress::progress(store)} {store.later(move |store| map_panel::map_panel(store, choices))}</div>
                <div class="latent-tools">
                    {mode::mode(has_decoder, choices)}
                    <div hidden=move || !has_decoder.get()>
                        {store.later(code_values::code_values)} {store.later(sampled::sampled)} {store.later(move |store| walk::walk(store, choices))}
                        {store.later(generated::generated)}
                    </div>
                </div>
            </div>
        </section>
    }
}

/// "item 4121, a 7", "row 12".
fn item_in_words(session: &Session, item: usize) -> String {
    let label = session.dataset().and_then(|dataset| dataset.label_of(item));
    session.item_in_words(item, label)
}

/// Asks for the way between the two chosen items.
fn set_out(store: Store, choices: Choices) {
    store.send(Message::Codes(CodesMessage::Imagine(Wish::Between {
        from: choices.from.get_untracked(),
        to: choices.to.get_untracked(),
        n_steps: N_STEPS,
    })));
}

/// What the decoder made of a wish.
#[derive(Clone, Debug, PartialEq)]
struct Answer {
    wish: Wish,
    pictures: Vec<Vec<f32>>,
}

impl Answer {
    /// `None` while there are no pictures.
    fn of(session: &Session, pictures: Vec<Vec<f32>>) -> Option<Self> {
        let wish = session.imagined()?.wish;
        (!pictures.is_empty()).then_some(Self { wish, pictures })
    }
}

/// The newest answer of one kind; it stays while the next is made, and while the decoder is asked for something else.
fn kept(
    store: Store,
    answer: impl Fn(&Session) -> Option<Answer> + Send + Sync + 'static,
) -> Memo<Option<Answer>> {
    let newest = store.view(move |session| (session.imagined().is_some(), answer(session)));
    Memo::new(
        move |previous: Option<&Option<Answer>>| match newest.get() {
            (true, None) => previous.cloned().flatten(),
            (_, newest) => newest,
        },
    )
}
