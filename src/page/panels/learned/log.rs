//! The log of a run, as the articles print it.

use leptos::prelude::*;

use crate::page::store::Store;
use crate::session::{Session, view::LogLine};

/// The section with the log; there is none before an epoch was trained.
pub(super) fn log(store: Store) -> impl IntoView {
    let lines = store.view(Session::log);
    let rows = move || lines.with(|lines| lines.iter().map(row).collect_view());
    view! {
        <section
            class="panel is-log"
            aria-labelledby="log-title"
            hidden=move || lines.with(Vec::is_empty)
        >
            <h2 id="log-title">"Log every ten epochs"</h2>
            <div class="log-frame">
                <table class="log" aria-label="Training log">
                    <thead>
                        <tr>
                            <th scope="col">"epoch"</th>
                            <th scope="col">"sum of batch losses"</th>
                            <th scope="col">"mean"</th>
                            <th scope="col">"calibration"</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
            <p class="hint">"Epochs are counted from 0, as in the articles."</p>
        </section>
    }
}

fn row(line: &LogLine) -> impl IntoView + use<> {
    view! {
        <tr>
            <td>{line.epoch}</td>
            <td>{format!("{:.4}", line.sum)}</td>
            <td>{format!("{:.5}", line.mean)}</td>
            <td>{format!("{:.5}", line.calibration)}</td>
        </tr>
    }
}
