//! The page without a network: a service worker keeps its build, and a newer one waits until the reader wants it.
//!
//! Where the browser has none, or may not store anything, the page works as it would without.

use std::time::Duration;

use js_sys::Reflect;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::{JsCast as _, JsValue, prelude::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    RegistrationOptions, ServiceWorker, ServiceWorkerContainer, ServiceWorkerRegistration,
    ServiceWorkerState, ServiceWorkerUpdateViaCache,
};

use super::{link, store::Store};
use crate::page::effect::effect;
use crate::session::{Message, NewVersionMessage, Session};

/// Relative, so that it keeps the folder that the page is in and no other.
const SCRIPT: &str = "./sw.js";
/// What the page downloads for itself goes first.
const AFTER_FIRST_VERDICT: Duration = Duration::from_secs(3);

/// Has the browser keep the page once it has given its first verdict, and tells the session of newer builds.
pub(super) fn follow(store: Store) {
    let is_at_work = store.view(|session| session.judgement().is_some());
    let is_begun = StoredValue::new(false);
    effect(move || {
        if is_at_work.get() && !is_begun.get_value() {
            is_begun.set_value(true);
            let keep = move || {
                spawn_local(async move {
                    // Why a browser keeps nothing is no concern of the reader's.
                    let _ = keep(store).await;
                });
            };
            set_timeout(keep, AFTER_FIRST_VERDICT);
        }
    });
}

/// Has the newer build take over, and loads the page again; its link brings back what the reader made.
pub(super) async fn take_new_version(store: Store) {
    link::settle(store);
    let waiting = match container() {
        Some(container) => waiting_worker(&container).await,
        None => None,
    };
    // Another page of this build may have called it already.
    let Some(waiting) = waiting else {
        return reload();
    };
    let worker = waiting.clone();
    on_state(&waiting, move || {
        if worker.state() == ServiceWorkerState::Activated {
            reload();
        }
    });
    if waiting.post_message(&"take over".into()).is_err() {
        reload();
    }
}

async fn waiting_worker(container: &ServiceWorkerContainer) -> Option<ServiceWorker> {
    let found = JsFuture::from(container.get_registration()).await.ok()?;
    found
        .dyn_into::<ServiceWorkerRegistration>()
        .ok()?
        .waiting()
}

async fn keep(store: Store) -> Result<(), JsValue> {
    let Some(container) = container() else {
        return Ok(());
    };
    let options = RegistrationOptions::new();
    options.set_update_via_cache(ServiceWorkerUpdateViaCache::None);
    let registered = container.register_with_options(SCRIPT, &options);
    let registration: ServiceWorkerRegistration = JsFuture::from(registered).await?.dyn_into()?;
    watch(&registration, store);
    let ready: ServiceWorkerRegistration = JsFuture::from(container.ready()?).await?.dyn_into()?;
    if let Some(active) = ready.active() {
        active.post_message(&"keep later".into())?;
        if store.peek(Session::has_gpu) {
            active.post_message(&"keep gpu".into())?;
        }
    }
    Ok(())
}

/// `None` where there are none: over HTTP, in some private windows, where storage is forbidden.
fn container() -> Option<ServiceWorkerContainer> {
    let container = Reflect::get(&window().navigator(), &"serviceWorker".into());
    container.ok()?.dyn_into().ok()
}

fn watch(registration: &ServiceWorkerRegistration, store: Store) {
    let tell = move |registration: &ServiceWorkerRegistration| {
        // The first build of all is not a new one.
        if registration.waiting().is_some() && registration.active().is_some() {
            store.send(Message::NewVersion(NewVersionMessage::Ready));
        }
    };
    tell(registration);
    let found = registration.clone();
    let on_found = Closure::<dyn FnMut()>::new(move || {
        if let Some(installing) = found.installing() {
            let registration = found.clone();
            on_state(&installing, move || tell(&registration));
        }
    });
    registration.set_onupdatefound(Some(on_found.as_ref().unchecked_ref()));
    on_found.forget();
    look_again_when_seen(registration.clone());
}

/// A page may stay open for days; browsers look for a newer build only when one is opened.
fn look_again_when_seen(registration: ServiceWorkerRegistration) {
    let look = Closure::<dyn FnMut()>::new(move || {
        if !document().hidden()
            && let Ok(update) = registration.update()
        {
            spawn_local(async move {
                // Without a network there is nothing newer.
                let _ = JsFuture::from(update).await;
            });
        }
    });
    let listened = document()
        .add_event_listener_with_callback("visibilitychange", look.as_ref().unchecked_ref());
    if listened.is_ok() {
        look.forget();
    }
}

fn on_state(worker: &ServiceWorker, react: impl FnMut() + 'static) {
    let on_state = Closure::<dyn FnMut()>::new(react);
    worker.set_onstatechange(Some(on_state.as_ref().unchecked_ref()));
    on_state.forget();
}

fn reload() {
    if window().location().reload().is_err() {
        leptos::logging::warn!("the page could not be loaded again");
    }
}
