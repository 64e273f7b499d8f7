//! An element of the page by the name that it has for a reader.

use leptos::prelude::*;
use wasm_bindgen::JsCast as _;
use web_sys::{Element, HtmlElement};

/// What can be worked with comes first, then what only has a heading.
const CONTROLS: &str = "button, summary, a, label, [role], [aria-label], [aria-labelledby]";
const HEADINGS: &str = "h2, h3, legend";

/// Lessons do not point at themselves, nor at links to what they point at.
const OTHERS: &str = ".lesson, .lesson-marker, dialog, nav";

/// What belongs to a control and is shown with it.
const FRAMES: &str = ".slider, .number, .choice, .switch, .rule, .opener";
/// What a heading is the heading of.
const PARTS: &str = "fieldset, figure, section, .stage";

/// What is pointed at.
#[derive(Clone)]
pub(super) struct Found {
    /// What is marked.
    pub(super) frame: Element,
    /// What the learner works with.
    control: Element,
}

/// The element of this name that is shown, or is folded away.
pub(super) fn find(name: &str) -> Option<Found> {
    let named = |selector: &str| {
        let elements = document().query_selector_all(selector).ok()?;
        let mut elements =
            (0..elements.length()).filter_map(|idx| elements.item(idx)?.dyn_into::<Element>().ok());
        elements.find_map(|element| {
            let is_it = name_of(&element) == name && !is_within(&element, OTHERS);
            let found = is_it.then(|| Found::of(element));
            found.filter(Found::can_be_shown)
        })
    };
    named(CONTROLS).or_else(|| named(HEADINGS))
}

impl Found {
    fn of(element: Element) -> Self {
        let tag = element.tag_name().to_lowercase();
        let (control, frames) = match tag.as_str() {
            "label" => (labelled(&element).unwrap_or(element), FRAMES),
            "h2" | "h3" | "legend" => (element, PARTS),
            _ => (element, FRAMES),
        };
        let frame = control.closest(frames).ok().flatten();
        Self {
            frame: frame.unwrap_or_else(|| control.clone()),
            control,
        }
    }

    /// Whether it is there still, and takes any room.
    pub(super) fn is_shown(&self) -> bool {
        let rect = self.frame.get_bounding_client_rect();
        self.frame.is_connected() && rect.width() > 0.0 && rect.height() > 0.0
    }

    fn can_be_shown(&self) -> bool {
        self.is_shown()
            || (is_within(&self.frame, "details:not([open])")
                && !is_within(&self.frame, "[hidden]"))
    }

    /// Opens what it is folded away in.
    pub(super) fn unfold(&self) {
        let mut folded = self.frame.closest("details:not([open])").ok().flatten();
        while let Some(details) = folded {
            if details.set_attribute("open", "").is_err() {
                return;
            }
            folded = details.closest("details:not([open])").ok().flatten();
        }
    }

    /// Puts the focus on it, or on the first thing in it that can have it.
    pub(super) fn focus(&self) {
        let inside = "button:not(:disabled), input:not(:disabled), select, a[href], [tabindex]";
        let can_have_it = self.control.matches(inside).unwrap_or(false);
        let target = if can_have_it {
            Some(self.control.clone())
        } else {
            self.frame.query_selector(inside).ok().flatten()
        };
        if let Some(target) = target.and_then(|it| it.dyn_into::<HtmlElement>().ok()) {
            // An element that cannot have it leaves the focus where it is.
            drop(target.focus());
        }
    }
}

fn is_within(element: &Element, selector: &str) -> bool {
    element.closest(selector).ok().flatten().is_some()
}

/// What a label is the label of.
fn labelled(label: &Element) -> Option<Element> {
    match label.get_attribute("for") {
        Some(id) => document().get_element_by_id(&id),
        None => label.query_selector("input, select").ok()?,
    }
}

fn name_of(element: &Element) -> String {
    if let Some(label) = element.get_attribute("aria-label") {
        return label.trim().to_owned();
    }
    let text = match element.get_attribute("aria-labelledby") {
        Some(ids) => {
            let labels = ids.split_whitespace();
            let labels = labels.filter_map(|id| document().get_element_by_id(id)?.text_content());
            labels.collect::<Vec<_>>().join(" ")
        }
        None => element.text_content().unwrap_or_default(),
    };
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
