//! One view for each of some things.

use std::hash::Hash;
use std::sync::Arc;

use leptos::prelude::*;

/// A view for each key, made once and kept as long as the key is there.
///
/// `For` by itself is built anew for every pair of closures; behind pointers there is one for each type of key.
pub(crate) fn each<K, V>(
    keys: impl Fn() -> Vec<K> + Send + Sync + 'static,
    view: impl Fn(K) -> V + Send + Sync + 'static,
) -> AnyView
where
    K: Copy + Eq + Hash + Send + Sync + 'static,
    V: IntoView + 'static,
{
    boxed(Box::new(keys), Arc::new(move |key| view(key).into_any()))
}

fn boxed<K>(
    keys: Box<dyn Fn() -> Vec<K> + Send + Sync>,
    view: Arc<dyn Fn(K) -> AnyView + Send + Sync>,
) -> AnyView
where
    K: Copy + Eq + Hash + Send + Sync + 'static,
{
    view! { <For each=keys key=|key| *key children=move |key| view(key) /> }.into_any()
}
