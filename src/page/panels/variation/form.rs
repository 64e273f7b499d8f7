//! What is to be tried.

use leptos::prelude::*;

use crate::evaluation::AnomalyKind;
use crate::page::memo::Memo;
use crate::page::{
    effect::effect,
    store::Store,
    widgets::{choice, idx_of, long_work},
};
use crate::session::{
    MOST_SEEDS, MOST_VALUES, Message, Session, VariationMessage, VariationOrder, VariedSetting,
};

/// The order as it stands in the form.
#[derive(Clone, Copy)]
struct Form {
    setting: RwSignal<VariedSetting>,
    values: RwSignal<String>,
    /// The values that the form wrote itself.
    offered: StoredValue<String>,
    n_seeds: RwSignal<usize>,
    /// Among the kinds that there are.
    anomaly_idx: RwSignal<usize>,
}

/// The setting, its values, the seeds, what is to be detected, and the button.
pub(super) fn form(store: Store) -> impl IntoView {
    let form = Form {
        setting: RwSignal::new(VariedSetting::CodeSize),
        values: RwSignal::new(String::new()),
        offered: StoredValue::new(String::new()),
        n_seeds: RwSignal::new(1),
        anomaly_idx: RwSignal::new(0),
    };
    let recipe = store.view(Session::recipe_name);
    effect(move || {
        // Another recipe has other values that are worth a look; what the reader wrote stays.
        recipe.track();
        if form.values.get_untracked() == form.offered.get_value() {
            offer_values(store, form);
        }
    });
    let progress = store.view(|session| session.variation_view().and_then(|view| view.progress));
    let refusal = store.view(|session| session.variation_refusal().map(str::to_owned));
    let start = move |_| {
        let order = order(store, form);
        store.send(Message::Variation(VariationMessage::Start(order)));
    };
    view! {
        <div class="variation-form">
            {setting(store, form)} {values(form)} {seeds(form)} {anomaly(store, form)}
            <button
                type="button"
                class="button"
                disabled=move || progress.get().is_some()
                on:click=start
            >
                "Train the list"
            </button>
        </div>
        <div class="network-refusal" role="status" aria-label="Refused list" aria-atomic="false">
            {move || refusal.get().map(|refusal| view! { <p>{refusal}</p> })}
        </div>
        {long_work(
            "The list",
            "Stop the list",
            progress,
            move || store.send(Message::Variation(VariationMessage::Stop)),
        )}
    }
}

fn order(store: Store, form: Form) -> VariationOrder {
    let kinds = store.peek(Session::detectable);
    let idx = form.anomaly_idx.get_untracked();
    VariationOrder {
        setting: form.setting.get_untracked(),
        values: form.values.get_untracked(),
        n_seeds: form.n_seeds.get_untracked(),
        anomaly: kinds[idx.min(kinds.len() - 1)],
        n_runners: window().navigator().hardware_concurrency() as usize,
    }
}

/// Writes the usual values of the setting, or of the first that there is.
fn offer_values(store: Store, form: Form) {
    let settings = store.peek(Session::varied_settings);
    let chosen = form.setting.get_untracked();
    let known = settings.iter().find(|(setting, _)| *setting == chosen);
    if let Some((setting, values)) = known.or_else(|| settings.first()) {
        form.setting.set(*setting);
        form.values.set(values.clone());
        form.offered.set_value(values.clone());
    }
}

fn setting(store: Store, form: Form) -> impl IntoView {
    let settings = store.view(|session| {
        let settings = session.varied_settings().into_iter();
        settings.map(|(setting, _)| setting).collect::<Vec<_>>()
    });
    let selected = Memo::new(move |_| settings.with(|all| idx_of(all, &form.setting.get())));
    let choose = move |idx: usize| {
        if let Some(&chosen) = settings.get_untracked().get(idx) {
            form.setting.set(chosen);
            offer_values(store, form);
        }
    };
    move || {
        let titles = settings.get().into_iter().map(VariedSetting::title);
        choice(
            "varied-setting",
            "Setting",
            titles.collect(),
            selected,
            choose,
        )
    }
}

fn values(form: Form) -> impl IntoView {
    view! {
        <div class="number is-values">
            <label for="varied-values">{format!("Values, up to {MOST_VALUES}")}</label>
            <input
                type="text"
                id="varied-values"
                autocomplete="off"
                spellcheck="false"
                prop:value=move || form.values.get()
                on:input:target=move |event| form.values.set(event.target().value())
            />
        </div>
    }
}

fn seeds(form: Form) -> impl IntoView {
    view! {
        <div class="number">
            <label for="varied-seeds">"Seeds"</label>
            <input
                type="number"
                id="varied-seeds"
                min="1"
                max=MOST_SEEDS
                step="1"
                prop:value=move || form.n_seeds.get().to_string()
                on:input:target=move |event| form.n_seeds.set(event.target().value().parse().unwrap_or(0))
            />
        </div>
    }
}

fn anomaly(store: Store, form: Form) -> impl IntoView {
    let titles = store.view(|session| {
        let kinds = session.detectable().into_iter();
        kinds.map(AnomalyKind::title).collect::<Vec<_>>()
    });
    let selected = Memo::new(move |_| form.anomaly_idx.get());
    let choose = move |idx| form.anomaly_idx.set(idx);
    move || {
        choice(
            "varied-anomaly",
            "To be detected",
            titles.get(),
            selected,
            choose,
        )
    }
}
