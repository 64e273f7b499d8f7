//! The ways to find a threshold, side by side: choose one and see what it flags.

use leptos::prelude::*;

use crate::anomaly::{ThresholdRule, format_error};
use crate::page::{
    store::Store,
    widgets::{SliderSpec, slider},
};
use crate::session::{Message, Session, view::RuleView};

const FALSE_ALARMS: SliderSpec = SliderSpec {
    id: "false-alarms",
    name: "False alarms",
    min: 0.01,
    max: 0.20,
    step: 0.01,
    in_words: |alpha| format!("{:.0} %", alpha * 100.0),
};

const THETA: SliderSpec = SliderSpec {
    id: "theta",
    name: "θ",
    min: 0.0,
    max: 1.5,
    step: 0.01,
    in_words: |theta| format!("{theta:.2}"),
};

/// A choice among the rules, each with its threshold and the part of the test items that it flags.
pub(crate) fn threshold_rules(store: Store) -> impl IntoView {
    let rules = store.view(Session::rules);
    let n_rules = rules.with_untracked(Vec::len);
    let options = (0..n_rules).map(|rule_idx| option(store, rules, rule_idx));
    view! {
        <div class="rules" role="radiogroup" aria-labelledby="rules-title">
            <h3 id="rules-title">"Threshold rule"</h3>
            {options.collect_view()}
        </div>
    }
}

fn option(store: Store, rules: Memo<Vec<RuleView>>, rule_idx: usize) -> impl IntoView {
    let nouns = store.view(Session::nouns);
    let read = move |read: fn(&RuleView) -> String| {
        rules.with(|rules| rules.get(rule_idx).map_or_else(String::new, read))
    };
    let is_chosen =
        Memo::new(move |_| rules.with(|rules| rules.get(rule_idx).is_some_and(|it| it.is_chosen)));
    let choose = move || {
        let rule = rules.with_untracked(|rules| rules.get(rule_idx).map(|it| it.rule));
        if let Some(rule) = rule {
            store.send(Message::ChooseRule(rule));
        }
    };
    let outcome = move || {
        let (_, several) = nouns.get();
        rules.with(|rules| rules.get(rule_idx).map(|rule| in_figures(rule, several)))
    };
    let id = format!("rule-{rule_idx}");
    let note = format!("rule-{rule_idx}-note");
    view! {
        <div class="rule" class:is-chosen=move || is_chosen.get()>
            <input
                type="radio"
                id=id.clone()
                name="threshold-rule"
                aria-describedby=note.clone()
                prop:checked=move || is_chosen.get()
                on:change=move |_| choose()
            />
            <label for=id>{move || read(|rule| rule.title.clone())}</label>
            <div id=note class="rule-note">
                <p class="rule-figures">{outcome}</p>
                <p class="hint">{move || read(|rule| rule.explanation.clone())}</p>
            </div>
            <div class="rule-slider" hidden=move || !is_chosen.get()>
                {number_of(store, rules, rule_idx)}
            </div>
        </div>
    }
}

/// The rule's own number as a slider, where it has one.
fn number_of(store: Store, rules: Memo<Vec<RuleView>>, rule_idx: usize) -> Option<AnyView> {
    let rule = rules.with_untracked(|rules| rules.get(rule_idx).map(|it| it.rule))?;
    let value = Memo::new(move |_| {
        let rule = rules.with(|rules| rules.get(rule_idx).map(|it| it.rule));
        match rule {
            Some(ThresholdRule::Conformal { alpha }) => alpha,
            Some(ThresholdRule::MinMax { theta }) => theta,
            _ => 0.0,
        }
    });
    let choose = move |rule| store.send(Message::ChooseRule(rule));
    match rule {
        ThresholdRule::Conformal { .. } => Some(
            slider(FALSE_ALARMS, value, move |alpha| {
                choose(ThresholdRule::Conformal { alpha });
            })
            .into_any(),
        ),
        ThresholdRule::MinMax { .. } => Some(
            slider(THETA, value, move |theta| {
                choose(ThresholdRule::MinMax { theta });
            })
            .into_any(),
        ),
        ThresholdRule::BatchLosses { .. } | ThresholdRule::Manual(_) => None,
    }
}

fn in_figures(rule: &RuleView, several: &str) -> String {
    let threshold = rule
        .threshold
        .map_or_else(|| "not known yet".to_owned(), format_error);
    let flagged = rule
        .flagged
        .map(|part| format!(", flags {:.1} % of the test {several}", part * 100.0));
    format!("Threshold {threshold}{}", flagged.unwrap_or_default())
}
