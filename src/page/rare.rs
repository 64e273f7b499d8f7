//! Parts of the page that few readers need: their program is fetched when one of them is first shown.
//!
//! `cargo xtask dist` cuts the page's program in two (`xtask/src/split/`). The second one has what is reached only
//! through functions whose names begin with `rare_`. None of them may be inlined: each is a seam of the cut.

use js_sys::{Function, Promise, Reflect};
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;

use super::memo::Memo;

/// What the script that starts the page calls the way to its second program.
const FETCH: &str = "fetchRareParts";

/// How far the second program is.
#[derive(Clone, Copy, PartialEq)]
enum Standing {
    NotHere,
    Here,
    Failed,
}

/// The second program of the page.
#[derive(Clone, Copy)]
pub(super) struct RareParts {
    standing: RwSignal<Standing>,
    is_under_way: StoredValue<bool>,
}

impl RareParts {
    pub(super) fn new() -> Self {
        // A page that was built quickly is whole.
        let standing = if way().is_some() {
            Standing::NotHere
        } else {
            Standing::Here
        };
        Self {
            standing: RwSignal::new(standing),
            is_under_way: StoredValue::new(false),
        }
    }

    /// A part while it is wanted, and what the reader sees until its program is here.
    pub(super) fn show(
        self,
        is_wanted: Memo<bool>,
        part: Box<dyn Fn() -> AnyView + Send>,
    ) -> AnyView {
        let shown = move || {
            is_wanted.get().then(|| match self.standing.get() {
                Standing::Here => part(),
                Standing::NotHere => {
                    self.fetch();
                    view! { <p class="hint" role="status">"Fetching this part of the page…"</p> }
                        .into_any()
                }
                Standing::Failed => self.failure(),
            })
        };
        shown.into_any()
    }

    fn failure(self) -> AnyView {
        view! {
            <p class="hint" role="status">
                "This part of the page could not be fetched. "
                <button type="button" class="button is-link" on:click=move |_| self.fetch()>
                    "Try again"
                </button>
            </p>
        }
        .into_any()
    }

    /// Fetches the program, if that is not under way.
    fn fetch(self) {
        if self.is_under_way.get_value() {
            return;
        }
        self.is_under_way.set_value(true);
        spawn_local(async move {
            let is_here = fetched().await.is_ok();
            self.is_under_way.set_value(false);
            self.standing.set(if is_here {
                Standing::Here
            } else {
                Standing::Failed
            });
        });
    }
}

fn way() -> Option<Function> {
    let way = Reflect::get(&window(), &FETCH.into()).ok()?;
    way.dyn_into().ok()
}

async fn fetched() -> Result<(), JsValue> {
    let way = way().ok_or(JsValue::NULL)?;
    let promise: Promise = way.call0(&JsValue::NULL)?.dyn_into()?;
    JsFuture::from(promise).await?;
    Ok(())
}
