//! The log of a run, as the articles print it.

use leptos::prelude::*;

use crate::anomaly::format_with_digits;
use crate::page::store::Store;
use crate::session::{Session, view::LogLine};

/// Digits of the losses whose decimals no article prescribes.
const DIGITS: u8 = 4;

/// The section with the log; there is none before an epoch was trained.
pub(super) fn log(store: Store) -> impl IntoView {
    let lines = store.view(Session::log);
    let stride = store.view(Session::log_stride);
    let title = move || match stride.get() {
        10 => "Log every ten epochs".to_owned(),
        stride => format!("Log every {stride} epochs"),
    };
    let rows = move || lines.with(|lines| lines.iter().map(row).collect_view());
    view! {
        <section
            class="panel is-log"
            aria-labelledby="log-title"
            hidden=move || lines.with(Vec::is_empty)
        >
            <h3 id="log-title">{move || title()}</h3>
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
                    <tbody>{move || rows()}</tbody>
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
            <td>{figure(line.mean)}</td>
            <td>{figure(line.calibration)}</td>
        </tr>
    }
}

fn figure(loss: f64) -> String {
    format_with_digits(loss as f32, DIGITS)
}
