//! The report to paste elsewhere, or to keep as a file.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::Reading;
use crate::page::{clipboard::copy, download::save_text};
use crate::session::view::EvaluationView;

/// Three buttons, and a sentence saying what became of a copy.
pub(super) fn keep(reading: Reading) -> impl IntoView {
    let word = RwSignal::new("");
    let copy_it = move |_| {
        let threshold = reading.threshold.get_untracked();
        let text = read_now(reading, |report| report.to_markdown(threshold));
        spawn_local(async move {
            let was_copied = copy(&text.unwrap_or_default()).await;
            word.set(if was_copied { COPIED } else { REFUSED });
        });
    };
    let save = move |ending: &'static str, media_type: &'static str| {
        let threshold = reading.threshold.get_untracked();
        read_now(reading, |report| {
            let text = match ending {
                "csv" => report.to_csv(),
                _ => report.to_json(threshold),
            };
            save_text(
                &text,
                media_type,
                &format!("{}.{ending}", report.file_name()),
            );
        });
        word.set("");
    };
    view! {
        <div class="evidence-keep">
            <button type="button" class="button" on:click=copy_it>
                "Copy as Markdown"
            </button>
            <button type="button" class="button" on:click=move |_| save("csv", "text/csv")>
                "Save CSV"
            </button>
            <button type="button" class="button" on:click=move |_| save("json", "application/json")>
                "Save JSON"
            </button>
            <p class="hint" role="status" aria-label="Copy" aria-atomic="false">{move || word.get()}</p>
        </div>
    }
}

fn read_now<T>(reading: Reading, part: impl FnOnce(&EvaluationView) -> T) -> Option<T> {
    reading
        .report
        .with_untracked(|report| report.as_ref().map(part))
}

const COPIED: &str = "Copied.";
const REFUSED: &str = "This browser does not let the page copy: save the report as a file instead.";
