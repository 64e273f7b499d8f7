//! Any chart of the page as a picture to keep.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, NodeList};

use super::tracer::{Traced, trace};
use crate::page::download::{save_text, save_vector_as_png};

/// What is a chart, wherever it stands on the page, and what it is called where nothing in it or above it says so.
const CHARTS: [(&str, &str); 11] = [
    (".is-training .chart-frame", "Loss per epoch"),
    (".histogram", "Reconstruction errors"),
    (".sweep-chart", "Sweep"),
    (".losses > figure", "Batch losses"),
    (".is-past", "Error over the epochs"),
    (".variation-chart", "One setting over a list"),
    (".map-frame", "Map of the codes"),
    (".rate-frame", "Rates"),
    (".honest-bars", "Beside the mean item"),
    (".ink-chart", "Ink and error"),
    (".heat", "Detectors and anomalies"),
];

struct Chart {
    element: Element,
    title: String,
}

/// The choice of a chart, and a button for each kind of picture.
pub(super) fn chart_pictures() -> AnyView {
    let found = charts();
    let chosen = RwSignal::new(0_usize);
    let is_empty = found.is_empty();
    let options = found.into_iter().enumerate();
    let options =
        options.map(|(idx, chart)| view! { <option value=idx.to_string()>{chart.title}</option> });
    let options = options.collect_view();
    let traced = move || {
        let chart = charts().into_iter().nth(chosen.get_untracked())?;
        let name = format!("bottleneck-{}", slug(&chart.title));
        Some((trace(&chart.element)?, name))
    };
    let save_svg = move |_| {
        if let Some((Traced { svg, .. }, name)) = traced() {
            save_text(&svg, "image/svg+xml", &format!("{name}.svg"));
        }
    };
    let save_png = move |_| {
        if let Some((Traced { svg, size }, name)) = traced() {
            save_vector_as_png(&svg, size, &format!("{name}.png"));
        }
    };
    view! {
        <div class="choice chart-pictures" hidden=is_empty>
            <label for="chart-picture">"A chart as a picture"</label>
            <select
                id="chart-picture"
                on:change:target=move |event| {
                    chosen.set(event.target().value().parse().unwrap_or(0));
                }
            >
                {options}
            </select>
            <button type="button" class="button" on:click=save_svg>
                "Save SVG"
            </button>
            <button type="button" class="button" on:click=save_png>
                "Save PNG"
            </button>
        </div>
    }
    .into_any()
}

/// The charts that are on the page now, from top to bottom of the list.
fn charts() -> Vec<Chart> {
    let of_kind = |(selector, title): (&str, &str)| {
        let found = document().query_selector_all(selector);
        let found = found.map_or_else(|_| Vec::new(), |found| elements_of(&found));
        let shown = found
            .into_iter()
            .filter(|it| it.get_bounding_client_rect().height() > 1.0);
        let shown = shown.map(|element| Chart {
            title: heading_of(&element).unwrap_or_else(|| title.to_owned()),
            element,
        });
        shown.collect::<Vec<_>>()
    };
    CHARTS.into_iter().flat_map(of_kind).collect()
}

fn elements_of(nodes: &NodeList) -> Vec<Element> {
    let nodes = (0..nodes.length()).filter_map(|idx| nodes.get(idx));
    nodes.map(JsCast::unchecked_into).collect()
}

/// The heading in a chart.
fn heading_of(element: &Element) -> Option<String> {
    let heading = element.query_selector("h3, h4, figcaption > span").ok()??;
    let text = heading.text_content()?;
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

/// A title as the name of a file.
fn slug(title: &str) -> String {
    let words = title.split(|it: char| !it.is_ascii_alphanumeric());
    let words: Vec<String> = words
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    words.join("-")
}
