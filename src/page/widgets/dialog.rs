//! A dialog in front of the page.

use leptos::html;
use leptos::prelude::*;

/// A button that says `name`, and the dialog called `title` that it opens. What is in it is made when it opens, and goes
/// when it is closed; `id` is of the title.
pub(crate) fn dialog(
    name: &'static str,
    title: &'static str,
    id: &'static str,
    inside: impl Fn() -> AnyView + Send + 'static,
) -> AnyView {
    boxed(name, title, id, Box::new(inside))
}

fn boxed(
    name: &'static str,
    title: &'static str,
    id: &'static str,
    inside: Box<dyn Fn() -> AnyView + Send>,
) -> AnyView {
    let is_open = RwSignal::new(false);
    let dialog = NodeRef::<html::Dialog>::new();
    let open = move |_| {
        is_open.set(true);
        if let Some(dialog) = dialog.get_untracked() {
            // Where it is open already, there is nothing to do.
            drop(dialog.show_modal());
        }
    };
    let close = move |_| {
        if let Some(dialog) = dialog.get_untracked() {
            dialog.close();
        }
    };
    view! {
        <button type="button" class="button" aria-haspopup="dialog" on:click=open>
            {name}
        </button>
        <dialog
            class="dialog"
            aria-labelledby=id
            node_ref=dialog
            on:close=move |_| is_open.set(false)
        >
            <div class="dialog-head">
                <h2 id=id>{title}</h2>
                <button type="button" class="button" on:click=close>
                    "Close"
                </button>
            </div>
            {move || is_open.get().then(&inside)}
        </dialog>
    }
    .into_any()
}
