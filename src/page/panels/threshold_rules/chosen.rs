//! The rule at work: how it finds the line, its number, what it promised and what came of it.

use leptos::prelude::*;

use super::number::number_of;
use crate::page::memo::Memo;
use crate::page::store::Store;
use crate::session::{Session, view::RulesView};

/// Everything about the rule at work, and what is missing for others.
pub(super) fn chosen(store: Store, rules: Memo<RulesView>) -> impl IntoView {
    let rule = Memo::new(move |_| rules.with(|view| view.chosen.clone()));
    let nouns = store.view(Session::nouns);
    let obstacle = move || rule.with(|rule| rule.obstacle.clone());
    let outcome = move || {
        let is_measured = rule.with(|rule| rule.false_alarms.is_some());
        let when = if rules.with(|view| view.is_old) {
            " Measured by earlier weights."
        } else {
            ""
        };
        is_measured.then(|| rule.with(|rule| format!("{}{when}", rule.outcome(nouns.get()))))
    };
    let p_value = move || rules.with(|view| view.p_value.clone());
    let paragraph = |class: &'static str, words: Option<String>| {
        words.map(|words| view! { <p class=class>{words}</p> })
    };
    view! {
        <div class="rule-chosen" role="group" aria-label="Rule at work">
            <h4>{move || rule.with(|rule| rule.title.clone())}</h4>
            <p>
                {move || rule.with(|rule| rule.definition.clone())} " "
                <span class="rule-source">{move || rule.with(|rule| format!("({})", rule.source))}</span>
            </p>
            {number_of(store, rule)}
            {move || paragraph("rule-obstacle", obstacle())}
            {move || paragraph("rule-outcome", outcome())}
            {move || paragraph("rule-p-value", p_value())}
            {missing(rules)}
        </div>
    }
}

/// Why nothing is measured, and what is needed for rules that cannot be chosen.
fn missing(rules: Memo<RulesView>) -> impl IntoView {
    let sentences = Memo::new(move |_| {
        rules.with(|view| {
            let blocked = view.rules.iter().filter(|rule| !rule.can_be_chosen);
            let obstacles = blocked.filter_map(|rule| rule.obstacle.clone());
            let sentences = view.why_not_measured.iter().cloned().chain(obstacles);
            sentences.collect::<Vec<_>>()
        })
    });
    move || {
        let sentences = sentences.get().into_iter();
        let sentences = sentences.map(|sentence| view! { <p class="hint">{sentence}</p> });
        sentences.collect_view()
    }
}
