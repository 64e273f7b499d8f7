//! Which tab works on what, so that no tab writes over another's work.
//!
//! A claim is one of the browser's own locks: it goes with the worker that holds it, however that ends.

use js_sys::{Array, Function, Object, Promise, Reflect};
use wasm_bindgen::{JsCast as _, JsValue, prelude::Closure};
use wasm_bindgen_futures::JsFuture;

/// Whether something could be claimed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Claim {
    /// It is ours until this worker ends.
    Ours,
    /// Another tab has it.
    Theirs,
    /// This browser, or a page that came without encryption, has no locks.
    Unknown,
}

/// Claims a work for this worker.
pub async fn claim(work: &str) -> Claim {
    try_claim(work).await.unwrap_or(Claim::Unknown)
}

/// The works that are claimed at the moment, by whatever tab; `None` where there are no locks.
pub async fn claimed() -> Option<Vec<String>> {
    let locks = locks().ok()?;
    let query: Function = property(&locks, "query").ok()?;
    let asked: Promise = query.call0(&locks).ok()?.dyn_into().ok()?;
    let state = JsFuture::from(asked).await.ok()?;
    let held: Array = property(&state, "held").ok()?;
    let names = held.iter().filter_map(|lock| {
        let name = Reflect::get(&lock, &"name".into()).ok()?.as_string()?;
        Some(name.strip_prefix(PREFIX)?.to_owned())
    });
    Some(names.collect())
}

const PREFIX: &str = "bottleneck work ";

async fn try_claim(work: &str) -> Result<Claim, JsValue> {
    let locks = locks()?;
    let request: Function = property(&locks, "request")?;
    let options = Object::new();
    Reflect::set(&options, &"ifAvailable".into(), &true.into())?;
    let answer = Promise::new(&mut |resolve, reject| {
        // The lock is held until the promise is kept, which it never is.
        let granted = Closure::once_into_js(move |lock: JsValue| {
            let is_ours = !lock.is_null();
            // Nobody is left to hear of it when the worker is ending.
            drop(resolve.call1(&JsValue::NULL, &is_ours.into()));
            is_ours.then(|| Promise::new(&mut |_, _| {}))
        });
        let name = JsValue::from(format!("{PREFIX}{work}"));
        let refused = request
            .call3(&locks, &name, &options, &granted)
            .and_then(|asked| property::<Function>(&asked, "catch")?.call1(&asked, &reject));
        if let Err(reason) = refused {
            drop(reject.call1(&JsValue::NULL, &reason));
        }
    });
    let is_ours = JsFuture::from(answer).await?;
    Ok(if is_ours.is_truthy() {
        Claim::Ours
    } else {
        Claim::Theirs
    })
}

fn locks() -> Result<JsValue, JsValue> {
    let navigator: JsValue = property(&js_sys::global(), "navigator")?;
    property(&navigator, "locks")
}

fn property<T: wasm_bindgen::JsCast>(of: &JsValue, name: &str) -> Result<T, JsValue> {
    Reflect::get(of, &name.into())?.dyn_into()
}
